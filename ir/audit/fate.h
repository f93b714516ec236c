// What happens to an AuthorizationPolicy that is left as it is while its pods become ambient. authorization.md 3.1, F1 - F7
// Its lowering for sidecars is compared with its lowering for ztunnel (lone_policy.h), for every way in which requests come (arrivals.h), with an identity and without.
// Whether istiod sends it at all is MeshModel::policies_at_ztunnel; which rules are dropped, and of which nothing is left, is read off ztunnel's rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/audit/policy_pods.h"
#include "ir/audit/reason.h"

namespace s2a {

enum class Fate : std::uint8_t {
  AsBefore,     ///< ztunnel enforces it as sidecars do
  AtWaypoint,   ///< it has targetRefs: void until its target has a waypoint, then the waypoint enforces it
  NotSent,      ///< AUDIT, CUSTOM, a dry run: ztunnel never hears of it
  NotAttached,  ///< an empty selector: ztunnel gets it for nobody. F7
  Dropped,      ///< an ALLOW loses rules, so what they let in is denied. F4
  NoEffect,     ///< of rules of a DENY nothing is left, so what they deny gets in. F4
  Wider,        ///< read otherwise: some requests get in
  Narrower,     ///< read otherwise: some requests are denied
  Both,         ///< read otherwise: some get in, others are denied
  Unknown,      ///< it cannot be compared
};
[[nodiscard]] std::string_view to_string(Fate fate);

/// What changes for callers: requests in words, of which the sidecar says the opposite.
struct Effect {
  bool lets_in = false;    ///< a hole
  bool keeps_out = false;  ///< an outage
  std::string let_in;      ///< such a request; may be empty
  std::string kept_out;
  std::string unknown;  ///< why nothing can be said about some requests
};

struct Prospect {
  Fate fate = Fate::AsBefore;
  Effect direct;                          ///< for callers that come straight to the pod
  std::optional<Effect> behind_waypoint;  ///< where the pods need or have a waypoint: ztunnel meets the waypoint's identity instead of the caller's. F1
  std::vector<Reason> because;            ///< the rules that are lost, or else the fields that ztunnel reads otherwise

  /// On any of the ways.
  [[nodiscard]] bool lets_in() const { return direct.lets_in || (behind_waypoint && behind_waypoint->lets_in); }
  [[nodiscard]] bool keeps_out() const { return direct.keeps_out || (behind_waypoint && behind_waypoint->keeps_out); }
};

/// `waypoints`: principals of the waypoints that some of its pods need or have.
[[nodiscard]] Prospect prospect_of(const MeshModel& mesh, const Resource& policy, const std::vector<PolicyPod>& pods, const std::vector<std::string>& waypoints);

/// One sentence about it, for every format.
[[nodiscard]] std::string in_words(const Prospect& prospect, const AuthorizationPolicy& policy);
/// The same about what happens behind a waypoint; empty where the prospect knows none.
[[nodiscard]] std::string behind_waypoint_in_words(const Prospect& prospect);

}  // namespace s2a
