// Everything that a run has read: files, documents and resources, by id. Append-only, so that ids and references stay good while new versions of a file are added.
#pragma once

#include <deque>
#include <vector>

#include "ir/mesh/resource.h"
#include "ir/source/diagnostic.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

/// One version of all files: which resources it holds, in order of file and place.
using Snapshot = std::vector<ResourceId>;

class Store {
 public:
  SourceSet sources;

  DocumentId add(Document document);
  ResourceId add(Resource resource);
  [[nodiscard]] const Document& operator[](DocumentId id) const { return documents_[static_cast<std::uint32_t>(id)]; }
  [[nodiscard]] const Resource& operator[](ResourceId id) const { return resources_[static_cast<std::uint32_t>(id)]; }
  /// For the namespace of a kustomization and the like, before a MeshModel is built.
  [[nodiscard]] Resource& edit(ResourceId id) { return resources_[static_cast<std::uint32_t>(id)]; }
  [[nodiscard]] std::size_t document_count() const { return documents_.size(); }
  [[nodiscard]] const SourceFile& file_of(const Resource& resource) const { return sources[resource.file]; }
  /// Whether its text may be changed: it is of the input, not of its context, and nothing locks it.
  [[nodiscard]] bool may_edit(const Resource& resource) const { return resource.editable && file_of(resource).access == Access::Edit; }
  /// A node's span in the file that holds the resource.
  [[nodiscard]] Label label(const Resource& resource, NodeId node, std::string text = {}, LabelKind kind = LabelKind::Primary) const;
  /// What is to be said of a resource, at one of its nodes; kNoNode: at its name.
  [[nodiscard]] Diagnostic about(const Resource& resource, NodeId node, Code code, std::string message, std::string help) const;

 private:
  std::deque<Document> documents_;
  std::deque<Resource> resources_;
};

}  // namespace s2a
