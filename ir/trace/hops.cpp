// Steps of decisions, with the rules that decided and those that did not.
#include "ir/trace/hops.h"

#include <algorithm>

namespace s2a {
namespace {

class Follower {
 public:
  Follower(const Request& request, const Store& store, const std::string& waypoint) : request_(request), store_(store), waypoint_(waypoint) {}

  /// False: the request was refused.
  bool follow(const Path& path) {
    const auto step = evaluate(path.engine, path.table, request_);
    hops.push_back(hop(step, path.table));
    return step.outcome == Outcome::Allow && std::ranges::all_of(path.next, [&](const Path& next) { return follow(next); });
  }

  std::vector<Hop> hops;

 private:
  Hop hop(const Step& step, const Table& table) const {
    Hop out{
        .engine = step.engine, .waypoint = step.engine == Engine::Waypoint ? waypoint_ : std::string(), .outcome = step.outcome, .policy = {}, .rule = {}, .why = step.origin.text};
    if (step.origin.resource) {
      const auto& resource = store_[*step.origin.resource];
      out.policy = resource.subject();
      out.rule = rule(resource, step.origin.node);
      out.place = place(resource, step.origin.node);
    }
    const auto& last = table.otherwise_origin;
    const bool by_default = step.outcome != Outcome::Allow && step.origin.resource == last.resource && step.origin.node == last.node && step.origin.text == last.text;
    if (!by_default) return out;
    for (const auto& row : table.rows)
      if (row.outcome == Outcome::Allow && row.origin.resource) out.missed.push_back(missed(row));
    return out;
  }

  std::string rule(const Resource& resource, NodeId node) const { return node == kNoNode ? std::string() : store_[resource.document].path_of(node); }
  Label place(const Resource& resource, NodeId node) const { return store_.label(resource, node == kNoNode ? resource.name.node : node); }

  MissedRule missed(const Row& row) const {
    const auto& resource = store_[*row.origin.resource];
    MissedRule out{.policy = resource.subject(), .rule = rule(resource, row.origin.node), .place = place(resource, row.origin.node), .fails = {}};
    const auto failing = std::ranges::find_if(row.guard.all_of, [&](const Clause& clause) { return !holds(Guard{.all_of = {clause}}, request_); });
    if (failing == row.guard.all_of.end()) return out;
    for (const auto& conjunction : failing->any_of)
      for (const auto& literal : conjunction)
        if (const auto name = to_string(literal.attribute); !holds(literal, request_) && std::ranges::find(out.fails, name) == out.fails.end()) out.fails.push_back(name);
    return out;
  }

  const Request& request_;
  const Store& store_;
  const std::string& waypoint_;
};

}  // namespace

std::vector<Hop> hops_of(const Path& path, const Request& request, const Store& store, const std::string& waypoint) {
  Follower follower(request, store, waypoint);
  follower.follow(path);
  return std::move(follower.hops);
}

std::set<Attribute> asked_for(const Path& path) {
  std::set<Attribute> out;
  each_literal(path, [&](const Literal& literal) { out.insert(literal.attribute); });
  return out;
}

}  // namespace s2a
