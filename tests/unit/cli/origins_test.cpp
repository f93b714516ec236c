// `--origins`: copied text leads to the text that was copied, and what is new to what demanded it. That every line has an origin, the golden cases show.
#include <gtest/gtest.h>

#include "tests/unit/cli/program.h"

namespace s2a::test::origins_test {

/// The listing's line that holds the text, without blanks in a row.
std::string line_with(const std::string& listing, const std::string& text) {
  for (const auto& line : lines_of(listing))
    if (line.find("+ ") != std::string::npos && line.find(text) != std::string::npos) return line.substr(line.find("<-"));
  return "(no such line)";
}

TEST(Origins, LeadToWhatWasCopiedOrReplaced) {
  const TempTree tree{{"mesh.yaml", kShop}, {"policy.yaml", kPolicy}};
  const auto said = s2a_in(tree, {"plan", "--origins", "."});
  EXPECT_EQ(line_with(said.out, "targetRefs:"), "<- policy.yaml:7");                // the selector
  EXPECT_EQ(line_with(said.out, "name: cart-viewer-ztunnel"), "<- policy.yaml:4");  // the name
  EXPECT_EQ(line_with(said.out, "gatewayClassName"), "<- policy.yaml:12");          // the methods that need a waypoint
  EXPECT_EQ(line_with(said.out, "use-waypoint: waypoint"), "<- policy.yaml:12");    // which ask for the label as well
  EXPECT_EQ(line_with(said.out, "dataplane-mode"), "<- mesh.yaml:4, mesh.yaml:6");  // the Namespace, and the line that gave way
}

TEST(Origins, AreShownWhereAskedFor) {
  const TempTree tree{{"mesh.yaml", kShop}, {"policy.yaml", kPolicy}};
  EXPECT_EQ(s2a_in(tree, {"plan", "."}).out.find("<-"), std::string::npos);
  EXPECT_EQ(s2a_in(tree, {"diff", "--origins", "."}).exit, 2);
}

}  // namespace s2a::test::origins_test
