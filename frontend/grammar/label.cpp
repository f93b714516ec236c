// Qualified names, and the small language of selectors.
#include "frontend/grammar/label.h"

#include <boost/fusion/include/adapt_struct.hpp>

#include "frontend/grammar/whole.h"

BOOST_FUSION_ADAPT_STRUCT(s2a::LabelRequirement, key, op, values)

namespace s2a {
namespace {

using enum LabelOperator;

constexpr const char* kNameHint = "at most 63 letters, digits, `-`, `_` and `.`, with a letter or a digit at both ends";

/// Takes what was parsed, unless it is too long.
template <int Longest>
constexpr auto at_most = [](auto& context) {
  const auto& text = x3::_attr(context);
  x3::_pass(context) = text.size() <= Longest;
  x3::_val(context) = std::string(text.begin(), text.end());
};

const auto kAlnum = x3::char_("a-zA-Z0-9");
const auto kLower = x3::char_("a-z0-9");
const auto kName = x3::rule<class Name, std::string>{"a name"} = x3::raw[kAlnum >> *(*x3::char_("._-") >> kAlnum)][at_most<63>];
const auto kLabel = kLower >> *(*x3::lit('-') >> kLower);
const auto kPrefix = x3::rule<class KeyPrefix, std::string>{"a DNS name"} = x3::raw[kLabel % '.'][at_most<253>];
const auto kKey = x3::rule<class Key, std::string>{"a label key"} = x3::raw[(x3::omit[kPrefix >> '/'] > kName) | kName][at_most<253 + 1 + 63>];

}  // namespace

Parsed<void> check_label_key(std::string_view text) { return check_whole(text, x3::omit[kKey], "a label key", kNameHint); }

Parsed<void> check_label_value(std::string_view text) { return check_whole(text, -x3::omit[kName], "a label value", kNameHint); }

Parsed<std::vector<LabelRequirement>> parse_label_selector(std::string_view text) {
  using Words = std::vector<std::string>;
  const auto blank = x3::omit[*x3::char_(" \t")];
  const auto word_end = !(kAlnum | x3::char_("._/-")) >> blank;
  const auto key = x3::rule<class SelectorKey, std::string>{"a label key"} = kKey >> blank;
  const auto value = x3::rule<class Value, std::string>{"a label value"} = (kName | x3::attr(std::string())) >> blank;
  const auto one = x3::rule<class One, Words>{"a label value"} = blank >> x3::repeat(1)[value];
  const auto list = x3::rule<class List, Words>{"values in parentheses"} = (x3::lit('(') >> blank >> (value % (',' >> blank))) > (expected(")", "`)`") >> blank);
  const auto none = x3::attr(Words());

  const auto absent = (('!' >> blank) > key) >> x3::attr(DoesNotExist) >> none;
  const auto equal = (key >> (x3::lit("==") | '=') >> x3::attr(In)) > one;
  const auto unequal = (key >> "!=" >> x3::attr(NotIn)) > one;
  const auto in = (key >> "in" >> word_end >> x3::attr(In)) > list;
  const auto not_in = (key >> "notin" >> word_end >> x3::attr(NotIn)) > list;
  const auto present = key >> x3::attr(Exists) >> none;
  const auto requirement = x3::rule<class Requirement, LabelRequirement>{"a requirement"} = absent | equal | unequal | in | not_in | present;
  const auto requirements = x3::rule<class Requirements, std::vector<LabelRequirement>>{"requirements"} = requirement >> *((',' >> blank) > requirement);
  return parse_whole<std::vector<LabelRequirement>>(text, blank >> -requirements, "a label selector", "for example `app=web,tier in (a, b),!canary`");
}

}  // namespace s2a
