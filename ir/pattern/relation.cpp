// A relation is one combination of signs that no value has.
#include "ir/pattern/relation.h"

#include <algorithm>
#include <array>

#include "ir/pattern/samples.h"

namespace s2a {
namespace {

/// Whether no value is in the first set and, as the sign says, in the second or not.
std::optional<bool> none(const Set& first, const Set& second, bool in_second, const Pattern& domain) {
  const auto found = partition(std::array{first, second}, domain);
  if (std::ranges::find(found.signs, std::vector{true, in_second}) != found.signs.end()) return false;
  return found.complete ? std::optional(true) : std::nullopt;
}

}  // namespace

std::optional<bool> within(const Set& inner, const Set& outer, const Pattern& domain) { return none(inner, outer, false, domain); }
std::optional<bool> within(const Pattern& inner, const Pattern& outer, const Pattern& domain) { return within(Set{{inner}}, Set{{outer}}, domain); }
std::optional<bool> disjoint(const Set& a, const Set& b, const Pattern& domain) { return none(a, b, true, domain); }
std::optional<bool> disjoint(const Pattern& a, const Pattern& b, const Pattern& domain) { return disjoint(Set{{a}}, Set{{b}}, domain); }

}  // namespace s2a
