// What is taken to be there when the input does not have it. product.md 2
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::assumptions_test {

using test::mesh_from_yaml;

std::string policy(std::string_view name, std::string_view spec, std::string_view ns = "shop") {
  return fmt::format("---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: {}, namespace: {}}}\nspec: {}\n", name, ns, spec);
}

std::string service(std::string_view name, std::string_view selector, std::string_view ports = "[{name: http, port: 80}]") {
  return fmt::format("---\napiVersion: v1\nkind: Service\nmetadata: {{name: {}, namespace: shop}}\nspec: {{selector: {}, ports: {}}}\n", name, selector, ports);
}

std::string pod(std::string_view name, std::string_view labels) {
  return fmt::format("---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {}, namespace: shop, labels: {}}}\nspec: {{containers: [{{name: app, image: app}}]}}\n", name, labels);
}

std::string namespace_shop(std::string_view labels) { return fmt::format("---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {}}}\n", labels); }

/// Every assumed thing in one line each, sorted: `pods app=a` and `Service a {app=a} 80 http -> pods app=a`.
std::vector<std::string> assumed(const MeshModel& mesh) {
  std::vector<std::string> lines;
  for (const auto& workload : mesh.workloads()) {
    if (workload.assumed) lines.push_back(workload.name + (mesh.serviceless_assumed(workload.id) ? " serviceless" : ""));
  }
  for (const auto& s : mesh.services()) {
    if (!s.assumed) continue;
    auto line = fmt::format("Service {} {{{}}}", s.name, selector_text(s.spec.selector));
    for (const auto& port : s.spec.ports) line += fmt::format(" {}{}", port.port, MeshModel::protocol(port) == AppProtocol::Http ? " http" : "");
    for (const auto id : s.backends) line += " -> " + mesh[id].name;
    lines.push_back(line);
  }
  std::ranges::sort(lines);
  return lines;
}

struct Case {
  std::string_view about;
  std::string yaml;
  std::vector<std::string> expected;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

const std::string kGet = "{selector: {matchLabels: {app: a}}, rules: [{to: [{operation: {methods: [GET]}}]}]}";

const std::vector<Case> kCases{
    {"a policy file on its own", policy("p", kGet), {"Service a {app=a} 80 http -> pods app=a", "pods app=a"}},
    {"without HTTP", policy("p", "{selector: {matchLabels: {app: a}}, rules: [{from: [{source: {namespaces: [web]}}]}]}"), {"Service a {app=a} 80 -> pods app=a", "pods app=a"}},
    {"ports are those that the policies name",
     policy("p", "{selector: {matchLabels: {app: a}}, rules: [{to: [{operation: {ports: ['9080'], notPorts: ['9090']}}], when: [{key: destination.port, values: ['7070']}]}]}") +
         policy("q", "{selector: {matchLabels: {app: a}}, rules: [{to: [{operation: {paths: [/x], ports: ['9080', '0', x]}}]}]}") +
         policy("all", "{rules: [{when: [{key: destination.port, notValues: ['6060']}]}]}"),
     {"Service a {app=a} 6060 http 7070 http 9080 http 9090 http -> pods app=a", "pods app=a"}},
    {"HTTP by a condition",
     policy("p", "{selector: {matchLabels: {app: a}}, rules: [{when: [{key: 'request.headers[x]', values: [y]}]}]}"),
     {"Service a {app=a} 80 http -> pods app=a", "pods app=a"}},
    {"the other labels that name a Service",
     policy("p", "{selector: {matchLabels: {app.kubernetes.io/name: a, tier: x}}}") + policy("q", "{selector: {matchLabels: {k8s-app: b}}}"),
     {"Service a {app.kubernetes.io/name=a,tier=x} 80 -> pods app.kubernetes.io/name=a,tier=x", "Service b {k8s-app=b} 80 -> pods k8s-app=b",
      "pods app.kubernetes.io/name=a,tier=x", "pods k8s-app=b"}},
    {"no label names a Service", policy("p", "{selector: {matchLabels: {tier: x}}}"), {"pods tier=x serviceless"}},
    {"a name that no Service can have", policy("p", "{selector: {matchLabels: {app: A_b}}}"), {"pods app=A_b serviceless"}},
    {"several selectors of one name share its Service",
     policy("p", "{selector: {matchLabels: {app: a, version: v1}}}") + policy("q", "{selector: {matchLabels: {app: a, version: v2}}}"),
     {"Service a {app=a} 80 -> pods app=a,version=v1 -> pods app=a,version=v2", "pods app=a,version=v1", "pods app=a,version=v2"}},
    {"the pods are there", pod("p", "{app: a}") + policy("p", kGet), {}},
    {"the Service is there", service("s", "{app: a}") + policy("p", kGet), {"pods app=a"}},
    {"the name is taken", service("a", "{app: z}") + pod("z", "{app: z}") + policy("p", kGet), {"pods app=a serviceless"}},
    {"a Service without pods", service("s", "{app: s}") + policy("p", "{}"), {"pods app=s"}},
    {"the narrowest Services' pods are those of the wider one",
     service("s", "{app: s}") + service("s-v1", "{app: s, version: v1}") + service("s-v2", "{app: s, version: v2}") + policy("p", "{}"),
     {"pods app=s,version=v1", "pods app=s,version=v2"}},
    {"a Service without pods that no policy reaches", service("s", "{app: s}") + pod("a", "{app: a}") + policy("p", kGet), {}},
    {"Services that pick no pods by nature",
     "---\napiVersion: v1\nkind: Service\nmetadata: {name: x, namespace: shop}\nspec: {type: ExternalName, externalName: example.org}\n" + policy("p", "{}"),
     {}},
    {"a bare namespace", policy("p", "{rules: [{to: [{operation: {methods: [GET]}}]}]}"), {"pods"}},
    {"a namespace of which something is known", policy("p", "{}") + policy("q", kGet), {"Service a {app=a} 80 http -> pods app=a", "pods app=a"}},
    {"root namespace", policy("p", kGet, "istio-system") + policy("q", "{}", "istio-system"), {}},
    {"targetRefs", policy("p", "{targetRefs: [{kind: Service, group: '', name: a}]}"), {}},
    {"gateways, by label",
     policy("p", "{selector: {matchLabels: {istio: ingressgateway}}}") + policy("q", "{selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: g}}}") +
         policy("r", "{selector: {matchLabels: {app: istio-ingressgateway}}}"),
     {}},
    {"gateways, by an Istio Gateway",
     policy("p", "{selector: {matchLabels: {app: edge}}}") + "---\napiVersion: networking.istio.io/v1\nkind: Gateway\nmetadata: {name: g, namespace: web}\nspec: {selector: {app: "
                                                             "edge}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]}\n",
     {}},
    {"an ambient namespace", namespace_shop("{istio.io/dataplane-mode: ambient}") + policy("p", kGet), {}},
    {"a namespace whose pods are all ambient", pod("z", "{app: z, istio.io/dataplane-mode: ambient}") + policy("p", kGet), {}},
    {"a namespace outside the mesh", namespace_shop("{team: x}") + policy("p", kGet), {}},
    {"a namespace that injects", namespace_shop("{istio-injection: enabled}") + policy("p", kGet), {"Service a {app=a} 80 http -> pods app=a", "pods app=a"}},
};

class Assumed : public testing::TestWithParam<Case> {};

TEST_P(Assumed, FromInput) {
  const auto mesh = mesh_from_yaml(GetParam().yaml);
  EXPECT_EQ(assumed(*mesh), GetParam().expected);
  const auto about_input = std::ranges::count_if(mesh->assumptions(), &Assumption::about_input);
  EXPECT_EQ(about_input != 0, !GetParam().expected.empty());
}

INSTANTIATE_TEST_SUITE_P(All, Assumed, testing::ValuesIn(kCases));

TEST(Assumptions, AreToldWithTheCommandThatChecksThem) {
  const auto mesh = mesh_from_yaml(policy("p", kGet));
  const std::vector<Assumption> expected{
      {"Service `a` in namespace `shop` selects `app: a` and serves port 80 as HTTP", "kubectl get service a -n shop -o yaml", "shop", true},
      {"pods labelled `app: a` run in namespace `shop`", "kubectl get pods -n shop -l app=a", "shop", true},
      {"pods of namespace `shop` get a sidecar: the input has no Namespace manifest for it", "kubectl get namespace shop -o yaml", "shop", false},
  };
  EXPECT_EQ(mesh->assumptions(), expected);
}

TEST(Assumptions, AreNotMadeForTheRootNamespace) {
  const auto yaml = policy("p", kGet, "mesh") + policy("q", "{}", "mesh");
  EXPECT_FALSE(assumed(*mesh_from_yaml(yaml)).empty());
  EXPECT_TRUE(assumed(*mesh_from_yaml(yaml, {.root_namespace = "mesh"})).empty());
}

TEST(Assumptions, OfATargetPortsName) {
  const auto mesh = mesh_from_yaml(namespace_shop("{istio-injection: enabled}") + service("s", "{app: s}", "[{name: http, port: 8080, targetPort: web}]") + policy("p", "{}"));
  ASSERT_EQ(mesh->assumptions().size(), 2U);
  EXPECT_EQ(mesh->assumptions()[1].text, "port `web` of pods labelled `app: s` in namespace `shop` is 8080");
  EXPECT_EQ(mesh->ports_of(mesh->workloads().front().id), std::vector<std::uint16_t>{8080});
}

TEST(Assumptions, PodsStandBehindServicesThatHaveRoutes) {
  const auto rules = [](std::string_view host, std::string_view to) {
    return fmt::format(
        "---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: v, namespace: shop}}\nspec: {{hosts: [{}], http: [{{route: [{{destination: {{host: "
        "{}}}}}]}}]}}\n",
        host, to);
  };
  const auto services = service("a", "{app: a}") + service("b", "{app: b}") + service("c", "{app: c}");
  EXPECT_EQ(assumed(*mesh_from_yaml(services + rules("a", "b"))), (std::vector<std::string>{"pods app=a", "pods app=b"}));
  EXPECT_EQ(assumed(*mesh_from_yaml(services + pod("a", "{app: a}") + rules("a", "a"))), std::vector<std::string>());
  const std::string entry =
      "---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: e, namespace: shop}\nspec: {hosts: [d.shop.svc.cluster.local], resolution: DNS}\n";
  EXPECT_EQ(assumed(*mesh_from_yaml(services + entry + pod("a", "{app: a}") + rules("d", "a"))), std::vector<std::string>());
}

TEST(Assumptions, SomebodyCallsAServiceEntryThatHasRoutes) {
  const std::string entry = "---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: e, namespace: shop}\nspec: {hosts: [e.example], resolution: DNS}\n";
  const auto rules = [](std::string_view spec) {
    return fmt::format("---\napiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{name: v, namespace: web}}\nspec: {{{}http: [{{timeout: 3s}}]}}\n", spec);
  };
  EXPECT_EQ(assumed(*mesh_from_yaml(entry + rules("hosts: [e.example], "))), (std::vector<std::string>{"pods"}));
  EXPECT_EQ(assumed(*mesh_from_yaml(entry + rules("hosts: [f.example], "))), std::vector<std::string>());
  EXPECT_EQ(assumed(*mesh_from_yaml(entry + rules("hosts: [e.example], gateways: [gw], "))), std::vector<std::string>());
  EXPECT_EQ(assumed(*mesh_from_yaml(entry + rules("hosts: [e.example], ") + pod("p", "{app: a}"))), std::vector<std::string>());
}

TEST(Assumptions, QuoteWhatAShellWouldRead) {
  const auto mesh = mesh_from_yaml(policy("p", "{selector: {matchLabels: {tier: \"x'; rm -rf /\"}}}"));
  ASSERT_FALSE(mesh->assumptions().empty());
  EXPECT_EQ(mesh->assumptions().front().command, R"(kubectl get pods -n shop -l 'tier=x'\''; rm -rf /')");
}

TEST(Assumptions, DoNotDependOnOrder) {
  const std::vector<std::string> parts{policy("p", kGet),
                                       policy("q", "{selector: {matchLabels: {app: a, version: v1}}}"),
                                       service("s", "{app: s}", "[{name: http, port: 8080, targetPort: web}]"),
                                       service("t", "{app: s}", "[{name: http, port: 8081, targetPort: web}]"),
                                       policy("all", "{}"),
                                       policy("r", "{}", "web")};
  auto order = parts;
  std::ranges::sort(order);
  const auto first = mesh_from_yaml(order[0] + order[1] + order[2] + order[3] + order[4] + order[5]);
  for (int i = 0; i < 50; ++i) {
    std::rotate(order.begin(), order.begin() + 1 + i % 4, order.end());
    std::swap(order[0], order[static_cast<std::size_t>(i) % order.size()]);
    std::string yaml;
    for (const auto& part : order) yaml += part;
    const auto mesh = mesh_from_yaml(yaml);
    EXPECT_EQ(mesh->assumptions(), first->assumptions());
    EXPECT_EQ(assumed(*mesh), assumed(*first));
  }
}

TEST(Rebuilt, KeepsWhatWasAssumedAndAssumesNothingElse) {
  const auto before = mesh_from_yaml(policy("p", kGet) + policy("q", "{targetRefs: [{kind: Service, group: '', name: a}]}") +
                                     "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: web, labels: {istio.io/dataplane-mode: ambient}}\n" + policy("r", kGet, "web"));
  const auto after = before->rebuilt({before.snapshot[1]});
  EXPECT_EQ(assumed(after), assumed(*before));
  EXPECT_EQ(after.assumptions(), before->assumptions());
  ASSERT_EQ(after.workloads().size(), 1U);
  EXPECT_TRUE(after.policies_at_sidecar(after.workloads().front().id).empty());
  EXPECT_EQ(after.services_of(after.workloads().front().id).size(), 1U);
}

}  // namespace s2a::assumptions_test
