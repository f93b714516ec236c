// What RequestAuthentications and extensions have in common: they go to the Services in front of their pods, and what comes past the waypoints is closed. authorization.md 7, 8.3
#pragma once

#include <string_view>
#include <vector>

#include "ir/passes/context.h"
#include "ir/passes/fronts.h"
#include "ir/passes/names.h"
#include "ir/passes/reach.h"

namespace s2a {

/// Actions on resources with a selector, as seen from one namespace that moves.
class Retargeter {
 public:
  /// `policies`: the names of AuthorizationPolicies.
  Retargeter(PassContext& ctx, const MovingNamespace& moving, Names& policies);

  /// Puts targetRefs in the place of the selector, and copies behind it where one object is not enough or the resource stays as it is; `names`: those of its kind.
  void to_services(const Resource& resource, const Reach& reach, Names& names, Code code, std::string_view why);
  /// A DENY for ztunnel on everything that does not come from the waypoints; ports `open`, and those that sidecars leave alone, aside. Where a policy of the namespace says so
  /// already, nothing.
  void close_to_others(const Resource& cause, const Reach& reach, const std::vector<std::uint16_t>& open, Code code, std::string_view why);
  /// Tells of Services that the resource is for in part.
  void tell_parts(const Resource& resource, const Reach& reach) const;

 private:
  void append(const Resource& cause, std::string_view kind, const std::string& name, Code code, std::string what, std::string_view why, Value value);

  PassContext& ctx_;
  const MovingNamespace& moving_;
  Names& policies_;
  std::vector<Front> fronts_;
  std::vector<Value> said_;  ///< the specs of the namespace's AuthorizationPolicies
};

/// Tells of Services that lead to some of these pods, which the resource selects, and to others. failures.md 1, row 20
void tell_parts_of_services(PassContext& ctx, const std::vector<Front>& fronts, const Resource& resource, const std::vector<WorkloadId>& pods);

}  // namespace s2a
