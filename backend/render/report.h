// What a run has to show: one MeshReport a mesh. Renderers read it and nothing else.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "backend/edit/edit_set.h"
#include "ir/mesh/store.h"
#include "ir/plan.h"

namespace s2a {

/// A file that the Plan changes, makes or deletes.
struct FileChange {
  std::string path;
  std::optional<FileId> original;  ///< nullopt: a new file
  EditSet edits;                   ///< from the original's text, or from nothing, to `text`
  std::string text;
  std::vector<std::set<SourcePoint>> origins;  ///< of each line of `text`: the lines of the input that it comes from

  /// No file is left without a resource.
  [[nodiscard]] bool deletes() const { return original && text.empty(); }
};

struct MeshReport {
  std::string name;  ///< the PATH with --each, else empty
  std::unique_ptr<const Store> store;
  std::size_t files = 0;  ///< that were read
  std::size_t resources = 0;
  Plan plan;                           ///< its diagnostics include those of reading
  std::vector<FileChange> changes;     ///< by path
  std::vector<std::string> held_back;  ///< namespaces that `apply` leaves out because they rest on assumptions, sorted
};

struct Report {
  std::vector<MeshReport> meshes;
  std::string arguments;  ///< the PATHs as they were given, quoted for a shell: for the commands that the report names
  bool brief = false;     ///< text: errors and the sum
  bool origins = false;   ///< text: every line that is added, and where it comes from
};

/// How text may look; nothing of it changes what is said.
struct Look {
  bool color = false;
  std::size_t width = 120;  ///< columns
};

}  // namespace s2a
