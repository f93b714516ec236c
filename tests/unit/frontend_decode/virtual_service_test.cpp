// Every field of a VirtualService and of a DestinationRule. routing.md 1, 4
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::virtual_service_test {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using namespace std::chrono_literals;

template <class T>
T spec_of(std::string_view kind, std::string_view spec) {
  const auto read = read_text(fmt::format("apiVersion: networking.istio.io/v1\nkind: {}\nmetadata: {{name: x}}\nspec:\n{}", kind, spec));
  EXPECT_THAT(read.said(), IsEmpty()) << spec;
  return std::get<T>(read.resources.at(0).spec);
}

constexpr std::string_view kRoute = "route: [{destination: {host: a}}]";

HttpRule rule_of(std::string_view fields) { return spec_of<VirtualService>("VirtualService", fmt::format("  hosts: [a]\n  http:\n  - {{{}}}\n", fields)).http.at(0); }

HttpMatch match_of(std::string_view fields) { return rule_of(fmt::format("match: [{{{}}}], {}", fields, kRoute)).matches.at(0); }

std::string shown_match(const std::optional<StringMatch>& match) {
  if (!match) return "absent";
  switch (match->kind) {
    case StringMatch::Kind::Present: return "present";
    case StringMatch::Kind::Exact: return "exact " + match->text;
    case StringMatch::Kind::Prefix: return "prefix " + match->text;
    case StringMatch::Kind::Regex: return "regex " + match->text;
  }
  return "";
}

TEST(HttpMatches, HaveEveryField) {
  const auto match = match_of(
      "name: m, uri: {prefix: /a}, scheme: {exact: http}, method: {regex: GET|PUT}, authority: {exact: ''}, headers: {x: {}, w: {exact: '1'}}, withoutHeaders: {z: {regex: '*'}}, "
      "queryParams: {q: {prefix: p}}, ignoreUriCase: true, port: 80, sourceLabels: {app: a}, sourceNamespace: web, gateways: [mesh, shop/edge], statPrefix: s");
  EXPECT_EQ(match.name, "m");
  EXPECT_EQ(shown_match(match.uri), "prefix /a");
  EXPECT_EQ(shown_match(match.scheme), "exact http");
  EXPECT_EQ(shown_match(match.method), "regex GET|PUT");
  EXPECT_EQ(shown_match(match.authority), "exact ");
  EXPECT_EQ(shown_match(match.headers.at("x")), "present");
  EXPECT_EQ(shown_match(match.headers.at("w")), "exact 1");
  EXPECT_EQ(shown_match(match.without_headers.at("z")), "regex *");
  EXPECT_EQ(shown_match(match.query_params.at("q")), "prefix p");
  EXPECT_TRUE(match.ignore_uri_case);
  EXPECT_EQ(match.port, 80);
  EXPECT_EQ(labels_of(match.source_labels), "app=a");
  EXPECT_EQ(match.source_namespace, "web");
  EXPECT_THAT(match.gateways, ElementsAre("mesh", "shop/edge"));
  EXPECT_EQ(match.stat_prefix, "s");
}

TEST(HttpMatches, AbsentAndPortZeroAreNothing) {
  const auto match = match_of("port: 0");
  EXPECT_EQ(shown_match(match.uri), "absent");
  EXPECT_FALSE(match.port);
  EXPECT_THAT(rule_of(kRoute).matches, IsEmpty());
}

TEST(HttpRules, LeadToDestinations) {
  const auto rule = rule_of(
      "name: r, timeout: 1.5s, headers: {request: {set: {b: '2', a: '1'}, add: {c: '3'}, remove: [d]}, response: {remove: [e]}}, route: [{destination: {host: a, subset: v1, port: "
      "{number: 80}}, weight: 3, headers: {request: {set: {f: '6'}}}}, {destination: {host: b}, weight: 1}]");
  EXPECT_EQ(rule.name.value, "r");
  EXPECT_EQ(rule.timeout, 1500ms);
  EXPECT_THAT(rule.headers->request.set, ElementsAre(Pair("a", "1"), Pair("b", "2")));
  EXPECT_THAT(rule.headers->request.add, ElementsAre(Pair("c", "3")));
  EXPECT_THAT(rule.headers->request.remove, ElementsAre("d"));
  EXPECT_THAT(rule.headers->response.remove, ElementsAre("e"));
  ASSERT_EQ(rule.route.size(), 2U);
  EXPECT_EQ(rule.route[0].destination.host.value + "/" + rule.route[0].destination.subset, "a/v1");
  EXPECT_EQ(rule.route[0].destination.port, 80);
  EXPECT_EQ(rule.route[0].weight, 3);
  EXPECT_THAT(rule.route[0].headers.request.set, ElementsAre(Pair("f", "6")));
  EXPECT_FALSE(rule.route[1].destination.port);
}

TEST(HttpRules, MayAnswerThemselves) {
  const auto redirect = *rule_of("redirect: {uri: /u, authority: h, scheme: https, derivePort: FROM_REQUEST_PORT, redirectCode: 308}").redirect;
  EXPECT_EQ(redirect.uri + redirect.authority + redirect.scheme, "/uhhttps");
  EXPECT_TRUE(redirect.port_of_request);
  EXPECT_FALSE(redirect.port);
  EXPECT_EQ(redirect.code, 308);
  const auto plain = *rule_of("redirect: {prefixRewrite: /p, port: 8080}").redirect;
  EXPECT_EQ(plain.prefix_rewrite, "/p");
  EXPECT_EQ(plain.port, 8080);
  EXPECT_EQ(plain.code, 0);
  const auto direct = [](std::string_view fields) { return *rule_of(fmt::format("directResponse: {{{}}}", fields)).direct_response; };
  EXPECT_EQ(direct("status: 503, body: {string: gone}").body, "gone");
  EXPECT_EQ(direct("status: 503, body: {bytes: Z29uZQ==}").body, "gone");
  EXPECT_TRUE(direct("status: 503, body: {string: ''}").has_body);
  EXPECT_FALSE(direct("status: 503").has_body);
  EXPECT_EQ(direct("status: 503").status, 503);
  const auto root = rule_of("delegate: {name: d, namespace: web}");
  EXPECT_EQ(root.delegate->name + root.delegate->ns, "dweb");
}

TEST(HttpRules, ChangeRequests) {
  const auto rewrite = *rule_of(fmt::format("rewrite: {{uri: /u, authority: h}}, {}", kRoute)).rewrite;
  EXPECT_EQ(rewrite.uri + rewrite.authority, "/uh");
  const auto regex = *rule_of(fmt::format("rewrite: {{uriRegexRewrite: {{match: 'a(.*)', rewrite: '\\1'}}}}, {}", kRoute)).rewrite;
  EXPECT_EQ(regex.regex + " " + regex.regex_replacement, "a(.*) \\1");
}

TEST(HttpRules, Retry) {
  const auto retries =
      *rule_of(
           fmt::format("retries: {{attempts: 3, perTryTimeout: 250ms, retryOn: '5xx,503', backoff: 1s, retryIgnorePreviousHosts: false, retryRemoteLocalities: true}}, {}", kRoute))
           .retries;
  EXPECT_EQ(retries.attempts, 3);
  EXPECT_EQ(retries.per_try_timeout, 250ms);
  EXPECT_EQ(retries.retry_on, "5xx,503");
  EXPECT_EQ(retries.backoff, 1s);
  EXPECT_EQ(retries.ignore_previous_hosts, false);
  EXPECT_EQ(retries.remote_localities, true);
  const auto none = *rule_of(fmt::format("retries: {{attempts: 0}}, {}", kRoute)).retries;
  EXPECT_EQ(none.attempts, 0);
  EXPECT_FALSE(none.ignore_previous_hosts);
}

TEST(HttpRules, SharesAreCutOffInMillionths) {
  const auto mirror = [](std::string_view fields) { return rule_of(fmt::format("{}, {}", fields, kRoute)).mirrors.at(0).share; };
  EXPECT_EQ(mirror("mirror: {host: b}"), 1'000'000);
  EXPECT_EQ(mirror("mirror: {host: b}, mirrorPercentage: {value: 0.00019}"), 1);
  EXPECT_EQ(mirror("mirror: {host: b}, mirrorPercentage: {value: 33.3333}"), 333'333);
  EXPECT_EQ(mirror("mirror: {host: b}, mirrorPercentage: {}"), 0);
  EXPECT_EQ(mirror("mirror: {host: b}, mirrorPercent: 7"), 70'000);
  EXPECT_EQ(mirror("mirror: {host: b}, mirror_percent: 7"), 70'000);
  EXPECT_EQ(mirror("mirror: {host: b}, mirrorPercent: 7, mirrorPercentage: {value: 8}"), 80'000);
  EXPECT_EQ(mirror("mirrors: [{destination: {host: b}, percentage: {value: 50}}]"), 500'000);
  EXPECT_EQ(mirror("mirrors: [{destination: {host: b}}]"), 1'000'000);
}

TEST(HttpRules, Fail) {
  const auto fault =
      *rule_of(fmt::format("fault: {{abort: {{httpStatus: 503, percentage: {{value: 0.1}}}}, delay: {{fixedDelay: 2s, percentage: {{value: 100}}}}}}, {}", kRoute)).fault;
  EXPECT_EQ(fault.abort->http_status, 503);
  EXPECT_EQ(fault.abort->share, 1000);
  EXPECT_EQ(fault.delay->fixed, 2s);
  EXPECT_EQ(fault.delay->share, 1'000'000);
  const auto old = *rule_of(fmt::format("fault: {{delay: {{fixedDelay: 2s, percent: 5}}}}, {}", kRoute)).fault;
  EXPECT_FALSE(old.abort);
  EXPECT_EQ(old.delay->share, 50'000);
  EXPECT_EQ(rule_of(fmt::format("fault: {{abort: {{grpcStatus: UNAVAILABLE}}}}, {}", kRoute)).fault->abort->grpc_status, "UNAVAILABLE");
}

TEST(HttpRules, AdmitOrigins) {
  const auto cors =
      *rule_of(fmt::format("corsPolicy: {{allowOrigins: [{{exact: a}}, {{regex: b.*}}], allowMethods: [GET], allowHeaders: [x], exposeHeaders: [z], maxAge: 1m, allowCredentials: "
                           "false, unmatchedPreflights: IGNORE}}, {}",
                           kRoute))
           .cors;
  ASSERT_EQ(cors.allow_origins.size(), 2U);
  EXPECT_EQ(shown_match(cors.allow_origins[1]), "regex b.*");
  EXPECT_THAT(cors.allow_methods, ElementsAre("GET"));
  EXPECT_THAT(cors.allow_headers, ElementsAre("x"));
  EXPECT_THAT(cors.expose_headers, ElementsAre("z"));
  EXPECT_EQ(cors.max_age, 1min);
  EXPECT_EQ(cors.allow_credentials, false);
  EXPECT_EQ(cors.unmatched_preflights, UnmatchedPreflights::Ignore);
  const auto old = *rule_of(fmt::format("corsPolicy: {{allowOrigin: [a]}}, {}", kRoute)).cors;
  EXPECT_EQ(shown_match(old.allow_origins.at(0)), "exact a");
  EXPECT_FALSE(old.allow_credentials);
  EXPECT_EQ(old.unmatched_preflights, UnmatchedPreflights::Unspecified);
}

TEST(VirtualServices, OfLayerFour) {
  const auto got =
      spec_of<VirtualService>("VirtualService",
                              "  hosts: [a.example]\n  exportTo: ['.', web]\n"
                              "  tls:\n  - match: [{sniHosts: [a.example], port: 443, sourceLabels: {app: a}, destinationSubnets: [10.0.0.0/8], gateways: [mesh]}]\n"
                              "    route: [{destination: {host: b}, weight: 1}, {destination: {host: c, subset: v1}}]\n"
                              "  tcp:\n  - match: [{port: 27017, sourceSubnet: 10.0.0.0/8, sourceNamespace: web}]\n    route: [{destination: {host: d, port: {number: 1}}}]\n");
  EXPECT_THAT(got.export_to, ElementsAre(".", "web"));
  const auto& tls = got.tls.at(0);
  EXPECT_THAT(tls.matches.at(0).sni_hosts, ElementsAre("a.example"));
  EXPECT_EQ(tls.matches[0].port, 443);
  EXPECT_EQ(labels_of(tls.matches[0].source_labels), "app=a");
  EXPECT_THAT(tls.matches[0].destination_subnets, ElementsAre("10.0.0.0/8"));
  EXPECT_THAT(tls.matches[0].gateways, ElementsAre("mesh"));
  EXPECT_EQ(tls.route.at(1).destination.subset, "v1");
  const auto& tcp = got.tcp.at(0);
  EXPECT_EQ(tcp.matches.at(0).port, 27017);
  EXPECT_EQ(tcp.matches[0].source_subnet, "10.0.0.0/8");
  EXPECT_EQ(tcp.matches[0].source_namespace, "web");
  EXPECT_EQ(tcp.route.at(0).destination.port, 1);
}

TEST(DestinationRules, KeepSettingsAsTheyAre) {
  const auto got = spec_of<DestinationRule>(
      "DestinationRule",
      "  host: a\n  exportTo: [web]\n  trafficPolicy:\n    loadBalancer: {simple: RANDOM}\n    tunnel: {targetHost: t, targetPort: 80}\n    portLevelSettings:\n"
      "    - {port: {number: 80}, loadBalancer: {simple: ROUND_ROBIN}}\n    - {port: {number: 80}, tls: {mode: DISABLE}}\n"
      "  subsets:\n  - {name: v1, labels: {version: v1}, trafficPolicy: {outlierDetection: {interval: 1s}}}\n  - {name: v2}\n");
  EXPECT_THAT(got.export_to, ElementsAre("web"));
  ASSERT_TRUE(got.policy);
  EXPECT_EQ(got.policy->settings.at("loadBalancer"), Value(Value::Map{{"simple", "RANDOM"}}));
  EXPECT_EQ(got.policy->settings.count("tunnel"), 1U);
  EXPECT_EQ(got.policy->settings.count("portLevelSettings"), 0U);
  ASSERT_THAT(got.policy->ports, ElementsAre(Pair(80, testing::SizeIs(1)))) << "of two for one port the first counts";
  EXPECT_EQ(got.policy->ports.at(80).count("loadBalancer"), 1U);
  ASSERT_EQ(got.subsets.size(), 2U);
  EXPECT_EQ(labels_of(got.subsets[0].labels), "version=v1");
  EXPECT_EQ(got.subsets[0].policy->settings.count("outlierDetection"), 1U);
  EXPECT_FALSE(got.subsets[1].policy);
  EXPECT_EQ(got.tls_mode.value, "DISABLE");
}

}  // namespace s2a::test::virtual_service_test
