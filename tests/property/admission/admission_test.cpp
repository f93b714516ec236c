// An API server takes every object that the golden cases and the corpus come out with: asked of the checker that S2A_ADMIT names.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "tests/support/admission.h"
#include "tests/support/corpus.h"
#include "tests/support/files.h"

namespace fs = std::filesystem;

namespace s2a::test::admission_test {

/// The manifests below a folder, one after the other.
std::string manifests_in(const fs::path& folder) {
  std::string out;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error))
    if (entry.is_regular_file()) out += bytes_of(entry.path()) + "\n---\n";
  return out;
}

/// The CRDs that a case is for.
std::string gateway_api(const fs::path& golden) {
  std::istringstream args(bytes_of(golden / "args"));
  for (std::string word; args >> word;)
    if (word == "--gateway-api" && args >> word) return word;
  return "1.6";
}

TEST(Admission, OfWhatGoldenCasesWrite) {
  if (!has_checker()) GTEST_SKIP() << "S2A_ADMIT names no checker: `./dev test` builds it where go is";
  int cases = 0;
  for (const auto& topic : fs::directory_iterator(fs::path(S2A_SOURCE_DIR) / "golden")) {
    if (!topic.is_directory()) continue;
    std::map<std::string, std::vector<ChangedManifests>> by_release;
    for (const auto& golden : fs::directory_iterator(topic))
      if (fs::exists(golden.path() / "expected"))
        by_release[gateway_api(golden.path())].push_back(
            {.name = golden.path().string(), .before = manifests_in(golden.path() / "input"), .after = manifests_in(golden.path() / "expected")});
    for (const auto& [release, changes] : by_release) {
      cases += static_cast<int>(changes.size());
      EXPECT_EQ(newly_rejected(changes, release), std::vector<std::string>());
    }
  }
  fmt::print("{} golden cases\n", cases);
  EXPECT_GT(cases, 100);
}

// Planned with and without the checker: what is written leaves nothing to do.
TEST(Corpus, IsWrittenAsAnApiServerTakesItAndOnce) {
  const auto repositories = corpus_repositories();
  if (repositories.paths.empty()) GTEST_SKIP() << "no corpus in " << shared_files();
  if (!has_checker()) fmt::print("S2A_ADMIT names no checker: no API server is asked\n");
  const TempTree tree;
  for (const auto& meshes : {repositories, corpus_folders(), corpus_files(), corpus_virtual_services(tree)}) {
    const auto tally = plan_corpus(meshes);
    fmt::print("{}", to_string(tally));
    EXPECT_GT(tally.written, 0U);
    EXPECT_EQ(tally.rejected, std::vector<std::string>());
    EXPECT_EQ(tally.unfinished, std::vector<std::string>());
  }
}

}  // namespace s2a::test::admission_test
