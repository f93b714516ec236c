// Gathered changes -> one set of edits, and the care that the end of a file without a line end needs.
#include "backend/edit/verbs.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "backend/edit/gather.h"
#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"

namespace s2a {
namespace {

Edits all_edits(const Site& site, const Gathered& gathered) {
  Edits out;
  const auto take = [&](Edits edits) { std::ranges::move(edits, std::back_inserter(out)); };
  for (const auto& [node, value] : gathered.replaced) take(replace_edits(site, node, value));
  for (const auto& [node, collection] : gathered.collections) {  // inner ones first: where two grow at one offset, the inner lines come first
    take(site.document[node].style == NodeStyle::Flow ? flow_edits(site, collection) : block_edits(site, collection));
  }
  for (const auto* value : gathered.appended) take(append_edits(site, *value));
  return out;
}

/// The `|` or `>` scalar that the text ends with.
const Node* last_block_scalar(const Site& site) {
  const auto is_last = [&](const Node& node) {
    return (node.style == NodeStyle::Literal || node.style == NodeStyle::Folded) && lines::blank(site.text, node.span.end, static_cast<std::uint32_t>(site.text.size()));
  };
  const auto found = std::ranges::find_if(site.document.nodes, is_last);
  return found == site.document.nodes.end() ? nullptr : &*found;
}

/// A line end that comes to stand behind a `|` scalar would become part of it, unless its header says `-`.
Edit stripping_header(const Site& site, const Node& scalar) {
  const auto plus = static_cast<std::uint32_t>(site.text.substr(0, scalar.span.begin + 3).find('+', scalar.span.begin));
  const bool keeps = plus < scalar.span.begin + 3;
  const auto at = keeps ? plus : scalar.span.begin + 1;
  return {.span = {.begin = at, .end = keeps ? at + 1 : at}, .text = "-"};
}

/// Lines put behind a last line without a line end need one first. False where that would change a value.
bool end_last_line(const Site& site, Edits& edits) {
  const auto size = static_cast<std::uint32_t>(site.text.size());
  const auto adds_lines = [&](const Edit& edit) { return edit.span.begin == size && edit.text.ends_with('\n'); };
  const auto lines_behind = std::ranges::find_if(edits, adds_lines);
  if (site.text.ends_with('\n') || lines_behind == edits.end()) return true;

  const auto changes_end = [&](const Edit& edit) { return edit.span.end == size && !adds_lines(edit); };
  const auto last = std::ranges::find_if(edits, changes_end);
  if (last != edits.end() && last->text.empty() && lines::column(site.text, last->span.begin) == 0) return true;  // the last line is gone
  lines_behind->text.insert(0, site.eol);
  const Node* scalar = last == edits.end() ? last_block_scalar(site) : nullptr;
  if (scalar == nullptr) return true;
  const auto header = site.text.substr(scalar->span.begin, 3);
  if (scalar->value.ends_with('\n')) return header.find('+') == std::string_view::npos;
  if (header.find('-') == std::string_view::npos) edits.push_back(stripping_header(site, *scalar));
  return true;
}

}  // namespace

tl::expected<EditSet, Refusal> edits_for(std::span<const Change> changes, const SourceFile& file, const Document& document) {
  const Site site(file, document);
  const auto gathered = gather(site, changes);
  if (!gathered) return tl::unexpected(gathered.error());
  auto edits = all_edits(site, *gathered);
  if (!end_last_line(site, edits)) {
    return tl::unexpected(Refusal{.code = Code::NotEditable, .node = document.root, .reason = "the file ends in a `|+` value without a line end: nothing can follow it"});
  }
  EditSet out;
  for (auto& edit : edits) {
    if (!out.add(std::move(edit))) return tl::unexpected(Refusal{.code = Code::InternalError, .node = document.root, .reason = "two changes of one document overlap"});
  }
  return out;
}

}  // namespace s2a
