// A known word, then names in brackets.
#include "frontend/grammar/condition.h"

#include <algorithm>
#include <vector>

#include "frontend/grammar/whole.h"
#include "ir/source/did_you_mean.h"

namespace s2a {
namespace {

bool names_filter(const ConditionKeyInfo& info) { return info.attribute == ConditionAttribute::EnvoyFilter; }

/// What a user can write.
std::string form_of(const ConditionKeyInfo& info) {
  return fmt::format("{}{}{}", info.spelling, names_filter(info) ? "FILTER" : "", info.brackets == Brackets::None ? "" : "[NAME]");
}

/// The row of the word in front of the brackets; the end where there is none.
auto row_of(std::string_view word) {
  return std::ranges::find_if(condition_keys(), [&](const ConditionKeyInfo& info) {
    return names_filter(info) ? word.starts_with(info.spelling) && word.size() > info.spelling.size() : word == info.spelling;
  });
}

auto unknown(std::string_view word) {
  std::vector<std::string_view> known;
  for (const auto& info : condition_keys()) known.push_back(info.spelling);
  const auto near = did_you_mean(word, known);
  return grammar_error(0, fmt::format("unknown condition key `{}`", word), near.empty() ? "" : fmt::format("did you mean `{}`?", near));
}

}  // namespace

Parsed<ConditionKey> parse_condition_key(std::string_view text) {
  const auto word = text.substr(0, text.find('['));
  const auto info = row_of(word);
  if (info == condition_keys().end()) return unknown(word);

  const auto name = x3::rule<class Name, std::string>{"a name"} = +(x3::char_ - x3::char_("[]"));
  const auto in_brackets = x3::rule<class InBrackets, std::string>{"a name in brackets"} = '[' > name > expected("]", "`]`");
  const auto hint = fmt::format("write `{}`", form_of(*info));
  auto names = parse_whole<std::vector<std::string>>(text.substr(word.size()), *in_brackets, "a condition key", hint);
  if (!names) {
    names.error().offset += word.size();
    return tl::unexpected(std::move(names).error());
  }
  if (info->brackets != Brackets::None && names->empty()) return grammar_error(word.size(), "expected a name in brackets here", hint);
  if (info->brackets == Brackets::None && !names->empty()) return grammar_error(word.size(), "this condition key takes no names", hint);
  if (info->brackets == Brackets::One && names->size() > 1) return grammar_error(word.size() + names->front().size() + 2, "this condition key takes one name", hint);
  if (names_filter(*info)) names->insert(names->begin(), std::string(word.substr(info->spelling.size())));
  return ConditionKey{info->attribute, *std::move(names)};
}

}  // namespace s2a
