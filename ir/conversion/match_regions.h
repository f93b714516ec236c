// One match of a VirtualService as regions that routes can say. routing.md 1.2, 2.6
//
//   - method: {regex: GET|HEAD}                     - method: GET           - method: HEAD
//     authority: {exact: a.example}          ->       headers: [Host]         headers: [Host]
//     withoutHeaders: {x: {exact: y}}                 but not x: y            but not x: y
#pragma once

#include <string>
#include <vector>

#include "ir/conversion/options.h"
#include "ir/conversion/refusal.h"
#include "ir/conversion/region.h"
#include "ir/routing/delegates.h"

namespace s2a {

struct MatchRegions {
  Region region;                         ///< of any method; where there are obstacles, a larger one
  std::vector<std::string> methods{""};  ///< a region for each; empty text: any method
  std::vector<Region> without;           ///< what is left to later rules, of any method
  Refusals obstacles;                    ///< conditions that routes cannot have
  bool dead = false;                     ///< no request can match
  bool as_segment = false;               ///< the path is a prefix `/foo`, and no longer takes `/foobar`: `--path-prefix segment`
};

[[nodiscard]] MatchRegions regions_of(const FlatRule& rule, const HttpMatch& match, PathPrefixMode mode, Relations& relations);

}  // namespace s2a
