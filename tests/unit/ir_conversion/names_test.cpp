// Names of rules in routes. routing.md 1.3, 1.6
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::names_test {

/// The names of the rules of the first route, `-` for none.
std::string names_of_rules(const std::string& http) {
  const auto converted = http_routes_of(http, newest());
  if (converted.routes.empty()) return "no route";
  std::string out;
  const auto value_of = [](const Value& map, std::string_view key) -> const Value* {
    const auto& entries = std::get<Value::Map>(map.content);
    const auto found = std::ranges::find(entries, key, &Value::Map::value_type::first);
    return found == entries.end() ? nullptr : &found->second;
  };
  for (const auto& rule : std::get<Value::Sequence>(value_of(*value_of(converted.routes.front().value, "spec"), "rules")->content)) {
    const auto* name = value_of(rule, "name");
    out += (out.empty() ? "" : " ") + (name == nullptr ? "-" : std::get<std::string>(name->content));
  }
  return out;
}

std::string rule(const std::string& name, const std::string& prefix, const std::string& subset) {
  return "{" + (name.empty() ? "" : "name: \"" + name + "\", ") + "match: [{uri: {prefix: " + prefix + "}}], " + to(subset) + "}";
}

TEST(RuleNames, AreThoseOfTheVirtualService) {
  EXPECT_EQ(names_of_rules("[" + rule("api.v1", "/a/b/", "v1") + ", " + rule("", "/", "v2") + "]"), "- api.v1 -") << "the first rule is for the path without its slash";
  EXPECT_EQ(names_of_rules("[" + rule("the API", "/", "v1") + "]"), "-") << "the CRD does not take it";
  EXPECT_EQ(names_of_rules("[" + rule("-a", "/", "v1") + "]"), "-");
}

TEST(RuleNames, StandOnce) {
  EXPECT_EQ(names_of_rules("[{name: a, match: [{uri: {exact: /x}}], " + to("v1") + "}, {name: a, match: [{uri: {exact: /y}}], " + to("v2") + "}]"), "a -");
  EXPECT_EQ(names_of_rules("[{name: a, match: [{uri: {exact: /x}}], " + to("v1") + "}, {name: b, match: [{uri: {exact: /y}}], " + to("v1") + "}]"), "-")
      << "two that do the same are one rule";
}

TEST(RuleNames, NeedACrdThatHasThem) {
  const std::string named = "{name: a, " + to("v1") + "}";
  EXPECT_EQ(field_of_rule(named, "name", {.istio = {}, .gateway_api = {.minor = 4}}), "a");
  EXPECT_EQ(field_of_rule(named, "name", {.istio = {}, .gateway_api = {.minor = 3}}), "");
}

}  // namespace s2a::test::names_test
