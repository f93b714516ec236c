// Steps of decisions, with the rules that decided and those that did not.
#include "ir/trace/hops.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/trace/route_words.h"

namespace s2a {
namespace {

class Follower {
 public:
  Follower(const MeshModel& mesh, const std::string& waypoint) : mesh_(mesh), store_(mesh.store()), waypoint_(waypoint) {}

  void follow(const Path& path, const Request& request, Passage so_far) {
    const auto step = evaluate(path.engine, path.table, request);
    so_far.hops.push_back(hop(step, path.table, request));
    if (step.outcome == Outcome::Allow && step.action) return branch(path, *step.action, request, so_far);
    if (step.outcome == Outcome::Allow && !path.next.empty()) {
      for (const auto& next : path.next) follow(next, request, so_far);
      return;
    }
    if (step.outcome == Outcome::NotFound) so_far.answer = fmt::format("404: {}", step.origin.text);
    if (step.outcome == Outcome::Answered) so_far.answer = *so_far.hops.back().route;
    if (step.outcome == Outcome::Unreachable) so_far.answer = nobody_behind(*step.action, step.action->destinations.front());
    passages.push_back(std::move(so_far));
  }

  std::vector<Passage> passages;

 private:
  /// The path's hops stand in the order of the action's pods.
  void branch(const Path& path, const RouteAction& action, const Request& request, const Passage& so_far) {
    const auto& known = path.table.actions;
    const auto next = path.after(static_cast<std::uint32_t>(std::ranges::find(known, action) - known.begin()));
    std::size_t i = 0;
    for (const auto& destination : action.destinations) {
      auto way = so_far;
      way.hops.back().route = leads_to(action, destination, request);
      if (destination.endpoints.reach != Endpoints::Reach::Reached) {
        way.hops.back().outcome = Outcome::Unreachable;
        way.answer = nobody_behind(action, destination);
      }
      if (destination.endpoints.pods.empty()) passages.push_back(way);
      for (const auto& pod : destination.endpoints.pods) {
        way.pod = pod;
        auto there = request;
        if (const auto& address = mesh_[pod.first].address; !address.empty()) there[Attribute::PodAddress] = {address};
        follow(*next.at(i++), there, way);
      }
    }
  }

  Hop hop(const Step& step, const Table& table, const Request& request) const {
    Hop out{.engine = step.engine,
            .waypoint = step.engine == Engine::Waypoint ? waypoint_ : std::string(),
            .outcome = step.outcome,
            .policy = {},
            .rule = {},
            .why = step.origin.text,
            .route = {}};
    if (!table.actions.empty()) out.route = step.action ? own_answer(*step.action, request) : std::string();
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
      if ((row.outcome == Outcome::Allow || row.action) && row.origin.resource) out.missed.push_back(missed(row, request));
    return out;
  }

  std::string rule(const Resource& resource, NodeId node) const { return node == kNoNode ? std::string() : store_[resource.document].path_of(node); }
  Label place(const Resource& resource, NodeId node) const { return store_.label(resource, node == kNoNode ? resource.name.node : node); }

  MissedRule missed(const Row& row, const Request& request) const {
    const auto& resource = store_[*row.origin.resource];
    MissedRule out{.policy = resource.subject(), .rule = rule(resource, row.origin.node), .place = place(resource, row.origin.node), .fails = {}};
    const auto failing = std::ranges::find_if(row.guard.all_of, [&](const Clause& clause) { return !holds(Guard{.all_of = {clause}}, request); });
    if (failing == row.guard.all_of.end()) return out;
    for (const auto& conjunction : failing->any_of)
      for (const auto& literal : conjunction)
        if (const auto name = to_string(literal.attribute); !holds(literal, request) && std::ranges::find(out.fails, name) == out.fails.end()) out.fails.push_back(name);
    return out;
  }

  const MeshModel& mesh_;
  const Store& store_;
  const std::string& waypoint_;
};

}  // namespace

std::vector<Passage> passages(const Path& path, const Request& request, const MeshModel& mesh, const std::string& waypoint) {
  Follower follower(mesh, waypoint);
  follower.follow(path, request, {});
  return std::move(follower.passages);
}

std::set<Attribute> asked_for(const Path& path) {
  std::set<Attribute> out;
  each_literal(path, [&](const Literal& literal) { out.insert(literal.attribute); });
  return out;
}

}  // namespace s2a
