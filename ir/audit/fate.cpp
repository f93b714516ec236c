// Asking the models about one policy, and putting their answers into a word.
#include "ir/audit/fate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/audit/lone_policy.h"
#include "ir/audit/rule_fields.h"
#include "ir/authz/ztunnel.h"

namespace s2a {
namespace {

void note(const std::optional<Request>& request, const Arrival& arrival, bool& happens, std::string& example) {
  if (!request || happens) return;
  happens = true;
  example = describe(*request) + (arrival.port_named ? fmt::format(" to port {}", arrival.port) : "");
}

/// Straight to the pod, or by a waypoint, which takes mutual TLS only.
Effect effect_of(const MeshModel& mesh, const Resource& policy, const Arrivals& arrivals, const std::string& waypoint) {
  Effect out;
  for (const auto& arrival : arrivals.all) {
    for (const bool identified : {true, false}) {
      if (!identified && !waypoint.empty()) continue;
      const auto both = compare_alone(mesh, policy, arrival, {.identified = identified, .waypoint = waypoint, .host = arrivals.host});
      note(both.let_in, arrival, out.lets_in, out.let_in);
      note(both.kept_out, arrival, out.keeps_out, out.kept_out);
      if (out.unknown.empty()) out.unknown = both.unknown;
    }
  }
  return out;
}

/// The rules that ztunnel is not told, and those of which it is told nothing that could match. F4
struct Losses {
  std::vector<Reason> dropped;
  std::vector<Reason> empty;
};

Losses losses_of(const MeshModel& mesh, const Resource& policy) {
  const std::array<const Resource*, 1> alone{&policy};
  const auto table = lower_ztunnel(alone);
  Losses out;
  for (const auto& rule : authorization_of(policy).rules) {
    const auto row = std::ranges::find(table.rows, rule.node, [](const Row& r) { return r.origin.node; });
    const auto never = [](const Clause& clause) { return clause.any_of.empty(); };
    if (row == table.rows.end())
      out.dropped.push_back(reason_at(mesh.store(), policy, rule.node, "dropped"));
    else if (std::ranges::any_of(row->guard.all_of, never))
      out.empty.push_back(reason_at(mesh.store(), policy, rule.node, "nothing is left"));
  }
  return out;
}

/// The fields that ztunnel is not told, or by themselves reads otherwise than a sidecar.
std::vector<Reason> read_otherwise(const MeshModel& mesh, const Resource& policy, const Arrivals& arrivals) {
  std::vector<Reason> out;
  for (auto& field : fields_of(mesh.store(), policy)) {
    auto lone = policy;
    std::get<AuthorizationPolicy>(lone.spec).rules = {std::move(field.alone)};
    const auto losses = losses_of(mesh, lone);
    const auto effect = effect_of(mesh, lone, arrivals, {});
    if (!losses.dropped.empty() || !losses.empty.empty() || effect.lets_in || effect.keeps_out) out.push_back(std::move(field.reason));
  }
  return out;
}

Fate fate_of(const Effect& effect, const Losses& losses) {
  if (effect.lets_in && effect.keeps_out) return Fate::Both;
  if (effect.keeps_out) return losses.dropped.empty() ? Fate::Narrower : Fate::Dropped;
  if (effect.lets_in) return losses.empty.empty() ? Fate::Wider : Fate::NoEffect;
  if (effect.unknown.empty()) return Fate::AsBefore;
  return !losses.dropped.empty() ? Fate::Dropped : !losses.empty.empty() ? Fate::NoEffect : Fate::Unknown;
}

/// The word for an effect. What a lost rule means counts also where no request could be found that shows it.
Fate settle(Effect& effect, const Losses& losses) {
  const auto fate = fate_of(effect, losses);
  effect.keeps_out = effect.keeps_out || fate == Fate::Dropped;
  effect.lets_in = effect.lets_in || fate == Fate::NoEffect;
  return fate;
}

}  // namespace

Prospect prospect_of(const MeshModel& mesh, const Resource& policy, const std::vector<PolicyPod>& pods, const std::vector<std::string>& waypoints) {
  const auto& spec = authorization_of(policy);
  if (!spec.target_refs.empty()) return {.fate = Fate::AtWaypoint, .direct = {}, .behind_waypoint = {}, .because = {}};
  const auto arrivals = arrivals_of(mesh, spec, pods);
  Prospect out{.fate = Fate::NotAttached, .direct = effect_of(mesh, policy, arrivals, {}), .behind_waypoint = {}, .because = {}};
  if (std::ranges::none_of(pods, &PolicyPod::at_ztunnel)) {
    const bool custom = spec.action == AuthorizationAction::Custom;
    if (spec.dry_run || custom || spec.action == AuthorizationAction::Audit) out.fate = Fate::NotSent;
    out.direct.lets_in = out.direct.lets_in || (custom && !spec.dry_run && !spec.rules.empty());
    if (out.fate == Fate::NotAttached && spec.selector) out.because.push_back(reason_at(mesh.store(), policy, spec.selector->node));
    return out;
  }
  auto losses = losses_of(mesh, policy);
  out.fate = settle(out.direct, losses);
  for (const auto& waypoint : waypoints) {
    auto behind = effect_of(mesh, policy, arrivals, waypoint);
    settle(behind, losses);
    if (!out.behind_waypoint || behind.lets_in) out.behind_waypoint = std::move(behind);
  }
  if (out.fate == Fate::AsBefore) return out;
  out.because = std::move(losses.dropped);
  out.because.insert(out.because.end(), losses.empty.begin(), losses.empty.end());
  if (out.because.empty()) out.because = read_otherwise(mesh, policy, arrivals);
  return out;
}

}  // namespace s2a
