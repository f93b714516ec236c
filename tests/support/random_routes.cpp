// Objects and requests out of few values, so that they meet often.
#include "tests/support/random_routes.h"

#include <fmt/format.h>

namespace s2a::test {
namespace {

using Json = nlohmann::json;

const Texts kPaths{"/", "/foo", "/foo/", "/foo/bar", "/bar", "/Foo"};
const Texts kPathRegexes{"/.*", "/foo.*", "/[a-f]+/.*", "/foo|/bar", "(?i)/foo.*", ".*bar"};
const Texts kValues{"x", "y", "xy", ""};
const Texts kRegexes{"x.*", ".*", "x|y", ".+", "[xy]{2}"};
const Texts kHeaders{"a", "b", "X-C"};
const Texts kMethods{"GET", "POST", "PUT", "HEAD"};
const Texts kOperations{"a", "x-r", "X-R2", "b"};
const Texts kOperationValues{"v", "w", "%REQ(a)%", "50%%"};

Json string_match(Random& random, bool presence) {
  const auto kind = random.number(presence ? 0 : 1, 5);
  if (kind == 0) return Json::object();
  if (kind <= 2) return {{"exact", random.pick(kValues)}};
  if (kind == 3) return {{"prefix", "x"}};
  return {{"regex", random.pick(kRegexes)}};
}

Json uri(Random& random) {
  switch (random.number(0, 2)) {
    case 0: return {{"exact", random.pick(kPaths)}};
    case 1: return {{"prefix", random.pick(kPaths)}};
    default: return {{"regex", random.pick(kPathRegexes)}};
  }
}

Json by_name(Random& random, bool presence) {
  auto out = Json::object();
  for (int n = random.number(1, 2); n > 0; --n) out[random.pick(kHeaders)] = string_match(random, presence);
  return out;
}

Json match(Random& random) {
  auto out = Json::object();
  if (random.chance(70)) out["uri"] = uri(random);
  if (random.chance(15)) out["ignoreUriCase"] = true;
  if (random.chance(20)) out["method"] = random.chance(60) ? Json{{"exact", random.pick(kMethods)}} : Json{{"regex", "GET|PO.*"}};
  if (random.chance(30)) out["headers"] = by_name(random, true);
  if (random.chance(20)) out["withoutHeaders"] = by_name(random, true);
  if (random.chance(20)) out["queryParams"] = by_name(random, true);
  if (random.chance(10)) out["authority"] = random.chance(50) ? Json{{"exact", "reviews.shop"}} : Json{{"prefix", "reviews.shop.svc"}};
  if (random.chance(8)) out["scheme"] = {{"exact", random.chance(50) ? "http" : "https"}};
  if (random.chance(10)) out["port"] = random.chance(70) ? 80 : 8080;
  if (random.chance(8)) out["sourceLabels"] = {{"app", random.chance(50) ? "curl" : "other"}};
  if (random.chance(8)) out["sourceNamespace"] = random.pick(Texts{"web", "shop"});
  if (random.chance(8)) out["gateways"] = random.chance(60) ? Json::array({"mesh"}) : Json::array({"shop/gw"});
  return out;
}

Json operations(Random& random) {
  auto out = Json::object();
  for (const auto* kind : {"set", "add"})
    if (random.chance(50)) out[kind] = {{random.pick(kOperations), random.pick(kOperationValues)}};
  if (random.chance(30) || out.empty()) out["remove"] = Json::array({random.pick(kOperations)});
  if (random.chance(15)) out["set"] = {{"host", "h.example"}};
  return out;
}

Json changes(Random& random) {
  Json out{{"request", operations(random)}};
  if (random.chance(40)) out["response"] = {{random.chance(50) ? "set" : "add", {{random.pick(Texts{"x-r", "x-r2"}), random.pick(kOperationValues)}}}};
  return out;
}

Json destination(Random& random, bool subsets) {
  const auto version = fmt::format("v{}", random.number(1, random.chance(5) ? 9 : 3));
  Json out = subsets ? Json{{"host", "reviews"}, {"subset", version}} : Json{{"host", "reviews-" + version}};
  if (random.chance(10)) out = {{"host", random.pick(Texts{"solo", "reviews.shop.svc.cluster.local", "nobody"})}};
  if (random.chance(15)) out["port"] = {{"number", random.chance(70) ? 80 : 8080}};
  return out;
}

Json rewrite(Random& random) {
  auto out = Json::object();
  if (random.chance(20))
    out["uriRegexRewrite"] = {{"match", random.pick(Texts{"^/foo/(.*)$", "o+", "/.*"})}, {"rewrite", random.pick(Texts{"/\\1", "/z"})}};
  else if (random.chance(80))
    out["uri"] = random.pick(Texts{"/", "/new", "/new/", "/foo"});
  if (out.empty() || random.chance(20)) out["authority"] = "r.example";
  if (out.contains("uriRegexRewrite") && out["uriRegexRewrite"]["match"] != "^/foo/(.*)$") out["uriRegexRewrite"]["rewrite"] = "/z\\0";
  return out;
}

Json redirect(Random& random) {
  auto out = Json::object();
  if (random.chance(40)) out["uri"] = random.pick(Texts{"/new", "/new?z=1"});
  if (random.chance(30)) out["authority"] = "r.example";
  if (random.chance(30)) out["scheme"] = random.pick(Texts{"http", "https"});
  if (random.chance(20))
    out["port"] = random.chance(50) ? 80 : 8443;
  else if (random.chance(20))
    out["derivePort"] = "FROM_REQUEST_PORT";
  if (random.chance(30) || out.empty()) out["redirectCode"] = random.chance(50) ? 302 : 308;
  return out;
}

void add_settings(Random& random, Json& out) {
  if (random.chance(25)) out["rewrite"] = rewrite(random);
  if (random.chance(15)) out["timeout"] = random.pick(Texts{"1s", "1.5s", "250ms"});
  if (random.chance(15)) {
    out["retries"] = {{"attempts", random.number(1, 3)}};
    if (random.chance(50)) out["retries"]["retryOn"] = random.pick(Texts{"5xx", "503", "reset,503", "connect-failure"});
    if (random.chance(30)) out["retries"]["perTryTimeout"] = "500ms";
  }
  if (random.chance(10)) out["mirrors"] = Json::array({{{"destination", {{"host", "solo"}}}, {"percentage", {{"value", random.pick(std::vector<double>{100, 12.5, 0.01})}}}}});
  if (random.chance(5)) out["fault"] = {{"abort", {{"httpStatus", 555}, {"percentage", {{"value", random.chance(50) ? 100 : 10}}}}}};
  if (random.chance(5)) out["fault"] = {{"delay", {{"fixedDelay", "1s"}, {"percentage", {{"value", 50}}}}}};
}

Json rule(Random& random, bool subsets) {
  auto out = Json::object();
  for (int n = random.number(0, 2); n > 0; --n) out["match"].push_back(match(random));
  if (random.chance(30)) out["headers"] = changes(random);
  if (random.chance(8))
    out["redirect"] = redirect(random);
  else if (random.chance(4))
    out["directResponse"] = {{"status", 418}, {"body", {{"string", "tea"}}}};
  else {
    add_settings(random, out);
    const int count = random.chance(25) ? 2 : 1;
    for (int n = 0; n < count; ++n) {
      out["route"].push_back({{"destination", destination(random, subsets)}});
      if (count > 1) out["route"].back()["weight"] = n == 0 ? 25 : random.pick(std::vector<int>{75, 0, 25});
      if (random.chance(15)) out["route"].back()["headers"] = changes(random);
    }
  }
  return out;
}

Json object(const char* version, const char* kind, const std::string& name, const std::string& ns, Json spec) {
  return {{"apiVersion", version}, {"kind", kind}, {"metadata", {{"name", name}, {"namespace", ns}}}, {"spec", std::move(spec)}};
}

Json service(const std::string& name, Json selector, const std::vector<int>& ports) {
  auto out = Json::array();
  for (const auto port : ports) out.push_back({{"name", fmt::format("http-{}", port)}, {"port", port}, {"targetPort", 9080}});
  return object("v1", "Service", name, "shop", {{"selector", std::move(selector)}, {"ports", std::move(out)}});
}

Json pod(const std::string& name, const std::string& ns, Json labels) {
  auto out = object("v1", "Pod", name, ns, {{"containers", Json::array({{{"name", "c"}, {"image", "example.com/app"}}})}});
  out["metadata"]["labels"] = std::move(labels);
  return out;
}

void date(Random& random, Json& object) {
  if (random.chance(50)) object["metadata"]["creationTimestamp"] = fmt::format("2024-01-0{}T00:00:00Z", random.number(1, 3));
}

Json values(Random& random, int percent) {
  auto out = Json::array();
  for (int n = 0; n < 2; ++n)
    if (random.chance(percent))
      out.push_back(random.chance(60) ? Json{{"name", kHeaders[static_cast<std::size_t>(n)]}, {"type", "Exact"}, {"value", random.pick(Texts{"x", "y"})}}
                                      : Json{{"name", kHeaders[static_cast<std::size_t>(n)]}, {"type", "RegularExpression"}, {"value", random.pick(kRegexes)}});
  return out;
}

Json route_match(Random& random) {
  auto out = Json::object();
  if (random.chance(80)) {
    const auto type = random.pick(Texts{"Exact", "PathPrefix", "RegularExpression"});
    out["path"] = {{"type", type}, {"value", random.pick(type == "RegularExpression" ? kPathRegexes : kPaths)}};
  }
  if (random.chance(20)) out["method"] = random.pick(kMethods);
  if (auto headers = values(random, 20); !headers.empty()) out["headers"] = std::move(headers);
  if (auto parameters = values(random, 15); !parameters.empty()) out["queryParams"] = std::move(parameters);
  return out;
}

Json modifier(Random& random) {
  auto out = Json::object();
  for (const auto* kind : {"set", "add"})
    if (random.chance(50)) out[kind] = Json::array({{{"name", random.pick(kOperations)}, {"value", random.pick(kOperationValues)}}});
  if (random.chance(30) || out.empty()) out["remove"] = Json::array({random.pick(kOperations)});
  return out;
}

Json filters(Random& random, bool of_rule) {
  auto out = Json::array();
  if (random.chance(20)) out.push_back({{"type", "RequestHeaderModifier"}, {"requestHeaderModifier", modifier(random)}});
  if (random.chance(10)) out.push_back({{"type", "ResponseHeaderModifier"}, {"responseHeaderModifier", {{"set", Json::array({{{"name", "x-r"}, {"value", "1"}}})}}}});
  if (!of_rule) return out;
  if (random.chance(8)) {
    Json redirect{{"statusCode", 302}};
    if (random.chance(40))
      redirect["path"] = random.chance(50) ? Json{{"type", "ReplaceFullPath"}, {"replaceFullPath", "/new"}} : Json{{"type", "ReplacePrefixMatch"}, {"replacePrefixMatch", "/new"}};
    if (random.chance(30)) redirect["scheme"] = "https";
    if (random.chance(30)) redirect["port"] = random.chance(50) ? 80 : 8443;
    if (random.chance(30)) redirect["hostname"] = "r.example";
    out.push_back({{"type", "RequestRedirect"}, {"requestRedirect", std::move(redirect)}});
  } else if (random.chance(25)) {
    auto rewrite = Json::object();
    if (random.chance(80))
      rewrite["path"] = random.chance(40) ? Json{{"type", "ReplaceFullPath"}, {"replaceFullPath", random.pick(Texts{"/new", "/bar\\0"})}}
                                          : Json{{"type", "ReplacePrefixMatch"}, {"replacePrefixMatch", random.pick(Texts{"/", "/new", "/new/"})}};
    if (rewrite.empty() || random.chance(30)) rewrite["hostname"] = "r.example";
    out.push_back({{"type", "URLRewrite"}, {"urlRewrite", std::move(rewrite)}});
  }
  if (random.chance(8))
    out.push_back({{"type", "RequestMirror"}, {"requestMirror", {{"backendRef", {{"name", random.pick(Texts{"solo", "nobody"})}, {"port", 9000}}}, {"percent", 50}}}});
  return out;
}

Json route_rule(Random& random) {
  Json out{{"filters", filters(random, true)}};
  for (int n = random.number(0, 2); n > 0; --n) out["matches"].push_back(route_match(random));
  bool redirects = false;
  for (const auto& filter : out["filters"]) redirects = redirects || filter.at("type") == "RequestRedirect";
  if (redirects) return out;
  const int count = random.chance(25) ? 2 : 1;
  for (int n = 0; n < count; ++n) {
    out["backendRefs"].push_back({{"name", fmt::format("reviews-v{}", random.number(1, random.chance(5) ? 9 : 3))}, {"port", random.chance(90) ? 80 : 81}});
    if (count > 1 || random.chance(5)) out["backendRefs"].back()["weight"] = random.number(0, 3);
    if (random.chance(15)) out["backendRefs"].back()["filters"] = filters(random, false);
  }
  if (random.chance(15)) out["timeouts"] = {{"request", "1s500ms"}};
  if (random.chance(10)) out["timeouts"]["backendRequest"] = "500ms";
  if (random.chance(15)) out["retry"] = {{"attempts", random.number(1, 3)}, {"codes", Json::array({503})}};
  return out;
}

/// Services, pods, a DestinationRule with subsets, a client in each namespace, and a waypoint.
Json base(bool waypoint) {
  Json shop{{"apiVersion", "v1"},
            {"kind", "Namespace"},
            {"metadata", {{"name", "shop"}, {"labels", waypoint ? Json{{"istio.io/use-waypoint", "waypoint"}} : Json{{"istio-injection", "enabled"}}}}}};
  auto out = Json::array({std::move(shop)});
  if (waypoint)
    out.push_back(object("gateway.networking.k8s.io/v1", "Gateway", "waypoint", "shop",
                         {{"gatewayClassName", "istio-waypoint"}, {"listeners", Json::array({{{"name", "mesh"}, {"port", 15008}, {"protocol", "HBONE"}}})}}));
  out.push_back(service("reviews", {{"app", "reviews"}}, {80, 8080}));
  out.push_back(service("solo", {{"app", "solo"}}, {9000}));
  out.push_back(pod("solo", "shop", {{"app", "solo"}}));
  auto subsets = Json::array();
  for (const std::string version : {"v1", "v2", "v3"}) {
    out.push_back(service("reviews-" + version, {{"app", "reviews"}, {"version", version}}, {80}));
    out.push_back(pod("reviews-" + version, "shop", {{"app", "reviews"}, {"version", version}}));
    subsets.push_back({{"name", version}, {"labels", {{"version", version}}}});
  }
  out.push_back(object("networking.istio.io/v1", "DestinationRule", "reviews", "shop", {{"host", "reviews.shop.svc.cluster.local"}, {"subsets", std::move(subsets)}}));
  for (const std::string ns : {"web", "shop"}) out.push_back(pod("curl-" + ns, ns, {{"app", "curl"}}));
  return out;
}

}  // namespace

Json random_virtual_service(Random& random, const std::string& name, const std::vector<std::string>& hosts, bool subsets) {
  Json spec{{"hosts", hosts}};
  for (int n = random.number(1, 4); n > 0; --n) spec["http"].push_back(rule(random, subsets));
  if (random.chance(10)) spec["exportTo"] = Json::array({random.pick(Texts{".", "*", "web"})});
  auto out = object("networking.istio.io/v1", "VirtualService", name, "shop", std::move(spec));
  date(random, out);
  return out;
}

Json random_http_route(Random& random, const std::string& name) {
  Json parent{{"group", ""}, {"kind", "Service"}, {"name", "reviews"}};
  if (random.chance(80)) parent["port"] = 80;
  Json spec{{"parentRefs", Json::array({std::move(parent)})}};
  for (int n = random.number(1, 3); n > 0; --n) spec["rules"].push_back(route_rule(random));
  auto out = object("gateway.networking.k8s.io/v1", "HTTPRoute", name, "shop", std::move(spec));
  date(random, out);
  return out;
}

Json random_routed_mesh(Random& random) {
  const bool waypoint = random.chance(50);
  auto objects = base(waypoint);
  const int services = random.chance(75) ? random.number(1, 2) : 0;
  for (int n = 0; n < services; ++n) {
    const auto host = random.pick(Texts{"reviews", "reviews.shop.svc.cluster.local", "reviews", "*.shop.svc.cluster.local"});
    auto made = random_virtual_service(random, fmt::format("vs-{}", n), {host}, !waypoint || random.chance(50));
    if (random.chance(15)) {
      made["spec"]["http"].insert(made["spec"]["http"].begin(), Json{{"match", Json::array({match(random)})}, {"delegate", {{"name", fmt::format("sub-{}", n)}}}});
      auto delegate = random_virtual_service(random, fmt::format("sub-{}", n), {}, !waypoint);
      delegate["spec"].erase("exportTo");
      objects.push_back(std::move(delegate));
    }
    objects.push_back(std::move(made));
  }
  if (services == 0 || random.chance(20))
    for (int n = random.number(1, 2); n > 0; --n) objects.push_back(random_http_route(random, fmt::format("route-{}", n)));
  const auto ns = random.pick(Texts{"web", "shop"});
  return {{"manifests", std::move(objects)},
          {"mesh", Json::object()},
          {"point", waypoint ? "waypoint" : "client-sidecar"},
          {"client", waypoint ? Json() : Json{{"namespace", ns}, {"pod", "curl-" + ns}}},
          {"service", "shop/reviews"},
          {"port", random.chance(85) ? 80 : 8080}};
}

Json random_routed_request(Random& random, const Json& world) {
  static const Texts kAsked{"/", "/foo", "/foo/", "/foo/bar", "/foobar", "/bar", "/FOO/x", "/a/b", "/foo//x", "/a/../foo", "/zbar"};
  auto headers = Json::object();
  for (const auto& name : kHeaders)
    if (random.chance(40)) headers[name] = random.pick(Texts{"x", "y", "xy", "z"});
  if (random.chance(8)) headers["x-forwarded-proto"] = "https";
  auto path = random.pick(kAsked);
  for (int n = random.number(-2, 2); n > 0; --n) path += fmt::format("{}{}={}", path.find('?') == std::string::npos ? '?' : '&', random.pick(kHeaders), random.pick(kValues));
  const bool waypoint = world.at("point") == "waypoint";
  return {{"method", random.pick(kMethods)},
          {"host", random.pick(waypoint ? Texts{"reviews", "other.example"}
                                        : Texts{"reviews.shop", "reviews.shop.svc.cluster.local", "reviews.shop:80", "reviews", "reviews-v1.shop", "other.example"})},
          {"path", std::move(path)},
          {"headers", std::move(headers)}};
}

}  // namespace s2a::test
