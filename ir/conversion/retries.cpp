// Retries. routing.md 1.3
//
//   timeout: 10s                                               timeouts: {request: 10s, backendRequest: 2s}
//   retries: {attempts: 3, perTryTimeout: 2s}          ->      retry: {attempts: 3}
#include <algorithm>
#include <set>

#include "ir/conversion/rule_action.h"
#include "ir/mesh/split.h"
#include "ir/routing/actions.h"

namespace s2a {
namespace {

/// On which conditions a policy retries; that codes are among them is told by the codes.
std::set<std::string> conditions(const RetryPolicy& policy) {
  std::set<std::string> out;
  for (const auto part : split(policy.on, ',')) out.emplace(trimmed(part));
  out.erase("retriable-status-codes");
  out.erase("");
  return out;
}

/// Those that the `retry` of a route always has.
std::set<std::string> conditions_of_routes() { return conditions(*retries_of(RouteRetry{.attempts = 1, .codes = {}, .backoff = {}}, std::nullopt)); }

bool same(const std::optional<RetryPolicy>& a, const std::optional<RetryPolicy>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  auto left = *a;
  left.on = b->on;
  return left == *b && conditions(*a) == conditions(*b);
}

}  // namespace

OrRefused<void> add_retries(RuleAction& action, const HttpRule& rule, const ConversionPlace& place) {
  if (!rule.retries) return {};
  auto policy = retries_of(rule.retries, place.routing);
  const bool no_effect = policy && policy->per_try && rule.timeout && *policy->per_try >= *rule.timeout;
  if (no_effect) policy->per_try.reset();
  if (same(policy, retries_of(std::nullopt, place.routing))) return {};
  if (!policy) {
    if (!place.options.no_retries()) return refused(Obstacle::RetriesChannel, "attempts: 0; up to 1.5");
    action.retry.emplace_back("attempts", 0);
    return {};
  }
  if (!policy->other_hosts) return refused(Obstacle::RetriesAction, "retryIgnorePreviousHosts");
  if (policy->remote_localities) return refused(Obstacle::RetriesAction, "retryRemoteLocalities");
  const bool codes = std::ranges::all_of(policy->codes, [](std::int64_t code) { return code >= 400 && code <= 599; });
  if (!codes || conditions(*policy) != conditions_of_routes()) return refused(Obstacle::RetriesAction, rule.retries->retry_on);
  if (!place.options.retries()) return refused(Obstacle::RetriesChannel, "attempts: " + std::to_string(policy->attempts));
  action.retry.emplace_back("attempts", policy->attempts);
  if (!policy->codes.empty()) {
    const std::set<std::int64_t> sorted(policy->codes.begin(), policy->codes.end());
    action.retry.emplace_back("codes", Value::Sequence(sorted.begin(), sorted.end()));
  }
  for (const auto& [time, to, name] : {std::tuple(policy->backoff, &action.retry, "backoff"), std::tuple(policy->per_try, &action.timeouts, "backendRequest")}) {
    if (!time) continue;
    const auto text = gep_duration(*time);
    if (!text) return refused(Obstacle::TimeoutAction, name);
    to->emplace_back(name, *text);
  }
  return {};
}

}  // namespace s2a
