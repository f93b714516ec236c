// Principals, host names, labels and label selectors.
#include <gtest/gtest.h>

#include "frontend/grammar/host.h"
#include "frontend/grammar/label.h"
#include "frontend/grammar/object_name.h"
#include "frontend/grammar/principal.h"
#include "tests/unit/frontend_grammar/check.h"

namespace s2a::names_test {

TEST(ObjectName, IsALabelOrLabelsWithDots) {
  expect_good(check_dns_label, {"a", "1", "a-1", "a--b", std::string(63, 'a')});
  expect_good(check_object_name, {"a", "a-1.b", std::string(253, 'a')});
  for (auto* check : {check_dns_label, check_object_name}) {
    for (const std::string& text : std::vector<std::string>{"", "-a", "a-", "A", "a_b", "a/b", "../a", ".a", "a.", "a..b", "a\n"}) EXPECT_FALSE(check(text)) << text;
  }
  EXPECT_FALSE(check_dns_label("a.b"));
  EXPECT_FALSE(check_dns_label(std::string(64, 'a')));
  EXPECT_FALSE(check_object_name(std::string(254, 'a')));
}

TEST(Principal, HasFivePartsOrOneStar) {
  const auto exact = parse_principal("cluster.local/ns/web/sa/frontend");
  ASSERT_TRUE(exact);
  EXPECT_EQ(exact->form, PrincipalForm::Exact);
  EXPECT_EQ(exact->trust_domain, "cluster.local");
  EXPECT_EQ(exact->ns, "web");
  EXPECT_EQ(exact->service_account, "frontend");
  const std::pair<std::string, PrincipalForm> cases[] = {
      {"*", PrincipalForm::Presence},
      {"*/sa/frontend", PrincipalForm::Suffix},
      {"*frontend", PrincipalForm::Suffix},
      {"*/ns/web/sa/frontend", PrincipalForm::Suffix},
      {"cluster.local/*", PrincipalForm::Prefix},
      {"cluster.local/ns/web/*", PrincipalForm::Prefix},
      {"c*", PrincipalForm::Prefix},
      {"td/ns/a/sa/b*", PrincipalForm::Prefix},
  };
  for (const auto& [text, form] : cases) EXPECT_EQ(parse_principal(text).value().form, form) << text;
}

TEST(Principal, ThatNobodyHasIsAnError) {
  expect_bad(parse_principal, {
                                  {"", 0, "expected an identity"},
                                  {"spiffe://cluster.local/ns/web/sa/frontend", 0, "spiffe://"},
                                  {"*spiffe://cluster.local", 1, "spiffe://"},
                                  {"cluster.local/ns/*/sa/frontend", 17, "no wildcard"},
                                  {"*front*", 6, "no wildcard"},
                                  {"**", 1, "no wildcard"},
                                  {"a**", 1, "no wildcard"},
                                  {"cluster.local", 13, "expected `/ns/`"},
                                  {"cluster.local/sa/x", 13, "expected `/ns/`"},
                                  {"cluster.local/ns/web", 20, "expected `/sa/`"},
                                  {"cluster.local/ns/web/frontend", 20, "expected `/sa/`"},
                                  {"cluster.local/ns//sa/x", 17, "expected a namespace"},
                                  {"cluster.local/ns/web/sa/", 24, "expected a service account"},
                                  {"cluster.local/ns/web/sa/x/y", 25, "does not belong to an identity"},
                                  {"cluster.local/web/*", 0, "no identity begins"},
                                  {"*/ns/web", 0, "no identity ends"},
                                  {"*/", 0, "no identity ends"},
                              });
}

TEST(Host, IsADnsName) {
  struct {
    std::string text;
    bool wildcard, qualified;
  } const good[] = {
      {"reviews", false, false},
      {"reviews.shop", false, true},
      {"reviews.shop.svc.cluster.local", false, true},
      {"*", true, true},
      {"*.example.com", true, true},
      {"*-a.example.com", true, true},
      {"*a.example.com", true, true},
      {"Example.COM.", false, true},
      {"a--b.c", false, true},
      {"1a.2b", false, true},
      {"10.0.0.1", false, true},
      {"::1", false, true},
      {std::string(63, 'a'), false, false},
  };
  for (const auto& [text, wildcard, qualified] : good) {
    const auto host = parse_host(text);
    ASSERT_TRUE(host) << text << ": " << host.error().message;
    EXPECT_EQ(host->wildcard, wildcard) << text;
    EXPECT_EQ(host->qualified, qualified) << text;
  }
  std::string long_name = "a";
  for (int i = 0; i < 5; ++i) long_name += "." + std::string(60, 'b');
  expect_bad(parse_host, {
                             {"", 0, "expected a host name"},
                             {".a", 0, "expected a host name"},
                             {"-a", 0, "expected a host name"},
                             {"a..b", 2, "expected a DNS label"},
                             {"a.*.b", 2, "expected a DNS label"},
                             {"a.b..", 4, "expected a DNS label"},
                             {"a_b", 1, "does not belong"},
                             {"a-", 1, "does not belong"},
                             {"a.b-.c", 3, "does not belong"},
                             {"**.a", 1, "does not belong"},
                             {"a.example:80", 9, "does not belong"},
                             {"http://a", 4, "does not belong"},
                             {"a.b.80", 4, "not a number"},
                             {"10.0.0.256", 7, "not a number"},
                             {"x." + std::string(64, 'a'), 2, "at most 63"},
                             {long_name, 255, "at most 255"},
                         });
}

TEST(Host, ShortNamesAreExpanded) {
  const std::pair<std::string, std::string> cases[] = {
      {"reviews", "reviews.shop.svc.cluster.local"},
      {"reviews.prod", "reviews.prod"},
      {"reviews.prod.svc", "reviews.prod.svc"},
      {"*", "*"},
      {"*.com", "*.com"},
      {"10.0.0.1", "10.0.0.1"},
      {"::1", "::1"},
      {"", ""},
  };
  for (const auto& [host, expanded] : cases) EXPECT_EQ(expand(host, "shop", "cluster.local"), expanded);
}

TEST(Label, KeysAndValues) {
  const std::string longest(63, 'a');
  expect_good(check_label_key, {"app", "app.kubernetes.io/name", "A_b-c.d", "x", longest, "a.b-c/" + longest});
  expect_good(check_label_value, {"", "v1", "A_b-c.d", "1", longest});
  expect_bad(check_label_key, {{"", 0, "label key"},
                               {"-a", 0, "label key"},
                               {"a-", 1, "does not belong"},
                               {"a b", 1, "does not belong"},
                               {"a/", 2, "expected a name"},
                               {"A/b", 1, "does not belong"},
                               {"/a", 0, "label key"},
                               {"a/b/c", 3, "does not belong"},
                               {"a/-", 2, "expected a name"},
                               {longest + "a", 0, "label key"},
                               {"x/" + longest + "a", 2, "expected a name"},
                               {"\xC3\xA9", 0, "label key"}});
  expect_bad(check_label_value,
             {{"-", 0, "does not belong"}, {"a*", 1, "does not belong"}, {"*", 0, "does not belong"}, {"a/b", 1, "does not belong"}, {longest + "a", 0, "label value"}});
}

TEST(LabelSelector, IsReadAsKubectlDoes) {
  using enum LabelOperator;
  using Requirements = std::vector<LabelRequirement>;
  const std::pair<std::string, Requirements> good[] = {
      {"", {}},
      {"  ", {}},
      {"a=b", {{"a", In, {"b"}}}},
      {"a==b", {{"a", In, {"b"}}}},
      {" a = b ", {{"a", In, {"b"}}}},
      {"a=", {{"a", In, {""}}}},
      {"a!=b", {{"a", NotIn, {"b"}}}},
      {"a in (b)", {{"a", In, {"b"}}}},
      {"a in (b, c ,d)", {{"a", In, {"b", "c", "d"}}}},
      {"a in(b)", {{"a", In, {"b"}}}},
      {"a notin (b,)", {{"a", NotIn, {"b", ""}}}},
      {"a", {{"a", Exists, {}}}},
      {"!a", {{"a", DoesNotExist, {}}}},
      {"in", {{"in", Exists, {}}}},
      {"a=b,c!=d, e in (f,g),!h,x.y/z", {{"a", In, {"b"}}, {"c", NotIn, {"d"}}, {"e", In, {"f", "g"}}, {"h", DoesNotExist, {}}, {"x.y/z", Exists, {}}}},
  };
  for (const auto& [text, requirements] : good) {
    const auto parsed = parse_label_selector(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error().message << " at " << parsed.error().offset;
    EXPECT_EQ(*parsed, requirements) << text;
  }
  expect_bad(parse_label_selector, {
                                       {"=b", 0, "does not belong"},
                                       {"a=b,", 4, "expected a requirement"},
                                       {"a,,b", 2, "expected a requirement"},
                                       {"a in b", 5, "expected values in parentheses"},
                                       {"a in (b", 7, "expected `)`"},
                                       {"a in (b c)", 8, "expected `)`"},
                                       {"a=b c", 4, "does not belong"},
                                       {"a=-", 2, "does not belong"},
                                       {"!", 1, "expected a label key"},
                                       {"a/=b", 2, "expected a name"},
                                       {"a=" + std::string(64, 'x'), 2, "does not belong"},
                                       {"a > 1", 2, "does not belong"},
                                   });
}

}  // namespace s2a::names_test
