// Every golden case: what the program says of it, and what has to hold for any input whatever it says (style.md 2.6).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

#include "ir/source/source_file.h"
#include "tests/golden/golden_case.h"
#include "tests/support/json_schema.h"

namespace fs = std::filesystem;

namespace s2a::test {
namespace {

using Json = nlohmann::json;

constexpr const char* kBless = "S2A_BLESS";

bool has_variable(const char* name) {
  const auto* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

/// The files that a case is to have beside its inputs.
Tree expected_files(const Workspace& work) {
  Tree out;
  const auto plan = work.run(work.line("plan"));
  out["plan.txt"] = fmt::format("{}{}[exit {}]\n", plan.out, plan.err, plan.exit);
  out["report.json"] = work.run(work.line("plan", {"-o", "json"})).out;
  if (const auto diff = work.run(work.line("diff")).out; !diff.empty()) out["changes.diff"] = diff;
  if (work.audited()) {
    const auto audit = work.run(work.line("audit"));
    out["audit.txt"] = fmt::format("{}{}[exit {}]\n", audit.out, audit.err, audit.exit);
    out["audit.json"] = work.run(work.line("audit", {"-o", "json"})).out;
    out["audit.md"] = work.run(work.line("audit", {"-o", "markdown"})).out;
  }
  if (work.verified()) {
    const auto verify = work.run(work.line("verify"));
    out["verify.txt"] = fmt::format("{}{}[exit {}]\n", verify.out, verify.err, verify.exit);
    out["verify.json"] = work.run(work.line("verify", {"-o", "json"})).out;
  }
  if (work.traced()) {
    const auto trace = work.run(work.line("trace"));
    out["trace.txt"] = fmt::format("{}{}[exit {}]\n", trace.out, trace.err, trace.exit);
    out["trace.json"] = work.run(work.line("trace", {"-o", "json"})).out;
  }
  if (const auto applied = work.applied(); applied != work.edited()) {
    for (const auto& [path, bytes] : applied) out["expected/" + path] = bytes;
  }
  return out;
}

bool is_input(const std::string& path) {
  static constexpr std::array<std::string_view, 5> kFolders{"input/", "context/", "second/", "unchanged/", "step/"};
  static constexpr std::array<std::string_view, 4> kFiles{"args", "stdin", ".s2a.yaml", "decisions.yaml"};
  return std::ranges::find(kFiles, path) != kFiles.end() || std::ranges::any_of(kFolders, [&](std::string_view folder) { return path.starts_with(folder); });
}

std::string difference(const std::string& old_text, const std::string& new_text) {
  const TempTree files;
  files.write("expected", old_text);
  files.write("actual", new_text);
  return shell(fmt::format("diff -u '{}' '{}'", files.at("expected"), files.at("actual"))).out;
}

void bless(const GoldenCase& golden, const Tree& actual) {
  for (const auto& [path, bytes] : read_tree(golden.folder)) {
    if (!is_input(path) && !actual.contains(path)) fs::remove(golden.folder / path);
  }
  for (const auto& [path, bytes] : actual) {
    const auto file = golden.folder / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
  }
}

class Golden : public testing::TestWithParam<GoldenCase> {
 protected:
  Workspace work{GetParam()};

  [[nodiscard]] Json report() const { return Json::parse(work.run(work.line("plan", {"-o", "json"})).out, nullptr, false); }
};

std::size_t action_count(const Json& report) {
  std::size_t out = 0;
  for (const auto& mesh : report.at("meshes")) out += mesh.at("actions").size();
  return out;
}

TEST_P(Golden, SaysWhatWasBlessed) {
  const auto actual = expected_files(work);
  auto blessed = read_tree(GetParam().folder);
  std::erase_if(blessed, [](const auto& file) { return is_input(file.first); });
  if (has_variable(kBless)) {
    ASSERT_FALSE(has_variable("CI")) << "nothing is blessed where CI is set";
    if (blessed != actual) std::cout << "blessed " << GetParam().topic << "/" << GetParam().name << "\n";
    return bless(GetParam(), actual);
  }
  for (const auto& [path, bytes] : actual) {
    const auto was = blessed.find(path);
    if (was == blessed.end() || was->second != bytes) ADD_FAILURE() << path << " is another\n" << difference(was == blessed.end() ? "" : was->second, bytes);
  }
  for (const auto& [path, bytes] : blessed) EXPECT_TRUE(actual.contains(path)) << path << " is an orphan";
  if (HasFailure()) std::cout << "if that is right: " << kBless << "=1 ctest -R '^golden." << GetParam().topic << "." << GetParam().name << "$'\n";
}

TEST_P(Golden, GitAppliesTheDiff) {
  const auto diff = work.run(work.line("diff")).out;
  const auto wanted = work.applied();
  if (diff.empty()) {
    EXPECT_EQ(wanted, work.edited());
    return;
  }
  const TempTree elsewhere;
  for (const auto& [path, bytes] : work.edited()) elsewhere.write(work.stream() ? path : "input/" + path, bytes);
  elsewhere.write("changes.diff", diff);
  const auto done = shell(fmt::format("cd '{}' && git apply changes.diff", elsewhere.root().string()));
  ASSERT_EQ(done.exit, 0) << done.out;
  fs::remove(elsewhere.root() / "changes.diff");
  EXPECT_EQ(work.stream() ? read_tree(elsewhere.root()) : read_tree(elsewhere.root() / "input"), wanted);
}

TEST_P(Golden, PlansNothingMore) {
  work.put(work.applied());
  const auto after = report();
  ASSERT_FALSE(after.is_discarded());
  EXPECT_EQ(action_count(after), 0U) << after.dump(1);
}

/// Puts another name wherever a name stands as a whole: not inside a longer one.
std::string renamed(std::string text, const std::string& name) {
  const auto part = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_'; };
  const auto other = name + "-renamed";
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
    const bool whole = (at == 0 || !part(text[at - 1])) && (at + name.size() == text.size() || !part(text[at + name.size()]));
    if (whole) text.replace(at, name.size(), other);
    at += whole ? other.size() : name.size();
  }
  return text;
}

TEST_P(Golden, PlansNothingMoreUnderOtherNames) {
  std::set<std::string> made;
  const auto before = report();
  ASSERT_FALSE(before.is_discarded());
  for (const auto& mesh : before.at("meshes")) {
    for (const auto& action : mesh.at("actions")) {
      const auto subject = action.at("subject").get<std::string>();
      if (action.at("kind") == "create" && subject.find('/') != std::string::npos) made.insert(subject.substr(subject.find('/') + 1));
    }
  }
  auto tree = work.applied();
  for (auto& [path, bytes] : tree) {
    for (const auto& name : made) bytes = renamed(std::move(bytes), name);
  }
  work.put(tree);
  const auto after = report();
  ASSERT_FALSE(after.is_discarded());
  EXPECT_EQ(action_count(after), 0U) << after.dump(1);
}

/// What is wrong with the text of a mesh, place and order left out.
std::set<std::string> input_errors(const Json& report) {
  std::set<std::string> out;
  for (const auto& mesh : report.at("meshes")) {
    for (const auto& d : mesh.at("diagnostics")) {
      if (d.at("code") < "S2A0100" && d.at("severity") == "error")
        out.insert(fmt::format("{} {} {}", d.at("code").get<std::string>(), d.at("subject").get<std::string>(), d.at("message").get<std::string>()));
    }
  }
  return out;
}

TEST_P(Golden, WritesNothingThatItCannotRead) {
  const auto before = input_errors(report());
  work.put(work.applied());
  for (const auto& error : input_errors(report())) EXPECT_TRUE(before.contains(error)) << error;
}

/// The byte offset of a line and a column, both from 1; columns are code points, a byte order mark none.
std::size_t offset_of(const std::string& text, std::size_t line, std::size_t column) {
  std::size_t at = 0;
  while (line-- > 1) at = text.find('\n', at) + 1;
  if (at == 0 && text.starts_with("\xEF\xBB\xBF")) at = 3;
  while (column-- > 1) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

TEST_P(Golden, ChangesNoByteOutsideTheEditsThatItReports) {
  auto tree = work.edited();
  const auto told = report();
  ASSERT_FALSE(told.is_discarded());
  for (const auto& mesh : told.at("meshes")) {
    for (const auto& change : mesh.at("changes")) {
      const auto file = change.at("file").get<std::string>();
      auto& text = tree[work.stream() ? file : file.substr(std::string("input/").size())];
      for (auto edit = change.at("edits").rbegin(); edit != change.at("edits").rend(); ++edit) {
        const auto begin = offset_of(text, edit->at("line"), edit->at("column"));
        const auto end = offset_of(text, edit->at("endLine"), edit->at("endColumn"));
        text.replace(begin, end - begin, edit->at("text").get<std::string>());
      }
      if (change.contains("isDeleted")) {
        EXPECT_EQ(text, "") << file;
        tree.erase(file.substr(std::string("input/").size()));
      }
    }
  }
  EXPECT_EQ(tree, work.applied());
}

/// The lines that a range names, `13` or `13-15`.
std::vector<std::size_t> lines_in(const std::string& range) {
  std::vector<std::size_t> out;
  const auto dash = range.find('-');
  for (auto line = std::stoul(range); line <= std::stoul(dash == std::string::npos ? range : range.substr(dash + 1)); ++line) out.push_back(line);
  return out;
}

/// The numbers that added lines have in the new text, by file, from a unified diff.
std::map<std::string, std::set<std::size_t>> added_lines(const std::string& diff) {
  std::map<std::string, std::set<std::size_t>> out;
  std::istringstream in(diff);
  std::string file;
  std::size_t at = 0;
  std::size_t left = 0;  // lines of the hunk's new side that are still to come
  for (std::string line; std::getline(in, line);) {
    if (left == 0 && line.starts_with("+++ b/")) file = line.substr(6);
    if (left == 0 && line.starts_with("@@ ")) {
      std::size_t count = 1;
      const auto plus = line.find('+');
      at = std::stoul(line.substr(plus + 1));
      if (const auto comma = line.find(',', plus); comma < line.find(" @@", plus)) count = std::stoul(line.substr(comma + 1));
      left = count;
    } else if (left > 0 && (line.starts_with("+") || line.starts_with(" "))) {
      if (line.front() == '+') out[file].insert(at);
      ++at;
      --left;
    }
  }
  return out;
}

TEST_P(Golden, TellsWhereEachNewLineComesFrom) {
  const auto told = report();
  ASSERT_FALSE(told.is_discarded());
  std::map<std::string, std::set<std::size_t>> traced;
  for (const auto& mesh : told.at("meshes")) {
    for (const auto& change : mesh.at("changes")) {
      auto& lines = traced[change.at("file")];
      for (const auto& [range, from] : change.at("origins").items()) {
        EXPECT_TRUE(std::regex_search(from.get<std::string>(), std::regex(":[1-9][0-9]*(-[0-9]+)?$"))) << range << " " << from;
        for (const auto line : lines_in(range)) lines.insert(line);
      }
      if (lines.empty()) traced.erase(change.at("file"));
    }
  }
  EXPECT_EQ(traced, added_lines(work.run(work.line("diff", {"--assume"})).out));
}

std::string with_crlf(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

TEST_P(Golden, KeepsWindowsLineEnds) {
  auto before = work.edited();
  if (std::ranges::any_of(before, [](const auto& file) { return file.second.find('\r') != std::string::npos; })) GTEST_SKIP() << "the input has carriage returns already";
  auto wanted = work.applied();
  for (auto& [path, bytes] : wanted) {
    if (before.contains(path)) bytes = with_crlf(bytes);
  }
  for (auto& [path, bytes] : before) bytes = with_crlf(bytes);
  work.put(before);
  EXPECT_EQ(work.applied(), wanted);
}

TEST_P(Golden, DoesNotDependOnTheOrderOfFiles) {
  if (work.stream()) GTEST_SKIP() << "there is one file";
  const auto wanted = work.run(work.line("plan", {"-o", "json"})).out;
  auto args = work.line("plan", {"-o", "json"});
  const auto path = std::ranges::find(args, "input");
  if (path == args.end()) GTEST_SKIP() << "its PATH is not `input`";
  const auto at = args.erase(path) - args.begin();
  for (const auto& [file, bytes] : work.edited()) {
    if (file.ends_with(".yaml") || file.ends_with(".yml") || file.ends_with(".json")) args.insert(args.begin() + at, "input/" + file);  // the last one first
  }
  EXPECT_EQ(work.run(args).out, wanted);
}

TEST_P(Golden, CountsTheSameInTextAndJson) {
  const auto told = report();
  ASSERT_FALSE(told.is_discarded());
  const auto& sum = told.at("summary");
  const auto number = [&](const char* key) { return sum.at(key).get<int>(); };
  const auto line = fmt::format("Plan: {} to create, {} to change, {} to delete. Verdicts: {} equal, {} narrower, {} wider, {} unknown.", number("create"), number("update"),
                                number("delete"), number("equal"), number("narrower"), number("wider"), number("unknown"));
  EXPECT_NE(work.run(work.line("plan")).out.find(line), std::string::npos) << line;
}

Json schema(const std::string& name) { return Json::parse(std::ifstream(fs::path(S2A_SOURCE_DIR) / "backend/render" / name)); }

TEST_P(Golden, FollowsItsSchema) { EXPECT_EQ(schema_errors(schema("report.schema.json"), report()), ""); }

TEST_P(Golden, IsTracedAsItsSchemaSays) {
  if (!work.traced()) GTEST_SKIP() << "it is not about trace";
  EXPECT_EQ(schema_errors(schema("trace.schema.json"), Json::parse(work.run(work.line("trace", {"-o", "json"})).out, nullptr, false)), "");
}

/// Commands that plan nothing do not take these.
void leave_out_planning(std::vector<std::string>& args) {
  for (const auto* option : {"--accept", "--gateway-api"})
    if (const auto at = std::ranges::find(args, option); at != args.end()) args.erase(at, at + 2);
}

TEST_P(Golden, IsAuditedWithoutAFailure) {
  auto args = work.line("audit", {"-o", "json"});
  std::erase(args, "--assume");  // audit writes nothing
  leave_out_planning(args);
  const auto audit = work.run(args);
  EXPECT_TRUE(audit.exit == 0 || audit.exit == 2) << audit.err;
  EXPECT_EQ(schema_errors(schema("audit.schema.json"), Json::parse(audit.out, nullptr, false)), "");
}

/// Verdicts of a report by workload and class of client.
std::map<std::pair<std::string, std::string>, std::string> verdicts(const Json& findings) {
  std::map<std::pair<std::string, std::string>, std::string> out;
  for (const auto& f : findings) out.emplace(std::pair(f.at("subject"), f.at("client")), f.at("verdict"));
  return out;
}

// verify knows nothing of the plan, and asks about more callers: gateways that dial pods, and ports that sidecars leave alone.
TEST_P(Golden, IsVerifiedAsItWasPlanned) {
  if (work.stream()) GTEST_SKIP() << "there is one tree";
  auto args = work.line("verify", {"-o", "json"});
  const auto told = report();
  ASSERT_FALSE(told.is_discarded());
  fs::copy("input", "before", fs::copy_options::recursive);
  work.put(work.applied());
  std::replace(args.begin(), args.end(), std::string("input"), std::string("before"));
  for (const auto* option : {"--assume", "--each", "second"}) std::erase(args, option);
  leave_out_planning(args);
  args.emplace_back("input");
  const auto json = Json::parse(work.run(args).out, nullptr, false);
  ASSERT_FALSE(json.is_discarded());
  EXPECT_EQ(schema_errors(schema("verify.schema.json"), json), "");
  const auto verified = verdicts(json.at("findings"));
  for (const auto& mesh : told.at("meshes")) {
    std::set<std::string> open;  // what was accepted lets in callers as well that only verify asks about
    for (const auto& f : mesh.at("findings"))
      if (f.at("accepted")) open.insert(f.at("subject"));
    for (const auto& [who, planned] : verdicts(mesh.at("findings"))) {
      if (open.contains(who.first)) continue;
      const auto found = verified.find(who);
      ASSERT_NE(found, verified.end()) << who.first;
      const bool same = planned == found->second || (planned == "equal" && found->second == "narrower" && who.second != "ambient via Service");
      EXPECT_TRUE(same) << who.first << ", " << who.second << ": planned " << planned << ", verified " << found->second;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(golden_cases()), [](const auto& test) { return test.param.id(); });

}  // namespace
}  // namespace s2a::test
