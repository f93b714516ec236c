// The rules of a VirtualService that count for one port, in order, as regions with what is done there. routing.md 2.3, 7.2
#pragma once

#include <span>
#include <vector>

#include "ir/conversion/match_regions.h"
#include "ir/conversion/rule_action.h"

namespace s2a {

/// A match that can be met.
struct Candidate {
  Region region;
  std::vector<Region> without;  ///< parts of the region that are left to later candidates
  std::size_t action = 0;       ///< among Projection::actions
  const FlatRule* rule = nullptr;
  NodeId node = kNoNode;    ///< the match, or the rule where that has none
  bool as_segment = false;  ///< as MatchRegions says
};

struct Projection {
  bool applies = false;               ///< some match is about this port
  std::vector<Candidate> candidates;  ///< none lies within an earlier one that leaves nothing out
  std::vector<RuleAction> actions;    ///< no two alike
  Refusals refusals;                  ///< of matches that can be met
};

[[nodiscard]] Projection project(std::span<const FlatRule> rules, const ConversionPlace& place, Needs& needs);

}  // namespace s2a
