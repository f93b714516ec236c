// `--accept`: the only way past what is wider, and seen in every report.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/unit/cli/program.h"

namespace s2a::test::accept_test {

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

/// A waypoint does not know the caller's labels: neither a route nor the VirtualService itself does there what sidecars do.
constexpr const char* kByLabels = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http:
  - match: [{sourceLabels: {app: web}}]
    directResponse: {status: 503}
  - route: [{destination: {host: cart}}]
)";

TEST(Accept, TakesRoutesOfAServiceByItsName) {
  const TempTree tree{{"mesh.yaml", kShop}, {"routes.yaml", kByLabels}};
  const struct {
    std::vector<std::string> args;
    bool written;
    std::string_view told;
  } cases[] = {
      {{}, false, "error[S2A0613]"},
      {{"--accept", "S2A0613"}, true, "warning[S2A0609]"},
      {{"--accept", "S2A0613:shop/cart"}, true, "warning[S2A0609]"},
      {{"--accept", "S2A0613:Service shop/cart"}, true, "warning[S2A0609]"},
      {{"--accept", "S2A0613:Deployment shop/cart"}, false, "warning[S2A0610]"},
      {{"--accept", "S2A0602:shop/cart"}, false, "warning[S2A0610]"},
      {{"--accept", "S2A0613:Service shop/crt"}, false, "did you mean `Service shop/cart`?"},
  };
  for (const auto& c : cases) {
    const auto run = [&](std::string command) {
      std::vector<std::string> args{std::move(command), "."};
      args.insert(args.end(), c.args.begin(), c.args.end());
      return s2a_in(tree, args).out;
    };
    const auto about = c.args.empty() ? std::string("nothing") : c.args.back();
    EXPECT_EQ(!run("diff").empty(), c.written) << about;
    EXPECT_NE(run("plan").find(c.told), std::string::npos) << about << "\n" << run("plan");
    EXPECT_EQ(run("plan").find("  S2A0613   Service shop/cart\n") != std::string::npos, c.written) << about;
  }
}

}  // namespace s2a::test::accept_test
