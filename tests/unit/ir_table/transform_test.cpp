// What routes make of requests, and how the hop behind sees it.
#include "ir/table/transform.h"

#include <gtest/gtest.h>

#include "ir/pattern/istio_values.h"
#include "ir/table/path.h"
#include "ir/table/view.h"

namespace s2a::transform_test {

using Kind = PathRewrite::Kind;

const Request kRequest{{Attribute::Method, {"GET"}},     {Attribute::Host, {"reviews.shop"}},   {Attribute::Path, {"/foo/x"}}, {Attribute::Target, {"/foo/x?a=1&a=2"}},
                       {{Attribute::Query, "a"}, {"1"}}, {{Attribute::Header, "a"}, {"1", "2"}}};

HeaderOperations operations(std::vector<std::pair<std::string, std::string>> set, std::vector<std::pair<std::string, std::string>> add = {}, std::vector<std::string> remove = {}) {
  return {.set = std::move(set), .add = std::move(add), .remove = std::move(remove)};
}

TEST(PathRewrite, EqualFunctionsHaveEqualText) {
  EXPECT_EQ(prefix_rewrite("/foo/", "/bar/"), prefix_rewrite("/foo", "/bar"));
  EXPECT_EQ(prefix_rewrite("/", "/"), PathRewrite{});
  EXPECT_EQ(prefix_rewrite("/foo/", "/").value, "") << "the prefix is taken off";
  EXPECT_EQ(regex_rewrite("/.*", "/bar\\0"), prefix_rewrite("/", "/bar/")) << "both put /bar before the path";
  EXPECT_EQ(regex_rewrite("/.*", "/a\\\\b"), (PathRewrite{.kind = Kind::Full, .matched = {}, .value = "/a\\b"}));
  EXPECT_EQ(regex_rewrite("/.*", "/\\1").kind, Kind::Regex);
  EXPECT_EQ(prefix_rewrite("/Fooab", "/xab", true).matched, "/Fooab") << "letters whose case may differ stay";
}

TEST(PathRewrite, TakesWhatWasMatched) {
  EXPECT_EQ(applied(prefix_rewrite("/foo", "/bar"), "/foobar"), "/barbar");
  EXPECT_EQ(applied(prefix_rewrite("/foo", ""), "/foo"), "/") << "never nothing";
  EXPECT_EQ(applied(regex_rewrite("o+", "0"), "/foo/oo"), "/f0/0");
}

TEST(HeaderOperations, WithFixedValuesAreOneLevelInOrderOfName) {
  const auto set_then_set = in_order({operations({{"X-L", "dest"}}, {{"x-m", "dest"}}), operations({{"x-l", "route"}}, {{"x-m", "route"}})});
  EXPECT_EQ(set_then_set, (std::vector{operations({{"x-l", "route"}}, {{"x-m", "dest"}, {"x-m", "route"}})}));
  EXPECT_EQ(in_order({operations({{"a", "1"}}), operations({}, {}, {"a"})}), (std::vector{operations({}, {}, {"a"})}));
  EXPECT_EQ(in_order({operations({{"a", ""}})}), std::vector<HeaderOperations>()) << "an empty value does nothing";
  EXPECT_EQ(in_order({operations({{"b", "%REQ(a)%"}}), operations({}, {}, {"a"})}).size(), 2u) << "what is read from the request keeps its place";
}

TEST(Transform, IsAppliedAsEnvoyDoesIt) {
  const Transform transform{.path = prefix_rewrite("/foo/", "/"),
                            .host = "h.example",
                            .request = in_order({operations({{"b", "%REQ(a)%,%%,%REQ(:path)%"}}, {{"a", "3"}}, {"c"})}),
                            .response = in_order({operations({{"x-r", "%REQ(b)%"}})})};
  const auto after = applied(transform, kRequest);
  EXPECT_EQ(after.at(Attribute::Path), AttributeValues{"/x"});
  EXPECT_EQ(after.at(Attribute::Target), AttributeValues{"/x?a=1&a=2"});
  EXPECT_EQ(after.at(Attribute::Host), AttributeValues{"h.example"});
  EXPECT_EQ(after.at({Attribute::Header, "a"}), (AttributeValues{"1", "2", "3"}));
  EXPECT_EQ(after.at({Attribute::Header, "b"}), AttributeValues{"1,2,%,/foo/x?a=1&a=2"});
  EXPECT_EQ(response_headers(transform.response, after).at({Attribute::Header, "x-r"}), AttributeValues{"1,2,%,/foo/x?a=1&a=2"});
}

TEST(Transform, WritesANewQueryWhereThePathBringsOne) {
  const Transform transform{.path = {.kind = Kind::Full, .matched = {}, .value = "/new?a=0&z=9"}, .host = {}, .request = {}, .response = {}};
  const auto after = applied(transform, kRequest);
  EXPECT_EQ(after.at(Attribute::Path), AttributeValues{"/new"});
  EXPECT_EQ(after.at(Attribute::Target), AttributeValues{"/new?a=0&z=9?a=1&a=2"}) << "put together as text";
  EXPECT_EQ(after.at({Attribute::Query, "a"}), AttributeValues{"0"}) << "the first value counts";
}

/// A literal over what the hop behind the route sees decides as its preimage does over what was sent.
void expect_the_same_behind(const PathRewrite& path) {
  const Transform transform{.path = path, .host = "h.example", .request = in_order({operations({{"set", "v"}}, {{"a", "3"}}, {"gone"})}), .response = {}};
  const auto view = behind(transform);
  auto sent = kRequest;
  sent[{Attribute::Header, "gone"}] = {"1"};
  const auto after = applied(transform, sent);
  const std::vector<Attribute> attributes{Attribute::Path, Attribute::Host, Attribute::Method, {Attribute::Header, "a"}, {Attribute::Header, "set"}, {Attribute::Header, "gone"}};
  for (const auto& attribute : attributes) {
    for (const std::string value : {"/new", "/new/x", "/x", "/n*", "/foo/x", "h.example", "reviews.shop", "GET", "1", "3", "v", "*"}) {
      for (const bool negated : {false, true}) {
        const Literal literal{.attribute = attribute, .set = {.any_of = {istio_string(value)}}, .negated = negated};
        const Table table{.rows = {{.guard = {.all_of = {{.any_of = {{literal}}}}}, .outcome = Outcome::Forbidden, .origin = {}, .action = {}}}, .otherwise = Outcome::Allow};
        EXPECT_EQ(evaluate(Engine::Sidecar, view.preimage(table), sent).outcome, evaluate(Engine::Sidecar, table, after).outcome)
            << to_string(attribute) << (negated ? " is not " : " is ") << value;
      }
    }
  }
}

TEST(Behind, DecidesAsTheRequestThatTheRouteMakes) {
  const PathRewrite full{.kind = Kind::Full, .matched = {}, .value = "/new"};
  for (const auto& path : {PathRewrite{}, full, prefix_rewrite("/foo", "/new"), prefix_rewrite("/foo/", "/"), prefix_rewrite("/", "/new/")}) expect_the_same_behind(path);
}

TEST(Behind, WhatNoLiteralCanSayIsAnAttributeOfItsOwn) {
  const Transform transform{.path = regex_rewrite("o+", "0"), .host = {}, .request = {operations({{"b", "%REQ(a)%"}})}, .response = {}};
  const auto view = behind(transform);
  EXPECT_TRUE(behind({.path = prefix_rewrite("/foo", "/new", true), .host = {}, .request = {}, .response = {}}).stands_for.contains(Attribute::Path)) << "in any case";
  EXPECT_NE(view.stands_for.at(Attribute::Path), Attribute(Attribute::Path));
  EXPECT_NE(view.stands_for.at({Attribute::Header, "b"}), (Attribute{Attribute::Header, "b"}));
  EXPECT_EQ(view.stands_for, behind(transform).stands_for);
}

}  // namespace s2a::transform_test
