// What the API server, istiod or Envoy refuses in routes and their kin, each at the bytes that are to blame.
#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::check_test {

struct Refused {
  std::string_view kind;
  std::string_view spec;   ///< flow style
  std::string_view place;  ///< the bytes pointed at
};

constexpr Refused kRefused[] = {
    {"VirtualService", "hosts: [a]", "hosts"},
    {"VirtualService", "hosts: [a, a], http: [{route: [{destination: {host: a}}]}]", "a"},
    {"VirtualService", "hosts: ['*'], http: [{route: [{destination: {host: a}}]}]", "'*'"},
    {"VirtualService", "hosts: [a], exportTo: ['~'], http: [{route: [{destination: {host: a}}]}]", "'~'"},
    {"VirtualService", "hosts: [a], exportTo: ['*', web], http: [{route: [{destination: {host: a}}]}]", "'*'"},
    {"VirtualService", "hosts: [a], exportTo: [Web], http: [{route: [{destination: {host: a}}]}]", "Web"},
    {"VirtualService", "gateways: [g], http: [{route: [{destination: {host: a}}]}]", "gateways"},
    {"VirtualService", "http: [{delegate: {name: d}, route: [{destination: {host: a}}]}]", "delegate"},
    {"VirtualService", "hosts: [a], http: [{delegate: {name: d}, route: [{destination: {host: a}}]}]", "route"},
    {"VirtualService", "hosts: [a], http: [{name: first}]", "first"},
    {"VirtualService", "hosts: [a], http: [{redirect: {uri: /a}, rewrite: {uri: /b}}]", "rewrite"},
    {"VirtualService", "hosts: [a], http: [{directResponse: {status: 500}, route: [{destination: {host: a}}]}]", "route"},
    {"VirtualService", "hosts: [a], http: [{mirror: {host: b}, mirrors: [{destination: {host: c}}], route: [{destination: {host: a}}]}]", "mirrors"},
    {"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}}, {destination: {host: b}}]}]", "route"},
    {"VirtualService", "hosts: [a], http: [{route: [{destination: {host: a}, weight: -1}]}]", "-1"},
    {"VirtualService", "hosts: [a], http: [{timeout: 0s, route: [{destination: {host: a}}]}]", "0s"},
    {"VirtualService", "hosts: [a], http: [{retries: {retryOn: 5xx}, route: [{destination: {host: a}}]}]", "retryOn"},
    {"VirtualService", "hosts: [a], http: [{retries: {attempts: 1, retryOn: '5xx,599'}, route: [{destination: {host: a}}]}]", "599"},
    {"VirtualService", "hosts: [a], http: [{rewrite: {uri: ''}, route: [{destination: {host: a}}]}]", "rewrite"},
    {"VirtualService", "hosts: [a], http: [{rewrite: {uri: /a, uriRegexRewrite: {match: b}}, route: [{destination: {host: a}}]}]", "uriRegexRewrite"},
    {"VirtualService", "hosts: [a], http: [{match: [{uri: {regex: 'a('}}], route: [{destination: {host: a}}]}]", "a("},
    {"VirtualService", "hosts: [a], http: [{match: [{headers: {x: {regex: '*'}}}], route: [{destination: {host: a}}]}]", "*"},
    {"VirtualService", "hosts: [a], http: [{headers: {request: {set: {x: 50% off}}}, route: [{destination: {host: a}}]}]", "% off"},
    {"VirtualService", "hosts: [a], http: [{redirect: {redirectCode: 200}}]", "200"},
    {"VirtualService", "hosts: [a], http: [{redirect: {port: 80, derivePort: FROM_REQUEST_PORT}}]", "derivePort"},
    {"VirtualService", "hosts: [a], http: [{fault: {}, route: [{destination: {host: a}}]}]", "fault"},
    {"VirtualService", "hosts: [a], http: [{fault: {abort: {httpStatus: 500, percentage: {value: 101}}}, route: [{destination: {host: a}}]}]", "101"},
    {"VirtualService", "hosts: [a], tcp: [{}]", "{}"},
    {"VirtualService", "hosts: [a], tls: [{match: [{sniHosts: []}], route: [{destination: {host: a}}]}]", "[]"},
    {"DestinationRule", "host: a, trafficPolicy: {}", "trafficPolicy"},
    {"DestinationRule", "host: a, subsets: [{name: v1.0}]", ".0"},
    {"DestinationRule", "host: a, subsets: [{name: a}, {name: a}]", "a"},
    {"DestinationRule", "host: a, trafficPolicy: {portLevelSettings: [{port: {number: 80}}]}", "{port: {number: 80}}"},
    {"DestinationRule", "host: a, trafficPolicy: {portLevelSettings: [{tls: {mode: DISABLE}}]}", "{tls: {mode: DISABLE}}"},
    {"DestinationRule", "host: a, trafficPolicy: {loadBalancer: {simple: RANDOM, consistentHash: {useSourceIp: true}}}", "consistentHash"},
    {"DestinationRule", "host: a, trafficPolicy: {loadBalancer: {consistentHash: {useSourceIp: true, httpHeaderName: x}}}", "useSourceIp"},
    {"DestinationRule", "host: a, trafficPolicy: {tls: {mode: MUTUAL}}", "MUTUAL"},
    {"DestinationRule", "host: a, trafficPolicy: {outlierDetection: {maxEjectionPercent: 101}}", "101"},
    {"DestinationRule", "host: a, trafficPolicy: {retryBudget: {percent: 100.5}}", "100.5"},
    {"HTTPRoute", "parentRefs: [{name: a}, {name: a}]", "{name: a}"},
    {"HTTPRoute", "parentRefs: [{name: ''}]", "''"},
    {"HTTPRoute", "parentRefs: [{name: a, port: 0}]", "0"},
    {"HTTPRoute", "hostnames: [A]", "A"},
    {"HTTPRoute", "rules: [{matches: [{path: {value: a}}]}]", "a"},
    {"HTTPRoute", "rules: [{matches: [{path: {value: /a//b}}]}]", "//b"},
    {"HTTPRoute", "rules: [{matches: [{path: {type: Exact, value: /a/..}}]}]", "/.."},
    {"HTTPRoute", "rules: [{matches: [{path: {value: '/a?b'}}]}]", "?b"},
    {"HTTPRoute", "rules: [{matches: [{path: {type: RegularExpression, value: 'a('}}]}]", "a("},
    {"HTTPRoute", "rules: [{matches: [{headers: [{name: ':a', value: b}]}]}]", ":a"},
    {"HTTPRoute", "rules: [{matches: [{headers: [{name: a, value: b}, {name: a, value: c}]}]}]", "a"},
    {"HTTPRoute", "rules: [{matches: [{queryParams: [{name: a, value: ''}]}]}]", "''"},
    {"HTTPRoute", "rules: [{filters: [{type: CORS}]}]", "CORS"},
    {"HTTPRoute", "rules: [{filters: [{type: URLRewrite, urlRewrite: {hostname: h}, cors: {}}]}]", "cors"},
    {"HTTPRoute", "rules: [{filters: [{type: CORS, cors: {}}, {type: CORS, cors: {}}]}]", "CORS"},
    {"HTTPRoute", "rules: [{filters: [{type: URLRewrite, urlRewrite: {hostname: h}}, {type: RequestRedirect, requestRedirect: {hostname: h}}]}]", "RequestRedirect"},
    {"HTTPRoute", "rules: [{filters: [{type: RequestRedirect, requestRedirect: {statusCode: 304}}]}]", "304"},
    {"HTTPRoute", "rules: [{filters: [{type: RequestRedirect, requestRedirect: {hostname: h}}], backendRefs: [{name: a, port: 80}]}]", "backendRefs"},
    {"HTTPRoute", "rules: [{filters: [{type: URLRewrite, urlRewrite: {hostname: 'h:80'}}]}]", ":80"},
    {"HTTPRoute", "rules: [{filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath}}}]}]", "ReplaceFullPath"},
    {"HTTPRoute", "rules: [{matches: [{path: {type: Exact, value: /a}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]}]",
     "replacePrefixMatch"},
    {"HTTPRoute", "rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a}}}]}]", "a"},
    {"HTTPRoute", "rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}, percent: 1, fraction: {numerator: 1}}}]}]", "fraction"},
    {"HTTPRoute", "rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}, fraction: {numerator: 101}}}]}]", "101"},
    {"HTTPRoute", "rules: [{filters: [{type: CORS, cors: {allowOrigins: ['*', 'https://a']}}]}]", "'*'"},
    {"HTTPRoute", "rules: [{filters: [{type: CORS, cors: {allowOrigins: ['https://a/b']}}]}]", "/b"},
    {"HTTPRoute", "rules: [{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x, value: 50%}]}}]}]", "%"},
    {"HTTPRoute", "rules: [{filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [x, x]}}]}]", "x"},
    {"HTTPRoute", "rules: [{backendRefs: [{name: a}]}]", "a"},
    {"HTTPRoute", "rules: [{backendRefs: [{name: a, port: 80, weight: 1000001}]}]", "1000001"},
    {"HTTPRoute", "rules: [{timeouts: {request: 1s, backendRequest: 2s}}]", "2s"},
    {"HTTPRoute", "rules: [{retry: {codes: [399]}}]", "399"},
    {"HTTPRoute", "rules: [{retry: {codes: [503, 503]}}]", "503"},
    {"HTTPRoute", "rules: [{name: A}]", "A"},
    {"GRPCRoute", "rules: [{matches: [{method: {}}]}]", "{}"},
    {"GRPCRoute", "rules: [{matches: [{method: {service: a-b}}]}]", "-b"},
    {"GRPCRoute", "rules: [{backendRefs: [{name: a}]}]", "a"},
    {"TCPRoute", "rules: [{backendRefs: [{name: a, port: 80}]}, {backendRefs: [{name: b, port: 80}]}]", "{backendRefs: [{name: b, port: 80}]}"},
    {"TCPRoute", "rules: [{}]", "{}"},
    {"TLSRoute", "hostnames: [10.0.0.1], rules: [{backendRefs: [{name: a, port: 80}]}]", "10.0.0.1"},
    {"TLSRoute", "rules: [{backendRefs: [{name: a, port: 80}]}]", "TLSRoute"},
    {"ReferenceGrant", "from: [], to: [{group: '', kind: Service}]", "[]"},
};

std::string_view api_version_of(std::string_view kind) { return kind == "VirtualService" || kind == "DestinationRule" ? "networking.istio.io/v1" : "gateway.networking.k8s.io/v1"; }

class RefusedRoute : public testing::TestWithParam<Refused> {};

TEST_P(RefusedRoute, IsBlamedAtItsOwnBytes) {
  const auto& [kind, spec, place] = GetParam();
  const auto read = read_text(fmt::format("{{apiVersion: {}, kind: {}, metadata: {{name: x}}, spec: {{{}}}}}\n", api_version_of(kind), kind, spec));
  const auto all = read.diagnostics.sorted();
  ASSERT_EQ(all.size(), 1U) << testing::PrintToString(read.said());
  EXPECT_EQ(all[0].code, Code::InvalidValue);
  EXPECT_EQ(read.file->at(all[0].labels[0].span), place) << testing::PrintToString(read.said());
  EXPECT_FALSE(read.resources.at(0).translatable);
}

INSTANTIATE_TEST_SUITE_P(All, RefusedRoute, testing::ValuesIn(kRefused));

TEST(Limits, CountItemsAndCharacters) {
  const auto said = [](std::string_view spec) {
    return read_text(fmt::format("{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: x}}, spec: {{{}}}}}\n", spec)).said().size();
  };
  const auto path = [](std::size_t size) { return fmt::format("rules: [{{matches: [{{path: {{value: /{}}}}}]}}]", std::string(size - 1, 'a')); };
  EXPECT_EQ(said(path(1024)), 0U);
  EXPECT_EQ(said(path(1025)), 1U);
  const auto list = [](std::size_t size, std::string_view item) { return fmt::format("[{}]", fmt::join(std::vector<std::string_view>(size, item), ", ")); };
  EXPECT_EQ(said(fmt::format("rules: {}", list(16, "{}"))), 0U);
  EXPECT_EQ(said(fmt::format("rules: {}", list(17, "{}"))), 1U);
  EXPECT_EQ(said(fmt::format("rules: {}", list(2, fmt::format("{{matches: {}}}", list(64, "{}"))))), 0U);
  EXPECT_EQ(said(fmt::format("rules: {}", list(3, fmt::format("{{matches: {}}}", list(43, "{}"))))), 1U) << "129 matches in all";
}

}  // namespace s2a::test::check_test
