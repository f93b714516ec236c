// `--accept`: the only way past what is wider, and seen in every report.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/cli/program.h"

namespace s2a::test {
namespace {

/// ztunnel takes `*dev*` for letters, and the policy is not this namespace's to change.
constexpr const char* kMeshWide = R"(apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: not-for-dev, namespace: istio-system}
spec:
  rules:
  - from:
    - source: {notNamespaces: ["*dev*"]}
)";

const std::string kAccept = "S2A0602:shop/cart";

TEST(Accept, IsTheOnlyWayPastAWider) {
  const TempTree tree{{"mesh.yaml", kShop}, {"policy.yaml", kMeshWide}};
  EXPECT_EQ(s2a_in(tree, {"diff", "."}).out, "");
  for (const auto& name : {std::string("S2A0602"), kAccept, std::string("S2A0602:Deployment shop/cart")}) EXPECT_NE(s2a_in(tree, {"diff", "--accept", name, "."}).out, "") << name;
  EXPECT_EQ(s2a_in(tree, {"diff", "--accept", "S2A0410", "."}).out, "");
}

TEST(Accept, IsShownByEveryReport) {
  const TempTree tree{{"mesh.yaml", kShop}, {"policy.yaml", kMeshWide}};
  const auto seen = [](const std::string& text) { return text.find("Accepted, though more is let in") != std::string::npos; };
  EXPECT_TRUE(seen(s2a_in(tree, {"plan", "--accept", kAccept, "."}).out));
  EXPECT_TRUE(seen(s2a_in(tree, {"check", "--accept", kAccept, "."}).out));
  EXPECT_TRUE(seen(s2a_in(tree, {"diff", "--accept", kAccept, "."}).err));
  const auto json = nlohmann::json::parse(s2a_in(tree, {"plan", "-o", "json", "--accept", kAccept, "."}).out);
  const auto& mesh = json.at("meshes")[0];
  EXPECT_EQ(json.at("summary").at("wider"), 1);
  EXPECT_EQ(mesh.at("accepted")[0].at("subject"), "Deployment shop/cart");
  EXPECT_TRUE(seen(s2a_in(tree, {"apply", "-w", "--accept", kAccept, "."}).out));
}

TEST(Accept, MayStandInTheConfigFileOrAVariable) {
  const TempTree tree{{"mesh.yaml", kShop}, {"policy.yaml", kMeshWide}};
  EXPECT_NE(s2a_in(tree, {"diff", "."}, {.variables = {{"S2A_ACCEPT", kAccept}}}).out, "");
  const TempTree configured{{"mesh.yaml", kShop}, {"policy.yaml", kMeshWide}, {".s2a.yaml", "accept: [\"" + kAccept + "\"]\n"}};
  EXPECT_NE(s2a_in(configured, {"diff", "."}).out, "");
}

TEST(Accept, IsRefusedWhereItMeansNothing) {
  const TempTree tree{{"mesh.yaml", kShop}};
  const auto unknown = s2a_in(tree, {"plan", "--accept", "S2A060", "."});
  EXPECT_EQ(unknown.exit, 2);
  EXPECT_NE(unknown.err.find("did you mean `S2A0602`?"), std::string::npos) << unknown.err;
  EXPECT_NE(s2a_in(tree, {"plan", "--accept", "S2A0603", "."}).err.find("nothing that can be accepted"), std::string::npos);
  EXPECT_NE(s2a_in(tree, {"plan", "--accept", "S2A0602:shop/crt", "."}).out.find("did you mean `shop/cart`?"), std::string::npos);
  EXPECT_NE(s2a_in(tree, {"plan", "--accept", kAccept, "."}).out.find("warning[S2A0610]"), std::string::npos);
}

}  // namespace
}  // namespace s2a::test
