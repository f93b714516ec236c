// `plan --origins`: the changes line by line, and behind each new line what of the input it comes from.
#include <fmt/format.h>

#include <algorithm>

#include "backend/edit/diff.h"
#include "backend/render/line_ranges.h"
#include "backend/render/text_parts.h"
#include "backend/render/typography.h"

namespace s2a {
namespace {

constexpr std::size_t kWidest = 70;  ///< columns that are filled up so that origins stand below each other

std::string file_text(const SourceSet& sources, const FileChange& change, const Look& look) {
  const auto before = change.original ? std::string_view(sources[*change.original].text) : std::string_view();
  const auto changes = changed_lines(before, change.edits);
  std::size_t width = 0;
  for (const auto& block : changes)
    for (const auto& line : block.added) width = std::max(width, std::min(columns(tame(line)), kWidest));
  auto out = fmt::format("  {}{}\n", change.deletes() ? "deleted file " : change.original ? "" : "new file ", tame(change.path));
  for (const auto& block : changes) {
    for (std::size_t i = 0; i < block.removed.size(); ++i) out += fmt::format("  {:>5} {}\n", block.old_line + i + 1, paint("- " + tame(block.removed[i]), Ink::Red, look.color));
    for (std::size_t i = 0; i < block.added.size(); ++i) {
      const auto from = to_string(line_ranges(sources, change.origins[block.new_line + i]));
      out += fmt::format("  {:>5} {}   {}\n", block.new_line + i + 1, paint("+ " + padded(tame(block.added[i]), width), Ink::Green, look.color),
                         paint("<- " + tame(from), Ink::Dim, look.color));
    }
  }
  return out;
}

}  // namespace

std::string origins_text(const MeshReport& mesh, const Look& look) {
  if (mesh.changes.empty()) return {};
  auto out = fmt::format("\n{}\n", paint("Lines, and where the new ones come from", Ink::Bold, look.color));
  for (const auto& change : mesh.changes) out += file_text(mesh.store->sources, change, look);
  return out;
}

}  // namespace s2a
