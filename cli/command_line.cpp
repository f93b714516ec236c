// The tables of commands and settings as a CLI11 App, and what it made of the arguments.
#include "cli/command_line.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>

#include "ir/source/did_you_mean.h"

namespace s2a {
namespace {

constexpr const char* kDescription = "Moves Istio configuration from sidecars to ambient mode: edits of the same files, and what they mean.";
constexpr const char* kFooter =
    "Exit codes:\n"
    "  0  nothing to do, or done\n"
    "  1  changes are pending, or findings at or above --fail-on\n"
    "  2  wrong usage or configuration, or input that could not be read; what could be read was handled\n"
    "  3  a bug in s2a\n\n"
    "Every flag is also a key of .s2a.yaml, searched for upwards from the working directory, and a variable: --fail-on, fail-on, S2A_FAIL_ON.\n"
    "A flag wins over a variable, a variable over the file.";

using Arguments = std::map<Command, std::vector<std::string>>;
using Flags = std::map<Command, std::map<std::string_view, std::vector<std::string>>>;

std::string flag_names(const Setting& setting) { return setting.letter.empty() ? fmt::format("--{}", setting.name) : fmt::format("-{},--{}", setting.letter, setting.name); }

std::string flag_help(const Setting& setting) {
  auto help = std::string(setting.help);
  if (!setting.choices.empty() && !setting.is_switch()) help += fmt::format(": {}", fmt::join(setting.choices, ", "));
  if (!setting.fallback.empty() && !setting.is_switch()) help += fmt::format(" [{}]", setting.fallback);
  return help;
}

/// Says `s2a plan [OPTIONS] PATH...` where CLI11 would not.
struct UsageLine : CLI::Formatter {
  std::string make_usage(const CLI::App* app, std::string /*name*/) const override {
    const auto* command = find_command(app->get_name());
    return command == nullptr ? "Usage: s2a [COMMAND] [OPTIONS] PATH...\n" : fmt::format("Usage: s2a {} [OPTIONS] {}\n", command->name, command->arguments);
  }
};

/// CLI11 wants places to write to; they live as long as the App.
struct Parser {
  CLI::App app{kDescription, "s2a"};
  Arguments arguments;
  Flags flags;

  Parser() {
    app.footer(kFooter);
    app.formatter(std::make_shared<UsageLine>());
    app.get_formatter()->column_width(34);
    app.set_help_flag("-h,--help", "print this help and exit");
    app.set_version_flag("--version", "s2a " S2A_VERSION, "print the version and exit");
    app.require_subcommand(1);
    for (const auto& row : commands()) add(row);
  }

  void add(const CommandRow& row) {
    auto* command = app.add_subcommand(std::string(row.name), std::string(row.summary));
    command->allow_extras();
    command->footer(kFooter);
    command->group("Commands");
    if (!row.arguments.empty()) command->add_option(std::string(row.arguments), arguments[row.command])->type_name("")->group("");
    for (const auto& setting : settings()) {
      if (!setting.commands.has(row.command)) continue;
      auto& values = flags[row.command][setting.name];
      if (setting.is_switch()) {
        command->add_flag(flag_names(setting), values, flag_help(setting));
      } else {
        command->add_option(flag_names(setting), values, flag_help(setting))
            ->type_name(std::string(setting.placeholder))
            ->expected(1, 1)
            ->allow_extra_args(false)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
      }
    }
  }
};

/// The setting that a flag names, `--fail-on` or `-o`; null for anything else.
const Setting* setting_of(std::string_view flag) {
  if (flag.starts_with("--")) return find_setting(flag.substr(2, flag.find('=') - 2));
  if (flag.size() < 2 || flag.front() != '-') return nullptr;
  const auto found = std::ranges::find(settings(), flag.substr(1, 1), &Setting::letter);
  return found == settings().end() ? nullptr : &*found;
}

/// Where the first argument stands that is no flag and no flag's value.
std::size_t first_plain(std::span<const std::string> args) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "-" || !args[i].starts_with('-')) return i;
    if (args[i] == "--") break;
    const auto* setting = setting_of(args[i]);
    const bool value_follows = setting != nullptr && !setting->is_switch() && (args[i].starts_with("--") ? args[i].find('=') == std::string::npos : args[i].size() == 2);
    if (value_follows) ++i;
  }
  return args.size();
}

UsageError with_guess(std::string message, std::string_view prefix, std::string_view guess, std::string_view otherwise) {
  return {.message = std::move(message), .help = guess.empty() ? std::string(otherwise) : fmt::format("did you mean `{}{}`?", prefix, guess)};
}

/// The arguments with the command in front. A word that is no command is a PATH, unless it only looks like a command.
tl::expected<std::vector<std::string>, UsageError> command_first(std::span<const std::string> args) {
  std::vector<std::string> out(args.begin(), args.end());
  const auto at = first_plain(args);
  if (at < out.size() && find_command(out[at]) != nullptr) {
    std::rotate(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(at), out.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    return out;
  }
  std::error_code error;
  if (at < out.size() && out[at] != "-" && !std::filesystem::exists(out[at], error)) {
    std::vector<std::string_view> names;
    std::ranges::transform(commands(), std::back_inserter(names), &CommandRow::name);
    if (const auto near = did_you_mean(out[at], names); !near.empty())
      return tl::unexpected(with_guess(fmt::format("there is no command and no file `{}`", out[at]), "", near, ""));
  }
  const bool about_program = std::ranges::any_of(out, [](const std::string& arg) { return arg == "--help" || arg == "-h" || arg == "--version"; });
  if (at == out.size() && (about_program || out.empty())) return out;
  out.insert(out.begin(), std::string(commands().front().name));
  return out;
}

UsageError unknown_flag(const CommandRow& command, std::string_view flag) {
  const auto name = flag.substr(0, flag.find('='));
  if (const auto* setting = setting_of(name); setting != nullptr && name.starts_with("--")) {
    return {.message = fmt::format("`s2a {}` takes no `{}`", command.name, name), .help = fmt::format("see `s2a {} --help`", command.name)};
  }
  const auto bare = name.substr(std::min(name.find_first_not_of('-'), name.size()));
  return with_guess(fmt::format("there is no option `{}`", name), "--", closest_setting(bare), fmt::format("see `s2a {} --help`", command.name));
}

CommandLine take(Parser& parser, const CommandRow& command) {
  CommandLine out{.command = command.command, .arguments = std::move(parser.arguments[command.command]), .settings = {}, .answer = {}};
  for (auto& [name, values] : parser.flags[command.command]) {
    if (values.empty()) continue;
    if (find_setting(name)->is_switch()) values = {values.back()};
    out.settings.emplace(name, Given{.values = std::move(values), .origin = fmt::format("--{}", name)});
  }
  return out;
}

}  // namespace

tl::expected<CommandLine, UsageError> parse_command_line(std::span<const std::string> args) {
  auto ordered = command_first(args);
  if (!ordered) return tl::unexpected(std::move(ordered.error()));
  const auto parser = std::make_unique<Parser>();
  if (ordered->empty()) return CommandLine{.command = Command::Plan, .arguments = {}, .settings = {}, .answer = parser->app.help()};
  try {
    parser->app.parse(std::vector<std::string>(ordered->rbegin(), ordered->rend()));  // CLI11 takes them from the back
  } catch (const CLI::CallForHelp&) {
    const auto* chosen = parser->app.get_subcommands().empty() ? &parser->app : parser->app.get_subcommands().front();
    return CommandLine{.command = Command::Plan, .arguments = {}, .settings = {}, .answer = chosen->help()};
  } catch (const CLI::CallForVersion&) {
    return CommandLine{.command = Command::Plan, .arguments = {}, .settings = {}, .answer = "s2a " S2A_VERSION "\n"};
  } catch (const CLI::Error& error) {
    return tl::unexpected(UsageError{.message = error.what(), .help = "see `s2a --help`"});
  }
  const auto* chosen = parser->app.get_subcommands().front();
  const auto& command = *find_command(chosen->get_name());
  auto extras = chosen->remaining();
  std::erase(extras, "--");
  if (!extras.empty()) {
    if (extras.front().starts_with('-')) return tl::unexpected(unknown_flag(command, extras.front()));
    return tl::unexpected(UsageError{.message = fmt::format("`s2a {}` takes no argument `{}`", command.name, extras.front()), .help = {}});
  }
  return take(*parser, command);
}

std::vector<CommandShape> command_shapes() {
  const Parser parser;
  std::vector<CommandShape> out;
  for (const auto* command : parser.app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->get_group().empty()) continue;
    CommandShape shape{.name = command->get_name(), .help = command->get_description(), .flags = {}};
    for (const auto* option : command->get_options()) {
      if (option->get_lnames().empty()) continue;
      const auto& letters = option->get_snames();
      shape.flags.push_back({.name = option->get_lnames().front(),
                             .letter = letters.empty() ? "" : letters.front(),
                             .help = option->get_description(),
                             .takes_value = option->get_expected_max() > 0 && option->get_type_size() > 0});
    }
    out.push_back(std::move(shape));
  }
  return out;
}

}  // namespace s2a
