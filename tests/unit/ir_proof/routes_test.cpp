// Where requests go, and what becomes of them: which differences between VirtualServices at sidecars and routes at a waypoint count. routing.md 6, 7.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/routed_trees.h"

namespace s2a::test::routes_test {

constexpr std::string_view kPods = R"(
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {selector: {app: reviews}, ports: [{name: http, port: 80, targetPort: 9080}, {name: tcp, port: 99}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: one, namespace: shop, labels: {app: reviews, version: v1}}, spec: {containers: [{name: c, image: i}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: two, namespace: shop, labels: {app: reviews, version: v2}}, spec: {containers: [{name: c, image: i}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: curl, namespace: shop, labels: {app: curl}}, spec: {containers: [{name: c, image: i}]}}
---
)";

constexpr std::string_view kSidecars = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio-injection: enabled}}}
---
{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: reviews, namespace: shop}, spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}}
---
)";

constexpr std::string_view kAmbient = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint}}}
---
{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: waypoint, namespace: shop}, spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews-v1, namespace: shop}, spec: {selector: {app: reviews, version: v1}, ports: [{name: http, port: 80, targetPort: 9080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews-v2, namespace: shop}, spec: {selector: {app: reviews, version: v2}, ports: [{name: http, port: 80, targetPort: 9080}]}}
---
)";

std::string virtual_service(std::string_view http, std::string_view more = {}) {
  return fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: v, namespace: shop}}, spec: {{hosts: [reviews], {}http: {}}}}}\n---\n", more,
                     http);
}

std::string http_route(std::string_view rules) {
  return fmt::format(
      "{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: r, namespace: shop}}, spec: {{parentRefs: [{{group: '', kind: Service, name: reviews, port: "
      "80}}], rules: {}}}}}\n---\n",
      rules);
}

std::string policy(std::string_view spec, std::string_view name = "p") {
  return fmt::format("{{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {{name: {}, namespace: shop}}, spec: {}}}\n---\n", name, spec);
}

std::string to(std::string_view subset) { return fmt::format("route: [{{destination: {{host: reviews, subset: {}}}}}]", subset); }
std::string back(std::string_view subset) { return fmt::format("backendRefs: [{{name: reviews-{}, port: 80}}]", subset); }

RoutedTrees trees(std::string_view before, std::string_view after) { return {fmt::format("{}{}{}", kPods, kSidecars, before), fmt::format("{}{}{}", kPods, kAmbient, after)}; }

struct Case {
  std::string_view about;
  std::string before;  ///< rules of a VirtualService
  std::string after;   ///< rules of an HTTPRoute
  Verdict verdict{};
  std::string_view before_words{};  ///< of the witness
  std::string_view after_words{};
};

TEST(Routes, AreComparedByWhatBecomesOfRequests) {
  const std::string v1 = "[{" + back("v1") + "}]";
  const Case cases[] = {
      {"a subset, and a Service of its pods", "[{" + to("v1") + "}]", v1, Verdict::Equal},
      {"other pods", "[{" + to("v2") + "}]", v1, Verdict::Wider, "reviews v2", "reviews-v1"},
      {"all pods", "[{route: [{destination: {host: reviews}}]}]", v1, Verdict::Wider},
      {"half of them", "[{route: [{destination: {host: reviews, subset: v1}, weight: 50}, {destination: {host: reviews, subset: v2}, weight: 50}]}]",
       "[{backendRefs: [{name: reviews-v2, port: 80, weight: 1}, {name: reviews-v1, port: 80, weight: 1}]}]", Verdict::Equal},
      {"other shares", "[{route: [{destination: {host: reviews, subset: v1}, weight: 50}, {destination: {host: reviews, subset: v2}, weight: 50}]}]",
       "[{backendRefs: [{name: reviews-v1, port: 80, weight: 2}, {name: reviews-v2, port: 80, weight: 1}]}]", Verdict::Wider, "(50 of 100)", "(2 of 3)"},
      {"404, then a backend", "[{match: [{uri: {exact: /a}}], " + to("v1") + "}]", v1, Verdict::Wider, "answered with 404", "reviews-v1"},
      {"a backend, then 404", "[{" + to("v1") + "}]", "[{matches: [{path: {type: Exact, value: /a}}], " + back("v1") + "}]", Verdict::Wider, "reviews v1", "answered with 404"},
      {"404 on both sides", "[{match: [{uri: {exact: /a}}], " + to("v1") + "}]", "[{matches: [{path: {type: Exact, value: /a}}], " + back("v1") + "}]", Verdict::Equal},
      {"a prefix is text, a segment is not", "[{match: [{uri: {prefix: /a}}], " + to("v1") + "}, {" + to("v2") + "}]",
       "[{matches: [{path: {type: PathPrefix, value: /a}}], " + back("v1") + "}, {" + back("v2") + "}]", Verdict::Wider, "reviews v1", "reviews-v2"},
      {"a cluster that does not exist: 503, then 500", "[{route: [{destination: {host: nobody}}]}]", "[{backendRefs: [{name: nobody, port: 80}]}]", Verdict::Equal},
      {"no time limit any more", "[{timeout: 5s, " + to("v1") + "}]", v1, Verdict::Wider, "timeout 5000 ms", "nothing of that"},
      {"more tries", "[{retries: {attempts: 5}, " + to("v1") + "}]", v1, Verdict::Wider, "retries 5", "retries 2"},
      {"a mirror is gone", "[{mirror: {host: reviews, subset: v2}, " + to("v1") + "}]", v1, Verdict::Wider, "mirrored to", "nothing of that"},
      {"a header is added", "[{headers: {request: {set: {x-a: b}}}, " + to("v1") + "}]", v1, Verdict::Wider, "x-a=b", "headers nothing"},
      {"a header of the response", "[{headers: {response: {set: {x-a: b}}}, " + to("v1") + "}]", v1, Verdict::Wider, "headers of answers", "headers of answers nothing"},
      {"the Host is another", "[{rewrite: {authority: h.example}, " + to("v1") + "}]", v1, Verdict::Wider, "host h.example", "host reviews.shop"},
      {"a path is kept", "[{rewrite: {uri: /new}, match: [{uri: {exact: /old}}], " + to("v1") + "}, {" + to("v1") + "}]", v1, Verdict::Wider, "path /new", "path /old"},
      {"a redirect's code", "[{redirect: {uri: /x, redirectCode: 302}}]",
       "[{filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /x}, port: 80, statusCode: 301}}]}]", Verdict::Wider, "302 to",
       "301 to"},
      {"a fault", "[{fault: {abort: {httpStatus: 418, percentage: {value: 50}}}, " + to("v1") + "}]", v1, Verdict::Wider, "fault 418 for 50 %", "nothing of that"},
      {"only of hosts that are not the Service's", "[{match: [{authority: {exact: foreign.example}}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Equal},
      {"of one of the Service's names", "[{match: [{authority: {prefix: reviews.shop.svc}}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Wider, "reviews v2",
       "reviews-v1"},
      {"of a name with its port", "[{match: [{authority: {exact: 'reviews.shop:80'}}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Wider},
      {"of clients with a label", "[{match: [{sourceLabels: {app: curl}}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Wider, "reviews v2", "reviews-v1"},
      {"of clients that the input does not show", "[{match: [{sourceLabels: {app: other}}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Wider},
      {"of clients of a namespace that the input does not show", "[{match: [{sourceNamespace: far}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Wider},
      {"of another port", "[{match: [{port: 81}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Equal},
      {"only for gateways", "[{match: [{gateways: [shop/gw]}], " + to("v2") + "}, {" + to("v1") + "}]", v1, Verdict::Equal},
  };
  for (const auto& c : cases) {
    auto both = trees(virtual_service(c.before), http_route(c.after));
    const auto found = both.worst("shop/reviews", 80);
    EXPECT_FALSE(both.told().has(Severity::Error)) << c.about;
    EXPECT_GT(found.ways, 0) << c.about;
    EXPECT_EQ(found.comparison.verdict, c.verdict) << c.about << ": " << found.witness << found.comparison.unknown;
    EXPECT_EQ(found.comparison.elsewhere, c.verdict == Verdict::Wider) << c.about;
    const auto half = std::min(found.witness.find(", then "), found.witness.size());
    EXPECT_NE(found.witness.substr(0, half).find(c.before_words), std::string::npos) << c.about << ": " << found.witness;
    EXPECT_NE(found.witness.substr(half).find(c.after_words), std::string::npos) << c.about << ": " << found.witness;
  }
}

/// Policies of the server's sidecar see what a route made of the request, those of the waypoint what was sent. routing.md 6, authorization.md 9.12
TEST(Routes, ArePartOfWhatPoliciesJudge) {
  const auto rewritten = virtual_service("[{match: [{uri: {exact: /old}}], rewrite: {uri: /new}, " + to("v1") + "}, {" + to("v1") + "}]");
  const auto kept =
      http_route("[{matches: [{path: {type: Exact, value: /old}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /new}}}], " +
                 back("v1") + "}, {" + back("v1") + "}]");
  const std::string at_pod = "selector: {matchLabels: {app: reviews}}";
  const std::string at_service = "targetRefs: [{group: '', kind: Service, name: reviews}]";
  const auto rules = [](std::string_view path) { return fmt::format("rules: [{{to: [{{operation: {{paths: [{}]}}}}]}}]", path); };
  const struct {
    std::string_view about;
    std::string before;
    std::string after;
    Verdict verdict;
    std::string_view path;  ///< of the witness
  } cases[] = {
      {"none", "", "", Verdict::Equal, ""},
      {"an ALLOW of the new path", "{" + at_pod + ", " + rules("/new") + "}", "{" + at_service + ", " + rules("/new") + "}", Verdict::Narrower, "/old"},
      {"a DENY of the new path", "{" + at_pod + ", action: DENY, " + rules("/new") + "}", "{" + at_service + ", action: DENY, " + rules("/new") + "}", Verdict::Wider, "/old"},
      {"an ALLOW of all but the old path is no ALLOW of the new one", "{" + at_pod + ", " + rules("/other") + "}", "{" + at_service + ", " + rules("/old, /other") + "}",
       Verdict::Wider, "/old"},
      {"both paths named", "{" + at_pod + ", " + rules("/new") + "}", "{" + at_service + ", " + rules("/new, /old") + "}", Verdict::Equal, ""},
  };
  for (const auto& c : cases) {
    const auto found = trees(rewritten + (c.before.empty() ? "" : policy(c.before)), kept + (c.after.empty() ? "" : policy(c.after))).worst("shop/reviews", 80);
    EXPECT_EQ(found.comparison.verdict, c.verdict) << c.about << ": " << found.witness << found.comparison.unknown;
    EXPECT_FALSE(found.comparison.elsewhere) << c.about;
    if (found.comparison.difference) {
      EXPECT_EQ(found.comparison.difference->request.at(Attribute::Path).front(), c.path) << c.about;
    }
  }
}

TEST(Routes, OfPortsThatNoneDecidesAboutAreNotAsked) {
  EXPECT_EQ(trees("", "").worst("shop/reviews", 80).ways, 0);
  EXPECT_EQ(trees(virtual_service("[{" + to("v1") + "}]"), http_route("[{" + back("v1") + "}]")).worst("shop/reviews", 99).ways, 0);
  EXPECT_EQ(trees(virtual_service("[{" + to("v1") + "}]"), "").worst("shop/nobody", 80).ways, 0);
}

TEST(Routes, OfServiceEntriesAreComparedHostByHost) {
  const auto entry = [](std::string_view hosts) {
    return fmt::format(
        "{{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {{name: partner, namespace: shop}}, spec: {{hosts: {}, resolution: DNS, ports: [{{number: 80, name: "
        "http, protocol: HTTP}}]}}}}\n---\n",
        hosts);
  };
  const auto rules = [](std::string_view host, std::string_view http) {
    return fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: p, namespace: shop}}, spec: {{hosts: [{}], http: {}}}}}\n---\n", host, http);
  };
  const auto route = [](std::string_view http) {
    return fmt::format(
        "{{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {{name: p, namespace: shop}}, spec: {{parentRefs: [{{group: networking.istio.io, kind: "
        "ServiceEntry, "
        "name: partner, port: 80}}], rules: {}}}}}\n---\n",
        http);
  };
  const std::string out = "[{group: networking.istio.io, kind: Hostname, name: a.example, port: 80}]";
  const std::string slow = rules("a.example", "[{timeout: 3s, route: [{destination: {host: a.example}}]}]");
  const auto tls = [](std::string_view spec) {
    return fmt::format("{{apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {{name: tls, namespace: shop}}, spec: {{host: a.example{}}}}}\n---\n", spec);
  };
  const std::string simple = tls(", trafficPolicy: {tls: {mode: SIMPLE}}");
  const std::string to_reviews = rules("a.example", "[{route: [{destination: {host: reviews}}]}]");
  const struct {
    std::string_view about;
    std::string_view hosts;
    std::string before, after;
    Verdict verdict{};
    int ways = 0;
    std::string_view words;
  } cases[] = {
      {"the same at the waypoint", "[a.example]", slow, slow, Verdict::Equal, 1, ""},
      {"a route that says so", "[a.example]", slow, route("[{timeouts: {request: 3s}, backendRefs: " + out + "}]"), Verdict::Equal, 1, ""},
      {"without the timeout", "[a.example]", slow, route("[{backendRefs: " + out + "}]"), Verdict::Wider, 1, "ServiceEntry shop/partner (a.example) port 80"},
      {"no more", "[a.example]", slow, "", Verdict::Wider, 1, "ServiceEntry shop/partner (a.example) port 80"},
      {"into the mesh", "[a.example]", to_reviews, route("[{backendRefs: [{name: reviews, port: 80}]}]"), Verdict::Equal, 1, ""},
      {"past one of two hosts", "[a.example, b.example]", slow, route("[{timeouts: {request: 3s}, backendRefs: " + out + "}]"), Verdict::Wider, 2,
       "ServiceEntry shop/partner (b.example) port 80"},
      {"nobody's", "[a.example]", "", "", Verdict::Equal, 0, ""},
      {"TLS that the waypoint begins", "[a.example]", simple, simple, Verdict::Equal, 1, ""},
      {"TLS that nobody begins", "[a.example]", simple, "", Verdict::Wider, 1, "over TLS"},
      {"TLS for another name", "[a.example]", simple, tls(", trafficPolicy: {tls: {mode: SIMPLE, sni: b.example}}"), Verdict::Wider, 1, "over TLS"},
      {"TLS behind a route", "[a.example]", simple + slow, simple + route("[{timeouts: {request: 3s}, backendRefs: " + out + "}]"), Verdict::Equal, 1, ""},
  };
  for (const auto& c : cases) {
    const auto found = trees(entry(c.hosts) + c.before, entry(c.hosts) + c.after).worst("ServiceEntry shop/partner", 80);
    EXPECT_EQ(found.comparison.verdict, c.verdict) << c.about << found.witness;
    EXPECT_EQ(found.ways, c.ways) << c.about;
    EXPECT_NE(found.witness.find(c.words), std::string::npos) << c.about << found.witness;
  }
}

TEST(Routes, LostAltogetherAreADifference) {
  const auto found = trees(virtual_service("[{" + to("v1") + "}]"), "").worst("shop/reviews", 80);
  EXPECT_EQ(found.comparison.verdict, Verdict::Wider);
  EXPECT_TRUE(found.comparison.elsewhere);
  EXPECT_NE(found.witness.find("(VirtualService shop/v)"), std::string::npos) << found.witness;
}

/// A gateway comes to the waypoint only where the Service asks for it, and only to Services that its own routes lead to. routing.md 5.1
TEST(Routes, OfGatewaysAreAskedWhereOneLeadsThere) {
  const auto mesh = virtual_service("[{" + to("v1") + "}]");
  const std::string gateway =
      "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: g, namespace: shop}, spec: {hosts: [h.example], gateways: [gw], http: [{route: [{destination: "
      "{host: reviews}}]}]}}\n---\n";
  const auto ways = [&](const std::string& before) { return trees(before, http_route("[{" + back("v1") + "}]")).worst("shop/reviews", 80, ClientClass::Ingress).ways; };
  EXPECT_EQ(ways(mesh), 0);
  EXPECT_EQ(ways(mesh + gateway), 0) << "without ingress-use-waypoint it passes by";
}

/// What a user says of prefixes holds for the tree as it is, too.
TEST(Routes, TakePrefixesForSegmentsWhereAsked) {
  const auto before = fmt::format("{}{}{}", kPods, kSidecars, virtual_service("[{match: [{uri: {prefix: /a}}], " + to("v1") + "}, {" + to("v2") + "}]"));
  const auto after = fmt::format("{}{}{}", kPods, kAmbient, http_route("[{matches: [{path: {type: PathPrefix, value: /a}}], " + back("v1") + "}, {" + back("v2") + "}]"));
  EXPECT_EQ(RoutedTrees(before, after).worst("shop/reviews", 80).comparison.verdict, Verdict::Wider);
  EXPECT_EQ(RoutedTrees(before, after, {.segment_prefixes = true}).worst("shop/reviews", 80).comparison.verdict, Verdict::Equal);
}

/// Wider routes, and what is refused after only because policies see a path before it is rewritten, keep the namespace. product.md 2, authorization.md 9.12
TEST(Routes, KeepNamespacesWhereTheyDiffer) {
  const std::string readers = "selector: {matchLabels: {app: reviews}}, rules: [{to: [{operation: {paths: [/new]}}]}]}";
  const std::string at_services =
      "{targetRefs: [{group: '', kind: Service, name: reviews}, {group: '', kind: Service, name: reviews-v1}, {group: '', kind: Service, name: reviews-v2}], ";
  const std::string fewer = at_services + "rules: [{to: [{operation: {paths: [/new], methods: [GET]}}]}]}";
  const std::string far =
      "{apiVersion: v1, kind: Namespace, metadata: {name: far, labels: {istio-injection: enabled}}}\n---\n"
      "{apiVersion: v1, kind: Service, metadata: {name: one, namespace: far}, spec: {selector: {app: one}, ports: [{name: http, port: 80}]}}\n---\n"
      "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: one, namespace: far}, spec: {hosts: [one], http: [{timeout: 5s, route: [{destination: {host: "
      "one}}]}]}}\n---\n";
  const auto by_waypoint = policy("{selector: {matchLabels: {app: reviews}}, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/waypoint]}}]}]}", "z");
  const auto plain = virtual_service("[{" + to("v1") + "}]");
  const auto same = http_route("[{" + back("v1") + "}]");
  const struct {
    std::string_view about;
    std::string before;
    std::string after;
    std::vector<Acceptance> accepted;
    std::vector<Code> codes;  ///< about routes
    bool refused;
    bool holds_back;
  } cases[] = {
      {"equal", plain, same, {}, {}, false, false},
      {"elsewhere", plain, http_route("[{" + back("v2") + "}]"), {}, {Code::RoutesDiffer}, true, false},
      {"elsewhere, and accepted", plain, http_route("[{" + back("v2") + "}]"), {{.code = Code::RoutesDiffer, .resource = "shop/reviews"}}, {Code::WiderAccepted}, false, false},
      {"elsewhere, and something else accepted", plain, http_route("[{" + back("v2") + "}]"), {{.code = Code::Wider, .resource = {}}}, {Code::RoutesDiffer}, true, false},
      {"fewer are let in", plain + policy("{" + readers), same + by_waypoint + policy(fewer), {}, {Code::Narrower}, false, false},
      {"fewer, because the path is rewritten",
       virtual_service("[{match: [{uri: {exact: /old}}], rewrite: {uri: /new}, " + to("v1") + "}, {" + to("v1") + "}]") + policy("{" + readers),
       http_route("[{matches: [{path: {type: Exact, value: /old}}], filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /new}}}], " +
                  back("v1") + "}, {" + back("v1") + "}]") +
           by_waypoint + policy(at_services + "rules: [{to: [{operation: {paths: [/new]}}]}]}"),
       {},
       {Code::RoutesDiffer},
       true,
       false},
      {"of a Service that stays", far, far, {}, {Code::RoutesDiffer}, false, true},
  };
  for (const auto& c : cases) {
    const auto found = trees(c.before, c.after).judged(c.accepted);
    std::vector<Code> codes;
    for (const auto& diagnostic : found.diagnostics.all())
      if (diagnostic.subject.starts_with("Service ")) codes.push_back(diagnostic.code);
    EXPECT_EQ(codes, c.codes) << c.about;
    EXPECT_EQ(found.refused.contains("shop"), c.refused) << c.about;
    EXPECT_EQ(found.holds_back, c.holds_back) << c.about;
    EXPECT_EQ(found.accepted.size(), std::ranges::count(c.codes, Code::WiderAccepted)) << c.about;
    EXPECT_TRUE(std::ranges::any_of(found.findings, &Finding::routes)) << c.about;
  }
}

}  // namespace s2a::test::routes_test
