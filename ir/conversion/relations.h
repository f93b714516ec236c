// How sets of texts lie to each other: by their texts where these tell it, else by automata, each pair once. routing.md 2.3
#pragma once

#include <functional>
#include <map>
#include <tuple>

#include "ir/pattern/pattern.h"

namespace s2a {

/// Answers are proofs: `false` may also mean that it is not known. One object serves one conversion.
class Relations {
 public:
  /// Whether every text of the first, among those of the domain, is in the second.
  [[nodiscard]] bool within(const Pattern& inner, const Pattern& outer, const Pattern& domain = Present{});
  /// Whether no text of the domain is in both.
  [[nodiscard]] bool disjoint(const Pattern& a, const Pattern& b, const Pattern& domain = Present{});

 private:
  struct Relation {
    bool within = false;
    bool contains = false;
    bool disjoint = false;
  };
  const Relation& compared(const Pattern& a, const Pattern& b, const Pattern& domain);

  std::map<std::tuple<Pattern, Pattern, Pattern>, Relation, std::less<>> known_;
};

}  // namespace s2a
