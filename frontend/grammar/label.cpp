// Qualified names, and the small language of selectors.
#include "frontend/grammar/label.h"

#include <boost/fusion/include/std_pair.hpp>
#include <utility>

#include "frontend/grammar/dns.h"

namespace s2a {
namespace {

using enum LabelOperator;

constexpr const char* kNameHint = "at most 63 letters, digits, `-`, `_` and `.`, with a letter or a digit at both ends";

const auto kAlnum = x3::char_("a-zA-Z0-9");
const auto kName = x3::rule<class Name, std::string>{"a name"} %= x3::raw[kAlnum >> *(*x3::char_("._-") >> kAlnum)][at_most<63>];
const auto kPrefix = x3::raw[kDnsLabel % '.'][at_most<253>];
const auto kKey = x3::rule<class Key, std::string>{"a label key"} %= x3::raw[(x3::omit[kPrefix >> '/'] > kName) | kName];

}  // namespace

Parsed<void> check_label_key(std::string_view text) { return check_whole(text, x3::omit[kKey], "a label key", kNameHint); }

Parsed<void> check_label_value(std::string_view text) { return check_whole(text, -x3::omit[kName], "a label value", kNameHint); }

Parsed<std::vector<LabelRequirement>> parse_label_selector(std::string_view text) {
  using Words = std::vector<std::string>;
  using Test = std::pair<LabelOperator, Words>;
  const auto blank = x3::omit[*x3::char_(" \t")];
  const auto word_end = !(kAlnum | x3::char_("._/-")) >> blank;
  const auto key = x3::rule<class SelectorKey, std::string>{"a label key"} = kKey >> blank;
  const auto value = x3::rule<class Value, std::string>{"a label value"} = (kName | x3::attr(std::string())) >> blank;
  const auto one = x3::rule<class One, Words>{"a label value"} = blank >> x3::repeat(1)[value];
  const auto list = x3::rule<class List, Words>{"values in parentheses"} = ((x3::lit('(') >> blank >> (value % (',' >> blank))) > expected(")", "`)`")) >> blank;

  const auto equal = ((x3::lit("==") | '=') >> x3::attr(In)) > one;
  const auto unequal = (x3::lit("!=") >> x3::attr(NotIn)) > one;
  const auto in = (x3::lit("in") >> word_end >> x3::attr(In)) > list;
  const auto not_in = (x3::lit("notin") >> word_end >> x3::attr(NotIn)) > list;
  const auto test = x3::rule<class TestOf, Test>{"a comparison"} = equal | unequal | in | not_in | x3::attr(Test{Exists, {}});
  const auto absent = (('!' >> blank) > key) >> x3::attr(Test{DoesNotExist, {}});
  const auto requirement = x3::rule<class Requirement, std::pair<std::string, Test>>{"a requirement"} = absent | (key >> test);
  const auto requirements = blank >> -(requirement >> *((',' >> blank) > requirement));

  const auto parsed = parse_whole<std::vector<std::pair<std::string, Test>>>(text, requirements, "a label selector", "for example `app=web,tier in (a, b),!canary`");
  if (!parsed) return tl::unexpected(parsed.error());
  std::vector<LabelRequirement> out;
  for (const auto& [label, wanted] : *parsed) out.push_back({.key = label, .op = wanted.first, .values = wanted.second});
  return out;
}

}  // namespace s2a
