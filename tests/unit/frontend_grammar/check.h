// Tables of texts that a grammar takes, and of texts that it refuses, with the place and the words.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

struct Bad {
  std::string text;
  std::size_t offset;
  std::string message;  ///< a part of it
};

template <class Grammar>
void expect_good(Grammar grammar, const std::vector<std::string>& texts) {
  for (const auto& text : texts) {
    const auto parsed = grammar(text);
    EXPECT_TRUE(parsed.has_value()) << "`" << text << "`: " << (parsed ? "" : parsed.error().message);
  }
}

template <class Grammar>
void expect_bad(Grammar grammar, const std::vector<Bad>& cases) {
  for (const auto& [text, offset, message] : cases) {
    const auto parsed = grammar(text);
    ASSERT_FALSE(parsed.has_value()) << "`" << text << "` is taken";
    EXPECT_EQ(parsed.error().offset, offset) << "`" << text << "`: " << parsed.error().message;
    EXPECT_NE(parsed.error().message.find(message), std::string::npos) << "`" << text << "`: " << parsed.error().message;
  }
}

}  // namespace s2a
