// Choosing the matches of one port.
//
//   - match: [{port: 80, uri: {prefix: /a}}, {gateways: [gw]}]                /a*  -> A
//     route: A                                                    80:         *    -> B
//   - route: B                                                     ->
//   - match: [{uri: {prefix: /a/b}}]                                          (the third is dead)
//     route: C
#include "ir/conversion/projection.h"

#include <algorithm>

namespace s2a {
namespace {

class Projector {
 public:
  Projector(const ConversionPlace& place, Needs& needs) : place_(place), needs_(needs) {}

  void add(const FlatRule& rule, const HttpMatch& match) {
    out_.applies = true;
    auto regions = regions_of(rule, match, place_.options.path_prefix, place_.relations);
    if (regions.dead) return;
    const auto of_method = [](Region region, const std::string& method) {
      region.method = method;
      return region;
    };
    std::erase_if(regions.methods, [&](const std::string& method) { return dead(of_method(regions.region, method)); });
    if (regions.methods.empty()) return;
    if (!regions.obstacles.empty()) {
      std::ranges::move(regions.obstacles, std::back_inserter(out_.refusals));
      return;
    }
    auto action = rule_action(rule, match.uri, place_, needs_);
    if (!action) {
      if (std::ranges::none_of(out_.refusals, [&](const RouteRefusal& r) { return r.node == action.error().node && r.obstacle == action.error().obstacle; }))
        out_.refusals.push_back(std::move(action.error()));
      return;
    }
    const auto index = index_of(*std::move(action));
    for (const auto& method : regions.methods) {
      Candidate candidate{.region = of_method(regions.region, method),
                          .without = {},
                          .action = index,
                          .rule = &rule,
                          .node = match.node == kNoNode ? rule.rule.node : match.node,
                          .as_segment = regions.as_segment};
      for (const auto& left : regions.without) candidate.without.push_back(of_method(left, method));
      if (candidate.without.empty()) taken_.push_back(candidate.region);
      out_.candidates.push_back(std::move(candidate));
    }
  }

  Projection take() { return std::move(out_); }

 private:
  [[nodiscard]] bool dead(const Region& region) const {
    return std::ranges::any_of(taken_, [&](const Region& earlier) { return includes(earlier, region, place_.relations); });
  }

  std::size_t index_of(RuleAction action) {
    const auto same = std::ranges::find(out_.actions, action);
    if (same != out_.actions.end()) return static_cast<std::size_t>(same - out_.actions.begin());
    out_.actions.push_back(std::move(action));
    return out_.actions.size() - 1;
  }

  const ConversionPlace& place_;
  Needs& needs_;
  std::vector<Region> taken_;
  Projection out_;
};

}  // namespace

Projection project(std::span<const FlatRule> rules, const ConversionPlace& place, Needs& needs) {
  static const std::vector<HttpMatch> kAlways(1);
  Projector projector(place, needs);
  for (const auto& rule : rules)
    for (const auto& match : rule.rule.matches.empty() ? kAlways : rule.rule.matches)
      if (about_mesh(match.gateways, match.port, place.port)) projector.add(rule, match);
  return projector.take();
}

}  // namespace s2a
