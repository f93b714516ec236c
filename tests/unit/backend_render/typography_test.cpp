// Columns, line breaks and what never reaches a terminal.
#include "backend/render/typography.h"

#include <gtest/gtest.h>

namespace s2a::test::typography_test {

TEST(Columns, CountWhatATerminalShows) {
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("é"), 1U);
  EXPECT_EQ(columns("名前"), 4U);
  EXPECT_EQ(columns("🚀"), 2U);
  EXPECT_EQ(columns("e\xCC\x81"), 1U);
  EXPECT_EQ(columns("\xFF\xC3"), 1U) << "bytes that are no UTF-8 do not break it";
}

TEST(Tame, LetsNothingThroughThatSteersATerminal) {
  EXPECT_EQ(tame("a\tb"), "a    b");
  EXPECT_EQ(tame("\x1B[2Ja\r\n"), "?[2Ja??");
  EXPECT_EQ(tame("\xE2\x80\xAE"
                 "abc"),
            "?abc");
  EXPECT_EQ(tame("\xC2\x9B"
                 "31m"),
            "?31m");
  EXPECT_EQ(tame("名 é"), "名 é");
}

TEST(Wrapped, BreaksAtBlanksOnly) {
  EXPECT_EQ(wrapped("aa bb cc", 5), (std::vector<std::string>{"aa bb", "cc"}));
  EXPECT_EQ(wrapped("a-very-long-word b", 5), (std::vector<std::string>{"a-very-long-word", "b"}));
  EXPECT_EQ(wrapped("", 5), std::vector<std::string>{""});
}

TEST(Paint, AddsNothingWithoutColour) {
  EXPECT_EQ(paint("a", Ink::Red, false), "a");
  EXPECT_EQ(paint("a", Ink::Red, true), "\033[1;31ma\033[0m");
  EXPECT_EQ(paint("", Ink::Red, true), "");
}

}  // namespace s2a::test::typography_test
