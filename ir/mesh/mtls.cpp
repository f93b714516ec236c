// PeerAuthentication for namespaces and the mesh. authorization.md 2.8
#include <algorithm>

#include "ir/mesh/mesh_model.h"
#include "ir/mesh/metadata.h"

namespace s2a {

namespace {

MtlsMode mode_of(const Resource& resource) { return std::get<PeerAuthentication>(resource.spec).mode.value; }

/// Those of a namespace that select no pods of their own, in order of file and place.
std::vector<const Resource*> namespace_wide(const MeshModel& mesh, std::string_view ns) {
  auto found = mesh.all(Kind::PeerAuthentication);
  std::erase_if(found, [&](const Resource* resource) {
    const auto* spec = std::get_if<PeerAuthentication>(&resource->spec);
    return !spec || resource->ns.value != ns || (spec->selector && !spec->selector->empty());
  });
  return found;
}

/// The oldest one's. 2.8
MtlsMode effective_mode(const MeshModel& mesh, std::string_view ns) {
  const auto candidates = namespace_wide(mesh, ns);
  if (candidates.empty()) return MtlsMode::Unset;
  return mode_of(**std::ranges::min_element(candidates, {}, [&](const Resource* r) { return std::pair(created_at(mesh.store(), *r), r->name.value); }));
}

}  // namespace

bool MeshModel::strict_mtls(std::string_view ns) const {
  const auto own = effective_mode(*this, ns);
  return (own == MtlsMode::Unset ? effective_mode(*this, root_namespace_) : own) == MtlsMode::Strict;
}

std::vector<const Resource*> MeshModel::ambiguous_mtls() const {
  std::vector<const Resource*> ambiguous;
  for (const auto& ns : namespaces_) {
    const auto candidates = namespace_wide(*this, ns);
    const bool aged = std::ranges::none_of(candidates, [&](const Resource* r) { return created_at(*store_, *r).empty(); });
    const bool agreed = std::ranges::all_of(candidates, [&](const Resource* r) { return mode_of(*r) == mode_of(*candidates.front()); });
    if (!aged && !agreed) ambiguous.insert(ambiguous.end(), candidates.begin(), candidates.end());
  }
  return ambiguous;
}

}  // namespace s2a
