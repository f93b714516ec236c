// Adding to the store.
#include "ir/mesh/store.h"

namespace s2a {

DocumentId Store::add(Document document) {
  documents_.push_back(std::move(document));
  return DocumentId{static_cast<std::uint32_t>(documents_.size() - 1)};
}

ResourceId Store::add(Resource resource) {
  resource.id = ResourceId{static_cast<std::uint32_t>(resources_.size())};
  resources_.push_back(std::move(resource));
  return resources_.back().id;
}

Label Store::label(const Resource& resource, NodeId node, std::string text, LabelKind kind) const {
  const auto& document = (*this)[resource.document];
  const auto where = node == kNoNode ? resource.node : node;
  return {.file = resource.file, .span = document[where].span, .kind = kind, .text = std::move(text)};
}

Diagnostic Store::about(const Resource& resource, NodeId node, Code code, std::string message, std::string help) const {
  return {.code = code,
          .subject = resource.subject(),
          .message = std::move(message),
          .labels = {label(resource, node == kNoNode ? resource.name.node : node)},
          .help = std::move(help),
          .notes = {}};
}

}  // namespace s2a
