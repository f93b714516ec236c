// Runs an X3 parser over a whole text; only for the .cpp files of this folder.
#pragma once

#include <fmt/format.h>

#include <boost/spirit/home/x3.hpp>
#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

namespace x3 = boost::spirit::x3;

/// The parser's attribute. Where a rule behind `>` fails, the error names it and stands there; where the parser fails otherwise, the text is not `what` from its start on.
template <class Attribute, class Parser>
Parsed<Attribute> parse_whole(std::string_view text, const Parser& parser, std::string_view what, std::string_view hint = {}) {
  Attribute out{};
  auto at = text.begin();
  try {
    if (x3::parse(at, text.end(), parser > x3::eoi, out)) return out;
  } catch (const x3::expectation_failure<std::string_view::iterator>& failure) {
    const auto offset = static_cast<std::size_t>(failure.where() - text.begin());
    return grammar_error(offset, failure.which() == "eoi" ? fmt::format("this does not belong to {}", what) : fmt::format("expected {} here", failure.which()), std::string(hint));
  }
  return grammar_error(0, fmt::format("expected {}", what), std::string(hint));
}

/// The same where only the verdict counts.
template <class Parser>
Parsed<void> check_whole(std::string_view text, const Parser& parser, std::string_view what, std::string_view hint = {}) {
  return parse_whole<x3::unused_type>(text, parser, what, hint).map([](x3::unused_type) {});
}

/// An action that refuses what is longer.
template <std::size_t Longest>
constexpr auto at_most  // NOLINT(readability-identifier-naming): reads as the parsers of X3 do
    = [](auto& context) { x3::_pass(context) = static_cast<std::size_t>(x3::_attr(context).size()) <= Longest; };

/// A text that the grammar asks for, under the name that an error gives it.
inline auto expected(const char* text, const char* name) { return x3::rule<class Expected>{name} = x3::lit(text); }

}  // namespace s2a
