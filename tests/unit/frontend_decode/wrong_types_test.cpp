// Generated from the field lists: at every field of every listed kind, every kind of value that does not belong there is a diagnostic at its own bytes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "frontend/decode/kinds.h"
#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::wrong_types_test {

/// A way from an object to one of its values, written in flow style around that value.
struct Place {
  std::string before, after;
  const FieldType* type = nullptr;
  bool item = false;  ///< of a list: null counts as a value there
};

void collect(const Place& here, std::vector<Place>& out) {
  out.push_back(here);
  const auto& type = *here.type;
  if (type.shape == Shape::List) collect({here.before + "[", "]" + here.after, type.element, true}, out);
  if (type.shape == Shape::Map) collect({here.before + "{\"7\": ", "}" + here.after, type.element}, out);
  for (const auto& field : type.fields) collect({fmt::format("{}{{{}: ", here.before, field.name), "}" + here.after, field.type}, out);
}

bool takes(const FieldType& type, std::string_view value) {
  const bool text = value == "\"x\"";
  const bool integer = value == "7777";
  switch (type.shape) {
    case Shape::Any: return true;
    case Shape::String: return text;
    case Shape::Bool: return value == "yes";
    case Shape::Int: return integer;
    case Shape::Number: return integer || value == "1.5";
    case Shape::IntOrString: return integer || text;
    case Shape::Enum: return false;
    case Shape::List: return value == "[[]]";
    case Shape::Map:
    case Shape::Object: return value == "{}";
  }
  return false;
}

class WrongTypes : public testing::TestWithParam<std::string_view> {};

TEST_P(WrongTypes, AreReportedAtTheirBytes) {
  const auto* row = find_kind(GetParam());
  ASSERT_NE(row, nullptr);
  std::vector<Place> places;
  for (const auto& field : object_type(row->fields)->fields) {
    if (field.name == "spec") collect({"", "", field.type}, places);
  }
  ASSERT_FALSE(places.empty());
  int tried = 0;
  for (const auto& place : places) {
    for (const std::string_view value : {"7777", "1.5", "yes", "\"x\"", "{}", "[[]]", "null"}) {
      const auto head = fmt::format("apiVersion: {}/v1\nkind: {}\nmetadata: {{name: x}}\nspec: ", row->group, row->name);
      const auto text = head + place.before + std::string(value) + place.after + "\n";
      const auto read = read_text(text);
      const Span span{static_cast<std::uint32_t>(head.size() + place.before.size()), static_cast<std::uint32_t>(head.size() + place.before.size() + value.size())};
      const auto all = read.diagnostics.all();
      const auto here = [&](const Diagnostic& d) {
        return d.labels.front().span == span && (d.code == Code::WrongType || (place.type->shape == Shape::Enum && d.code == Code::InvalidValue));
      };
      const bool wanted = value == "null" ? place.item : !takes(*place.type, value);
      ++tried;
      EXPECT_EQ(std::ranges::count_if(all, here), place.type->shape == Shape::Any ? 0 : wanted ? 1 : 0) << text << testing::PrintToString(read.said());
      EXPECT_FALSE(wanted && place.type->shape != Shape::Any && read.resources.at(0).translatable) << text;
    }
  }
  RecordProperty("tried", tried);
}

INSTANTIATE_TEST_SUITE_P(Kinds, WrongTypes,
                         testing::Values("AuthorizationPolicy", "RequestAuthentication", "PeerAuthentication", "VirtualService", "DestinationRule", "ServiceEntry", "WorkloadEntry",
                                         "WorkloadGroup", "Sidecar", "EnvoyFilter", "Telemetry", "WasmPlugin", "TrafficExtension", "HTTPRoute", "TCPRoute", "TLSRoute", "GRPCRoute",
                                         "GatewayClass", "ReferenceGrant"),
                         [](const auto& instance) { return std::string(instance.param); });

TEST(UnknownFields, AreReportedAtEveryDepth) {
  std::vector<Place> places;
  collect({"", "", object_type("AuthorizationPolicySpec")}, places);
  for (const auto& place : places) {
    if (place.type->shape != Shape::Object) continue;
    const auto read =
        read_text(fmt::format("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: x}}\nspec: {}{{zzz: 1}}{}\n", place.before, place.after));
    const auto all = read.diagnostics.all();
    const auto zzz = [&](const Diagnostic& d) { return d.code == Code::UnknownField && read.file->at(d.labels.front().span) == "zzz"; };
    EXPECT_EQ(std::ranges::count_if(all, zzz), 1) << place.before;
  }
}

TEST(UnknownFields, OfKubernetesObjectsAreTheirOwnMatter) {
  const auto read = read_text("apiVersion: v1\nkind: Service\nmetadata: {name: x, new: 1}\nnew: 1\nspec: {new: 1, ports: [{port: 80, new: 1}]}\n");
  EXPECT_THAT(read.said(), testing::IsEmpty());
}

}  // namespace s2a::test::wrong_types_test
