// Suggestions for mistyped names.
#include "ir/source/did_you_mean.h"

#include <gtest/gtest.h>

#include <array>

namespace s2a::did_you_mean_test {

TEST(DidYouMean, FindsTheClosestName) {
  constexpr std::array<std::string_view, 6> known{"principals", "namespaces", "methods", "paths", "hosts", "ports"};
  const std::pair<std::string, std::string> cases[] = {
      {"principal", "principals"},  // a letter left out
      {"mehtods", "methods"},       // two swapped
      {"Paths", "paths"},           // case
      {"pathss", "paths"},          // one too many
      {"namspaces", "namespaces"},
      {"post", ""},  // too far from both `hosts` and `ports`
      {"pots", "ports"},
      {"paths", ""},  // known
      {"", ""},
      {"x", ""},
      {"requestPrincipals", ""},
      {std::string(1000, 'a'), ""},
  };
  for (const auto& [seen, meant] : cases) EXPECT_EQ(did_you_mean(seen, known), meant) << seen;
  EXPECT_EQ(did_you_mean("x", {}), "");
}

}  // namespace s2a::did_you_mean_test
