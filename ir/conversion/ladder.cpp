// Regular expressions that keep the order of any list, by their length. routing.md 2.5
//
//   /a/.*          -> A                   ^^^^^^/a/.*       -> A
//   /.*/report     -> B             ->    /.*/report        -> B
//   *              -> C                   /.*               -> C
#include <algorithm>

#include "ir/conversion/choices.h"
#include "ir/conversion/segments.h"
#include "ir/conversion/texts.h"

namespace s2a {
namespace {

PathText regex_text(const Pattern& path) { return {.type = PathMatchType::RegularExpression, .text = regex_of(path, "/.*")}; }

/// `^` asks for nothing where the whole path is matched; in front of `a|b` it would be read as part of `a`, which is the same and looks otherwise.
std::string padded(const std::string& regex, std::size_t length) {
  if (regex.size() >= length) return regex;
  const auto whole = regex.find('|') == std::string::npos ? regex : "(?:" + regex + ")";
  return whole.size() >= length ? whole : std::string(length - whole.size(), '^') + whole;
}

bool too_long(const std::vector<PathText>& texts) {
  return std::ranges::any_of(texts, [](const PathText& t) { return t.text.size() > kLongestPath; });
}

/// Each regular expression longer than all behind it; with `everywhere` false only than those that it overlaps with another action.
std::vector<PathText> padded_texts(const std::vector<Choice>& choices, const std::vector<bool>& exact, bool everywhere, Relations& relations) {
  std::vector<PathText> out(choices.size());
  std::size_t longest = 0;
  for (auto i = choices.size(); i-- > 0;) {
    if (exact[i]) {
      out[i] = prefix_text(choices[i].region.path);
      continue;
    }
    std::size_t need = everywhere && longest > 0 ? longest + 1 : 0;
    for (auto j = i + 1; j < choices.size() && !everywhere; ++j) {
      const bool after = !exact[j] && choices[i].action != choices[j].action && !disjoint(choices[i].region, choices[j].region, relations);
      if (after) need = std::max(need, out[j].text.size() + 1);
    }
    out[i] = regex_text(choices[i].region.path);
    out[i].text = padded(out[i].text, need);
    longest = std::max(longest, out[i].text.size());
  }
  return out;
}

}  // namespace

std::vector<PathText> plain_texts(const std::vector<Choice>& choices) {
  std::vector<PathText> out;
  for (const auto& choice : choices) out.push_back(fits_exact(choice.region.path) ? prefix_text(choice.region.path) : regex_text(choice.region.path));
  return out;
}

std::optional<std::vector<PathText>> ladder(const std::vector<Choice>& choices, Relations& relations) {
  for (const bool everywhere : {true, false}) {
    std::vector<bool> exact;
    for (const auto& choice : choices) exact.push_back(fits_exact(choice.region.path));
    while (true) {
      auto texts = padded_texts(choices, exact, everywhere, relations);
      const Sorted sorted(choices, texts, relations);
      bool jumped = false;
      for (std::size_t i = 0; i < choices.size(); ++i)
        for (const auto later : sorted.overtaking(i)) {
          exact[later] = false;  // it jumps the queue
          jumped = true;
        }
      if (jumped) continue;
      if (!too_long(texts)) return texts;
      break;
    }
  }
  return std::nullopt;
}

}  // namespace s2a
