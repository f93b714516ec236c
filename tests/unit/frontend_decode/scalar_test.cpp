// What Kubernetes' reader takes a scalar for.
#include "frontend/decode/scalar.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

#include "frontend/yaml/parse.h"

namespace s2a::test::scalar_test {

TEST(Scalar, TypeIsThatOfGoYaml) {
  const std::pair<ScalarType, std::vector<std::string_view>> cases[] = {
      {ScalarType::Int, {"8080", "-1", "+1", "0", "0x1F", "0o17", "017", "0b11", "1_000"}},
      {ScalarType::Float, {"1e3", "1.5", "-.5", "1.", "08", ".inf", "-.INF", ".nan"}},
      {ScalarType::Bool, {"yes", "No", "on", "OFF", "true", "False", "y", "N"}},
      {ScalarType::Null, {"null", "~", "Null", ""}},
      {ScalarType::String, {"'8080'",     "\"yes\"", "!!str 8080", "!!str null", "\"\"", "|\n  8080", ">-\n  yes", "80-90", "1.2.3.4", "10.0.0.0/8", "12:30",
                            "2001-01-01", "0x",      "1e",         "+",          "tRUE", "yES",       "nULL",      "v1",    "..5",     "0xZ",        "-inf"}},
  };
  for (const auto& [type, texts] : cases) {
    for (const auto text : texts) {
      const SourceFile file{.text = fmt::format("a: {}\n", text)};
      const auto parsed = parse(file);
      ASSERT_EQ(parsed.documents.size(), 1U) << text;
      const auto& document = parsed.documents.front();
      ASSERT_NE(document.root, kNoNode) << text;
      EXPECT_EQ(scalar_type(document[document.find(document.root, "a")->value], file), type) << text;
    }
  }
}

TEST(Scalar, IntegersHaveTheirGoValue) {
  const std::pair<std::string, std::optional<std::int64_t>> cases[] = {
      {"8080", 8080},
      {"0x50", 80},
      {"0o120", 80},
      {"0120", 80},
      {"0b101", 5},
      {"1_000", 1000},
      {"-7", -7},
      {"1e3", 1000},
      {"08", 8},
      {"1.5", std::nullopt},
      {"http", std::nullopt},
      {"", std::nullopt},
      {"99999999999999999999999", std::nullopt},
  };
  for (const auto& [text, value] : cases) {
    Node node;
    node.value = text;
    EXPECT_EQ(integer_of(node), value) << text;
  }
}

TEST(Scalar, Truth) {
  for (const std::string text : {"true", "yes", "On", "Y"}) {
    Node node;
    node.value = text;
    EXPECT_TRUE(truth_of(node)) << text;
  }
  for (const std::string text : {"false", "no", "Off", "1", "tRUE"}) {
    Node node;
    node.value = text;
    EXPECT_FALSE(truth_of(node)) << text;
  }
}

}  // namespace s2a::test::scalar_test
