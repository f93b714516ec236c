// Matches of few values, so that they overlap; a rule for everything at the end, so that what is left out goes somewhere.
#include "tests/support/random_convertible.h"

#include <fmt/format.h>

#include "tests/support/random_routes.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

const Texts kPaths{"/", "/foo", "/foo/", "/foo/bar", "/bar", "/bar/"};
const Texts kRegexes{"/foo.*", "/[a-f]+/.*", "/foo|/bar", "/.*bar", "/foo(/.*)?", "/fo+"};
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
  if (random.chance(25)) out["method"] = random.chance(60) ? Json{{"exact", random.pick(Texts{"GET", "POST"})}} : Json{{"regex", random.pick(Texts{"GET|HEAD", "P(OS|U)T"})}};
  for (int n = random.chance(45) ? random.number(1, 2) : 0; n > 0; --n) out["headers"][random.pick(kHeaders)] = value(random);
  if (random.chance(20)) out["withoutHeaders"] = {{random.pick(kHeaders), random.chance(70) ? Json{{"exact", random.pick(kValues)}} : value(random)}};
  if (random.chance(20)) out["queryParams"] = {{random.pick(kHeaders), value(random)}};
  if (random.chance(8)) out["authority"] = random.chance(50) ? Json{{"exact", "reviews.shop"}} : Json{{"prefix", "reviews.shop.svc"}};
  if (random.chance(5)) out["port"] = random.chance(70) ? 80 : 8080;
  if (random.chance(4)) out["gateways"] = random.chance(60) ? Json::array({"mesh"}) : Json::array({"shop/gw"});
  if (random.chance(1)) out["sourceLabels"] = {{"app", "curl"}};
  return out;
}

/// Of the request and of the response; names that destinations change too.
Json changes(Random& random) {
  auto request = Json::object();
  if (random.chance(60)) request["set"] = {{random.pick(Texts{"x-r", "a"}), random.pick(kValues)}};
  if (random.chance(30)) request["add"] = {{random.pick(Texts{"x-r", "X-R2"}), random.pick(Texts{"v", "50%%"})}};
  if (random.chance(30) || request.empty()) request["remove"] = Json::array({random.pick(Texts{"x-r", "b"})});
  if (random.chance(8)) request["set"] = {{"host", "h.example"}};
  Json out{{"request", std::move(request)}};
  if (random.chance(40)) out["response"] = {{"set", {{random.pick(Texts{"x-r", "x-r2"}), "w"}}}};
  return out;
}

Json route(Random& random) {
  auto out = Json::array();
  const int count = random.chance(25) ? random.number(2, 3) : 1;
  for (int n = 0; n < count; ++n) {
    out.push_back({{"destination", {{"host", "reviews"}, {"subset", fmt::format("v{}", random.number(1, 3))}}}});
    if (random.chance(60)) out.back()["destination"]["port"] = {{"number", 80}};
    if (random.chance(4)) out.back()["destination"] = {{"host", "solo"}, {"port", {{"number", 9000}}}};
    if (count > 1 || random.chance(5)) out.back()["weight"] = n == 0 ? 3 : random.number(0, 5);
    if (random.chance(12)) out.back()["headers"] = changes(random);
  }
  return out;
}

Json redirect(Random& random) {
  auto out = Json::object();
  if (random.chance(60)) out["uri"] = "/login";
  if (random.chance(30)) out["authority"] = random.pick(Texts{"r.example", "r.example:8443", "r.example:80", "r.example:443"});
  if (random.chance(30)) out["scheme"] = random.pick(Texts{"http", "https"});
  if (random.chance(20))
    out["port"] = random.pick(std::vector<int>{80, 443, 8443});
  else if (random.chance(30))
    out["derivePort"] = random.pick(Texts{"FROM_REQUEST_PORT", "FROM_PROTOCOL_DEFAULT"});
  if (random.chance(30) || out.empty()) out["redirectCode"] = random.pick(std::vector<int>{302, 307, 308});
  return out;
}

Json cors(Random& random) {
  Json out{{"allowOrigins", Json::array({random.pick(std::vector<Json>{{{"exact", "https://a.example"}}, {{"prefix", "https://"}}, {{"regex", "https://.*\\.foo\\.com"}}})})},
           {"maxAge", "24h"},
           {"unmatchedPreflights", "IGNORE"}};
  if (random.chance(60)) out["allowMethods"] = Json::array({"GET", "POST"});
  if (random.chance(40)) out["allowHeaders"] = Json::array({"x-a"});
  if (random.chance(30)) out["allowCredentials"] = true;
  return out;
}

Json rewrite(Random& random, bool regexes) {
  if (random.chance(20)) return {{"authority", random.pick(Texts{"r.example", "r.example:8080"})}};
  if (regexes && random.chance(70)) return {{"uri", random.pick(Texts{"/new", "/n\\1"})}};
  if (random.chance(20))
    return {
        {"uriRegexRewrite", random.chance(50) ? Json{{"match", "^/foo/(.*)$"}, {"rewrite", random.pick(Texts{"/\\1", "/bar/\\1"})}} : Json{{"match", "/.*"}, {"rewrite", "/new"}}}};
  return {{"uri", random.pick(Texts{"/new", "/new/", "/"})}};
}

/// What may come with a route.
void add_settings(Random& random, Json& out, bool regexes) {
  if (random.chance(15)) out["timeout"] = random.pick(Texts{"1s", "1.5s"});
  if (random.chance(10)) {
    out["retries"] = {{"attempts", random.number(1, 3)}};
    if (random.chance(40)) out["retries"]["retryOn"] = random.pick(Texts{"connect-failure,refused-stream,unavailable,cancelled,503", "5xx"});
    if (random.chance(40)) out["retries"]["perTryTimeout"] = random.pick(Texts{"500ms", "2s"});
  }
  if (random.chance(regexes ? 8 : 20)) out["rewrite"] = rewrite(random, regexes);
  if (random.chance(8))
    out["mirrors"] = Json::array({{{"destination", {{"host", "reviews"}, {"subset", "v1"}}}, {"percentage", {{"value", random.pick(std::vector<double>{100, 12.5, 0.01, 0})}}}}});
  if (random.chance(1)) out["fault"] = {{"abort", {{"httpStatus", 555}, {"percentage", {{"value", 100}}}}}};
}

Json rule(Random& random, bool regexes) {
  Json out{{"match", Json::array()}};
  for (int n = random.number(1, 2); n > 0; --n) out["match"].push_back(match(random, regexes));
  if (random.chance(20)) out["headers"] = changes(random);
  if (random.chance(6)) out["corsPolicy"] = cors(random);
  if (random.chance(8)) {
    out["redirect"] = redirect(random);
  } else if (random.chance(4)) {
    out["directResponse"] = {{"status", random.chance(80) ? 500 : 418}};
  } else {
    add_settings(random, out, regexes);
    out["route"] = route(random);
  }
  return out;
}

Json virtual_service(const std::string& name, const Json& hosts, Json http) {
  Json spec{{"http", std::move(http)}};
  if (!hosts.empty()) spec["hosts"] = hosts;
  return {{"apiVersion", "networking.istio.io/v1"}, {"kind", "VirtualService"}, {"metadata", {{"name", name}, {"namespace", "shop"}}}, {"spec", std::move(spec)}};
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
  if (random.chance(8)) {
    auto& root = http[0];
    root = {{"match", root["match"]}, {"delegate", {{"name", "part"}}}};
    manifests.push_back(virtual_service("part", Json::array(), Json::array({rule(random, regexes), {{"route", route(random)}}})));
  }
  if (random.chance(90)) http.push_back({{"route", route(random)}});
  manifests.push_back(virtual_service("reviews", Json::array({"reviews"}), std::move(http)));
  out["manifests"] = std::move(manifests);
  out["service"] = "shop/reviews";
  out["port"] = random.chance(92) ? 80 : 8080;
  return out;
}

Json random_convertible_request(Random& random) {
  static const Texts kAsked{"/", "/foo", "/foo/", "/foo/bar", "/foo/bar/x", "/foobar", "/bar", "/bar/", "/bar/x", "/FOO/x", "/fooo", "/a/b", "/foo//x", "/a/../foo", "/zbar"};
  auto headers = Json::array();
  for (const auto& name : kHeaders)
    for (int n = random.chance(50) ? (random.chance(15) ? 2 : 1) : 0; n > 0; --n) headers.push_back(Json::array({name, random.pick(Texts{"x", "y", "xy", "z", ""})}));
  if (random.chance(10)) headers.push_back(Json::array({"origin", random.pick(Texts{"https://a.example", "https://b.foo.com", "null"})}));
  if (random.chance(4)) headers.push_back(Json::array({"access-control-request-method", "GET"}));
  auto path = random.pick(kAsked);
  for (int n = random.number(-2, 2); n > 0; --n) path += fmt::format("{}{}={}", path.find('?') == std::string::npos ? '?' : '&', random.pick(kHeaders), random.pick(kValues));
  return {{"method", random.pick(Texts{"GET", "POST", "PUT", "HEAD", "OPTIONS"})},
          {"host", random.pick(Texts{"reviews.shop", "reviews.shop.svc.cluster.local", "reviews.shop:80"})},
          {"path", std::move(path)},
          {"headers", std::move(headers)}};
}

}  // namespace s2a::test
