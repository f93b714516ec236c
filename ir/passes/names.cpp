// Deriving names.
#include "ir/passes/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/mesh/short_name.h"
#include "ir/routing/hosts.h"

namespace s2a {
namespace {

constexpr std::array kHomes = {Kind::Namespace,    Kind::AuthorizationPolicy,
                               Kind::Service,      Kind::VirtualService,
                               Kind::ServiceEntry, Kind::Deployment,
                               Kind::StatefulSet,  Kind::DaemonSet,
                               Kind::ReplicaSet,   Kind::ReplicationController,
                               Kind::Rollout,      Kind::Pod,
                               Kind::Job,          Kind::CronJob};

bool can_be_edited(const MeshModel& mesh, const Resource& resource) { return mesh.store().file_of(resource).access == Access::Edit; }

/// The first VirtualService that names a host of the namespace, or leads to one; nullptr: none.
const Resource* router_into(const MeshModel& mesh, std::string_view ns) {
  const Hosts hosts(mesh);
  for (const auto* resource : mesh.all(Kind::VirtualService)) {
    const auto* spec = std::get_if<VirtualService>(&resource->spec);
    const auto is_there = [&](const Spanned<std::string>& host) {
      const auto* known = hosts.find(hosts.resolved(host.value, resource->ns.value));
      return known != nullptr && known->ns == ns;
    };
    if (spec == nullptr || !can_be_edited(mesh, *resource)) continue;
    const auto destinations = spec->destinations();
    if (std::ranges::any_of(spec->hosts, is_there) || std::ranges::any_of(destinations, [&](const RouteDestination* to) { return is_there(to->host); })) return resource;
  }
  return nullptr;
}

}  // namespace

std::string derive_name(std::string_view base, std::string_view suffix, std::set<std::string>& taken) {
  auto name = short_name(base, suffix);
  for (int n = 2; !taken.insert(name).second; ++n) name = short_name(base, fmt::format("{}-{}", suffix, n));
  return name;
}

std::string new_file(const PassContext& ctx, const Resource& beside, std::string_view stem) {
  const auto& store = ctx.before.store();
  const auto directory = directory_of(store.file_of(beside).path);
  const auto exists = [&](const std::string& candidate) {
    return std::ranges::any_of(store.sources, [&](const SourceFile& f) { return f.path == candidate && !f.made; }) ||
           std::ranges::find(ctx.plan.actions, candidate, &Action::file) != ctx.plan.actions.end();
  };
  auto name = fmt::format("{}{}.yaml", directory, stem);
  for (int n = 2; exists(name); ++n) name = fmt::format("{}{}-{}.yaml", directory, stem, n);
  return name;
}

const Resource* home_of(const MeshModel& mesh, std::string_view ns) {
  for (const auto kind : kHomes) {
    for (const auto* resource : mesh.all(kind)) {
      const auto& in = kind == Kind::Namespace ? resource->name.value : resource->ns.value;
      if (in == ns && can_be_edited(mesh, *resource)) return resource;
    }
  }
  return router_into(mesh, ns);
}

Names::Names(const MeshModel& mesh, Kind kind) {
  for (const auto* resource : mesh.all(kind)) taken_[resource->ns.value].insert(resource->name.value);
}

std::string Names::take(const std::string& ns, std::string_view base, std::string_view suffix) { return derive_name(base, suffix, taken_[ns]); }

}  // namespace s2a
