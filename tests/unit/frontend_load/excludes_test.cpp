// Which paths a glob of --exclude leaves out.
#include "frontend/load/excludes.h"

#include <gtest/gtest.h>

namespace s2a::excludes_test {

struct Row {
  std::string glob;
  std::string path;
  bool match;
};

class ExcludesTest : public testing::TestWithParam<Row> {};

TEST_P(ExcludesTest, Matches) { EXPECT_EQ(Excludes({GetParam().glob}).match(GetParam().path), GetParam().match) << GetParam().glob << " and " << GetParam().path; }

INSTANTIATE_TEST_SUITE_P(Globs, ExcludesTest,
                         testing::Values(Row{"a.yaml", "a.yaml", true}, Row{"a.yaml", "x/y/a.yaml", true}, Row{"a.yaml", "a.yaml/b.yaml", false}, Row{"*.json", "x/a.json", true},
                                         Row{"*.json", "x/a.yaml", false}, Row{"vendor", "x/vendor", true}, Row{"vendor/", "x/vendor", true}, Row{"vendor", "x/vendored", false},
                                         Row{"x/*.yaml", "x/a.yaml", true}, Row{"x/*.yaml", "x/y/a.yaml", false}, Row{"x/*.yaml", "z/x/a.yaml", false},
                                         Row{"x/**", "x/y/a.yaml", true}, Row{"**/x/*.yaml", "x/a.yaml", true}, Row{"**/x/*.yaml", "z/y/x/a.yaml", true},
                                         Row{"**/x/**/b.yaml", "1/x/2/3/b.yaml", true}, Row{"**/x/**/b.yaml", "1/x/2/3/c.yaml", false}, Row{"x/**/b.yaml", "x/b.yaml", true},
                                         Row{"?[0-9].yaml", "d/a1.yaml", true}, Row{"?[0-9].yaml", "d/ab.yaml", false}, Row{"/x/a.yaml", "x/a.yaml", true},
                                         Row{"", "a.yaml", false}, Row{"**", "a/b", true}, Row{"[", "[", true}));

TEST(Excludes, ManyStarsTakeNoLongTime) {
  std::string glob = "a";
  std::string path = "a";
  for (int i = 0; i < 400; ++i) {
    glob += "/**/b";
    path += "/b/c";
  }
  EXPECT_TRUE(Excludes({glob}).match(path + "/b"));
  EXPECT_FALSE(Excludes({glob + "/x"}).match(path));
}

}  // namespace s2a::excludes_test
