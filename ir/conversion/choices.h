// An ordered list of regions with actions: the first that holds a request decides. routing.md 2.3
#pragma once

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "ir/conversion/projection.h"
#include "ir/mesh/gateway_api.h"

namespace s2a {

struct Choice {
  Region region;
  std::size_t action = 0;
  const Candidate* from = nullptr;  ///< what it was made of
};

/// Without the choices that lie within earlier ones: a route would bring these to life. routing.md 2.3
[[nodiscard]] std::vector<Choice> without_dead(std::vector<Choice> choices);

/// Candidates that leave something out as choices that do not: what they leave goes, before them, where later ones send it. With `guards` also a prefix with a slash at its end as
/// a segment prefix that leaves out the path without it. `candidates` must stay: choices point to them. routing.md 2.6, 3.1
[[nodiscard]] OrRefused<std::vector<Choice>> expanded(const std::vector<Candidate>& candidates, bool guards);

/// How the path of a choice is written.
struct PathText {
  PathMatchType type = PathMatchType::PathPrefix;
  std::string text;
  bool operator==(const PathText&) const = default;
};

/// With Exact and PathPrefix; only for what fit_path_prefix() holds of.
[[nodiscard]] PathText prefix_text(const Pattern& path);

/// Two choices whose order istiod's sort turns round, that overlap and do different things, and whose overlap no choice covers that is sorted before the later one; nothing where
/// the sorted list decides every request as the list does. `texts`: of each choice. routing.md 2.1, 2.3
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> unsettled(const std::vector<Choice>& choices, const std::vector<PathText>& texts);

/// What istiod sorts by, in ascending order. routing.md 2.1
using SortKey = std::array<long, 5>;
[[nodiscard]] SortKey sort_key(const PathText& path, const Region& region);

/// Adds intersections until the sort by Exact and PathPrefix changes nothing; nothing where that does not come about. routing.md 2.4
[[nodiscard]] std::optional<std::vector<Choice>> repaired(std::vector<Choice> choices);

/// Regular expressions as they are, exact paths as they are: where the sort happens to keep the order.
[[nodiscard]] std::vector<PathText> plain_texts(const std::vector<Choice>& choices);
/// Regular expressions, `^` in front, so long that the sort keeps the order; nothing where they get too long. routing.md 2.5
[[nodiscard]] std::optional<std::vector<PathText>> ladder(const std::vector<Choice>& choices);

}  // namespace s2a
