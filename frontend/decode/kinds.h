// THE table of resource kinds: what each is called, which versions were served, which fields it has and how it is decoded.
#pragma once

#include <span>
#include <string_view>

#include "frontend/decode/check.h"
#include "frontend/decode/reader.h"
#include "frontend/yaml/scan.h"
#include "ir/mesh/resource.h"

namespace s2a {

struct KindRow {
  Kind kind{};
  std::string_view name;                                           ///< as in the manifest
  std::string_view group;                                          ///< empty: core
  std::string_view versions;                                       ///< every one ever served, newest first, a space between two
  std::string_view fields;                                         ///< its object type in the field lists; empty: none of its fields is read
  Spec (*decode)(const Reader& reader, NodeId object) = nullptr;   ///< null: its labels and name are all that counts
  bool (*applies)(const Reader& reader, NodeId object) = nullptr;  ///< null: to every object of the kind
  bool cluster_scoped = false;
  bool named = true;  ///< false: may stand without metadata.name
  UnknownFields unknown = UnknownFields::Ignore;

  /// Istio's and the Gateway API's kinds decide about requests; Kubernetes' own add to what is known.
  [[nodiscard]] bool decides() const { return unknown == UnknownFields::Report; }
  [[nodiscard]] bool serves(std::string_view version) const;
};

[[nodiscard]] std::span<const KindRow> kinds();

/// The row of that kind name in that API group; null where it is none of ours.
[[nodiscard]] const KindRow* find_kind(std::string_view name, std::string_view group);

/// The first row of that kind name, in whatever group.
[[nodiscard]] const KindRow* find_kind(std::string_view name);

/// The kind names of the table for frontend/yaml/scan.h, sorted; of ConfigMaps only those that can hold a MeshConfig.
[[nodiscard]] std::span<const RelevantKind> relevant_kinds();

}  // namespace s2a
