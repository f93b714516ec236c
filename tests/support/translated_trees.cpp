// Trees -> directories -> the program's plans -> the files that it would write -> plans of those.
#include "tests/support/translated_trees.h"

#include <fmt/format.h>

#include "cli/engine.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {
namespace {

/// As many meshes as paths.
std::vector<MeshReport> plan(const std::vector<std::string>& paths) {
  Options options;
  options.each = true;
  return analyse(paths, options, false, [](std::string_view) {});
}

/// By path below `root`: the tree's own file first, then those that the plan makes.
std::vector<std::pair<std::string, std::string>> written(const TranslatedTree& tree, const MeshReport& report, const std::filesystem::path& root) {
  std::vector<std::pair<std::string, std::string>> out{{"mesh.yaml", tree.before}};
  for (const auto& change : report.changes) {
    if (change.original)
      out.front().second = change.text;
    else
      out.emplace_back(std::filesystem::path(change.path).lexically_relative(root).string(), change.text);
  }
  return out;
}

}  // namespace

void translate(std::vector<TranslatedTree>& trees) {
  const TempTree disk;
  std::vector<std::string> before;
  std::vector<std::string> after;
  for (std::size_t i = 0; i < trees.size(); ++i) {
    before.push_back(disk.at(fmt::format("before/{}", i)));
    after.push_back(disk.at(fmt::format("after/{}", i)));
    disk.write(fmt::format("before/{}/mesh.yaml", i), trees[i].before);
  }
  const auto reports = plan(before);
  for (std::size_t i = 0; i < trees.size(); ++i) {
    for (const auto& [path, text] : written(trees[i], reports[i], before[i])) {
      disk.write(fmt::format("after/{}/{}", i, path), text);
      trees[i].after += text + "\n---\n";
    }
    for (const auto& action : reports[i].plan.actions) trees[i].made_by[action.subject].insert(to_string(action.code));
    for (const auto& diagnostic : reports[i].plan.diagnostics.all())
      for (const auto& ns : diagnostic.keeps) trees[i].refusals[ns].emplace(to_string(diagnostic.code), diagnostic.message);
  }
  const auto again = plan(after);
  for (std::size_t i = 0; i < trees.size(); ++i)
    if (const auto& actions = again[i].plan.actions; !actions.empty()) trees[i].left_to_do = fmt::format("{}: {}", actions.front().subject, actions.front().what);
}

}  // namespace s2a::test
