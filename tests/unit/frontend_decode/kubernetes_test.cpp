// The fields of Kubernetes and Gateway API objects, of MeshConfig and of kustomizations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::kubernetes_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Service, PortsAndTheirTargets) {
  const auto read = read_text(
      "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  clusterIP: None\n  selector: {app: a}\n  ports:\n  - {name: http, port: 80, targetPort: web, appProtocol: "
      "kubernetes.io/h2c}\n"
      "  - {port: 443, targetPort: 8443, protocol: UDP}\n  - port: 81\n  - {port: 82, targetPort: 0}\n");
  EXPECT_THAT(read.said(), IsEmpty());
  const auto& service = std::get<Service>(read.resources.at(0).spec);
  EXPECT_EQ(service.type, "ClusterIP");
  EXPECT_TRUE(service.headless());
  EXPECT_FALSE(service.external_name());
  ASSERT_THAT(service.ports, SizeIs(4));
  EXPECT_EQ(std::get<std::string>(service.ports[0].target_port), "web");
  EXPECT_EQ(service.ports[0].app_protocol, "kubernetes.io/h2c");
  EXPECT_EQ(read.at(read.resources[0], service.ports[0].name.node), "http");
  EXPECT_EQ(std::get<std::uint16_t>(service.ports[1].target_port), 8443);
  EXPECT_EQ(service.ports[1].protocol, "UDP");
  EXPECT_EQ(std::get<std::uint16_t>(service.ports[2].target_port), 81);
  EXPECT_EQ(std::get<std::uint16_t>(service.ports[3].target_port), 82);
  EXPECT_EQ(read.at(read.resources[0], service.ports[2].node), "port: 81");
}

TEST(Service, PortsEndAt65535) {
  const auto said = [](std::string_view port) { return read_text(fmt::format("apiVersion: v1\nkind: Service\nmetadata: {{name: a}}\nspec: {{ports: [{{{}}}]}}\n", port)).said(); };
  EXPECT_THAT(said("port: 65535, targetPort: 1"), IsEmpty());
  for (const std::string_view port : {"port: 0", "port: 65536", "port: -1", "port: 80, targetPort: 70000", "port: 80, targetPort: -1"})
    EXPECT_THAT(said(port), ElementsAre(HasSubstr("is no port from 1 to 65535"))) << port;
}

constexpr std::string_view kTemplate =
    "{metadata: {labels: {app: a}, annotations: {x: z}}, spec: {serviceAccountName: sa, hostNetwork: true, containers: [{ports: [{name: web, containerPort: 8080}, {containerPort: "
    "53, protocol: UDP}]}],"
    " initContainers: [{ports: [{containerPort: 1}]}, {restartPolicy: Always, ports: [{containerPort: 2}]}]}}";

TEST(Workload, TheTemplateStandsWhereTheKindHasIt) {
  const std::pair<std::string_view, std::string> cases[] = {
      {"apiVersion: apps/v1\nkind: Deployment", fmt::format("spec: {{template: {}}}", kTemplate)},
      {"apiVersion: extensions/v1beta1\nkind: Deployment", fmt::format("spec: {{template: {}}}", kTemplate)},
      {"apiVersion: apps/v1\nkind: StatefulSet", fmt::format("spec: {{replicas: 2, template: {}}}", kTemplate)},
      {"apiVersion: apps/v1\nkind: DaemonSet", fmt::format("spec: {{template: {}}}", kTemplate)},
      {"apiVersion: apps/v1\nkind: ReplicaSet", fmt::format("spec: {{template: {}}}", kTemplate)},
      {"apiVersion: v1\nkind: ReplicationController", fmt::format("spec: {{template: {}}}", kTemplate)},
      {"apiVersion: batch/v1\nkind: Job", fmt::format("spec: {{template: {}}}", kTemplate)},
      {"apiVersion: batch/v1beta1\nkind: CronJob", fmt::format("spec: {{jobTemplate: {{spec: {{template: {}}}}}}}", kTemplate)},
      {"apiVersion: argoproj.io/v1alpha1\nkind: Rollout", fmt::format("spec: {{template: {}}}", kTemplate)},
  };
  for (const auto& [head, spec] : cases) {
    const auto read = read_text(fmt::format("{}\nmetadata: {{name: x}}\n{}\n", head, spec));
    EXPECT_THAT(read.said(), IsEmpty()) << head;
    const auto& workload = std::get<Workload>(read.resources.at(0).spec);
    EXPECT_EQ(labels_of(workload.pod_labels), "app=a") << head;
    EXPECT_EQ(labels_of(workload.pod_annotations), "x=z") << head;
    EXPECT_EQ(workload.service_account, "sa") << head;
    EXPECT_TRUE(workload.host_network) << head;
    EXPECT_TRUE(workload.has_replicas) << head;
    EXPECT_EQ(read.at(read.resources[0], workload.pod_metadata), "{labels: {app: a}, annotations: {x: z}}") << head;
    ASSERT_THAT(workload.ports, SizeIs(3)) << head;
    EXPECT_EQ(workload.ports[0].name, "web");
    EXPECT_EQ(workload.ports[1].protocol, "UDP");
    EXPECT_EQ(workload.ports[2].port, 2) << "a sidecar container counts, a plain init container does not";
  }
}

TEST(Workload, DefaultsAndPods) {
  const auto scaled_down = read_text("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {replicas: 0, template: {spec: {serviceAccount: old}}}\n");
  const auto& workload = std::get<Workload>(scaled_down.resources.at(0).spec);
  EXPECT_FALSE(workload.has_replicas);
  EXPECT_EQ(workload.service_account, "old");
  EXPECT_EQ(workload.pod_metadata, kNoNode);
  const auto pod = read_text("apiVersion: v1\nkind: Pod\nmetadata: {name: x, labels: {app: a}}\nspec: {}\n");
  EXPECT_EQ(labels_of(std::get<Workload>(pod.resources.at(0).spec).pod_labels), "app=a");
  EXPECT_EQ(std::get<Workload>(pod.resources.at(0).spec).service_account, "default");
}

TEST(Workloads, SettingsOfTheSidecar) {
  const auto settings = [](std::string_view text) {
    const auto read = read_text(fmt::format("apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  annotations:\n    proxy.istio.io/config: {}\n", text));
    return fmt::format("{}", fmt::join(std::get<Workload>(read.resources.at(0).spec).proxy_settings, " "));
  };
  EXPECT_EQ(settings("|\n      concurrency: 1\n      proxyMetadata:\n        A: b\n        C: d\n"), "concurrency proxyMetadata.A proxyMetadata.C");
  EXPECT_EQ(settings("'{\"tracing\": {}}'"), "tracing");
  EXPECT_EQ(settings("'{}'"), "");
  const auto unread = read_text("apiVersion: v1\nkind: Pod\nmetadata: {name: x, annotations: {proxy.istio.io/config: '['}}\n");
  EXPECT_EQ(std::get<Workload>(unread.resources.at(0).spec).proxy_settings, std::vector<std::string>{""});
}

TEST(NetworkPolicy, PortsThatLeaveOutAmbientTraffic) {
  const auto ports = [](std::string_view rules) {
    const auto read = read_text(fmt::format("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: x}}\nspec: {{podSelector: {{}}, {}}}\n", rules));
    return read.at(read.resources.at(0), std::get<NetworkPolicy>(read.resources[0].spec).ports);
  };
  EXPECT_EQ(ports("ingress: [{from: []}, {ports: [{port: 80}]}]"), "ports");
  EXPECT_EQ(ports("egress: [{ports: [{port: 80}, {port: 443}]}]"), "ports");
  EXPECT_EQ(ports("ingress: [{ports: [{port: 15008, protocol: UDP}]}]"), "ports");
  EXPECT_EQ(ports("ingress: [{ports: [{port: http}]}]"), "ports");
  EXPECT_EQ(ports("ingress: [{ports: [{port: 80, endPort: 90}]}]"), "ports");
  EXPECT_EQ(ports("ingress: [{ports: [{port: 80}, {port: 15008}]}]"), "(none)");
  EXPECT_EQ(ports("ingress: [{ports: [{port: 15000, endPort: 16000}]}]"), "(none)");
  EXPECT_EQ(ports("ingress: [{ports: [{protocol: TCP}]}]"), "(none)");
  EXPECT_EQ(ports("ingress: [{from: [{podSelector: {}}]}]"), "(none)");
}

TEST(NetworkPolicy, Selector) {
  const auto read = read_text("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x}\nspec: {podSelector: {matchLabels: {app: a}}}\n");
  EXPECT_EQ(labels_of(std::get<NetworkPolicy>(read.resources.at(0).spec).pod_selector), "app=a");
}

TEST(GatewayApi, Route) {
  const auto read = read_text(
      "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: x}\nspec:\n  hostnames: [a.example]\n  parentRefs: [{group: '', kind: Service, name: reviews, "
      "port: 9080}]\n  rules:\n"
      "  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shadow, port: 80}}}]\n    backendRefs: [{name: v1, namespace: other, port: 9080, weight: 1}]\n");
  EXPECT_THAT(read.said(), IsEmpty());
  const auto& route = std::get<Route>(read.resources.at(0).spec);
  ASSERT_THAT(route.parents, SizeIs(1));
  EXPECT_EQ(route.parents[0].kind.value, "Service");
  EXPECT_EQ(route.parents[0].port, 9080);
  ASSERT_THAT(route.backends(), SizeIs(2));
  EXPECT_EQ(route.backends()[0]->name.value, "shadow");
  EXPECT_EQ(route.backends()[1]->ns, "other");
  EXPECT_EQ(values_of(route.hostnames), "a.example");
}

TEST(GatewayApi, GatewayAndClass) {
  const auto read = read_text(
      "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: w}\nspec:\n  gatewayClassName: istio-waypoint\n  listeners: [{name: mesh, port: 15008, protocol: "
      "HBONE, allowedRoutes: {namespaces: {from: All}}}]\n---\n"
      "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: c}\nspec: {controllerName: istio.io/gateway-controller}\n");
  EXPECT_THAT(read.said(), IsEmpty());
  const auto& gateway = std::get<K8sGateway>(read.resources.at(0).spec);
  EXPECT_TRUE(gateway.waypoint());
  ASSERT_THAT(gateway.listeners, SizeIs(1));
  EXPECT_EQ(gateway.listeners[0].port, 15008);
  EXPECT_EQ(gateway.listeners[0].allowed_from, "All");
  EXPECT_EQ(std::get<GatewayClass>(read.resources.at(1).spec).controller, "istio.io/gateway-controller");
}

TEST(MeshConfig, InTheTextOfAConfigMap) {
  const auto read = read_text(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio-canary, namespace: istio-system}\ndata:\n  mesh: |-\n    rootNamespace: root\n    trustDomain: td\n    "
      "trustDomainAliases: [old]\n"
      "    pathNormalization: {normalization: MERGE_SLASHES}\n    caCertificates: [{trustDomains: [x]}]\n    defaultConfig: {any: 1}\n");
  EXPECT_THAT(read.said(), IsEmpty());
  EXPECT_EQ(read.resources.at(0).kind, Kind::IstioConfigMap);
  const auto& mesh = std::get<MeshConfig>(read.resources.at(0).spec);
  EXPECT_EQ(mesh.root_namespace, "root");
  EXPECT_EQ(mesh.trust_domain, "td");
  EXPECT_THAT(mesh.trust_domain_aliases, ElementsAre("old"));
  EXPECT_EQ(mesh.path_normalization, "MERGE_SLASHES");
  EXPECT_THAT(mesh.ca_trust_domains, ElementsAre("x"));
}

TEST(MeshConfig, MistakesInTheTextHaveTheirPlaceInTheFile) {
  const std::string head = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata:\n";
  EXPECT_THAT(read_text(head + "  mesh: |\n    # one\n    trustDomain: 7\n").said(), ElementsAre(HasSubstr("WrongType 7:18 «7» `trustDomain` is the integer `7`")));
  EXPECT_THAT(read_text(head + "  mesh: |2\r\n\r\n      trustDomain: 7\r\n").said(), ElementsAre(HasSubstr("7:20 «7»")));
  EXPECT_THAT(read_text(head + "  mesh: \"trustDomain: 7\"\n").said(), ElementsAre(HasSubstr("5:9 «\"trustDomain: 7\"»")));
  EXPECT_THAT(read_text(head + "  mesh: |\n    a: [\n").said(), ElementsAre(HasSubstr("MalformedYaml")));
  EXPECT_THAT(read_text(head + "  mesh: {trustDomain: x}\n").said(), ElementsAre(HasSubstr("WrongType 5:9")));
  EXPECT_THAT(read_text(head + "  mesh: ''\n").said(), IsEmpty());
}

TEST(MeshConfig, InAnIstioOperator) {
  const auto read = read_text("apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {meshConfig: {trustDomain: td}}\n");
  EXPECT_EQ(std::get<MeshConfig>(read.resources.at(0).spec).trust_domain, "td");
}

TEST(MeshConfig, InAnIstioOfTheSailOperator) {
  for (const std::string_view version : {"sailoperator.io/v1", "sailoperator.io/v1alpha1", "operator.istio.io/v1alpha1"}) {
    const auto read = read_text(
        fmt::format("apiVersion: {}\nkind: Istio\nmetadata: {{name: default}}\nspec: {{values: {{global: {{meshID: m}}, meshConfig: {{rootNamespace: roots}}}}}}\n", version));
    EXPECT_THAT(read.said(), IsEmpty());
    EXPECT_EQ(read.resources.at(0).subject(), "Istio default");
    EXPECT_EQ(std::get<MeshConfig>(read.resources[0].spec).root_namespace, "roots");
  }
}

TEST(Kustomization, IsKnownByItsFileName) {
  constexpr std::string_view text =
      "namespace: shop\nresources: [a.yaml, ../base]\ncomponents: [c]\npatches:\n- path: p.yaml\n- patch: |-\n    x\npatchesStrategicMerge:\n- q.yaml\n- |-\n  a: b\n  c: d\n";
  EXPECT_THAT(read_text(text).resources, IsEmpty());
  const auto read = read_text(text, "deploy/kustomization.yaml");
  EXPECT_THAT(read.said(), IsEmpty());
  const auto& got = std::get<Kustomization>(read.resources.at(0).spec);
  EXPECT_EQ(got.ns.value, "shop");
  EXPECT_EQ(values_of(got.resource_paths), "a.yaml ../base c");
  EXPECT_EQ(values_of(got.patch_paths), "q.yaml p.yaml");
  EXPECT_EQ(read.at(read.resources[0], got.resources), "[a.yaml, ../base]");
}

}  // namespace s2a::test::kubernetes_test
