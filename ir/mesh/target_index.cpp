// References as keys.
#include "ir/mesh/target_index.h"

#include <algorithm>

namespace s2a {
namespace {

/// No part can hold a NUL: YAML has none. `core` is the group of no name.
std::string key_of(const Target& target) {
  const auto group = target.group == "core" ? std::string_view{} : target.group;
  std::string key;
  for (const auto part : {group, target.kind, target.name, target.ns}) key.append(part).push_back('\0');
  return key;
}

}  // namespace

void TargetIndex::add(std::uint32_t place, const Target& target) {
  auto& places = places_[key_of(target)];
  if (places.empty() || places.back() != place) places.push_back(place);
}

std::vector<std::uint32_t> TargetIndex::find(std::span<const Target> targets) const {
  std::vector<std::uint32_t> out;
  for (const auto& target : targets)
    if (const auto found = places_.find(key_of(target)); found != places_.end()) out.insert(out.end(), found->second.begin(), found->second.end());
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::span<const TargetRef> target_refs_of(const Resource& resource) {
  if (const auto* policy = std::get_if<AuthorizationPolicy>(&resource.spec)) return policy->target_refs;
  if (const auto* authentication = std::get_if<RequestAuthentication>(&resource.spec)) return authentication->target_refs;
  if (const auto* extension = std::get_if<Extension>(&resource.spec)) return extension->target_refs;
  return {};
}

}  // namespace s2a
