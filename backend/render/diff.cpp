// Unified diffs of every file, as `git apply` takes them.
#include "backend/edit/diff.h"

#include "backend/render/renderer.h"

namespace s2a {

std::string render_diff(const Report& report, const Look& /*look*/) {
  std::string out;
  for (const auto& mesh : report.meshes) {
    for (const auto& change : mesh.changes) {
      const auto before = change.original ? std::string_view(mesh.store->sources[*change.original].text) : std::string_view();
      out += unified_diff(change.original ? std::string_view(change.path) : kNoFile, change.deletes() ? kNoFile : std::string_view(change.path), before, change.edits);
    }
  }
  return out;
}

}  // namespace s2a
