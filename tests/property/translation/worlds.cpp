// The generator: two namespaces in the mesh, a gateway's namespace, a handful of pods that share labels, Services with ports of every protocol, policies at all levels.
#include "tests/property/translation/worlds.h"

#include <fmt/format.h>

#include "tests/support/mesh_from_yaml.h"
#include "tests/support/random_policies.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

const Texts kNamespaces{"shop", "shop", "web"};
const Texts kApps{"cart", "cart", "api"};
const Texts kVersions{"v1", "v2"};
constexpr PolicyOdds kOdds{.field = 18, .proxy_headers = 1, .alternatives = 2};

struct Writer {
  Random& random;
  World world;
  bool ages = random.chance(70);                               ///< whether Services say when they were made
  std::vector<std::pair<std::string, std::string>> services;   ///< namespace and name
  std::vector<std::pair<std::string, std::string>> waypoints;  ///< the same

  void add(const std::string& kind, const std::string& ns, const std::string& name, std::string text) {
    world.documents.push_back({.subject = fmt::format("{} {}/{}", kind, ns, name), .text = std::move(text)});
  }

  void mesh_config() {
    auto& mesh = world.mesh_config = Json::object();
    if (random.chance(25)) mesh["trustDomain"] = "mesh.td";
    if (random.chance(15)) mesh["trustDomainAliases"] = Json::array({"old.td"});
    if (random.chance(1)) mesh["caCertificates"] = Json::array({{{"pem", "x"}, {"trustDomains", {"far.td"}}}});
    if (random.chance(40)) mesh["pathNormalization"]["normalization"] = random.pick(Texts{"NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"});
    for (const auto* name : {"checker", "second"})
      mesh["extensionProviders"].push_back(
          {{"name", name}, {random.chance(50) ? "envoyExtAuthzHttp" : "envoyExtAuthzGrpc", {{"service", "auth.edge.svc.cluster.local"}, {"port", 80}}}});
  }

  void space(const std::string& ns, const std::string& more) {
    add("Namespace", "", ns, fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {}, labels: {{istio-injection: enabled{}}}}}\n", ns, more));
  }

  /// A waypoint that is there already, and who is to use it.
  std::string waypoint(const std::string& ns) {
    if (!random.chance(30)) return "";
    const auto serves = random.pick(Texts{"service", "service", "all", "workload"});
    const auto status = random.chance(25) ? "status: {addresses: []}\n" : "";
    add("Gateway", ns, "way",
        fmt::format("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: way, namespace: {}, labels: {{istio.io/waypoint-for: {}}}}}\nspec:\n"
                    "  gatewayClassName: istio-waypoint\n  listeners: [{{name: mesh, port: 15008, protocol: HBONE}}]\n{}",
                    ns, serves, status));
    waypoints.emplace_back(ns, "way");
    return random.chance(60) ? ", istio.io/use-waypoint: way" : "";
  }

  [[nodiscard]] std::string use_waypoint(const std::string& ns) {
    const bool has_one = std::ranges::any_of(waypoints, [&](const auto& w) { return w.first == ns; });
    return has_one && random.chance(30) ? ", istio.io/use-waypoint: " + random.pick(Texts{"way", "none"}) : "";
  }

  void pod(int number) {
    const auto ns = random.pick(kNamespaces);
    const auto app = random.pick(kApps);
    auto labels = fmt::format("app: {}, version: {}, networking.istio.io/tunnel: http{}", app, random.pick(kVersions), use_waypoint(ns));
    std::string annotations;
    std::string spec;
    const int special = random.number(0, 99);
    if (special < 3)
      labels = "";
    else if (special < 6)
      labels += ", sidecar.istio.io/inject: \"false\"";
    else if (special < 8)
      labels += ", sidecar.istio.io/inject: \"false\", istio.io/dataplane-mode: none";
    else if (special < 10)
      spec = "hostNetwork: true, ";
    else if (special < 18)
      annotations = fmt::format("traffic.sidecar.istio.io/excludeInboundPorts: \"{}\"", random.pick(Texts{"8080", "7777, 9090", "9090", "15020"}));
    else if (special < 22)
      annotations = fmt::format("traffic.sidecar.istio.io/includeInboundPorts: \"{}\"", random.pick(Texts{"8080", "8080,9090", "*"}));
    const auto name = fmt::format("pod-{}", number);
    add("Pod", ns, name,
        fmt::format("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {}\n  namespace: {}\n{}{}"
                    "spec: {{{}serviceAccountName: {}, containers: [{{name: c, image: i, ports: [{{name: web, containerPort: {}}}, {{containerPort: 9090}}]}}]}}\nstatus: {{podIP: "
                    "10.63.0.{}}}\n",
                    name, ns, labels.empty() ? "" : fmt::format("  labels: {{{}}}\n", labels), annotations.empty() ? "" : fmt::format("  annotations: {{{}}}\n", annotations), spec,
                    app, random.chance(75) ? 8080 : 7777, number + 1));
  }

  void gateway_pod() {
    add("Pod", "edge", "edge-1",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: edge-1\n  namespace: edge\n  labels: {istio: ingress, app: cart}\n  annotations: {inject.istio.io/templates: gateway}\n"
        "spec: {serviceAccountName: edge, containers: [{name: c, image: auto, ports: [{containerPort: 8080}]}]}\nstatus: {podIP: 10.63.0.99}\n");
  }

  void service(int number) {
    const auto ns = random.pick(kNamespaces);
    const auto name = number == 0 ? std::string("cart") : fmt::format("s{}", number);
    const auto age = ages ? fmt::format(", creationTimestamp: \"2024-01-0{}T00:00:00Z\"", random.number(1, 9)) : "";
    const auto selector = random.chance(75) ? "app: " + random.pick(kApps) : "version: " + random.pick(kVersions);
    auto labels = use_waypoint(ns);
    if (random.chance(25)) labels += ", istio.io/ingress-use-waypoint: \"true\"";
    auto text = fmt::format("apiVersion: v1\nkind: Service\nmetadata: {{name: {}, namespace: {}, labels: {{app: x{}}}{}}}\nspec:\n  clusterIP: {}\n  selector: {{{}}}\n  ports:\n",
                            name, ns, labels, age, random.chance(10) ? "None" : fmt::format("10.96.0.{}", number + 1), selector);
    const Texts spoken{"http", "http", "http", "tcp", "raw", "grpc"};
    text += fmt::format("  - {{name: {}-1, port: 80, targetPort: {}}}\n", random.pick(spoken), random.chance(25) ? "web" : "8080");
    if (random.chance(40))
      text += fmt::format("  - {{name: {}-2, port: {}, targetPort: {}}}\n", random.pick(spoken), random.chance(50) ? 8080 : 9091, random.chance(75) ? "9090" : "8080");
    services.emplace_back(ns, name);
    add("Service", ns, name, std::move(text));
  }

  void route() {
    const auto [ns, front] = random.pick(services);
    std::vector<std::string> others;
    for (const auto& [where, name] : services)
      if (where == ns && name != front) others.push_back(name);
    if (others.empty()) return;
    const auto backend = random.pick(others);
    add("HTTPRoute", ns, "split",
        fmt::format("apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: split, namespace: {}}}\nspec:\n  parentRefs: [{{group: \"\", kind: Service, "
                    "name: {}{}}}]\n"
                    "  rules:\n  - backendRefs: [{{name: {}, port: 80, weight: 50}}{}]\n",
                    ns, front, random.chance(50) ? ", port: 80" : "", backend, random.chance(50) ? fmt::format(", {{name: {}, port: 80, weight: 50}}", front) : ""));
  }

  void service_entry() {
    const auto ns = random.pick(kNamespaces);
    add("ServiceEntry", ns, "partner",
        fmt::format(
            "apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {{name: partner, namespace: {}}}\nspec:\n  hosts: [partner.example]\n  addresses: [10.97.1.1]\n"
            "  ports: [{{name: web, number: 80, protocol: HTTP}}]\n  resolution: STATIC\n  endpoints: [{{address: 192.0.2.50}}]\n",
            ns));
  }

  /// One that may decide, which keeps its namespace on sidecars, or one that does not.
  void envoy_filter() {
    add("EnvoyFilter", "web", "filter",
        fmt::format("apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {{name: filter, namespace: web}}\nspec:\n  configPatches:\n"
                    "  - {{applyTo: HTTP_FILTER, match: {{context: SIDECAR_INBOUND}}, patch: {{operation: INSERT_BEFORE, value: {{name: {}}}}}}}\n",
                    random.chance(30) ? "envoy.filters.http.lua" : "envoy.filters.http.tap"));
  }

  void extension() {
    const auto at = place(random.chance(20) ? "istio-system" : random.pick(kNamespaces));
    const bool wasm = random.chance(70);
    add(wasm ? "WasmPlugin" : "TrafficExtension", at.ns, "keys",
        fmt::format("apiVersion: extensions.istio.io/v1alpha1\nkind: {}\nmetadata: {{name: keys, namespace: {}}}\nspec:\n  {}\n{}{}", wasm ? "WasmPlugin" : "TrafficExtension",
                    at.ns, wasm ? "url: oci://registry.example/keys:1" : "wasm: {url: 'oci://registry.example/keys:1'}", at.where.empty() ? "" : "  " + at.where + "\n",
                    random.pick(Texts{"  phase: AUTHN\n", "  phase: AUTHZ\n", "  phase: AUTHZ\n", "  phase: STATS\n", ""})));
  }

  Place place(const std::string& ns) {
    const int where = random.number(0, 99);
    if (where < 45) return {ns, fmt::format("selector: {{matchLabels: {{app: {}}}}}", random.pick(kApps))};
    if (where < 55) return {ns, fmt::format("selector: {{matchLabels: {{app: {}, version: {}}}}}", random.pick(kApps), random.pick(kVersions))};
    if (where < 60) return {ns, fmt::format("selector: {{matchLabels: {{version: {}}}}}", random.pick(kVersions))};
    if (where < 66) return {ns, "selector: {}"};
    if (where < 69) return {ns, "selector: {matchLabels: {}}"};
    return {ns, ""};
  }

  Place policy_place() {
    if (!services.empty() && random.chance(8)) {
      const auto [ns, name] = random.pick(services);
      return {ns, fmt::format("targetRefs: [{{kind: Service, group: \"\", name: {}}}]", name)};
    }
    if (!waypoints.empty() && random.chance(20)) return {waypoints.front().first, "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: way}]"};
    return place(random.chance(15) ? "istio-system" : random.pick(kNamespaces));
  }

  void policies() {
    for (int n = random.number(1, 3); n > 0; --n) {
      const auto at = policy_place();
      const auto name = fmt::format("p{}", n);
      add("AuthorizationPolicy", at.ns, name, random_policy(random, name, at, kOdds));
    }
    for (int n = random.chance(45) ? random.number(1, 2) : 0; n > 0; --n) {
      const auto at = place(random.chance(30) ? "istio-system" : random.pick(kNamespaces));
      const bool selects = at.where.find(": {matchLabels: {a") != std::string::npos || at.where.find(": {matchLabels: {v") != std::string::npos;
      const auto modes = random.chance(3) ? Texts{"DISABLE", "PERMISSIVE"} : Texts{"STRICT", "PERMISSIVE", "UNSET"};
      const auto name = fmt::format("m{}", n);
      add("PeerAuthentication", at.ns, name, random_peer_authentication(random, name, at, selects, modes));
    }
    for (int n = random.chance(35) ? random.number(1, 2) : 0; n > 0; --n) {
      const auto at = place(random.chance(15) ? "istio-system" : random.pick(kNamespaces));
      const auto name = fmt::format("j{}", n);
      add("RequestAuthentication", at.ns, name, random_request_authentication(random, name, at));
    }
  }

  World write() && {
    mesh_config();
    for (const auto* ns : {"shop", "web"}) space(ns, waypoint(ns));
    for (int n = 0, all = random.number(2, 4); n < all; ++n) pod(n);
    for (int n = 0, all = random.number(1, 3); n < all; ++n) service(n);
    if (random.chance(70)) route();
    if (random.chance(8)) service_entry();
    if (random.chance(8)) envoy_filter();
    if (random.chance(12)) extension();
    if (random.chance(30)) gateway_pod();
    policies();
    return std::move(world);
  }
};

}  // namespace

std::string World::text() const {
  std::string out = mesh_config_map(mesh_config.dump());
  for (const auto& document : documents) out += "---\n" + document.text;
  return out;
}

World random_world(Random& random) { return Writer{.random = random, .world = {}, .services = {}, .waypoints = {}}.write(); }

}  // namespace s2a::test
