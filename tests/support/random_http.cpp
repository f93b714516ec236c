// Method, target, headers and token, each drawn by itself.
#include "tests/support/random_http.h"

#include <fmt/format.h>

namespace s2a::test {
namespace {

using Json = nlohmann::json;

Json random_token(Random& random) {
  if (random.chance(15)) return "invalid";
  Json out{{"iss", random.pick(Texts{"issuer.a", "issuer.b", "issuer.c"})}};
  if (random.chance(90)) out["sub"] = random.pick(Texts{"alice", "bob/x", ""});
  if (random.chance(50)) out["aud"] = random.pick(std::vector<Json>{"shop", "web", {"web", "shop"}});
  if (random.chance(50)) out["azp"] = "app";
  if (random.chance(50)) out["team"] = random.pick(Texts{"red", "red blue"});
  if (random.chance(50)) out["scope"] = random.pick(Texts{"read", "read write"});
  if (random.chance(50)) out["groups"] = {"admin", "developer"};
  if (random.chance(50)) out["realm"] = {{"roles", Json::array({"owner"})}};
  return out;
}

Json random_headers(Random& random, bool options) {
  auto out = Json::object();
  if (random.chance(50)) out["x-team"] = random.pick(std::vector<Json>{"red", "", "blue", "red,blue", {"blue", "red"}, {"red", "red"}});
  if (random.chance(20)) out["x-debug"] = "1";
  if (random.chance(20)) out["x-forwarded-for"] = random.pick(Texts{"192.0.2.9", "10.0.0.1, 192.0.2.9", "192.0.2.9:80", "x", "10.0.5.5"});
  if (random.chance(10)) out["x-forwarded-proto"] = "https";
  if (random.chance(10)) out["x-forwarded-client-cert"] = "By=me";
  if (options) out["origin"] = "https://a";
  if (options && random.chance(70)) out["access-control-request-method"] = "GET";
  return out;
}

}  // namespace

Json random_http(Random& random) {
  const auto method = random.pick(Texts{"GET", "GET", "GET", "POST", "POST", "OPTIONS"});
  return {
      {"method", method},
      {"host", random.pick(Texts{"cart.shop", "CART.shop:80", "www.example.com"})},
      {"path", random.pick(Texts{"/", "/admin", "/admin?q=1", "/x/../admin", "/%61dmin", "/a//b", "/a%2Fb", "/api/x/y", "/style.css", "/a\\b", "/%00", "http://cart.shop/admin"})},
      {"headers", random_headers(random, method == "OPTIONS")},
      {"jwt", random.chance(60) ? random_token(random) : Json()}};
}

std::string random_identity(Random& random) {
  return fmt::format("{}/ns/{}/sa/{}", random.pick(Texts{"cluster.local", "cluster.local", "cluster.local", "mesh.td", "mesh.td", "old.td", "far.td"}),
                     random.pick(Texts{"web", "web", "shop", "shop", "web-dev-1", "a"}), random.pick(Texts{"frontend", "frontend", "api", "waypoint"}));
}

std::string random_address(Random& random) { return random.pick(Texts{"10.0.5.5", "10.0.5.5", "192.0.2.7", "2001:db8::7"}); }

}  // namespace s2a::test
