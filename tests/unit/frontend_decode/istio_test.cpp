// The fields of security, networking, telemetry and extension resources, and what Istio refuses in the first.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::istio_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

template <class T>
struct Typed {
  ReadText read;
  T spec;
  [[nodiscard]] const Resource& resource() const { return read.resources.front(); }
  [[nodiscard]] std::string at(NodeId node) const { return read.at(resource(), node); }
};

template <class T>
Typed<T> read_as(std::string_view api_version, std::string_view kind, std::string_view spec) {
  auto read = read_text(fmt::format("apiVersion: {}\nkind: {}\nmetadata: {{name: x}}\nspec:\n{}", api_version, kind, spec));
  auto typed = std::get<T>(read.resources.at(0).spec);
  return {std::move(read), std::move(typed)};
}

TEST(RequestAuthentication, Fields) {
  const auto got = read_as<RequestAuthentication>("security.istio.io/v1", "RequestAuthentication",
                                                  "  selector: {matchLabels: {app: a}}\n  jwtRules:\n  - issuer: https://a\n    jwksUri: https://a/k\n  - issuer: b\n");
  EXPECT_THAT(got.read.said(), IsEmpty());
  EXPECT_THAT(got.spec.jwt_rules, ElementsAre(testing::Field(&JwtRule::issuer, "https://a"), testing::Field(&JwtRule::issuer, "b")));
  EXPECT_EQ(labels_of(*got.spec.selector->match_labels), "app=a");
}

TEST(RequestAuthentication, Refusals) {
  const auto got =
      read_as<RequestAuthentication>("security.istio.io/v1", "RequestAuthentication",
                                     "  jwtRules:\n  - issuer: ''\n    jwks: k\n    jwksUri: a/k\n    fromHeaders: [{name: ''}]\n    outputClaimToHeaders: [{header: x}]\n");
  EXPECT_THAT(got.read.said(), ElementsAre(HasSubstr("6:13 «''» the issuer is empty"), HasSubstr("8:5 «jwksUri» `jwksUri` beside `jwks`"), HasSubstr("8:14 «a/k»"),
                                           HasSubstr("9:26 «''»"), HasSubstr("has no `claim`")));
}

TEST(PeerAuthentication, FieldsAndRefusals) {
  const auto got = read_as<PeerAuthentication>("security.istio.io/v1beta1", "PeerAuthentication",
                                               "  selector: {matchLabels: {app: a}}\n  mtls: {mode: STRICT}\n  portLevelMtls:\n    8080: {mode: DISABLE}\n    \"9090\": {}\n");
  EXPECT_THAT(got.read.said(), IsEmpty());
  EXPECT_EQ(got.spec.mode.value, MtlsMode::Strict);
  EXPECT_EQ(got.at(got.spec.mode.node), "STRICT");
  EXPECT_THAT(got.spec.port_modes, ElementsAre(std::pair(8080, MtlsMode::Disable), std::pair(9090, MtlsMode::Unset)));
  EXPECT_THAT(read_as<PeerAuthentication>("security.istio.io/v1", "PeerAuthentication", "  portLevelMtls: {0: {mode: STRICT}}\n").read.said(),
              ElementsAre(HasSubstr("«portLevelMtls» `portLevelMtls` without a `selector`"), HasSubstr("«0» `0` is no port")));
}

TEST(VirtualService, Fields) {
  const auto got =
      read_as<VirtualService>("networking.istio.io/v1alpha3", "VirtualService",
                              "  hosts: [reviews]\n  gateways: [mesh, shop/edge]\n"
                              "  http:\n  - route:\n    - destination: {host: reviews, subset: v1}\n    mirror: {host: shadow}\n  - route: [{destination: {host: a}}]\n    "
                              "mirrors: [{destination: {host: third}}]\n"
                              "  tls:\n  - match: [{sniHosts: [a.example]}]\n    route: [{destination: {host: tls}}]\n  tcp:\n  - route: [{destination: {host: tcp}}]\n");
  EXPECT_THAT(got.read.said(), IsEmpty());
  EXPECT_EQ(values_of(got.spec.hosts), "reviews");
  EXPECT_TRUE(got.spec.in_mesh());
  EXPECT_FALSE(got.spec.delegate());
  const auto& rule = got.spec.http.at(0);
  EXPECT_EQ(rule.route.at(0).destination.subset, "v1");
  EXPECT_EQ(got.at(rule.route[0].destination.host.node), "reviews");
  EXPECT_EQ(rule.mirrors.at(0).destination.host.value, "shadow");
  EXPECT_EQ(got.spec.http.at(1).mirrors.at(0).destination.host.value, "third");
  EXPECT_EQ(got.spec.tls.at(0).route.at(0).destination.host.value, "tls");
  EXPECT_THAT(got.spec.tls[0].matches.at(0).sni_hosts, ElementsAre("a.example"));
  EXPECT_EQ(got.spec.tcp.at(0).route.at(0).destination.host.value, "tcp");
}

TEST(VirtualService, InMeshAndDelegate) {
  const auto edge = read_as<VirtualService>("networking.istio.io/v1", "VirtualService", "  gateways: [edge]\n");
  EXPECT_FALSE(edge.spec.in_mesh());
  EXPECT_TRUE(edge.spec.delegate());
  EXPECT_TRUE(read_as<VirtualService>("networking.istio.io/v1", "VirtualService", "  hosts: [a]\n").spec.in_mesh());
}

TEST(DestinationRule, Fields) {
  const auto got = read_as<DestinationRule>("networking.istio.io/v1", "DestinationRule",
                                            "  host: reviews\n  workloadSelector: {matchLabels: {app: a}}\n  subsets:\n  - name: v1\n    trafficPolicy:\n      portLevelSettings:\n"
                                            "      - port: {number: 80}\n        tls: {mode: SIMPLE}\n  - name: v2\n    trafficPolicy: {tls: {mode: DISABLE}}\n");
  EXPECT_THAT(got.read.said(), IsEmpty());
  EXPECT_EQ(got.spec.host.value, "reviews");
  ASSERT_EQ(got.spec.subsets.size(), 2U);
  EXPECT_EQ(got.spec.subsets[0].name.value, "v1");
  EXPECT_EQ(got.spec.tls_mode.value, "SIMPLE");
  EXPECT_THAT(got.at(got.spec.traffic_policy()), HasSubstr("portLevelSettings"));
  EXPECT_EQ(labels_of(*got.spec.workload_selector->match_labels), "app=a");
  EXPECT_EQ(read_as<DestinationRule>("networking.istio.io/v1", "DestinationRule", "  host: a\n").spec.traffic_policy(), kNoNode);
}

TEST(Networking, OtherKinds) {
  const auto entry =
      read_as<ServiceEntry>("networking.istio.io/v1", "ServiceEntry",
                            "  hosts: [a.example]\n  location: MESH_INTERNAL\n  workloadSelector: {labels: {app: a}}\n  ports: [{name: web, number: 80, protocol: HTTP}]\n");
  EXPECT_EQ(values_of(entry.spec.hosts), "a.example");
  EXPECT_EQ(entry.spec.location, "MESH_INTERNAL");
  EXPECT_EQ(labels_of(*entry.spec.workload_selector), "app=a");
  EXPECT_EQ(entry.spec.ports.at(0).port, 80);
  EXPECT_EQ(entry.spec.ports[0].app_protocol, "HTTP");

  const auto group =
      read_text("apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: g}\nspec: {metadata: {labels: {app: x}}, template: {serviceAccount: x}, probe: {}}\n");
  EXPECT_EQ(group.resources.at(0).kind, Kind::WorkloadGroup);
  EXPECT_TRUE(group.resources[0].translatable);
  const auto workload = read_as<WorkloadEntry>("networking.istio.io/v1", "WorkloadEntry", "  address: 10.0.0.1\n  labels: {app: a}\n  serviceAccount: sa\n");
  EXPECT_EQ(labels_of(workload.spec.labels), "app=a");
  EXPECT_EQ(workload.spec.service_account, "sa");

  const auto sidecar = read_as<Sidecar>("networking.istio.io/v1", "Sidecar", "  ingress: []\n  egress: [{hosts: [./*]}]\n  outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n");
  EXPECT_FALSE(sidecar.spec.workload_selector);
  EXPECT_EQ(sidecar.spec.ingress, kNoNode);
  EXPECT_EQ(sidecar.at(sidecar.spec.egress), "[{hosts: [./*]}]");
  EXPECT_EQ(sidecar.spec.outbound_mode.value, "REGISTRY_ONLY");

  const auto filter = read_as<EnvoyFilter>("networking.istio.io/v1alpha3", "EnvoyFilter",
                                           "  workloadSelector: {labels: {app: a}}\n  configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {anything: [1]}}}]\n");
  EXPECT_THAT(filter.read.said(), IsEmpty());
  EXPECT_EQ(labels_of(*filter.spec.workload_selector), "app=a");
  ASSERT_EQ(filter.spec.patches.size(), 1U);
  EXPECT_EQ(filter.spec.patches[0].apply_to.value, "CLUSTER");
  EXPECT_EQ(filter.spec.patches[0].operation, "MERGE");
  EXPECT_EQ(values_of(filter.spec.patches[0].fields), "anything");

  const auto config = read_as<ProxyConfig>("networking.istio.io/v1beta1", "ProxyConfig", "  selector: {matchLabels: {app: a}}\n  environmentVariables: {A: b}\n");
  EXPECT_THAT(config.read.said(), IsEmpty());
  EXPECT_EQ(labels_of(*config.spec.selector->match_labels), "app=a");
  EXPECT_EQ(labels_of(config.spec.environment), "A=b");

  const auto gateway = read_as<IstioGateway>("networking.istio.io/v1", "Gateway",
                                             "  selector: {istio: ingressgateway}\n  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ['*']}]\n");
  EXPECT_THAT(gateway.read.said(), IsEmpty());
  EXPECT_EQ(labels_of(gateway.spec.selector), "istio=ingressgateway");
}

TEST(Extensions, TellWhomTheyApplyTo) {
  const auto telemetry = read_as<Telemetry>("telemetry.istio.io/v1alpha1", "Telemetry", "  selector: {matchLabels: {app: a}}\n  tracing: [{randomSamplingPercentage: 1.5}]\n");
  EXPECT_THAT(telemetry.read.said(), IsEmpty());
  EXPECT_EQ(labels_of(*telemetry.spec.selector->match_labels), "app=a");
  const auto plugin = read_as<Extension>("extensions.istio.io/v1alpha1", "WasmPlugin",
                                         "  url: oci://a\n  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: w}]\n  pluginConfig: {any: {thing: [1]}}\n");
  EXPECT_THAT(plugin.read.said(), IsEmpty());
  EXPECT_EQ(plugin.spec.target_refs.at(0).kind.value, "Gateway");
  const auto extension = read_as<Extension>("extensions.istio.io/v1alpha1", "TrafficExtension", "  selector: {}\n  lua: {inlineCode: x}\n");
  EXPECT_THAT(extension.read.said(), IsEmpty());
  EXPECT_TRUE(extension.spec.selector);
}

TEST(Extensions, TellWhatTheySee) {
  const auto plugin = read_as<Extension>("extensions.istio.io/v1alpha1", "WasmPlugin",
                                         "  url: a\n  phase: AUTHZ\n  type: NETWORK\n  match: [{mode: CLIENT}, {mode: SERVER, ports: [{number: 80}, {number: 81}]}]\n");
  EXPECT_THAT(plugin.read.said(), IsEmpty());
  EXPECT_EQ(plugin.spec.phase, ExtensionPhase::Authz);
  EXPECT_TRUE(plugin.spec.network);
  EXPECT_FALSE(plugin.spec.match.at(0).inbound);
  EXPECT_THAT(plugin.spec.match.at(1).ports, ElementsAre(80, 81));
  const auto extension = read_as<Extension>("extensions.istio.io/v1alpha1", "TrafficExtension", "  phase: AUTHN\n  wasm: {url: a, type: NETWORK}\n");
  EXPECT_EQ(extension.spec.phase, ExtensionPhase::Authn);
  EXPECT_TRUE(extension.spec.network);
  EXPECT_EQ(read_as<Extension>("extensions.istio.io/v1alpha1", "TrafficExtension", "  phase: STATS\n  lua: {inlineCode: x}\n").spec.phase, ExtensionPhase::Stats);
}

TEST(Extensions, OfOneProgramAreThoseThatRunTheSame) {
  const auto program = [](std::string_view kind, std::string_view spec) { return read_as<Extension>("extensions.istio.io/v1alpha1", kind, spec).spec.program; };
  const auto one = program("WasmPlugin", "  url: a\n  pluginConfig: {x: [1, yes], y: 'b'}\n");
  EXPECT_EQ(one, program("WasmPlugin", "  phase: AUTHZ\n  pluginConfig:\n    x: [1, yes]\n    \"y\": b\n  url: \"a\"\n  imagePullSecret: s\n"));
  EXPECT_EQ(one, program("TrafficExtension", "  wasm: {url: a, pluginConfig: {x: [1, yes], y: b}}\n"));
  for (const auto* other : {"  url: b\n  pluginConfig: {x: [1, yes], y: b}\n", "  url: a\n", "  url: a\n  pluginConfig: {x: ['1', yes], y: b}\n",
                            "  url: a\n  pluginConfig: {x: [1, yes, y], b: null}\n", "  url: a\n  pluginConfig: {x: [1, yes], y: b}\n  failStrategy: FAIL_OPEN\n"})
    EXPECT_NE(one, program("WasmPlugin", other)) << other;
  const auto host = read_as<Extension>("extensions.istio.io/v1alpha1", "WasmPlugin", "  url: a\n  vmConfig: {env: [{name: A, value: b}, {name: C, valueFrom: HOST}]}\n");
  EXPECT_EQ(host.at(host.spec.host_environment), "{name: C, valueFrom: HOST}");
}

}  // namespace s2a::test::istio_test
