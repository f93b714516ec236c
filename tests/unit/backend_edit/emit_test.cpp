// New documents: what a Value looks like as text.
#include "backend/edit/emit.h"

#include <gtest/gtest.h>

namespace s2a::emit_test {

using Map = Value::Map;
using Sequence = Value::Sequence;

const Value kGateway = Map{{"apiVersion", "gateway.networking.k8s.io/v1"},
                           {"kind", "Gateway"},
                           {"metadata", Map{{"name", "waypoint"}, {"labels", Map{{"istio.io/waypoint-for", "service"}, {"enabled", "true"}}}}},
                           {"spec", Map{{"listeners", Sequence{Map{{"name", "mesh"}, {"port", 15008}}, Sequence{"a", "b"}, Map{}, "x y"}}, {"none", Sequence{}}}}};

TEST(Emit, LooksLikeKubectl) {
  EXPECT_EQ(to_yaml(kGateway), R"(apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: waypoint
  labels:
    istio.io/waypoint-for: service
    enabled: "true"
spec:
  listeners:
  - name: mesh
    port: 15008
  - - a
    - b
  - {}
  - "x y"
  none: []
)");
}

TEST(Emit, FollowsAStyle) {
  EXPECT_EQ(to_yaml(Map{{"a", Map{{"b", Sequence{"c"}}}}}, {.eol = "\r\n", .step = 4, .sequence_offset = 2}), "a:\r\n    b:\r\n      - c\r\n");
  EXPECT_EQ(to_yaml("x"), "x\n");
  EXPECT_EQ(to_yaml(Map{}), "{}\n");
}

TEST(Emit, WhatWasReadWithoutQuotesStaysWhatItIs) {
  const auto plain = [](const char* text) {
    Value out(text);
    out.plain = true;
    return out;
  };
  const Value value = Map{{"text", plain("abc")}, {"flag", plain("true")}, {"number", plain("1.50")}, {"nothing", plain("")}, {"lines", plain("a\nb")}, {"quoted", "true"}};
  EXPECT_EQ(to_yaml(value), "text: abc\nflag: true\nnumber: 1.50\nnothing: null\nlines: \"a\\nb\"\nquoted: \"true\"\n");
  EXPECT_EQ(flow_text(value, {.keys = NodeStyle::DoubleQuoted, .strings = NodeStyle::DoubleQuoted}),
            R"({"text": "abc", "flag": true, "number": 1.50, "nothing": null, "lines": "a\nb", "quoted": "true"})");
}

TEST(Emit, Flow) {
  const Value value = Map{{"a", Sequence{"b", 1}}, {"c d", Map{}}};
  EXPECT_EQ(flow_text(value, {}), R"({a: [b, 1], "c d": {}})");
  FlowStyle json{.keys = NodeStyle::DoubleQuoted, .strings = NodeStyle::DoubleQuoted, .compact = true};
  EXPECT_EQ(flow_text(value, json), R"({"a":["b",1],"c d":{}})");
  json.own_lines = true;
  json.compact = false;
  json.indent = " ";
  EXPECT_EQ(flow_text(value, json), "{\n   \"a\": [\n     \"b\",\n     1\n   ],\n   \"c d\": {}\n }");
}

}  // namespace s2a::emit_test
