// Each obstacle with a small VirtualService that meets it, and that alone. routing.md 1, 2.7
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::obstacles_test {

struct Row {
  Obstacle obstacle{};
  std::string spec;  ///< of the VirtualService; a list is its `http`, for host reviews
  std::string documents{};
  ConversionOptions options = newest();
};

void PrintTo(const Row& row, std::ostream* out) { *out << obstacle_info(row.obstacle).name << ' ' << row.spec; }

const std::string kV1 = to("v1");
const std::string kV2 = to("v2");

std::string matching(const std::string& match) { return fmt::format("[{{match: [{}], {}}}, {{{}}}]", match, kV1, kV2); }
std::string doing(const std::string& action) { return fmt::format("[{{{}, {}}}]", action, kV1); }
std::string going(const std::string& destination) { return fmt::format("[{{route: [{{destination: {}}}]}}]", destination); }
std::string of_host(const std::string& host) { return fmt::format("{{hosts: ['{}'], http: [{{route: [{{destination: {{host: reviews, port: {{number: 80}}}}}}]}}]}}", host); }

std::string service(const std::string& name, const std::string& spec) {
  return fmt::format("{{apiVersion: v1, kind: Service, metadata: {{name: {}, namespace: shop}}, spec: {}}}\n---\n", name, spec);
}
std::string entry(const std::string& hosts, const std::string& rest = {}) {
  return fmt::format(
      "{{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {{name: out, namespace: shop}}, spec: {{hosts: {}, ports: [{{number: 80, name: http, protocol: HTTP}}], "
      "resolution: DNS{}}}}}\n---\n",
      hosts, rest);
}
std::string rule(const std::string& name, const std::string& spec) {
  return fmt::format("{{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {{name: {}, namespace: shop}}, spec: {}}}\n---\n", name, spec);
}

const std::string kTcp = service("db", "{selector: {app: db}, ports: [{name: tcp, port: 9000}, {name: tls, port: 9443}]}");
const std::string kOther =
    "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: other, namespace: shop}, spec: {hosts: [reviews], gateways: [mesh, gw], http: []}}\n---\n";
const std::string kRoute =
    "{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: other, namespace: shop}, spec: {parentRefs: [{group: '', kind: Service, name: reviews}], rules: "
    "[]}}\n---\n";
const std::string kLong(1'023, 'a');

/// 17 rules on one header each, of which any two can hold together and tie; and one for which only PathPrefix will do.
std::string of_ties() {
  auto out = fmt::format("[{{match: [{{uri: {{prefix: /foo/}}}}], rewrite: {{uri: /}}, {}}}, ", kV1);
  for (int n = 0; n < 17; ++n) out += fmt::format("{{match: [{{headers: {{h{}: {{exact: x}}}}}}], {}}}, ", n, n % 2 == 0 ? kV1 : kV2);
  return out + fmt::format("{{{}}}]", kV1);
}

std::vector<Row> rows() {
  const ConversionOptions standard{.istio = {}, .gateway_api = {.minor = 6}};
  return {
      {Obstacle::WildcardHost, of_host("*.shop.svc.cluster.local")},
      {Obstacle::UnknownHost, of_host("nobody")},
      {Obstacle::UnknownHost, of_host("reviews.shop")},  // taken as it stands: 1.1
      {Obstacle::HeadlessHost, of_host("bare"), service("bare", "{clusterIP: None, selector: {app: bare}, ports: [{name: http, port: 80}]}")},
      {Obstacle::ExternalName, of_host("away"), service("away", "{type: ExternalName, externalName: away.example, ports: [{name: http, port: 80}]}")},
      {Obstacle::PartOfServiceEntry, of_host("a.example"), entry("[a.example, b.example]")},
      {Obstacle::LimitedExport, fmt::format("{{hosts: [reviews], exportTo: ['.'], http: [{{{}}}]}}", kV1)},
      {Obstacle::SeveralVirtualServices, doing("timeout: 1s"), kOther},
      {Obstacle::OtherRoutes, doing("timeout: 1s"), kRoute},
      {Obstacle::SchemeMatch, matching("{scheme: {exact: https}}")},
      {Obstacle::SourceLabelsMatch, matching("{sourceLabels: {app: web}}")},
      {Obstacle::SourceNamespaceMatch, matching("{sourceNamespace: web}")},
      {Obstacle::MethodMatch, matching("{method: {exact: PROPFIND}}")},
      {Obstacle::MethodMatch, matching("{method: {prefix: P}}")},
      {Obstacle::HeaderMatch, matching("{headers: {':path': {exact: /x}}}")},
      {Obstacle::HeaderMatch, matching("{headers: {'@request.auth.claims.group': {exact: admin}}}")},
      {Obstacle::AuthorityMatch, matching("{authority: {regex: 'a.*'}, headers: {host: {regex: '.*b'}}}")},
      {Obstacle::WithoutHeaderMatch, matching("{withoutHeaders: {x: {regex: 'a*'}}}")},
      {Obstacle::WithoutHeaderMatch, matching("{withoutHeaders: {':path': {exact: /x}}}")},
      {Obstacle::InvalidRegex, matching("{uri: {regex: '/a('}}")},
      {Obstacle::MatchLimit, matching(fmt::format("{{queryParams: {{q: {{exact: {}bb}}}}}}", kLong))},
      {Obstacle::MatchLimit, matching("{queryParams: {'q[]': {exact: a}}}")},
      {Obstacle::NeverMatches, fmt::format("[{{match: [{{uri: {{exact: x}}}}], {}}}]", kV1)},
      {Obstacle::FaultAction, doing("fault: {abort: {httpStatus: 500, percentage: {value: 100}}}")},
      {Obstacle::RegexRewrite, doing("rewrite: {uriRegexRewrite: {match: '/a/(.*)/b', rewrite: '/\\1'}}")},
      {Obstacle::PrefixRewrite, fmt::format("[{{match: [{{uri: {{prefix: /foo}}}}], rewrite: {{uri: /bar}}, {}}}]", kV1)},
      {Obstacle::PrefixRewrite, fmt::format("[{{match: [{{uri: {{prefix: /foo/}}}}], rewrite: {{uri: /bar}}, {}}}, {{{}}}]", kV1, kV2)},
      {Obstacle::PrefixRewrite, doing("rewrite: {uri: /bar/}")},
      {Obstacle::HostRewrite, doing("rewrite: {authority: a.example}, headers: {request: {set: {host: b.example}}}")},
      {Obstacle::RedirectAction, "[{redirect: {uri: /x, redirectCode: 304}}]"},
      {Obstacle::RedirectAction, "[{redirect: {authority: A.example}}]"},
      {Obstacle::RedirectAction, "[{redirect: {prefixRewrite: /x}}]"},
      {Obstacle::RedirectAction, "[{redirect: {authority: 'a.example:8080', derivePort: FROM_REQUEST_PORT}}]"},
      {Obstacle::RedirectAction, "[{redirect: {authority: 'a.example:80'}}]"},
      {Obstacle::RedirectAction, "[{redirect: {authority: 'a.example:443', scheme: https}}]"},
      {Obstacle::DirectResponseAction, "[{directResponse: {status: 200}}]"},
      {Obstacle::DirectResponseAction, "[{directResponse: {status: 500, body: {string: no}}}]"},
      {Obstacle::MirrorAction, doing("mirrors: [{destination: {host: reviews}, percentage: {value: 10}}]"), {}, {.istio = {}, .gateway_api = {.minor = 2}}},
      {Obstacle::RetriesAction, doing("retries: {attempts: 3, retryOn: 5xx}")},
      {Obstacle::RetriesAction, doing("retries: {attempts: 3, retryIgnorePreviousHosts: false}")},
      {Obstacle::RetriesAction, doing("retries: {attempts: 3, retryRemoteLocalities: true}")},
      {Obstacle::RetriesChannel, doing("retries: {attempts: 3}"), {}, standard},
      {Obstacle::RetriesChannel, doing("retries: {attempts: 0}")},  // `minimum: 1` since 1.6
      {Obstacle::CorsAction, doing("corsPolicy: {allowOrigins: [{exact: https://a.example}], maxAge: 1h}")},
      {Obstacle::CorsAction, doing("corsPolicy: {allowOrigins: [{exact: https://a.example}], unmatchedPreflights: IGNORE}")},
      {Obstacle::CorsAction, doing("corsPolicy: {allowOrigins: [{regex: 'https://a.*'}], maxAge: 1h, unmatchedPreflights: IGNORE}")},
      {Obstacle::CorsChannel,
       doing("corsPolicy: {allowOrigins: [{exact: https://a.example}], maxAge: 1h, unmatchedPreflights: IGNORE}"),
       {},
       {.istio = {}, .gateway_api = {.minor = 4}}},
      {Obstacle::HeaderAction, doing("headers: {request: {set: {x-a: ''}}}")},
      {Obstacle::HeaderAction, doing("headers: {request: {set: {x-a: 'a  b'}}}")},
      {Obstacle::HeaderTwice,
       "[{route: [{destination: {host: reviews, subset: v1}, weight: 100, headers: {request: {set: {x-a: one}}}}, {destination: {host: reviews, subset: v2}, weight: 0}], headers: "
       "{request: {set: {x-a: two}}}}]"},
      {Obstacle::WeightAction, "[{route: [{destination: {host: reviews, subset: v1}, weight: 1000001}, {destination: {host: reviews, subset: v2}, weight: 1}]}]"},
      {Obstacle::NestedDelegate, "{hosts: [reviews], http: [{delegate: {name: part}}]}",
       "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: part, namespace: shop}, spec: {http: [{delegate: {name: more}}]}}\n---\n"},
      {Obstacle::NoDestination, "[{timeout: 1s}]"},
      {Obstacle::TimeoutAction, doing("timeout: 100000h")},
      {Obstacle::UnknownDestination, going("{host: nobody}")},
      {Obstacle::DestinationPort, going("{host: reviews, port: {number: 81}}")},
      {Obstacle::UndefinedSubset, going("{host: reviews, subset: v9}")},
      {Obstacle::SubsetOfServiceEntry, going("{host: a.example, subset: v1}"), entry("[a.example]")},
      {Obstacle::SubsetWithoutSelector, going("{host: manual, subset: v1}"),
       service("manual", "{ports: [{name: http, port: 80}]}") + rule("manual", "{host: manual, subsets: [{name: v1, labels: {version: v1}}]}")},
      {Obstacle::SubsetLabels, going("{host: ratings, subset: v1}"), rule("ratings", "{host: ratings, subsets: [{name: v1, labels: {app: other}}]}")},
      {Obstacle::SubsetLabels, going("{host: ratings, subset: v1}"), rule("ratings", "{host: ratings, subsets: [{name: v1, labels: {topology.kubernetes.io/zone: a}}]}")},
      {Obstacle::SubsetPolicy, going("{host: ratings, subset: v1}"),
       rule("ratings",
            "{host: ratings, subsets: [{name: v1, labels: {version: v1}, trafficPolicy: {portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}], tunnel: "
            "{protocol: CONNECT, targetHost: t.example, targetPort: 80}}}]}")},
      {Obstacle::HashOfPort, going("{host: ratings}"),
       rule("ratings", "{host: ratings, trafficPolicy: {portLevelSettings: [{port: {number: 80}, loadBalancer: {consistentHash: {httpHeaderName: x-user}}}]}}")},
      {Obstacle::UncoveredComplement, fmt::format("[{{match: [{{withoutHeaders: {{x: {{exact: a}}}}}}], {}}}]", kV1)},
      {Obstacle::ComplementIntersection,
       fmt::format("[{{match: [{{withoutHeaders: {{x: {{regex: 'a+'}}}}}}], {}}}, {{match: [{{headers: {{x: {{regex: '.+b'}}}}}}], {}}}, {{{}}}]", kV1, kV2, kV1)},
      {Obstacle::OrderOfRewrites,
       fmt::format("[{{match: [{{uri: {{regex: '/[a-z]+/x'}}}}], {}}}, {{match: [{{uri: {{prefix: /foo/}}}}], rewrite: {{uri: /}}, {}}}, {{{}}}]", kV1, kV2, kV1)},
      {Obstacle::PathLength,
       fmt::format("[{{match: [{{headers: {{x: {{exact: a}}}}}}], {}}}, {{match: [{{uri: {{regex: '/{}.'}}}}], {}}}, {{{}}}]", kV2, kLong.substr(1), kV1, kV2)},
      {Obstacle::ObjectTie, of_ties()},
      {Obstacle::DestinationSubnets, "{hosts: [db], tcp: [{match: [{destinationSubnets: [10.0.0.0/8]}], route: [{destination: {host: db, port: {number: 9000}}}]}]}", kTcp},
      {Obstacle::SniHosts,
       "{hosts: [db.shop.svc.cluster.local], tls: [{match: [{sniHosts: ['*.shop.svc.cluster.local']}], route: [{destination: {host: db, port: {number: 9443}}}]}]}", kTcp},
      {Obstacle::L4Channel, "{hosts: [db], tcp: [{match: [{port: 9000}], route: [{destination: {host: db}}]}]}", kTcp, {.istio = {}, .gateway_api = {.minor = 5}}},
  };
}

class Obstacles : public testing::TestWithParam<Row> {};

TEST_P(Obstacles, IsTheOnlyOne) {
  const auto& row = GetParam();
  const auto converted =
      row.spec.starts_with('[') ? routes_of(fmt::format("{{hosts: [reviews], http: {}}}", row.spec), row.documents, row.options) : routes_of(row.spec, row.documents, row.options);
  ASSERT_FALSE(converted.hosts.empty());
  std::set<std::string> found(converted.hosts.front().obstacles.begin(), converted.hosts.front().obstacles.end());
  EXPECT_EQ(found, std::set<std::string>{std::string(obstacle_info(row.obstacle).name)}) << row.spec << '\n' << converted.added;
  EXPECT_TRUE(converted.routes.empty());
}

INSTANTIATE_TEST_SUITE_P(All, Obstacles, testing::ValuesIn(rows()));

TEST(Obstacles, AllAreMet) {
  std::set<Obstacle> met{Obstacle::MixedHosts};  // of hosts taken together
  for (const auto& row : rows()) met.insert(row.obstacle);
  for (auto n = 0; n <= static_cast<int>(Obstacle::L4Channel); ++n) EXPECT_TRUE(met.contains(static_cast<Obstacle>(n))) << obstacle_info(static_cast<Obstacle>(n)).name;
}

}  // namespace s2a::test::obstacles_test
