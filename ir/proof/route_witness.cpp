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

/// The request, then some like it: with more behind its path, with a header that is touched on the way, with an Origin, as a preflight.
std::vector<Request> like(const Request& request, const std::set<std::string>& headers, const std::vector<std::string>& origins) {
  std::vector<Request> out{request};
  const auto path = request.find(Attribute::Path);
  const bool has_path = path != request.end() && !path->second.empty();
  for (const std::string_view more : {"x", "/x", "/x/y"}) {
    if (!has_path) break;
    auto& longer = out.emplace_back(request);
    longer[Attribute::Path].front() += more;
    if (const auto target = longer.find(Attribute::Target); target != longer.end() && !target->second.empty())
      target->second.front().insert(std::min(path->second.front().size(), target->second.front().size()), more);
  }
  for (const auto& name : headers) out.emplace_back(request).try_emplace({Attribute::Header, name}, AttributeValues{"x"});
  for (const auto& origin : origins) {
    auto with = request;
    with[{Attribute::Header, "origin"}] = {origin};
    out.push_back(with);
    with[Attribute::Method] = {"OPTIONS"};
    with[{Attribute::Header, "access-control-request-method"}] = {"GET"};
    out.push_back(std::move(with));
  }
  return out;
}

std::vector<Request> variants(const Request& request, const Path& before, const Path& after) {
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
  return like(request, headers, origins.empty() ? std::vector<std::string>() : samples(origins, NonEmpty{}));
}

}  // namespace

bool gets_through(const Decision& decision, Compared what) {
  if (what == Compared::Routes && (decision.outcome == Outcome::NotFound || decision.outcome == Outcome::Unreachable)) return true;
  return decision.allowed() || decision.outcome == Outcome::Answered;
}

std::optional<Difference> shown(const Request& request, const Path& before, const Path& after) {
  const auto tries = variants(request, before, after);
  for (const auto& tried : tries) {
    Difference out{.request = tried, .before = evaluate(before, tried), .after = evaluate(after, tried)};
    constexpr auto kRoutes = Compared::Routes;
    if (gets_through(out.before, kRoutes) && gets_through(out.after, kRoutes) && effect(out.before, tried) != effect(out.after, tried)) return out;
  }
  return std::nullopt;
}

}  // namespace s2a
