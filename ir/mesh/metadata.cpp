// Reading metadata straight from the document.
#include "ir/mesh/metadata.h"

namespace s2a {

std::string created_at(const Store& store, const Resource& resource) {
  if (resource.node == kNoNode) return {};
  const auto& document = store[resource.document];
  const auto node = document.at(resource.node, {"metadata", "creationTimestamp"});
  return node == kNoNode ? std::string{} : document[document.resolve(node)].value;
}

bool owned(const Store& store, const Resource& resource) {
  if (resource.node == kNoNode) return false;
  const auto& document = store[resource.document];
  const auto node = document.at(resource.node, {"metadata", "ownerReferences"});
  return node != kNoNode && !document.children(node).empty();
}

}  // namespace s2a
