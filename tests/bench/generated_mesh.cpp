// Plain text from templates.
#include "tests/bench/generated_mesh.h"

#include <fmt/format.h>

#include <algorithm>

namespace s2a::bench {
namespace {

constexpr std::size_t kPerNamespace = 20;

std::string workload(std::size_t ns, std::size_t app) {
  return fmt::format(R"(---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: app-{0}, namespace: team-{1}}}
spec:
  selector: {{matchLabels: {{app: app-{0}}}}}
  template:
    metadata: {{labels: {{app: app-{0}}}}}
    spec:
      serviceAccountName: app-{0}
      containers: [{{name: main, image: example/app, ports: [{{containerPort: 8080}}]}}]
---
apiVersion: v1
kind: Service
metadata: {{name: app-{0}, namespace: team-{1}}}
spec: {{selector: {{app: app-{0}}}, ports: [{{name: http, port: 80, targetPort: 8080}}]}}
)",
                     app, ns);
}

/// The shapes take turns: for the namespace or for one workload, ALLOW or DENY, layer 4 or layer 7.
std::string policy(std::size_t number, std::size_t namespaces, std::size_t apps) {
  const auto ns = number % namespaces;
  const auto round = number / namespaces;
  const auto other = (ns + number) % namespaces;
  const auto app = round % apps;
  const auto caller = fmt::format("cluster.local/ns/team-{}/sa/app-{}", other, number % kPerNamespace);
  const auto here = fmt::format("  selector: {{matchLabels: {{app: app-{}}}}}\n", app);
  const auto spec = [&]() -> std::string {
    switch ((number + round) % 8) {
      case 0: return fmt::format("  rules:\n  - from: [{{source: {{namespaces: [team-{}, team-{}]}}}}]\n", other, ns);
      case 1:
        return fmt::format("{}  rules:\n  - from: [{{source: {{principals: [{}]}}}}]\n    to: [{{operation: {{methods: [GET], paths: [/api/{}/*]}}}}]\n", here, caller, number);
      case 2: return fmt::format("{}  action: DENY\n  rules:\n  - from: [{{source: {{notPrincipals: [{}]}}}}]\n    to: [{{operation: {{paths: [/admin*]}}}}]\n", here, caller);
      case 3: return fmt::format("{}  rules:\n  - from: [{{source: {{principals: [{}]}}}}]\n", here, caller);
      case 4:
        return fmt::format("{}  action: DENY\n  rules:\n  - to: [{{operation: {{methods: [DELETE]}}}}]\n    when: [{{key: 'request.headers[x-team]', notValues: [team-{}]}}]\n",
                           here, ns);
      case 5: return fmt::format("{}  rules:\n  - to: [{{operation: {{paths: [/healthz, '*.css'], hosts: ['app-{}.*']}}}}]\n", here, app);
      case 6: return fmt::format("{}  rules:\n  - from: [{{source: {{ipBlocks: [10.{}.0.0/16]}}}}]\n    to: [{{operation: {{ports: ['8080']}}}}]\n", here, number % 250);
      default:
        return fmt::format("  action: DENY\n  rules:\n  - from: [{{source: {{namespaces: [team-{}]}}}}]\n    to: [{{operation: {{methods: [POST, PUT]}}}}]\n",
                           (ns + 2) % namespaces);
    }
  };
  return fmt::format("---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: policy-{}, namespace: team-{}}}\nspec:\n{}", number, ns, spec());
}

/// A Service, pods of two versions, and the subsets of them.
std::string routed_service(std::size_t number) {
  auto out = fmt::format(R"(---
apiVersion: v1
kind: Service
metadata: {{name: app-{0}, namespace: shop}}
spec: {{selector: {{app: app-{0}}}, ports: [{{name: http, port: 80, targetPort: 8080}}]}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {{name: app-{0}, namespace: shop}}
spec: {{host: app-{0}, subsets: [{{name: v1, labels: {{version: v1}}}}, {{name: v2, labels: {{version: v2}}}}]}}
)",
                         number);
  for (const auto* version : {"v1", "v2"})
    out += fmt::format(
        "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: app-{0}-{1}, namespace: shop, labels: {{app: app-{0}, version: {1}}}}}\n"
        "spec: {{containers: [{{name: main, image: example/app}}]}}\n",
        number, version);
  return out;
}

std::string match(std::size_t rule) {
  switch (rule % 6) {
    case 0: return fmt::format("uri: {{exact: /items/{}}}", rule);
    case 1: return fmt::format("uri: {{prefix: /shelves/{}/}}", rule);
    case 2: return fmt::format("uri: {{prefix: /carts/{}/}}, headers: {{x-team: {{exact: team-{}}}}}", rule, rule % 7);
    case 3: return fmt::format("uri: {{exact: /orders/{}}}, method: {{exact: POST}}", rule);
    case 4: return fmt::format("uri: {{prefix: /search/{}/}}, queryParams: {{page: {{exact: '{}'}}}}", rule, rule);
    default: return fmt::format("headers: {{x-user: {{exact: user-{}}}}}", rule);
  }
}

std::string route(std::size_t service, std::size_t version) { return fmt::format("    route: [{{destination: {{host: app-{}, subset: v{}}}}}]\n", service, version); }

}  // namespace

std::vector<std::pair<std::string, std::string>> generated_mesh(MeshSize size) {
  const auto namespaces = std::max<std::size_t>(1, size.workloads / kPerNamespace);
  std::vector<std::pair<std::string, std::string>> out;
  for (std::size_t ns = 0; ns < namespaces; ++ns)
    out.emplace_back(fmt::format("team-{}.yaml", ns), fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: team-{}, labels: {{istio-injection: enabled}}}}\n", ns));
  for (std::size_t number = 0; number < size.workloads; ++number) out[number % namespaces].second += workload(number % namespaces, number / namespaces);
  for (std::size_t number = 0; number < size.policies; ++number) out[number % namespaces].second += policy(number, namespaces, size.workloads / namespaces);
  return out;
}

std::string generated_routes(RouteSize size) {
  std::string out = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {istio-injection: enabled}}\n";
  for (std::size_t i = 0; i < size.services; ++i) {
    out += routed_service(i);
    out += fmt::format("---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: app-{0}, namespace: shop}}\nspec:\n  hosts: [app-{0}]\n  http:\n", i);
    for (std::size_t rule = 0; rule + 1 < size.rules; ++rule) out += fmt::format("  - match: [{{{}}}]\n{}", match(rule), route(i, rule % 2 + 1));
    out += fmt::format("  -\n{}", route(i, 1));
  }
  return out;
}

}  // namespace s2a::bench
