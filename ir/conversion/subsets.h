// Subsets of DestinationRules as Services of their own: what they are called, what they select, how they are reached. routing.md 4
//
//   DestinationRule reviews                          Service reviews-v1
//   subsets:                                         selector: {app: reviews, version: v1}
//   - name: v1                                ->     ports: as those of reviews
//     labels: {version: v1}                          DestinationRule reviews-v1
//     trafficPolicy: {loadBalancer: ...}             trafficPolicy: that of reviews with {loadBalancer: ...}
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ir/conversion/refusal.h"
#include "ir/routing/context.h"

namespace s2a {

/// One subset of a Service.
struct SubsetKey {
  ServiceId service{};
  std::string subset;
  auto operator<=>(const SubsetKey&) const = default;
};

/// The Service that stands for a subset.
struct SubsetService {
  std::string name;      ///< the Service's own where the subset asks for no labels
  bool exists = false;   ///< nothing has to be made
  Labels labels;         ///< what the subset asks for beside the Service's selector
  bool assumed = false;  ///< no DestinationRule of the host is in the input: the subset is taken to select its name as `version`. product.md 2
};

struct SubsetObjects {
  Value service;
  std::optional<Value> destination_rule;
  const Resource* from = nullptr;  ///< the DestinationRule that defines the subset; nullptr: assumed
};

class Subsets {
 public:
  explicit Subsets(const RoutingContext& routing);

  /// Names do not depend on which subsets are asked for. The refusal has no place. routing.md 4.2, 4.4
  [[nodiscard]] OrRefused<SubsetService> find(const RoutedHost& host, const std::string& subset) const;
  /// What has to be made for a subset that find() knows.
  [[nodiscard]] OrRefused<SubsetObjects> objects(const SubsetKey& key) const;

 private:
  [[nodiscard]] std::string name_of(const MeshService& service, const std::string& subset) const;

  const RoutingContext* routing_;
  std::map<std::pair<std::string, std::string>, std::set<SubsetKey>> claims_;  ///< namespace and name -> the subsets that would be called so
};

}  // namespace s2a
