// A policy's fate in a word for programs and in a sentence for people.
#include <fmt/format.h>

#include <algorithm>

#include "ir/audit/fate.h"

namespace s2a {
namespace {

std::string_view effect_in_words(const Effect& effect) {
  if (effect.lets_in && effect.keeps_out) return "a hole and an outage";
  if (effect.lets_in) return "a hole";
  return effect.keeps_out ? "an outage" : "no request is decided otherwise";
}

/// `rules[0], rules[2]`
std::string places(const std::vector<Reason>& because) {
  std::string out;
  for (const auto& reason : because) out += (out.empty() ? "" : ", ") + reason.path;
  return out;
}

std::string not_sent(const AuthorizationPolicy& policy) {
  if (policy.dry_run) return "ztunnel never hears of a dry run: its metrics and log lines end, and no request is decided otherwise";
  if (policy.action == AuthorizationAction::Audit) return "ztunnel never hears of AUDIT: its log lines end, and no request is decided otherwise";
  return "ztunnel never hears of CUSTOM, so nobody asks the provider: a hole";
}

}  // namespace

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::AsBefore: return "as before";
    case Fate::AtWaypoint: return "at a waypoint";
    case Fate::NotSent: return "not sent";
    case Fate::NotAttached: return "not attached";
    case Fate::Dropped: return "dropped";
    case Fate::NoEffect: return "no effect";
    case Fate::Wider: return "wider";
    case Fate::Narrower: return "narrower";
    case Fate::Both: return "wider and narrower";
    case Fate::Unknown: return "unknown";
  }
  return "";
}

std::string in_words(const Prospect& prospect, const AuthorizationPolicy& policy) {
  const auto because = places(prospect.because);
  switch (prospect.fate) {
    case Fate::AsBefore: return "ztunnel enforces it as sidecars do";
    case Fate::AtWaypoint: return "it has targetRefs: void until its target has a waypoint, which then enforces it";
    case Fate::NotSent: return not_sent(policy);
    case Fate::NotAttached: return fmt::format("its empty selector picks every pod at sidecars and none at ztunnel: {}", effect_in_words(prospect.direct));
    case Fate::Dropped: return fmt::format("ztunnel is not told {}, so what it lets in is denied: an outage", because);
    case Fate::NoEffect: return fmt::format("at ztunnel nothing is left of {}, so what it denies gets in: a hole", because);
    case Fate::Wider:
    case Fate::Narrower:
    case Fate::Both: return fmt::format("ztunnel reads {} otherwise: {}", because.empty() ? "it" : because, effect_in_words(prospect.direct));
    case Fate::Unknown: return fmt::format("cannot be compared: {}", prospect.direct.unknown);
  }
  return "";
}

std::string behind_waypoint_in_words(const Prospect& prospect) {
  const auto& behind = prospect.behind_waypoint;
  if (!behind) return {};
  const bool changed = behind->lets_in || behind->keeps_out;
  if (!changed && !behind->unknown.empty()) return fmt::format("behind a waypoint: cannot be compared: {}", behind->unknown);
  if (behind->lets_in == prospect.direct.lets_in && behind->keeps_out == prospect.direct.keeps_out) return "behind a waypoint too";
  if (!changed) return "behind a waypoint no request is decided otherwise";
  return fmt::format("behind a waypoint it meets the waypoint's identity instead of the caller's: {}", effect_in_words(*behind));
}

}  // namespace s2a
