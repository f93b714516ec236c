// Matches of few values, so that they overlap; a rule for everything at the end, so that what is left out goes somewhere.
#include "tests/support/random_convertible.h"

#include <fmt/format.h>

#include "tests/support/random_routes.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

const Texts kPaths{"/", "/foo", "/foo/", "/foo/bar", "/bar", "/bar/"};
const Texts kRegexes{"/foo.*", "/[a-f]+/.*", "/foo|/bar", "/.*bar", "/foo(/.*)?"};
const Texts kValues{"x", "y", "xy"};
const Texts kHeaders{"a", "b", "X-C"};

Json value(Random& random) {
  switch (random.number(0, 3)) {
    case 0: return Json::object();
    case 1: return {{"prefix", "x"}};
    case 2: return {{"regex", random.pick(Texts{"x.*", "x|y", ".+"})}};
    default: return {{"exact", random.pick(kValues)}};
  }
}

Json match(Random& random, bool regexes) {
  auto out = Json::object();
  if (random.chance(75)) {
    const auto kind = random.number(0, regexes ? 3 : 1);
    if (kind <= 1)
      out["uri"] = {{kind == 0 ? "exact" : "prefix", random.pick(kPaths)}};
    else
      out["uri"] = {{"regex", random.pick(kRegexes)}};
    if (regexes && random.chance(15)) out["ignoreUriCase"] = true;
  }
  if (random.chance(25)) out["method"] = random.chance(60) ? Json{{"exact", random.pick(Texts{"GET", "POST"})}} : Json{{"regex", "GET|HEAD"}};
  if (random.chance(45)) out["headers"] = {{random.pick(kHeaders), value(random)}};
  if (random.chance(20)) out["withoutHeaders"] = {{random.pick(kHeaders), random.chance(70) ? Json{{"exact", random.pick(kValues)}} : Json::object()}};
  if (random.chance(20)) out["queryParams"] = {{random.pick(kHeaders), value(random)}};
  if (random.chance(8)) out["authority"] = random.chance(50) ? Json{{"exact", "reviews.shop"}} : Json{{"prefix", "reviews.shop.svc"}};
  if (random.chance(5)) out["port"] = 80;
  return out;
}

Json route(Random& random) {
  auto out = Json::array();
  for (int n = random.chance(20) ? 2 : 1; n > 0; --n) {
    out.push_back({{"destination", {{"host", "reviews"}, {"subset", fmt::format("v{}", random.number(1, 3))}, {"port", {{"number", 80}}}}}});
    out.back()["weight"] = random.number(1, 5);
  }
  return out;
}

Json rule(Random& random, bool regexes) {
  Json out{{"match", Json::array()}};
  for (int n = random.number(1, 2); n > 0; --n) out["match"].push_back(match(random, regexes));
  if (random.chance(8)) {
    out["redirect"] = {{"uri", "/login"}};
    return out;
  }
  out["route"] = route(random);
  if (random.chance(15)) out["timeout"] = random.pick(Texts{"1s", "1.5s"});
  if (random.chance(15)) out["headers"] = {{"request", {{"set", {{"x-r", random.pick(kValues)}}}}}};
  if (!regexes && random.chance(15)) out["rewrite"] = {{"uri", random.pick(Texts{"/new", "/new/", "/"})}};
  if (random.chance(5)) out["rewrite"] = {{"authority", "r.example"}};
  if (random.chance(8))
    out["mirrors"] = Json::array({{{"destination", {{"host", "reviews"}, {"subset", "v1"}}}, {"percentage", {{"value", random.pick(std::vector<double>{100, 12.5, 0.01})}}}}});
  return out;
}

}  // namespace

Json random_convertible_mesh(Random& random) {
  auto out = random_routed_mesh(random);
  while (out.at("point") != "client-sidecar") out = random_routed_mesh(random);
  Json manifests = Json::array();
  for (auto& object : out["manifests"])
    if (object.at("kind") != "VirtualService" && object.at("kind") != "HTTPRoute" && object.at("kind") != "DestinationRule") manifests.push_back(object);
  Json subsets = Json::array();
  for (const auto* version : {"v1", "v2", "v3"}) subsets.push_back({{"name", version}, {"labels", {{"version", version}}}});
  manifests.push_back({{"apiVersion", "networking.istio.io/v1"},
                       {"kind", "DestinationRule"},
                       {"metadata", {{"name", "reviews"}, {"namespace", "shop"}}},
                       {"spec", {{"host", "reviews"}, {"subsets", subsets}}}});
  const bool regexes = random.chance(60);
  Json http = Json::array();
  for (int n = random.number(2, 4); n > 0; --n) http.push_back(rule(random, regexes));
  if (random.chance(90)) http.push_back({{"route", route(random)}});
  manifests.push_back({{"apiVersion", "networking.istio.io/v1"},
                       {"kind", "VirtualService"},
                       {"metadata", {{"name", "reviews"}, {"namespace", "shop"}}},
                       {"spec", {{"hosts", {"reviews"}}, {"http", http}}}});
  out["manifests"] = std::move(manifests);
  out["service"] = "shop/reviews";
  out["port"] = 80;
  return out;
}

}  // namespace s2a::test
