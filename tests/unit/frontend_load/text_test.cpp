// What counts as text, and where the first byte that is none stands.
#include "frontend/load/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace s2a::text_test {

using namespace std::literals;
using testing::HasSubstr;

std::optional<Diagnostic> check(std::string_view text) { return not_text({.path = "a.yaml", .text = std::string(text), .mesh_root = "."}); }

TEST(Text, Accepted) {
  for (const auto text : {""sv, "a: 1\n"sv, "a: 1\r\n\tb"sv, "\xEF\xBB\xBF# a"sv, "name: caf\xC3\xA9"sv, "\xE2\x82\xAC"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv,
                          "\xF0\x9F\x98\x80 and 12345678"sv, "\xF4\x8F\xBF\xBF"sv, "12345678\x7F"sv, "abc\0"sv}) {
    EXPECT_FALSE(check(text).has_value()) << testing::PrintToString(text);
  }
}

struct Row {
  std::string_view text;
  std::uint32_t offset;
  std::string_view message;
};

class NotTextTest : public testing::TestWithParam<Row> {};

TEST_P(NotTextTest, PointsAtTheFirstBadByte) {
  const auto diagnostic = check(GetParam().text);
  ASSERT_TRUE(diagnostic.has_value());
  EXPECT_EQ(diagnostic->code, Code::NotUtf8);
  EXPECT_EQ(diagnostic->labels.at(0).span, (Span{GetParam().offset, GetParam().offset + 1}));
  EXPECT_THAT(diagnostic->message, HasSubstr(GetParam().message));
  EXPECT_FALSE(diagnostic->help.empty());
}

INSTANTIATE_TEST_SUITE_P(Bytes, NotTextTest,
                         testing::Values(Row{"name: caf\xE9\n", 9, "byte 9 (0xe9) is not UTF-8"}, Row{"12345678\xFF", 8, "byte 8"}, Row{"\xC0\xAF", 0, "not UTF-8"},
                                         Row{"\xE0\x80\xAF", 0, "not UTF-8"}, Row{"a\xED\xA0\x80", 1, "not UTF-8"}, Row{"\xF4\x90\x80\x80", 0, "not UTF-8"},
                                         Row{"\xF5\x80\x80\x80", 0, "not UTF-8"}, Row{"a\x80", 1, "not UTF-8"}, Row{"a: \xE2\x82", 3, "not UTF-8"},
                                         Row{"\xF0\x9F\x98", 0, "not UTF-8"}, Row{"\xC3", 0, "not UTF-8"}, Row{"\xE2\x82(", 0, "not UTF-8"},
                                         Row{"\xFF\xFE"
                                             "a\0:\0"sv,
                                             0, "UTF-16"},
                                         Row{"\xFE\xFF\0a\0:"sv, 0, "UTF-16"}, Row{"\xFF\xFE\0\0a\0\0\0"sv, 0, "UTF-32"}, Row{"\0\0\xFE\xFF\0\0\0a"sv, 0, "UTF-32"},
                                         Row{"a\0:\0"sv, 0, "UTF-16"}, Row{"\0a\0:"sv, 0, "UTF-16"}, Row{"a\0\0\0"sv, 0, "UTF-32"}, Row{"\0\0\0a"sv, 0, "UTF-32"}));

TEST(Text, EverySplitOfEveryWord) {
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'x');
    text[at] = '\xFF';
    EXPECT_EQ(check(text)->labels.at(0).span.begin, at);
  }
}

}  // namespace s2a::text_test
