// The quoting rule: what is written plain, what in quotes, and that it reads back.
#include "backend/edit/quote.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "frontend/yaml/parse.h"
#include "tests/unit/backend_edit/edit_case.h"

namespace s2a::quote_test {

constexpr const char* kPlain[] = {"GET", "cart", "istio-waypoint", "cluster.local/ns/shop/sa/cart", "istio.io/dataplane-mode", "/api/v1", "_x", ".x", "v1", "e1", "x-1", "nope",
                                  "y2",  "ok"};

constexpr const char* kQuoted[] = {"",     "y",   "Y",    "n",    "yes",   "No",     "ON",         "off",  "true", "False", "null", "NULL", "~",   "0",   "1",    "-1",
                                   "0o7",  "017", "0x1F", "1e3",  "1_000", "12:30",  ".inf",       ".NaN", ".5",   "_1",    ".",    "..",   "...", "---", "-",    "- x",
                                   "a: b", "a:",  "#x",   "a #b", " a",    "a ",     "2001-01-01", "*",    "&a",   "!t",    "%a",   "@a",   "`a`", "{a}", "[a]",  "a,b",
                                   "|",    ">",   "'",    "\"",   "a\nb",  "a\r\nb", "\t",         "\x01", "\x7F", "é",     "🙂", "<<",   "=",   "?",   "a\\b", "10.0.0.0/8"};

TEST(Quote, PlainWhereThatIsSafe) {
  for (const auto* text : kPlain) EXPECT_EQ(scalar_text(text, NodeStyle::Plain), text);
}

TEST(Quote, DoubleQuotesWhereAnyReaderCouldSeeSomethingElse) {
  for (const auto* text : kQuoted) EXPECT_EQ(scalar_text(text, NodeStyle::Plain).front(), '"') << text;
}

TEST(Quote, TakesTheQuotesOfThePlaceWhereTheyCanHoldTheText) {
  EXPECT_EQ(scalar_text("GET", NodeStyle::DoubleQuoted), "\"GET\"");
  EXPECT_EQ(scalar_text("GET", NodeStyle::SingleQuoted), "'GET'");
  EXPECT_EQ(scalar_text("it's", NodeStyle::SingleQuoted), "'it''s'");
  EXPECT_EQ(scalar_text("a\nb", NodeStyle::SingleQuoted), "\"a\\nb\"");
  EXPECT_EQ(scalar_text("GET", NodeStyle::Literal), "GET");
}

TEST(Quote, WritesEscapesThatJsonHasToo) {
  EXPECT_EQ(double_quoted("\"\\\n\r\t\b\x7F\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF"), R"("\"\\\n\r\t\u0008\u007F\u0085\u2028\uFEFF")");
  EXPECT_EQ(double_quoted("é🙂/"), "\"é🙂/\"");
}

/// Every text, in every quoting, as value, key and item of every collection style, reads back.
TEST(Quote, ReadsBack) {
  std::vector<std::string> texts(std::begin(kPlain), std::end(kPlain));
  texts.insert(texts.end(), std::begin(kQuoted), std::end(kQuoted));
  for (const auto& text : texts) {
    for (const auto style : {NodeStyle::Plain, NodeStyle::SingleQuoted, NodeStyle::DoubleQuoted}) {
      const auto written = scalar_text(text, style);
      for (const auto& [before, behind] : {std::pair{"", ": 1\n"}, {"k: ", "\n"}, {"- ", " # c\n"}, {"{k: ", "}"}, {"[", ", a]"}, {"{", ": 1}"}}) {
        const auto file = test::file_of("a.yaml", before + written + behind);
        const auto parsed = parse(file);
        ASSERT_EQ(parsed.documents.size(), 1U) << file.text;
        const auto& nodes = parsed.documents.front().nodes;
        EXPECT_TRUE(std::ranges::any_of(nodes, [&](const Node& node) { return node.kind == NodeKind::Scalar && node.value == text; })) << file.text;
      }
    }
  }
}

}  // namespace s2a::quote_test
