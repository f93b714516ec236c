// Names and selectors of the Services that stand for subsets.
#include "ir/conversion/subsets.h"

#include <algorithm>

#include <fmt/format.h>

#include "ir/conversion/subset_objects.h"
#include "ir/mesh/short_name.h"
#include "ir/pattern/glob.h"

namespace s2a {
namespace {

constexpr std::size_t kLongestLabel = 63;

/// Labels that istiod gives to endpoints, whatever their pods carry. routing.md 4.1
bool topology_label(std::string_view key) { return key.starts_with("topology.kubernetes.io/") || key.starts_with("topology.istio.io/") || key == "kubernetes.io/hostname"; }

}  // namespace

Subsets::Subsets(const RoutingContext& routing) : routing_(&routing) {
  for (const auto& [host, known] : routing.hosts.all()) {
    const auto* id = std::get_if<ServiceId>(&known.is);
    if (id == nullptr) continue;
    const auto& service = (*routing.mesh)[*id];
    for (const auto* rule : routing.destinations.rules(host, subset_proxy(known)))
      for (const auto& subset : std::get<DestinationRule>(rule->spec).subsets)
        claims_[{service.ns, lower(service.name + "-" + subset.name.value)}].insert({.service = *id, .subset = subset.name.value});
  }
}

/// Two subsets that would be called alike both get a checksum; so does one whose name a Service has that is not the same. routing.md 4.2
std::string Subsets::name_of(const MeshService& service, const std::string& subset) const {
  const auto text = lower(service.name + "-" + subset);
  const auto claim = claims_.find({service.ns, text});
  const bool alone = claim == claims_.end() || claim->second.size() == 1;
  return alone ? short_name(text, "") : name_with_checksum(text, service.ns + "/" + service.name + "/" + subset);
}

OrRefused<SubsetService> Subsets::find(const RoutedHost& host, const std::string& subset) const {
  const auto* id = std::get_if<ServiceId>(&host.is);
  if (id == nullptr) return refused(Obstacle::SubsetOfServiceEntry, host.host);
  const auto& service = (*routing_->mesh)[*id];
  SubsetService out;
  const auto labels = routing_->destinations.subset(host.host, subset, subset_proxy(host));
  if (!labels) return refused(Obstacle::UndefinedSubset, subset);
  out.labels = *labels;
  out.assumed = routing_->destinations.assumes_subsets(host.host);
  out.name = service.name;
  out.exists = out.labels.empty();
  if (out.exists) return out;
  if (service.spec.selector.empty()) return refused(Obstacle::SubsetWithoutSelector, service.name);
  for (const auto& [key, value] : out.labels) {
    const auto same = service.spec.selector.find(key);
    const bool contradicts = same != service.spec.selector.end() && same->second.value != value.value;
    if (topology_label(key) || contradicts || value.value.size() > kLongestLabel) return refused(Obstacle::SubsetLabels, fmt::format("{}={}", key, value.value));
  }
  out.name = name_of(service, subset);
  const auto same_name = [&](const std::string& name) {
    return std::ranges::find_if(routing_->mesh->services(), [&](const MeshService& s) { return s.ns == service.ns && s.name == name; });
  };
  for (auto taken = same_name(out.name); taken != routing_->mesh->services().end() && !out.exists; taken = same_name(out.name)) {
    out.exists = stands_for(taken->spec, service.spec, out.labels);
    if (!out.exists) out.name = name_with_checksum(out.name, service.ns + "/" + service.name + "/" + subset + "/" + out.name);
  }
  return out;
}

OrRefused<SubsetObjects> Subsets::objects(const SubsetKey& key) const {
  const auto& host = *routing_->hosts.find(key.service);
  const auto known = find(host, key.subset);
  if (!known) return tl::make_unexpected(known.error());
  return subset_objects(*routing_, host, key.subset, *known);
}

}  // namespace s2a
