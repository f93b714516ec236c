// Items are paths relative to the kustomization.
#include "ir/passes/listings.h"

#include <algorithm>

namespace s2a {
namespace {

/// The steps of a path, `.` left out and `..` taken back.
std::vector<std::string_view> steps_of(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const auto step = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(step.size() + 1, path.size()));
    if (step == ".." && !out.empty() && out.back() != "..")
      out.pop_back();
    else if (!step.empty() && step != ".")
      out.push_back(step);
  }
  return out;
}

}  // namespace

std::vector<Listing> listings_of(const MeshModel& mesh, std::string_view path) {
  std::vector<Listing> out;
  for (const auto* resource : mesh.all(Kind::Kustomization)) {
    const std::string directory(directory_of(mesh.store().file_of(*resource).path));
    for (const auto& item : std::get<Kustomization>(resource->spec).resource_paths)
      if (steps_of(directory + item.value) == steps_of(path)) out.push_back({.kustomization = resource, .item = item.node});
  }
  return out;
}

}  // namespace s2a
