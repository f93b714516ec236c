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

struct ApiVersion {
  std::string_view group;
  std::string_view version;
};

/// `security.istio.io` and `v1` of `security.istio.io/v1`.
[[nodiscard]] ApiVersion split_api_version(std::string_view text);

/// Whether it is written out: not empty and no placeholder.
[[nodiscard]] bool is_readable(std::string_view api_version);

/// Whether an object of an unknown kind may decide about requests: its API group has such kinds, or is unknown as well.
[[nodiscard]] bool may_decide(std::string_view api_version);

/// The kind names of the table and OpenShift's Template for frontend/yaml/scan.h, sorted; of ConfigMaps only those that can hold a MeshConfig.
[[nodiscard]] std::span<const RelevantKind> relevant_kinds();

}  // namespace s2a
