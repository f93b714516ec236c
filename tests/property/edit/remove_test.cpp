// Random documents of real and of generated files are removed: the others say what they said, and nothing is left of a file without any.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "backend/edit/verbs.h"
#include "frontend/yaml/parse.h"
#include "tests/property/edit/tree.h"
#include "tests/support/files.h"
#include "tests/support/yaml_generator.h"

namespace s2a::test::remove_test {

namespace fs = std::filesystem;

class Trial {
 public:
  /// Removes some documents of a file.
  void remove_some(const std::string& text) {
    SourceFile file;
    file.path = "a.yaml";
    file.text = text;
    const auto parsed = parse(file);
    std::vector<Tree> wanted;
    EditSet edits;
    bool any = false;
    for (const auto& document : parsed.documents) {
      if (!document.locked.empty()) return;
      if (document.root == kNoNode) continue;
      const bool goes = engine() % 2 == 0;
      any = any || goes;
      if (!goes) wanted.push_back(tree_of(document));
      if (!goes) continue;
      const auto gone = edits_for(std::vector<Change>{RemoveResource{.document = {}, .resource = document.root}}, file, document);
      ASSERT_TRUE(gone.has_value()) << gone.error().reason << "\n" << text;
      for (const auto& edit : gone->edits()) ASSERT_TRUE(edits.add(edit)) << text;
    }
    if (!any) return;
    compare(text, tidied(edits, text).apply(text), wanted);
    ++(wanted.empty() ? emptied : shortened);
  }

  std::mt19937 engine{static_cast<std::uint32_t>(number_from("S2A_SEED", 1))};
  std::size_t shortened = 0;  ///< files
  std::size_t emptied = 0;

 private:
  static void compare(const std::string& before, const std::string& after, const std::vector<Tree>& wanted) {
    SourceFile file;
    file.path = "a.yaml";
    file.text = after;
    auto left = parse(file).documents;
    std::erase_if(left, [](const Document& document) { return document.root == kNoNode; });
    ASSERT_EQ(left.size(), wanted.size()) << before << "\nbecomes\n" << after;
    for (std::size_t i = 0; i < left.size(); ++i) ASSERT_EQ(difference(wanted[i], tree_of(left[i])), "") << before << "\nbecomes\n" << after;
    ASSERT_EQ(after.empty(), wanted.empty()) << before << "\nbecomes\n" << after;
  }
};

TEST(RemoveProperty, RealFiles) {
  const auto corpus = shared_files() / "corpus" / "files";
  if (!fs::exists(corpus)) GTEST_SKIP() << "no corpus at " << corpus;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(corpus))
    if (entry.is_regular_file() && (entry.path().extension() == ".yaml" || entry.path().extension() == ".yml")) paths.push_back(entry.path());
  std::ranges::sort(paths);
  Trial trial;
  for (const auto& path : paths)
    if (!HasFailure()) trial.remove_some(bytes_of(path));
  fmt::print("{} files without some documents, {} without any\n", trial.shortened, trial.emptied);
  EXPECT_GT(trial.shortened, 100U);
}

TEST(RemoveProperty, GeneratedFiles) {
  Trial trial;
  for (int i = 0; i < 3000 && !HasFailure(); ++i) trial.remove_some(random_yaml(trial.engine));
  fmt::print("{} files without some documents, {} without any\n", trial.shortened, trial.emptied);
  EXPECT_GT(trial.shortened, 100U);
}

}  // namespace s2a::test::remove_test
