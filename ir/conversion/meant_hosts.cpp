// The exact name counts first, then the longer wildcard.
#include "ir/conversion/meant_hosts.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace s2a {
namespace {

/// How closely a VirtualService names a host; nothing: not at all.
using Closeness = std::optional<std::pair<bool, std::size_t>>;

Closeness closeness(const Hosts& hosts, const Resource& virtual_service, const std::string& host) {
  const auto* spec = std::get_if<VirtualService>(&virtual_service.spec);
  Closeness out;
  if (spec == nullptr || !spec->in_mesh()) return out;
  for (const auto& written : spec->hosts) {
    const auto pattern = hosts.resolved(written.value, virtual_service.ns.value);
    if (host_matches(pattern, host)) out = std::max(out, Closeness({pattern == host, pattern.size()}));
  }
  return out;
}

}  // namespace

std::vector<Spanned<std::string>> meant_hosts(const MeshModel& mesh, const Hosts& hosts, const Resource& virtual_service, const Spanned<std::string>& written) {
  std::vector<Spanned<std::string>> out;
  if (written.value.starts_with('*'))
    for (const auto& entry : hosts.all()) {
      const auto& host = entry.first;
      if (!host_matches(written.value, host)) continue;
      const auto own = closeness(hosts, virtual_service, host);
      const auto is_closer = [&](const Resource* other) { return closeness(hosts, *other, host) > own; };
      if (std::ranges::none_of(mesh.all(Kind::VirtualService), is_closer)) out.push_back({.value = host, .node = written.node});
    }
  return out.empty() ? std::vector{written} : out;
}

const Resource* rival(const MeshModel& mesh, const Hosts& hosts, const Resource& virtual_service, const std::string& host) {
  const auto own = closeness(hosts, virtual_service, host);
  const auto& all = mesh.all(Kind::VirtualService);
  const auto found = std::ranges::find_if(all, [&](const Resource* other) {
    const auto its = closeness(hosts, *other, host);
    return other != &virtual_service && its && its >= own;
  });
  return found == all.end() ? nullptr : *found;
}

}  // namespace s2a
