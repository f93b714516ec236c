// What Kubernetes' reader takes a scalar for.
#include "frontend/decode/scalar.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "frontend/yaml/parse.h"

namespace s2a::test {
namespace {

struct Case {
  std::string_view text;
  ScalarType type;
};

constexpr auto kNull = ScalarType::Null;
constexpr auto kBool = ScalarType::Bool;
constexpr auto kInt = ScalarType::Int;
constexpr auto kFloat = ScalarType::Float;
constexpr auto kString = ScalarType::String;

TEST(Scalar, TypeIsThatOfGoYaml) {
  constexpr Case kCases[] = {{"8080", kInt},
                             {"-1", kInt},
                             {"+1", kInt},
                             {"0", kInt},
                             {"0x1F", kInt},
                             {"0o17", kInt},
                             {"017", kInt},
                             {"0b11", kInt},
                             {"1_000", kInt},
                             {"1e3", kFloat},
                             {"1.5", kFloat},
                             {"-.5", kFloat},
                             {"1.", kFloat},
                             {"08", kFloat},
                             {".inf", kFloat},
                             {"-.INF", kFloat},
                             {".nan", kFloat},
                             {"yes", kBool},
                             {"No", kBool},
                             {"on", kBool},
                             {"OFF", kBool},
                             {"true", kBool},
                             {"False", kBool},
                             {"y", kBool},
                             {"N", kBool},
                             {"null", kNull},
                             {"~", kNull},
                             {"Null", kNull},
                             {"", kNull},
                             {"'8080'", kString},
                             {"\"yes\"", kString},
                             {"!!str 8080", kString},
                             {"!!str null", kString},
                             {"\"\"", kString},
                             {"|\n  8080", kString},
                             {">-\n  yes", kString},
                             {"80-90", kString},
                             {"1.2.3.4", kString},
                             {"10.0.0.0/8", kString},
                             {"12:30", kString},
                             {"2001-01-01", kString},
                             {"0x", kString},
                             {"1e", kString},
                             {"+", kString},
                             {"tRUE", kString},
                             {"yES", kString},
                             {"nULL", kString},
                             {"*.example.com", kString},
                             {"v1", kString},
                             {"..5", kString},
                             {"0xZ", kString},
                             {"-inf", kString}};
  for (const auto& [text, type] : kCases) {
    const bool alias_like = text.starts_with('*');
    const SourceFile file{.text = fmt::format("a: {}{}{}\n", alias_like ? "'" : "", text, alias_like ? "'" : "")};
    const auto parsed = parse(file);
    ASSERT_EQ(parsed.documents.size(), 1U) << text;
    const auto& document = parsed.documents.front();
    ASSERT_NE(document.root, kNoNode) << text;
    EXPECT_EQ(scalar_type(document[document.find(document.root, "a")->value], file), type) << text;
  }
}

TEST(Scalar, IntegersHaveTheirGoValue) {
  const std::pair<std::string, std::optional<std::int64_t>> cases[] = {{"8080", 8080},
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
                                                                       {"99999999999999999999999", std::nullopt}};
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

}  // namespace
}  // namespace s2a::test
