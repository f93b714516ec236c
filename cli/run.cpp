// From a command line to a command: settings gathered, the command called, what nobody caught told.
#include "cli/run.h"

#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <ostream>

#include "backend/render/typography.h"
#include "cli/config_file.h"
#include "cli/session.h"

namespace s2a {
namespace {

bool colored(Color color, const Environment& environment, bool terminal) {
  const auto variable = [&](std::string_view name) {
    const auto found = environment.variables.find(name);
    return found == environment.variables.end() ? std::string_view() : std::string_view(found->second);
  };
  switch (color) {
    case Color::Always: return true;
    case Color::Never: return false;
    case Color::Auto: break;
  }
  if (!variable("NO_COLOR").empty()) return false;
  if (const auto force = variable("CLICOLOR_FORCE"); !force.empty() && force != "0") return true;
  return terminal && variable("TERM") != "dumb";
}

Look look(const Session& session, bool terminal) {
  Look out{.color = colored(session.options().color, session.environment, terminal)};
  if (terminal && session.environment.width != 0) out.width = session.environment.width;
  return out;
}

void tell(std::ostream& err, const UsageError& error, bool color) {
  err << fmt::format("{} {}\n", paint("error:", Ink::Red, color), tame(error.message));
  if (!error.help.empty()) err << fmt::format("  = help: {}\n", tame(error.help));
}

/// The settings of all origins, the strongest first.
tl::expected<std::vector<GivenSettings>, UsageError> gather(GivenSettings flags, const Environment& environment) {
  auto variables = settings_of(environment.variables);
  if (!variables) return tl::unexpected(std::move(variables.error()));
  std::vector<GivenSettings> out{std::move(flags), std::move(*variables)};
  std::error_code error;
  if (const auto file = find_config_file(std::filesystem::current_path(error))) {
    auto written = read_config_file(*file);
    if (!written) return tl::unexpected(std::move(written.error()));
    out.push_back(std::move(*written));
  }
  return out;
}

Exit run_line(std::span<const std::string> args, std::ostream& out, std::ostream& err, const Environment& environment) {
  const bool color = colored(Color::Auto, environment, environment.err_is_terminal);
  const auto refused = [&](const UsageError& error) {
    tell(err, error, color);
    return Exit::Invalid;
  };
  auto line = parse_command_line(args);
  if (!line) return refused(line.error());
  if (!line->answer.empty()) {
    out << line->answer;
    return Exit::Done;
  }
  const auto origins = gather(std::move(line->settings), environment);
  if (!origins) return refused(origins.error());
  auto settings = resolve(*origins);
  if (!settings) return refused(settings.error());
  return row(line->command)
      .run({.command = line->command, .arguments = std::move(line->arguments), .settings = std::move(*settings), .environment = environment, .out = out, .err = err});
}

Exit bug(std::ostream& err, std::string_view what) {
  err << fmt::format("error[{}]: {}: {}\n  = help: this is a bug in s2a; please report it with the command line and, if you can, the input\n", to_string(Code::InternalError),
                     info(Code::InternalError).title, what);
  return Exit::Bug;
}

}  // namespace

Look Session::look_out() const { return look(*this, environment.out_is_terminal); }
Look Session::look_err() const { return look(*this, environment.err_is_terminal); }

Exit refuse(const Session& session, const UsageError& error) {
  tell(session.err, error, session.look_err().color);
  return Exit::Invalid;
}

int run(std::span<const std::string> args, std::ostream& out, std::ostream& err, const Environment& environment) {
  auto exit = Exit::Bug;
  try {
    exit = run_line(args, out, err, environment);
    out.flush();
  } catch (const std::exception& error) {
    exit = bug(err, error.what());
  } catch (...) {
    exit = bug(err, "an exception of no known type");
  }
  if (!out && exit != Exit::Bug) {
    err << "error: the result could not be written to standard output\n";
    exit = Exit::Invalid;
  }
  return static_cast<int>(exit);
}

}  // namespace s2a
