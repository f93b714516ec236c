// Every file of 42 public repositories: nothing crashes; how many resources and diagnostics come out is printed.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "tests/support/files.h"
#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::corpus_test {

TEST(Corpus, DecodesWithoutACrash) {
  const auto root = shared_files() / "corpus/files";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no " << root;
  std::map<std::string, int> kinds;
  std::map<std::string, int> codes;
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (!entry.is_regular_file() || (extension != ".yaml" && extension != ".yml" && extension != ".json")) continue;
    ++files;
    const auto read = read_text(bytes_of(entry.path()), std::filesystem::relative(entry.path(), root).string());
    for (const auto& resource : read.resources) ++kinds[std::string(to_string(resource.kind))];
    for (const auto& d : read.diagnostics.sorted()) ++codes[std::string(info(d.code).name)];
    if (std::getenv("S2A_SHOW") == nullptr) continue;
    for (const auto& line : read.said()) std::cout << read.file->path << ": " << line << '\n';
  }
  std::cout << files << " files\n";
  for (const auto& [kind, count] : kinds) std::cout << "  " << kind << ' ' << count << '\n';
  for (const auto& [code, count] : codes) std::cout << "  " << code << ' ' << count << '\n';
  EXPECT_GT(kinds["AuthorizationPolicy"], 100);
}

}  // namespace s2a::test::corpus_test
