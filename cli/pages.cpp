// Documentation out of the binary: explain, codes, config.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <ostream>

#include "cli/session.h"
#include "ir/source/did_you_mean.h"

namespace s2a {
namespace {

std::string code_list() {
  std::string out;
  for (const auto& about : codes()) out += fmt::format("{}  {:<7}  {}\n", to_string(about.code), to_string(about.severity), about.title);
  return out;
}

std::string closest_code(const std::string& seen) {
  std::vector<std::string> names;
  std::ranges::transform(codes(), std::back_inserter(names), [](const CodeInfo& about) { return to_string(about.code); });
  return did_you_mean(seen, std::vector<std::string_view>(names.begin(), names.end()));
}

}  // namespace

Exit run_codes(const Session& session) {
  session.out << code_list();
  return Exit::Done;
}

Exit run_explain(const Session& session) {
  if (session.arguments.empty()) return run_codes(session);
  for (const auto& seen : session.arguments) {
    const auto code = parse_code(seen);
    if (!code) {
      const auto near = closest_code(seen);
      return refuse(session, {.message = fmt::format("there is no code `{}`", seen), .help = near.empty() ? "`s2a codes` lists them" : fmt::format("did you mean `{}`?", near)});
    }
    const auto page = explain_page(*code);
    session.out << (page.empty() ? fmt::format("# {}: {}\n", to_string(*code), info(*code).title) : std::string(page));
  }
  return Exit::Done;
}

Exit run_config(const Session& session) {
  struct Line {
    std::string_view name;
    std::string value, origin;
  };
  std::vector<Line> lines;
  std::size_t width = 0;
  for (const auto& [setting, values, origin] : session.settings.effective) {
    lines.push_back({setting->name, origin.empty() ? std::string(setting->fallback) : fmt::format("{}", fmt::join(values, ", ")), origin.empty() ? "default" : origin});
    width = std::max(width, lines.back().value.size());
  }
  for (const auto& line : lines) session.out << fmt::format("{:<20}{:<{}}  {}\n", line.name, line.value, width, line.origin);
  return Exit::Done;
}

}  // namespace s2a
