// Names of what the passes make: resources and files. Derived, stable, never longer than 63 characters, never one that is taken.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "ir/passes/pass.h"

namespace s2a {

/// `<base><suffix>`, shortened with a checksum where it is over 63 characters, numbered where `taken` holds it. Takes the name.
[[nodiscard]] std::string derive_name(std::string_view base, std::string_view suffix, std::set<std::string>& taken);

/// A file that neither the input nor the Plan has, in the directory of `beside`: `<directory>/<stem>.yaml`, numbered where that exists.
[[nodiscard]] std::string new_file(const PassContext& ctx, const Resource& beside, std::string_view stem);

/// The resource beside which a namespace's new files stand: its manifest, else its first policy, else its first Service, VirtualService, ServiceEntry or workload, else a
/// VirtualService of elsewhere that leads there; nullptr: none that can be edited.
[[nodiscard]] const Resource* home_of(const MeshModel& mesh, std::string_view ns);

/// The names of one kind of resource, by namespace.
class Names {
 public:
  Names(const MeshModel& mesh, Kind kind);
  /// A name that is free in that namespace, and no longer is.
  [[nodiscard]] std::string take(const std::string& ns, std::string_view base, std::string_view suffix);

 private:
  std::map<std::string, std::set<std::string>> taken_;
};

}  // namespace s2a
