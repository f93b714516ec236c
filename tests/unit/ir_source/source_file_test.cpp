// Lines, columns and directories.
#include "ir/source/source_file.h"

#include <gtest/gtest.h>

#include <string>

namespace s2a::source_file_test {

std::string at(const SourceFile& file, std::uint32_t offset) {
  const auto [line, column] = line_column(file, offset);
  return std::to_string(line) + ":" + std::to_string(column);
}

TEST(LineColumn, CountFromOneInCodePoints) {
  SourceSet set;
  const SourceFile loose{.text =
                             "\xEF\xBB\xBF"
                             "a\r\n\xC3\xA9x\n\nlast"};
  const auto& kept = set[set.add(loose)];
  const std::pair<std::uint32_t, std::string> cases[] = {{0, "1:1"}, {3, "1:1"},  {4, "1:2"},  {6, "2:1"},  {8, "2:2"},
                                                         {9, "2:3"}, {10, "3:1"}, {11, "4:1"}, {15, "4:5"}, {99, "4:5"}};
  for (const auto& [offset, place] : cases) {
    EXPECT_EQ(at(kept, offset), place) << offset;
    EXPECT_EQ(at(loose, offset), place) << offset << " of a file in no set";
  }
  EXPECT_EQ(at(set[set.add({})], 0), "1:1");
}

TEST(DirectoryOf, EndsInASlash) {
  EXPECT_EQ(directory_of("a/b/c.yaml"), "a/b/");
  EXPECT_EQ(directory_of("c.yaml"), "");
  EXPECT_EQ(directory_of("/"), "/");
}

}  // namespace s2a::source_file_test
