// Requests near to one, tried one after the other.
#include "ir/proof/route_witness.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ir/pattern/samples.h"
#include "ir/proof/route_effect.h"
#include "ir/routing/literals.h"

namespace s2a {
namespace {

std::optional<RouteAction> effect(const Decision& decision, const Request& request) {
  const auto action = action_of(decision);
  return action ? std::optional(effect_on(*action, request)) : std::nullopt;
}

/// Requests like one that two actions treat alike, though they say otherwise: with more behind its path, with a header that is touched on the way, with an Origin, as a preflight.
class Variants {
 public:
  explicit Variants(Request request) { all_.push_back(std::move(request)); }

  void add_paths() {
    const auto path = all_.front().find(Attribute::Path);
    if (path == all_.front().end() || path->second.empty()) return;
    const auto end = path->second.front().size();
    for (const std::string_view more : {"x", "/x", "/x/y"}) {
      auto& longer = again();
      longer[Attribute::Path].front() += more;
      if (const auto target = longer.find(Attribute::Target); target != longer.end() && !target->second.empty())
        target->second.front().insert(std::min(end, target->second.front().size()), more);
    }
  }

  void add_headers(const std::set<std::string>& names) {
    for (const auto& name : names) again().try_emplace({Attribute::Header, name}, AttributeValues{"x"});
  }

  void add_origins(const std::vector<std::string>& origins) {
    for (const auto& origin : origins) {
      const Attribute header{Attribute::Header, "origin"};
      again()[header] = {origin};
      auto& preflight = again();
      preflight[header] = {origin};
      preflight[Attribute::Method] = {"OPTIONS"};
      preflight[{Attribute::Header, "access-control-request-method"}] = {"GET"};
    }
  }

  [[nodiscard]] const std::vector<Request>& all() const { return all_; }

 private:
  Request& again() {
    auto same = all_.front();
    return all_.emplace_back(std::move(same));
  }

  std::vector<Request> all_;  ///< the first is the request itself
};

Variants variants(const Request& request, const Path& before, const Path& after) {
  Variants out(request);
  out.add_paths();
  std::set<std::string> headers;
  std::vector<Pattern> origins;
  for (const auto* path : {&before, &after}) {
    const auto action = action_of(evaluate(*path, request));
    if (!action) continue;
    for (const auto& destination : action->destinations)
      for (const auto* levels : {&destination.transform.request, &destination.transform.response}) headers.merge(names_in(*levels));
    if (action->cors)
      for (const auto& origin : action->cors->origins) origins.push_back(pattern_of(origin));
  }
  out.add_headers(headers);
  if (!origins.empty()) out.add_origins(samples(origins, NonEmpty{}));
  return out;
}

}  // namespace

bool gets_through(const Decision& decision, Compared what) {
  if (what == Compared::Routes && (decision.outcome == Outcome::NotFound || decision.outcome == Outcome::Unreachable)) return true;
  return decision.allowed() || decision.outcome == Outcome::Answered;
}

std::optional<Difference> shown(const Request& request, const Path& before, const Path& after) {
  const auto tries = variants(request, before, after);
  for (const auto& tried : tries.all()) {
    Difference out{.request = tried, .before = evaluate(before, tried), .after = evaluate(after, tried)};
    constexpr auto kRoutes = Compared::Routes;
    if (gets_through(out.before, kRoutes) && gets_through(out.after, kRoutes) && effect(out.before, tried) != effect(out.after, tried)) return out;
  }
  return std::nullopt;
}

}  // namespace s2a
