// THE table of commands.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace s2a {

enum class Command : std::uint8_t { Plan, Diff, Apply, Check, Audit, Explain, Codes, Dump, Config, Completion, Verify, Trace };

struct Session;         // cli/session.h
enum class Exit : int;  // cli/run.h

struct CommandRow {
  Command command{};
  std::string_view name;
  std::string_view arguments;  ///< as the help shows them
  std::string_view summary;
  Exit (*run)(const Session&) = nullptr;  ///< never null
};

/// In the order of the help; the first is the default.
[[nodiscard]] std::span<const CommandRow> commands();
[[nodiscard]] const CommandRow& row(Command command);
[[nodiscard]] const CommandRow* find_command(std::string_view name);

/// A set of commands, for the settings that only some of them take.
class CommandSet {
 public:
  constexpr CommandSet(std::initializer_list<Command> commands) {
    for (const auto command : commands) bits_ |= 1U << static_cast<unsigned>(command);
  }
  [[nodiscard]] constexpr bool has(Command command) const { return (bits_ >> static_cast<unsigned>(command) & 1U) != 0; }

 private:
  unsigned bits_ = 0;
};

}  // namespace s2a
