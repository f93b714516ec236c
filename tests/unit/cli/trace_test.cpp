// Runs of `s2a trace`: who is asked, how things are named, exit codes.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/json_schema.h"
#include "tests/unit/cli/program.h"

namespace s2a::test::trace_test {

nlohmann::json traced(const TempTree& tree, std::vector<std::string> more) {
  more.insert(more.begin(), {"trace", "-o", "json", "."});
  const auto said = s2a_in(tree, more);
  EXPECT_EQ(said.exit, 0) << said.err;
  const auto json = nlohmann::json::parse(said.out);
  EXPECT_EQ(schema_errors(nlohmann::json::parse(std::ifstream(S2A_SOURCE_DIR "/backend/render/trace.schema.json")), json), "");
  return json;
}

TEST(TraceCommand, NamesTheRuleThatDecides) {
  const TempTree tree{{"mesh.yaml", kShop}, {"policy.yaml", kPolicy}};
  const auto json = traced(tree, {"--from", "web/front", "--to", "cart.shop:80"});
  const auto& hop = json.at("now").at("ways")[0].at("hops")[0];
  EXPECT_EQ(hop.at("engine"), "sidecar");
  EXPECT_EQ(hop.at("policy"), "AuthorizationPolicy shop/cart-viewer");
  EXPECT_EQ(hop.at("rule"), "spec.rules[0]");
  EXPECT_EQ(hop.at("place").at("line"), 12);
  EXPECT_EQ(json.at("planned").at("ways")[0].at("hops")[0].at("engine"), "waypoint");
}

TEST(TraceCommand, NamesTheRulesThatDoNotHold) {
  const TempTree tree{{"mesh.yaml", kShop}, {"policy.yaml", kPolicy}};
  const auto json = traced(tree, {"--from", "web/front", "--to", "shop/cart", "--method", "PUT"});
  const auto& way = json.at("now").at("ways")[0];
  EXPECT_EQ(way.at("seen"), "403");
  EXPECT_EQ(way.at("hops")[0].at("missed")[0].at("fails"), nlohmann::json({"method"}));
}

TEST(TraceCommand, TakesEveryNameOfAService) {
  const TempTree tree{{"mesh.yaml", kShop}};
  for (const auto* to : {"cart.shop:80", "cart.shop.svc:80", "cart.shop.svc.cluster.local:80", "shop/cart:80", "cart.shop", "cart:80"})
    EXPECT_EQ(traced(tree, {"--from", "shop/default", "--to", to}).at("to"), "Service shop/cart port 80") << to;
  EXPECT_EQ(traced(tree, {"--from", "shop/default", "--to", "pod:cart.shop:8080"}).at("to"), "the address of Deployment shop/cart, port 8080");
}

TEST(TraceCommand, TheClientFollowsFromTheMesh) {
  const TempTree tree{{"mesh.yaml", kShop}};
  const auto caller = [&](const std::vector<std::string>& from) {
    auto args = from;
    args.insert(args.end(), {"--to", "cart.shop:80"});
    return traced(tree, args).at("now").at("caller").get<std::string>();
  };
  EXPECT_EQ(caller({"--from", "shop/default"}), "sidecar");
  EXPECT_EQ(caller({"--from", "Deployment shop/cart"}), "sidecar");
  EXPECT_EQ(caller({"--from", "spiffe://cluster.local/ns/shop/sa/default"}), "sidecar");
  EXPECT_EQ(caller({"--from", "plaintext"}), "plaintext");
  EXPECT_EQ(caller({"--from", "shop/default", "--client", "ingress"}), "ingress");
}

TEST(TraceCommand, SaysWhatWasMeant) {
  const TempTree tree{{"mesh.yaml", kShop}};
  const auto refused = [&](const char* from, const char* to) {
    const auto said = s2a_in(tree, {"trace", ".", "--from", from, "--to", to});
    EXPECT_EQ(said.exit, 2);
    EXPECT_EQ(said.out, "");
    return said.err;
  };
  EXPECT_NE(refused("shop/web", "crt.shop:80").find("did you mean `cart.shop`?"), std::string::npos);
  EXPECT_NE(refused("shop/web", "cart.shop:81").find("it has 80"), std::string::npos);
  EXPECT_NE(refused("shop/web", "cart.shop:x").find("names no port"), std::string::npos);
  EXPECT_NE(refused("shop/web", "10.0.0.1:80").find("no pod and no Service of the input has the address"), std::string::npos);
  EXPECT_NE(refused("Deploymnt shop/cart", "cart.shop:80").find("did you mean `Deployment shop/cart`?"), std::string::npos);
}

TEST(TraceCommand, TellsInputThatCannotBeRead) {
  const TempTree tree{{"mesh.yaml", kShop}, {"bad.yaml", "kind: AuthorizationPolicy\na: [\n"}};
  const auto said = s2a_in(tree, {"trace", ".", "--from", "shop/web", "--to", "cart.shop:80"});
  EXPECT_EQ(said.exit, 2);
  EXPECT_NE(said.err.find("S2A0001"), std::string::npos);
  EXPECT_NE(said.out.find("-> 200"), std::string::npos);
}

}  // namespace s2a::test::trace_test
