// The verdict on everything that is no AuthorizationPolicy. authorization.md 7
#include <gtest/gtest.h>

#include "ir/audit/audit.h"
#include "tests/unit/ir_audit/shop.h"

namespace s2a::test::impact_test {

std::string told(const std::string& yaml) {
  const auto mesh = mesh_from_yaml(yaml);
  std::string out;
  for (const auto& impact : audit(*mesh, {}, {}).others) out += std::string(to_string(impact.kind)) + " " + impact.subject + ": " + impact.sentence + "\n";
  return out;
}

struct ImpactRow {
  const char* kind;
  const char* api;
  const char* spec;
  const char* wanted;  ///< begins so; empty: it is not listed
};

TEST(Impact, OfResources) {
  const std::vector<ImpactRow> rows = {
      {"RequestAuthentication", "security.istio.io/v1", "{jwtRules: [{issuer: i}]}", "changes RequestAuthentication shop/x: ztunnel looks at no token"},
      {"RequestAuthentication", "security.istio.io/v1", "{}", "harmless RequestAuthentication shop/x: it names no issuer"},
      {"RequestAuthentication", "security.istio.io/v1", "{targetRefs: [{kind: Service, group: '', name: cart}], jwtRules: [{issuer: i}]}",
       "harmless RequestAuthentication shop/x: it has targetRefs"},
      {"PeerAuthentication", "security.istio.io/v1", "{mtls: {mode: STRICT}}", "harmless PeerAuthentication shop/x: kept: it is not redundant"},
      {"PeerAuthentication", "security.istio.io/v1", "{mtls: {mode: PERMISSIVE}}", "harmless PeerAuthentication shop/x: kept: ztunnel reads it alike"},
      {"PeerAuthentication", "security.istio.io/v1", "{mtls: {mode: DISABLE}}", "blocker PeerAuthentication shop/x: "},
      {"EnvoyFilter", "networking.istio.io/v1alpha3", "{}", "harmless EnvoyFilter shop/x: it says nothing to sidecars"},
      {"EnvoyFilter", "networking.istio.io/v1alpha3", "{configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 1s}}}]}",
       "changes EnvoyFilter shop/x: "},
      {"EnvoyFilter", "networking.istio.io/v1alpha3", "{configPatches: [{applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: envoy.lua}}}]}",
       "blocker EnvoyFilter shop/x: "},
      {"EnvoyFilter", "networking.istio.io/v1alpha3", "{workloadSelector: {labels: {istio: ingressgateway}}}", ""},
      {"Sidecar", "networking.istio.io/v1", "{egress: [{hosts: ['./*']}]}", "changes Sidecar shop/x: ztunnel does not read what a sidecar may see"},
      {"Sidecar", "networking.istio.io/v1", "{outboundTrafficPolicy: {mode: REGISTRY_ONLY}}", "blocker Sidecar shop/x: "},
      {"ProxyConfig", "networking.istio.io/v1beta1", "{concurrency: 1}", "harmless ProxyConfig shop/x: "},
      {"Telemetry", "telemetry.istio.io/v1", "{selector: {matchLabels: {app: cart}}}", "changes Telemetry shop/x: "},
      {"Telemetry", "telemetry.istio.io/v1", "{}", "harmless Telemetry shop/x: "},
      {"DestinationRule", "networking.istio.io/v1", "{host: cart, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}", "harmless DestinationRule shop/x: mutual TLS"},
      {"DestinationRule", "networking.istio.io/v1", "{host: cart, trafficPolicy: {loadBalancer: {simple: RANDOM}}}", "changes DestinationRule shop/x: ztunnel balances"},
      {"DestinationRule", "networking.istio.io/v1", "{host: cart, trafficPolicy: {tls: {mode: DISABLE}}}", "changes DestinationRule shop/x: ztunnel does not read TLS"},
      {"DestinationRule", "networking.istio.io/v1", "{host: cart, trafficPolicy: {tls: {mode: SIMPLE}}}", "blocker DestinationRule shop/x: "},
      {"NetworkPolicy", "networking.k8s.io/v1", "{podSelector: {}}", "harmless NetworkPolicy shop/x: it names no ports"},
      {"NetworkPolicy", "networking.k8s.io/v1", "{podSelector: {}, ingress: [{ports: [{port: 80}]}]}", "changes NetworkPolicy shop/x: ambient traffic reaches pods on port 15008"},
      {"VirtualService", "networking.istio.io/v1", "{hosts: [a], gateways: [web/gw], http: [{route: [{destination: {host: cart}}]}]}", ""},
  };
  for (const auto& row : rows) {
    const auto found = told(std::string(kCart) + "---\nkind: " + row.kind + "\napiVersion: " + row.api + "\nmetadata: {name: x, namespace: shop}\nspec: " + row.spec + "\n");
    EXPECT_TRUE(std::string_view(row.wanted).empty() ? found.empty() : found.starts_with(row.wanted)) << row.kind << " " << row.spec << "\n" << found;
  }
}

TEST(Impact, OfPeerAuthenticationThatZtunnelReadsOtherwise) {
  const auto with_mesh = [](const std::string& mesh_mode, const std::string& spec) {
    return told(std::string(kCart) + "---\nkind: PeerAuthentication\napiVersion: security.istio.io/v1\nmetadata: {name: default, namespace: istio-system}\nspec: {mtls: {mode: " +
                mesh_mode + "}}\n---\nkind: PeerAuthentication\napiVersion: security.istio.io/v1\nmetadata: {name: x, namespace: shop}\nspec: " + spec + "\n");
  };
  // 3.4 a, V43
  EXPECT_NE(with_mesh("STRICT", "{selector: {matchLabels: {app: cart}}, mtls: {mode: PERMISSIVE}, portLevelMtls: {8080: {mode: STRICT}}}")
                .find("changes PeerAuthentication shop/x: to be normalised: istiod does not tell ztunnel to refuse plaintext to port 8080"),
            std::string::npos);
  EXPECT_NE(with_mesh("PERMISSIVE", "{selector: {matchLabels: {app: cart}}, mtls: {mode: PERMISSIVE}, portLevelMtls: {8080: {mode: STRICT}}}")
                .find("harmless PeerAuthentication shop/x: kept"),
            std::string::npos);
}

TEST(Impact, OfAnnotationsAndOfTheHostsNetwork) {
  const auto with_annotation = [](const std::string& annotation) {
    auto yaml = std::string(kCart);
    yaml.insert(yaml.find("labels: {app: cart}}"), "annotations: {" + annotation + "}, ");
    return told(yaml);
  };
  EXPECT_TRUE(with_annotation("traffic.sidecar.istio.io/excludeInboundPorts: '9102'").starts_with("changes Deployment shop/cart: annotation traffic.sidecar"));
  EXPECT_TRUE(with_annotation("traffic.sidecar.istio.io/excludeOutboundPorts: '9102'").starts_with("blocker Deployment shop/cart: "));
  EXPECT_TRUE(with_annotation("proxy.istio.io/config: '{}'").starts_with("changes Deployment shop/cart: annotation proxy.istio.io/config"));
  EXPECT_TRUE(with_annotation("sidecar.istio.io/proxyCPU: 100m").starts_with("harmless Deployment shop/cart: "));
  EXPECT_TRUE(with_annotation("prometheus.io/scrape: 'true'").starts_with("changes Deployment shop/cart: "));
  EXPECT_EQ(with_annotation("prometheus.io/scrape: 'false'"), "");
  EXPECT_EQ(with_annotation("example.com/other: x"), "");
  auto host = std::string(kCart);
  host.insert(host.find("containers:"), "hostNetwork: true, ");
  EXPECT_TRUE(told(host).starts_with("changes Deployment shop/cart: in the host's network"));
}

TEST(Impact, OfTrustDomainAliases) {
  const auto found = told(std::string(kCart) + "---\n" + mesh_config_map("trustDomain: td1\ntrustDomainAliases: [old]\n"));
  EXPECT_TRUE(found.starts_with("changes ConfigMap istio-system/istio: ztunnel takes certificates of trust domain td1 only: callers that still carry old are refused")) << found;
}

TEST(Impact, IsOnWhatTouchesSidecars) {
  EXPECT_EQ(told("kind: PeerAuthentication\napiVersion: security.istio.io/v1\nmetadata: {name: x, namespace: istio-system}\nspec: {mtls: {mode: STRICT}}\n"), "");
}

}  // namespace s2a::test::impact_test
