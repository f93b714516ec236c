// Paths below a resource.
#include "ir/audit/reason.h"

namespace s2a {
namespace {

/// Relative to the resource, which may be an item of a List, and without the `spec` that all fields have in common.
std::string path_below(const Document& document, const Resource& resource, NodeId node) {
  auto path = document.path_of(node);
  const auto above = document.path_of(resource.node);
  if (!above.empty() && path.starts_with(above + ".")) path.erase(0, above.size() + 1);
  constexpr std::string_view kSpec = "spec.";
  if (path.starts_with(kSpec)) path.erase(0, kSpec.size());
  return path;
}

}  // namespace

Reason reason_at(const Store& store, const Resource& resource, NodeId node, std::string what) {
  if (node == kNoNode) node = resource.name.node;
  Reason out{.path = path_below(store[resource.document], resource, node), .what = std::move(what), .place = store.label(resource, node)};
  if (out.what.empty()) out.what = out.path.substr(out.path.rfind('.') + 1);
  return out;
}

}  // namespace s2a
