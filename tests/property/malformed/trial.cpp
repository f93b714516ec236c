// Reads the program's own JSON report; the text report must name the same place.
#include "tests/property/malformed/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/run.h"
#include "tests/property/malformed/good_text.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kNeighbour = "neighbour.yaml";
constexpr double kMostSeconds = 20;  // the sanitizers take several times as long

struct Outcome {
  int exit = 0;
  std::string out, err;
  double seconds = 0;
};

Outcome run_program(const std::vector<std::string>& args) {
  std::ostringstream out, err;
  const auto start = std::chrono::steady_clock::now();
  const auto exit = run(args, out, err, Environment{});
  return {.exit = exit, .out = out.str(), .err = err.str(), .seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

void check_outcome(const Outcome& outcome, std::string_view run, std::vector<std::string>& faults) {
  if (outcome.exit < 0 || outcome.exit > 2) faults.push_back(fmt::format("{}: exit {}: {}", run, outcome.exit, outcome.err.substr(0, 400)));
  for (const auto* bug : {"S2A0901", "S2A0999"})
    if (outcome.out.find(bug) != std::string::npos || outcome.err.find(bug) != std::string::npos) faults.push_back(fmt::format("{}: {}", run, bug));
  if (outcome.seconds > kMostSeconds) faults.push_back(fmt::format("{}: {:.1f} s", run, outcome.seconds));
}

/// The bad file's diagnostics about the input, their places checked.
std::vector<Told> told_in(const Json& mesh, const Row& row, std::vector<std::string>& faults) {
  std::vector<Told> out;
  for (const auto& diagnostic : mesh["diagnostics"]) {
    const std::string code = diagnostic["code"];
    if (code >= "S2A0100") continue;
    if (diagnostic["labels"].empty()) {
      faults.push_back(code + " has no place");
      continue;
    }
    const auto& label = diagnostic["labels"][0];
    if (!label["file"].get<std::string>().ends_with("/" + row.file)) {
      faults.push_back(code + " blames " + label["file"].get<std::string>());
      continue;
    }
    out.push_back({.code = code, .message = diagnostic["message"], .line = label["line"], .column = label["column"]});
    if (!offset_of(row.text, out.back().line, out.back().column))
      faults.push_back(fmt::format("{} at {}:{}, where the file has nothing", code, out.back().line, out.back().column));
    if (out.back().message.empty()) faults.push_back(code + " without words");
  }
  return out;
}

/// Or it is told why not: S2A0410, where a namespace that stays on sidecars would let its callers in; what names the neighbour, where an unread resource may be in any namespace.
bool neighbour_is_planned(const Json& mesh) {
  const auto holds_back = [](const Json& diagnostic) {
    const auto kept = diagnostic["keeps"].get<std::vector<std::string>>();
    return std::ranges::find(kept, "bank") != kept.end();
  };
  const auto any = [&](const char* list, const char* key, std::string_view value) { return std::ranges::any_of(mesh[list], [&](const Json& one) { return one[key] == value; }); };
  return (any("actions", "subject", "Namespace bank") && any("actions", "subject", "AuthorizationPolicy bank/cart-viewer")) || std::ranges::any_of(mesh["diagnostics"], holds_back);
}

/// Whatever names the input has: no file is written beside the tree.
void check_files(const Json& mesh, const std::string& directory, std::vector<std::string>& faults) {
  for (const auto& change : mesh["changes"]) {
    const auto path = std::filesystem::path(change["file"].get<std::string>()).lexically_normal().string();
    if (!path.starts_with(directory + "/")) faults.push_back("would write " + change["file"].get<std::string>());
  }
}

/// What nothing can be read of is 2, everything else a finding.
bool unread(const Told& told) {
  static constexpr std::array<std::string_view, 4> kCodes{"S2A0001", "S2A0003", "S2A0006", "S2A0007"};
  return std::ranges::find(kCodes, told.code) != kCodes.end();
}

}  // namespace

std::optional<std::size_t> offset_of(std::string_view text, std::size_t line, std::size_t column) {
  std::size_t at = 0;
  for (; line > 1; --line) {
    at = text.find('\n', at);
    if (at == std::string_view::npos) return std::nullopt;
    ++at;
  }
  if (line == 0 || column == 0) return std::nullopt;
  for (; column > 1; --column) {
    if (at == text.size() || text[at] == '\n') return std::nullopt;
    do ++at;
    while (at < text.size() && continues(text[at]));
  }
  return at;
}

std::string Trial::summary() const {
  std::string out = std::to_string(exit);
  if (told.empty()) return out + "  -";
  const auto& first = told.front();
  out += fmt::format("  {} {}:{} {}", first.code, first.line, first.column, first.message.substr(0, 100));
  if (told.size() > 1) out += fmt::format(" (and {} more)", told.size() - 1);
  return out;
}

Trial try_input(const Row& row) {
  const TempTree tree;
  tree.write("alone/" + row.file, row.text);
  tree.write("both/" + row.file, row.text);
  tree.write(std::string("both/").append(kNeighbour), good_neighbour());
  const auto text = run_program({"plan", tree.at("alone")});
  const auto both = run_program({"plan", tree.at("both"), "-o", "json"});

  Trial out{.exit = both.exit, .seconds = std::max(text.seconds, both.seconds), .told = {}, .faults = {}};
  check_outcome(text, "text", out.faults);
  check_outcome(both, "json", out.faults);
  const auto report = Json::parse(both.out, nullptr, false);
  if (report.is_discarded() || report["meshes"].size() != 1) {
    out.faults.push_back("the report is not JSON: " + both.out.substr(0, 400) + both.err.substr(0, 400));
    return out;
  }
  const auto& mesh = report["meshes"][0];
  out.told = told_in(mesh, row, out.faults);
  check_files(mesh, tree.at("both"), out.faults);
  if (std::ranges::any_of(out.told, unread) != (both.exit == 2)) out.faults.push_back(fmt::format("exit {}", both.exit));
  if (text.exit == 2 && both.exit != 2) out.faults.emplace_back("the neighbour changes the exit code");
  if (!neighbour_is_planned(mesh)) out.faults.emplace_back("the neighbour is not planned");
  if (!out.told.empty()) {
    const auto place = fmt::format("{}:{}:{}\n", row.file, out.told.front().line, out.told.front().column);
    if ((text.out + text.err).find(place) == std::string::npos) out.faults.push_back("the text report does not name " + place);
  }
  return out;
}

}  // namespace s2a::test
