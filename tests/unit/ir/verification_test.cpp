// What verify() says of Services with routes, and of those it says nothing about. product.md 3
#include "ir/verification.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::test::verification_test {

constexpr std::string_view kServices = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {selector: {app: r}, ports: [{name: http, port: 80, targetPort: 9080}, {name: http-b, port: 81, targetPort: 9080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: ratings, namespace: shop}, spec: {selector: {app: r}, ports: [{name: http, port: 80, targetPort: 9080}]}}
---
)";
constexpr std::string_view kPod = "{apiVersion: v1, kind: Pod, metadata: {name: one, namespace: shop, labels: {app: r}}, spec: {containers: [{name: c, image: i}]}}\n---\n";

std::string virtual_service(std::string_view spec) {
  return fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: v, namespace: shop}}, spec: {}}}\n---\n", spec);
}

Verification verified(std::string_view before, std::string_view after, const std::set<std::string, std::less<>>& unread = {}) {
  Store store;
  Diagnostics told;
  const auto tree = [&](std::string_view more) { return read_yaml(store, fmt::format("{}{}", kServices, more), "mesh.yaml", told); };
  const auto was = MeshModel::build(store, tree(before), {});
  const auto is = was.rebuilt(tree(after));
  EXPECT_FALSE(told.has(Severity::Error));
  return verify(was, is, unread);
}

std::vector<Finding> of_routes(const Verification& verification) {
  std::vector<Finding> out;
  std::ranges::copy_if(verification.findings, std::back_inserter(out), &Finding::routes);
  return out;
}

std::vector<Code> codes(const Verification& verification) {
  std::vector<Code> out;
  for (const auto& diagnostic : verification.diagnostics.all()) out.push_back(diagnostic.code);
  return out;
}

const std::string kTimeout = virtual_service("{hosts: [reviews], http: [{timeout: 5s, route: [{destination: {host: reviews}}]}]}");
const std::string kNoTimeout = virtual_service("{hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}");

TEST(Verification, SaysNothingOfServicesWithoutRoutes) {
  EXPECT_TRUE(of_routes(verified(kPod, kPod)).empty());
  const auto found = of_routes(verified(std::string(kPod) + kTimeout, std::string(kPod) + kTimeout));
  EXPECT_FALSE(found.empty());
  for (const auto& finding : found) EXPECT_EQ(finding.subject, "Service shop/reviews");
}

/// Who leaves its sidecar is led by a waypoint, or by nobody; where nothing is ambient, nobody leaves it.
TEST(Verification, PresumesAmbientCallersOfRoutesOnlyWhereSomethingIsAmbient) {
  const std::string gateway =
      "{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: waypoint, namespace: far}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, "
      "port: 15008, protocol: HBONE}]}}\n---\n";
  const std::string space = "{apiVersion: v1, kind: Namespace, metadata: {name: far, labels: {istio.io/dataplane-mode: ambient}}}\n---\n";
  const struct {
    std::string_view about;
    std::string more;  ///< of the tree after
    Verdict verdict;
  } cases[] = {{"a tree and itself", "", Verdict::Equal}, {"a waypoint elsewhere", gateway, Verdict::Wider}, {"a namespace elsewhere", space, Verdict::Wider}};
  for (const auto& c : cases) {
    const auto found = of_routes(verified(std::string(kPod) + kTimeout, std::string(kPod) + kTimeout + c.more));
    ASSERT_FALSE(found.empty()) << c.about;
    for (const auto& finding : found)
      EXPECT_EQ(finding.verdict, finding.client == ClientClass::Sidecar ? Verdict::Equal : c.verdict) << c.about << ", " << to_string(finding.client) << ": " << finding.witness;
  }
}

TEST(Verification, TellsWhatGoesElsewhere) {
  const auto found = verified(std::string(kPod) + kTimeout, std::string(kPod) + kNoTimeout);
  EXPECT_EQ(codes(found), std::vector{Code::GoesElsewhere});
  const auto& diagnostic = found.diagnostics.all().front();
  EXPECT_EQ(diagnostic.subject, "Service shop/reviews");
  ASSERT_EQ(diagnostic.labels.size(), 2U);
  EXPECT_EQ(diagnostic.labels[0].text, "routed by this before");
  EXPECT_EQ(diagnostic.labels[1].text, "routed by this after");
  for (const auto& finding : of_routes(found)) {
    EXPECT_EQ(finding.verdict, Verdict::Wider) << to_string(finding.client);
    EXPECT_NE(finding.witness.find("timeout 5000 ms (VirtualService shop/v), then nothing of that (VirtualService shop/v)"), std::string::npos) << finding.witness;
  }
  EXPECT_FALSE(of_routes(found).empty());
}

TEST(Verification, TellsRoutesOnOneSide) {
  EXPECT_EQ(codes(verified(kPod, std::string(kPod) + kTimeout)), std::vector{Code::GoesElsewhere});
  EXPECT_EQ(codes(verified(std::string(kPod) + kTimeout, kPod)), std::vector{Code::GoesElsewhere});
  EXPECT_TRUE(codes(verified(kPod, std::string(kPod) + kNoTimeout)).empty()) << "a route as the default one is";
}

TEST(Verification, ListsEachPortOfAServiceWithRoutes) {
  const auto found = verified(std::string(kPod) + kTimeout, std::string(kPod) + kTimeout);
  std::set<std::string> addresses;
  for (const auto& address : found.addresses)
    if (address.subject.starts_with("Service ")) addresses.insert(address.address);
  EXPECT_EQ(addresses, (std::set<std::string>{"Service shop/reviews port 80", "Service shop/reviews port 81"}));
}

/// Services are compared even where the trees show no pod.
TEST(Verification, NeedsNoPodsForRoutes) {
  EXPECT_EQ(codes(verified(kTimeout, kNoTimeout)), std::vector{Code::GoesElsewhere});
  const auto nothing = verified("", "");
  EXPECT_EQ(codes(nothing), std::vector{Code::NotVerified});
  EXPECT_TRUE(nothing.findings.empty());
}

TEST(Verification, SaysNothingOfWhatCouldNotBeRead) {
  const auto found = verified(std::string(kPod) + kTimeout, std::string(kPod) + kNoTimeout, {"shop"});
  EXPECT_FALSE(of_routes(found).empty());
  for (const auto& finding : found.findings) {
    EXPECT_EQ(finding.verdict, Verdict::Unknown) << finding.subject;
    EXPECT_EQ(finding.witness, "not all of what may be in shop could be read");
  }
  for (const auto code : codes(found)) EXPECT_EQ(code, Code::NotVerified);
}

}  // namespace s2a::test::verification_test
