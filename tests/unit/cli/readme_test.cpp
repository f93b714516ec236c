// What the README shows is what the program says.
#include <gtest/gtest.h>

#include <algorithm>

#include "ir/mesh/split.h"
#include "tests/support/files.h"
#include "tests/unit/cli/program.h"

namespace s2a::test::readme_test {

/// The lines between the command and the end of its block, without the indentation of the block; `[...]` stands for lines left out.
std::vector<std::string> transcript(const std::vector<std::string>& readme, const std::string& words) {
  const auto command = std::ranges::find(readme, "    $ s2a " + words);
  std::vector<std::string> out;
  for (auto line = command; line != readme.end() && (line->empty() || line->starts_with("    ")); ++line) {
    if (line != command && !line->empty() && *line != "    [...]") out.push_back(line->substr(4));
  }
  return out;
}

void expect_real(const std::string& words, int exit, std::size_t least) {
  std::filesystem::current_path(S2A_SOURCE_DIR);
  std::ostringstream out;
  std::ostringstream err;
  const auto parts = split(words, ' ');
  EXPECT_EQ(run(std::vector<std::string>(parts.begin(), parts.end()), out, err, {}), exit) << err.str();
  const auto real = lines_of(out.str());
  const auto shown = transcript(lines_of(bytes_of("README.md")), words);
  EXPECT_GT(shown.size(), least);
  auto at = real.begin();
  for (const auto& line : shown) {
    at = std::find(at, real.end(), line);
    ASSERT_NE(at, real.end()) << line;
  }
}

TEST(Readme, ShowsARealPlan) { expect_real("plan examples/bookinfo", 1, 15); }
TEST(Readme, ShowsARealAudit) { expect_real("audit examples/bookinfo", 0, 12); }
TEST(Readme, ShowsARealCounterexample) { expect_real("verify golden/verify/forgotten-guard/input golden/verify/forgotten-guard/second", 1, 4); }
TEST(Readme, ShowsARealProof) { expect_real("verify golden/verify/identities-only/input golden/verify/identities-only/second", 0, 3); }
TEST(Readme, ShowsARealTrace) { expect_real("trace examples/bookinfo --from bookinfo/productpage --to details.bookinfo:80 --method POST --path /details/1", 0, 6); }
TEST(Readme, ShowsWhatWasAccepted) { expect_real("plan golden/accept/wider/input --accept S2A0602:shop/cart", 1, 5); }
TEST(Readme, ShowsRealOrigins) { expect_real("plan examples/bookinfo --origins", 1, 1); }

}  // namespace s2a::test::readme_test
