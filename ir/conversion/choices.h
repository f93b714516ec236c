// An ordered list of regions with actions: the first that holds a request decides. routing.md 2.3
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "ir/conversion/projection.h"
#include "ir/mesh/gateway_api.h"

namespace s2a {

struct Choice {
  Region region;
  std::size_t action = 0;
  const Candidate* from = nullptr;  ///< what it was made of
};

/// Candidates that leave something out as choices that do not: what they leave goes, before them, where later ones send it. With `guards` also a prefix with a slash at its end as
/// a segment prefix that leaves out the path without it. None lies within an earlier one: a route would bring it to life. `candidates` must stay: choices point to them.
/// routing.md 2.3, 2.6, 3.1
[[nodiscard]] OrRefused<std::vector<Choice>> expanded(const std::vector<Candidate>& candidates, bool guards, Relations& relations);

/// How the path of a choice is written.
struct PathText {
  PathMatchType type = PathMatchType::PathPrefix;
  std::string text;
  bool operator==(const PathText&) const = default;
};

/// With Exact and PathPrefix; only for what fit_path_prefix() holds of.
[[nodiscard]] PathText prefix_text(const Pattern& path);

/// What istiod sorts by, in ascending order. routing.md 2.1
using SortKey = std::array<long, 5>;
[[nodiscard]] SortKey sort_key(const PathText& path, const Region& region);

/// What istiod's sort makes of a list. routing.md 2.1, 2.3
class Sorted {
 public:
  /// `texts`: of each choice. All must stay.
  Sorted(const std::vector<Choice>& choices, const std::vector<PathText>& texts, Relations& relations);

  /// The later choices that are sorted before this one, overlap with it and do something else; but for those whose overlap goes to an earlier choice, or is covered by one that is
  /// sorted before them.
  [[nodiscard]] std::vector<std::size_t> overtaking(std::size_t choice) const;
  /// Whether there are none at all, so that every request is decided as the list does.
  [[nodiscard]] bool keeps_order() const;

 private:
  const std::vector<Choice>& choices_;
  Relations& relations_;
  std::vector<std::size_t> order_;
  std::vector<std::size_t> place_;  ///< of each choice in that
};

/// Adds intersections until the sort by Exact and PathPrefix changes nothing; nothing where that does not come about. routing.md 2.4
[[nodiscard]] std::optional<std::vector<Choice>> repaired(std::vector<Choice> choices, Relations& relations);

/// Regular expressions as they are, exact paths as they are: where the sort happens to keep the order.
[[nodiscard]] std::vector<PathText> plain_texts(const std::vector<Choice>& choices);
/// Regular expressions, `^` in front, so long that the sort keeps the order; nothing where they get too long. routing.md 2.5
[[nodiscard]] std::optional<std::vector<PathText>> ladder(const std::vector<Choice>& choices, Relations& relations);

}  // namespace s2a
