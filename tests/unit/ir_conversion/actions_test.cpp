// What a rule does, as routes say it. routing.md 1.3, 1.5, 3.2
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::actions_test {

struct Row {
  std::string name;
  std::string rule;
  std::string field;
  std::string expected;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

const std::string kV1 = to("v1");

/// The rule goes to v1 as well.
Row doing(std::string name, const std::string& action, std::string field, std::string expected) {
  return {.name = std::move(name), .rule = fmt::format("{{{}, {}}}", action, kV1), .field = std::move(field), .expected = std::move(expected)};
}

Row redirecting(std::string name, const std::string& redirect, const std::string& expected) {
  return {.name = std::move(name),
          .rule = fmt::format("{{redirect: {}}}", redirect),
          .field = "filters",
          .expected = fmt::format("[{{type: RequestRedirect, requestRedirect: {}}}]", expected)};
}

/// The first rule of those for paths below this prefix or, with a slash at the begin of the second word, of this path.
Row rewriting(std::string name, const std::string& uri, const std::string& rewrite, const std::string& expected) {
  return {.name = std::move(name),
          .rule = fmt::format("{{match: [{{uri: {}}}], rewrite: {}, {}}}, {{{}}}", uri, rewrite, kV1, kV1),
          .field = "filters",
          .expected = expected.empty() ? "" : fmt::format("[{{type: URLRewrite, urlRewrite: {}}}]", expected)};
}

std::vector<Row> backends() {
  return {
      {"one", fmt::format("{{{}}}", kV1), "backendRefs", "[{group: , kind: Service, name: reviews-v1, port: 80}]"},
      {"weight_of_one", "{route: [{destination: {host: reviews, subset: v1}, weight: 0}]}", "backendRefs", "[{group: , kind: Service, name: reviews-v1, port: 80}]"},
      {"weights", "{route: [{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: ratings}, weight: 10}, {destination: {host: nobody}}]}", "backendRefs",
       "[{group: , kind: Service, name: reviews-v1, port: 80, weight: 90}, {group: , kind: Service, name: ratings, port: 80, weight: 10}]"},
      {"large_weights", "{route: [{destination: {host: reviews, subset: v1}, weight: 3000000}, {destination: {host: ratings}, weight: 1000000}]}", "backendRefs",
       "[{group: , kind: Service, name: reviews-v1, port: 80, weight: 3}, {group: , kind: Service, name: ratings, port: 80, weight: 1}]"},
      {"port", "{route: [{destination: {host: ratings, port: {number: 9090}}}]}", "backendRefs", "[{group: , kind: Service, name: ratings, port: 9090}]"},
      {"other_namespace", "{route: [{destination: {host: one.far.svc.cluster.local}}]}", "backendRefs", "[{group: , kind: Service, name: one, namespace: far, port: 80}]"},
      {"headers_of_destination", "{route: [{destination: {host: reviews, subset: v1}, weight: 1, headers: {request: {add: {x-a: b}}}}, {destination: {host: ratings}, weight: 1}]}",
       "backendRefs",
       "[{group: , kind: Service, name: reviews-v1, port: 80, weight: 1, filters: [{type: RequestHeaderModifier, requestHeaderModifier: {add: [{name: x-a, value: b}]}}]}, "
       "{group: , kind: Service, name: ratings, port: 80, weight: 1}]"},
      {"direct_500", "{directResponse: {status: 500}}", "backendRefs", "[{group: , kind: Service, name: reviews, port: 80, weight: 0}]"},
  };
}

std::vector<Row> times_and_retries() {
  return {
      doing("timeout", "timeout: 1.5s", "timeouts", "{request: 1s500ms}"),
      doing("long_timeout", "timeout: 100000s", "timeouts", "{request: 27h46m40s}"),
      doing("no_retries_said", "timeout: 1s", "retry", ""),
      doing("attempts", "retries: {attempts: 3}", "retry", "{attempts: 3}"),
      doing("attempts_as_by_default", "retries: {attempts: 2}", "retry", ""),
      doing("codes", "retries: {attempts: 3, retryOn: 'connect-failure,refused-stream,unavailable,cancelled,503,502'}", "retry", "{attempts: 3, codes: [502, 503]}"),
      doing("backoff", "retries: {attempts: 3, backoff: 25ms}", "retry", "{attempts: 3, backoff: 25ms}"),
      doing("per_try", "retries: {attempts: 3, perTryTimeout: 2s}, timeout: 10s", "timeouts", "{request: 10s, backendRequest: 2s}"),
      doing("per_try_without_effect", "retries: {attempts: 3, perTryTimeout: 10s}, timeout: 10s", "timeouts", "{request: 10s}"),
      doing("per_try_of_default", "retries: {attempts: 2, perTryTimeout: 2s}", "retry", "{attempts: 2}"),
  };
}

std::vector<Row> filters() {
  return {
      doing("headers", "headers: {request: {set: {x-a: b}, remove: [x-c]}, response: {add: {x-d: e}}}", "filters",
            "[{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-a, value: b}], remove: [x-c]}}, "
            "{type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: x-d, value: e}]}}]"),
      doing("authority_as_header", "headers: {request: {set: {':authority': a.example}}}", "filters",
            "[{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: Host, value: a.example}]}}]"),
      doing("percent", "headers: {request: {set: {x-a: '50%%'}}}", "filters", "[{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-a, value: 50%%}]}}]"),
      doing("authority", "rewrite: {authority: a.example}", "filters", "[{type: URLRewrite, urlRewrite: {hostname: a.example}}]"),
      doing("authority_with_port", "rewrite: {authority: 'a.example:8080'}", "filters",
            "[{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: Host, value: a.example:8080}]}}]"),
      doing("mirror", "mirror: {host: ratings}", "filters", "[{type: RequestMirror, requestMirror: {backendRef: {group: , kind: Service, name: ratings, port: 80}}}]"),
      doing("mirror_of_percents", "mirrors: [{destination: {host: ratings}, percentage: {value: 25}}]", "filters",
            "[{type: RequestMirror, requestMirror: {backendRef: {group: , kind: Service, name: ratings, port: 80}, percent: 25}}]"),
      doing("mirror_of_a_fraction", "mirrors: [{destination: {host: ratings}, percentage: {value: 0.5}}]", "filters",
            "[{type: RequestMirror, requestMirror: {backendRef: {group: , kind: Service, name: ratings, port: 80}, fraction: {numerator: 5, denominator: 1000}}}]"),
      doing("mirror_of_nothing", "mirrors: [{destination: {host: nobody}, percentage: {value: 0}}]", "filters", ""),
      doing("two_mirrors", "mirrors: [{destination: {host: ratings}}, {destination: {host: reviews, subset: v2}}]", "filters",
            "[{type: RequestMirror, requestMirror: {backendRef: {group: , kind: Service, name: ratings, port: 80}}}, "
            "{type: RequestMirror, requestMirror: {backendRef: {group: , kind: Service, name: reviews-v2, port: 80}}}]"),
      doing("cors",
            "corsPolicy: {allowOrigins: [{exact: 'https://a.example'}, {prefix: 'https://'}, {regex: 'https://.*\\.foo\\.com'}], allowMethods: [GET], allowHeaders: [x-a], "
            "exposeHeaders: "
            "[x-b], maxAge: 24h, allowCredentials: true, unmatchedPreflights: IGNORE}",
            "filters",
            "[{type: CORS, cors: {allowOrigins: [https://a.example, https://*, https://*.foo.com], allowMethods: [GET], allowHeaders: [x-a], exposeHeaders: [x-b], "
            "allowCredentials: true, maxAge: 86400}}]"),
  };
}

/// Without `port`, istiod would add the Service's; 80 it takes out again. routing.md 1.5
std::vector<Row> redirects() {
  const std::string login = "path: {type: ReplaceFullPath, replaceFullPath: /login}";
  return {
      redirecting("uri", "{uri: /login}", fmt::format("{{{}, port: 80, statusCode: 301}}", login)),
      redirecting("code", "{uri: /login, redirectCode: 308}", fmt::format("{{{}, port: 80, statusCode: 308}}", login)),
      redirecting("scheme", "{scheme: https}", "{scheme: https, statusCode: 301}"),
      redirecting("to_port", "{port: 8443}", "{port: 8443, statusCode: 301}"),
      redirecting("port_and_scheme", "{port: 8443, scheme: https}", "{scheme: https, port: 8443, statusCode: 301}"),
      redirecting("port_of_request", "{derivePort: FROM_REQUEST_PORT}", "{statusCode: 301}"),
      redirecting("port_of_request_and_scheme", "{derivePort: FROM_REQUEST_PORT, scheme: https}", "{scheme: https, port: 80, statusCode: 301}"),
      redirecting("port_of_protocol", "{derivePort: FROM_PROTOCOL_DEFAULT}", "{port: 80, statusCode: 301}"),
      redirecting("to_authority", "{authority: a.example}", "{hostname: a.example, port: 80, statusCode: 301}"),
      redirecting("authority_and_port", "{authority: 'a.example:8080'}", "{hostname: a.example, port: 8080, statusCode: 301}"),
  };
}

std::vector<Row> rewrites() {
  const auto whole = [](const std::string& to) { return fmt::format("{{path: {{type: ReplaceFullPath, replaceFullPath: {}}}}}", to); };
  const auto head = [](const std::string& to) { return fmt::format("{{path: {{type: ReplacePrefixMatch, replacePrefixMatch: {}}}}}", to); };
  return {
      rewriting("exact", "{exact: /a}", "{uri: /b}", whole("/b")),
      rewriting("regex", "{regex: '/a/[0-9]+'}", "{uri: /b}", whole("/b")),
      rewriting("backslash", "{exact: /a}", "{uri: '/b\\1'}", whole("/b\\\\1")),
      rewriting("root_to_itself", "{prefix: /}", "{uri: /}", ""),
      rewriting("root", "{prefix: /}", "{uri: /bar}", head("/bar")),
      rewriting("whole_by_regex", "{regex: '/a.*'}", "{uriRegexRewrite: {match: '/.*', rewrite: /b}}", whole("/b")),
  };
}

class Actions : public testing::TestWithParam<Row> {};

TEST_P(Actions, AreWritten) { EXPECT_EQ(field_of_rule(GetParam().rule, GetParam().field), GetParam().expected); }

const auto kName = [](const auto& row) { return row.param.name; };
INSTANTIATE_TEST_SUITE_P(Backends, Actions, testing::ValuesIn(backends()), kName);
INSTANTIATE_TEST_SUITE_P(TimesAndRetries, Actions, testing::ValuesIn(times_and_retries()), kName);
INSTANTIATE_TEST_SUITE_P(Filters, Actions, testing::ValuesIn(filters()), kName);
INSTANTIATE_TEST_SUITE_P(Redirects, Actions, testing::ValuesIn(redirects()), kName);
INSTANTIATE_TEST_SUITE_P(Rewrites, Actions, testing::ValuesIn(rewrites()), kName);

}  // namespace s2a::test::actions_test
