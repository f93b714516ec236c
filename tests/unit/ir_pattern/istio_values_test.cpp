// What the values of policies mean, from authorization.md 2.4, 3.1 and 3.2; the regular expressions that istiod sends to Envoy are the oracle for the identity fields.
#include "ir/pattern/istio_values.h"

#include <gtest/gtest.h>

#include <functional>

#include "frontend/grammar/regex.h"

namespace s2a::istio_values_test {

struct Case {
  Pattern pattern;
  std::string subject;
  bool in;
};

void check(std::initializer_list<Case> cases) {
  for (const auto& [pattern, subject, in] : cases) EXPECT_EQ(matches(pattern, subject), in) << to_string(pattern) << " on " << subject;
}

const std::string kFrontend = "spiffe://cluster.local/ns/web/sa/frontend";

TEST(IstioValues, Strings) {
  check({
      {istio_string("*"), "", false},
      {istio_string("*"), "x", true},
      {istio_string("*x"), "x", true},
      {istio_string("*x"), "xy", false},
      {istio_string("x*"), "xy", true},
      {istio_string("a*b"), "axb", false},
      {istio_string("a*b"), "a*b", true},
      {istio_string("**"), "x", false},
      {istio_string("**"), "x*", true},
      {istio_string("*x*"), "axa", false},
      {istio_string("*x*"), "x*", true},
      {header_value("*"), "", true},
      {header_value("a"), "a", true},
      {method("get"), "GET", false},
      {method("P*"), "PUT", true},
      {host("Reviews.Shop"), "reviews.shop", true},
      {host("*.EXAMPLE.com"), "a.Example.COM", true},
      {host("reviews.shop"), "reviews.shop:80", false},
  });
}

TEST(IstioValues, Paths) {
  check({
      {path("/admin"), "/admin", true},
      {path("/admin"), "/Admin", false},
      {path("/admin*"), "/administrator", true},
      {path("*"), "/", true},
      {path("/api/{*}"), "/api/x", true},
      {path("/api/{*}"), "/api/", false},
      {path("/api/{*}"), "/api/x/y", false},
      {path("/api/{**}"), "/api", false},
      {path("/api/{**}"), "/api/", true},
      {path("/api/{**}"), "/api/x/y", true},
      {path("/api/{*}/users"), "/api/1/users", true},
      {path("/api/{*}/{**}"), "/api/x", false},
      {path("/api/{*}/{**}"), "/api/x/", true},
      {path("/api/{*}"), "/api/[", false},
      {path("/a/*/b"), "/a/x/b", false},
      {path("/a/*/b"), "/a/*/b", true},
      {path("/f/{*}"), "/f/a%2Fb", true},
      {path("/f/{**}.css"), "/f/a/b.css", true},
      {path("/{id}"), "/{id}", true},
  });
}

TEST(IstioValues, Principals) {
  check({
      {principal("cluster.local/ns/web/sa/frontend"), kFrontend, true},
      {principal("cluster.local/ns/web/*"), kFrontend, true},
      {principal("*/sa/frontend"), kFrontend, true},
      {principal("*frontend"), kFrontend, true},
      {principal("*"), kFrontend, true},
      {principal("*"), "", false},
      {principal(kFrontend), kFrontend, false},
      {principal("spiffe://*"), kFrontend, false},
      {principal("*spiffe://cluster.local/ns/web/sa/frontend"), kFrontend, false},
      {principal("cluster.local/ns/*/sa/frontend"), kFrontend, false},
      {principal("*a*"), kFrontend, false},
      {principal("cluster.local/ns/Web/*"), kFrontend, false},
      {principal("*/sa/front.end"), "spiffe://cluster.local/ns/web/sa/frontxend", false},
  });
}

TEST(IstioValues, NamespacesAtEnvoyTakeStarsAnywhere) {
  check({
      {namespace_at_envoy("web"), kFrontend, true},
      {namespace_at_envoy("we*"), kFrontend, true},
      {namespace_at_envoy("w*b"), kFrontend, true},
      {namespace_at_envoy("*e*"), kFrontend, true},
      {namespace_at_envoy("*"), kFrontend, true},
      {namespace_at_envoy("we"), kFrontend, false},
      {namespace_at_envoy("w.b"), kFrontend, false},
      {namespace_at_envoy("web"), "", false},
      {namespace_at_envoy("web"), "spiffe://a/ns/b/ns/web/sa/c", true},
      {namespace_at_envoy("sa"), kFrontend, false},
      {namespace_at_envoy("*frontend*"), kFrontend, false},
  });
}

TEST(IstioValues, NamespacesAtZtunnelTakeOneStarAtAnEnd) {
  check({
      {namespace_at_ztunnel("web"), kFrontend, true},
      {namespace_at_ztunnel("we*"), kFrontend, true},
      {namespace_at_ztunnel("*b"), kFrontend, true},
      {namespace_at_ztunnel("*"), kFrontend, true},
      {namespace_at_ztunnel("w*b"), kFrontend, false},
      {namespace_at_ztunnel("*e*"), kFrontend, false},
      {namespace_at_ztunnel("web"), "", false},
      {namespace_at_ztunnel("*"), "", false},
      {namespace_at_ztunnel("web/sa/frontend"), kFrontend, false},
      {namespace_at_ztunnel("**"), kFrontend, false},
  });
}

TEST(IstioValues, ServiceAccounts) {
  check({
      {service_account_at_envoy("web", "frontend"), kFrontend, true},
      {service_account_at_envoy("shop", "frontend"), kFrontend, false},
      {service_account_at_envoy("shop", "web/frontend"), kFrontend, true},
      {service_account_at_envoy("shop", "web/front"), kFrontend, false},
      {service_account_at_envoy("web", "frontend"), "spiffe://td/ns/web/x/sa/frontend/y", true},
      {service_account_at_ztunnel("web", "frontend"), kFrontend, true},
      {service_account_at_ztunnel("shop", "web/frontend"), "spiffe://other/ns/web/sa/frontend", true},
      {service_account_at_ztunnel("web", "front"), kFrontend, false},
      {service_account_at_ztunnel("web", "frontend"), "spiffe://td/ns/web/x/sa/frontend", false},
      {trust_domain_at_envoy("cluster.local"), kFrontend, true},
      {trust_domain_at_envoy("cluster*"), kFrontend, true},
      {trust_domain_at_envoy("cluster"), kFrontend, false},
      {trust_domain_at_envoy("*"), kFrontend, true},
      {identities(), kFrontend, true},
      {identities("cluster.local"), kFrontend, true},
      {identities("td"), kFrontend, false},
      {identities(), "spiffe://td/ns/a/b/sa/c", false},
  });
}

TEST(IstioValues, AgreeWithTheRegexesOfIstiod) {
  const auto quoted = [](const std::string& text, const std::string& star) {
    std::string out;
    for (const char c : text) out += c == '*' ? star : c == '.' ? "\\." : std::string(1, c);
    return out;
  };
  std::vector<std::string> subjects;
  for (const std::string td : {"td", "cluster.local"}) {
    for (const std::string middle : {"/ns/a", "/ns/a.b", "/ns/axb", "/ns/a/ns/b", "/ns/", "", "/ns/a/x"}) {
      for (const std::string end : {"/sa/s", "/sa/s/t", "/sa/", "/", ""}) subjects.push_back("spiffe://" + td + middle + end);
    }
  }
  const std::vector<std::string> values{"a", "a.b", "a*", "*b", "*", "a*b", "**", "s", "x", "sa", "t*", "td", "c*l"};
  const std::pair<std::function<Pattern(std::string)>, std::function<std::string(std::string)>> fields[] = {
      {[](auto v) { return namespace_at_envoy(v); }, [&](auto v) { return ".*/ns/" + quoted(v, ".*") + "/.*"; }},
      {[](auto v) { return trust_domain_at_envoy(v); }, [&](auto v) { return v == "*" ? ".+" : "spiffe://" + quoted(v, "[^/]*") + "/.*"; }},
      {[](auto v) { return service_account_at_envoy(v, "s"); }, [&](auto v) { return "spiffe://.+/ns/" + quoted(v, "\\*") + "/(.+/|)sa/s(/.+)?"; }},
  };
  for (const auto& [ours, theirs] : fields) {
    for (const auto& value : values) {
      const Pattern pattern = ours(value);
      const Pattern regex = *parse_regex(theirs(value));
      for (const auto& subject : subjects) EXPECT_EQ(matches(pattern, subject), matches(regex, subject)) << to_string(pattern) << " on " << subject;
    }
  }
}

TEST(IstioValues, AddressesAndPorts) {
  EXPECT_EQ(cidr("10.0.0"), std::nullopt);
  EXPECT_TRUE(matches(*cidr("10.1.2.3/8"), "10.9.9.9"));
  EXPECT_FALSE(matches(*cidr("::ffff:10.0.0.1"), "10.0.0.1"));
  EXPECT_TRUE(matches(*cidr("fe80::1%eth0"), "fe80::1"));
  EXPECT_TRUE(matches(*port("08080"), "8080"));
  EXPECT_TRUE(port("0"));
  for (const char* bad : {"", "65536", "+80", "80 ", "0x50", "-1", "80-90", "99999999999999999999"}) EXPECT_EQ(port(bad), std::nullopt) << bad;
}

}  // namespace s2a::istio_values_test
