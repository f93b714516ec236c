// Gathered changes -> one set of edits, and the care that the end of a file without a line end needs.
#include "backend/edit/verbs.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "backend/edit/gather.h"
#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"

namespace s2a {
namespace {

Edits all_edits(const Site& site, const Gathered& gathered) {
  if (gathered.document_removed) return remove_edits(site);
  Edits out;
  const auto take = [&](Edits edits) { std::ranges::move(edits, std::back_inserter(out)); };
  for (const auto& [node, value] : gathered.replaced) take(replace_edits(site, node, value));
  for (const auto& [node, collection] : gathered.collections) {  // inner ones first: where two grow at one offset, the inner lines come first
    take(site.document[node].style == NodeStyle::Flow ? flow_edits(site, collection) : block_edits(site, collection));
  }
  for (const auto* value : gathered.appended) take(append_edits(site, *value));
  for (const auto* change : gathered.commented) take(comment_edits(site, *change, out));
  take(joining_blanks(site, out));
  return out;
}

bool is_block_scalar(const Node& node) { return node.style == NodeStyle::Literal || node.style == NodeStyle::Folded; }

/// Whether edits stand behind a `|` or `>` scalar that a last line of blanks without a line end follows: parsers do not agree on whether those are part of it.
bool behind_ragged_scalar(const Site& site, const Edits& edits) {
  const auto size = static_cast<std::uint32_t>(site.text.size());
  const auto ragged = [&](const Node& node) { return is_block_scalar(node) && node.span.end < size && !site.text.ends_with('\n') && lines::blank(site.text, node.span.end, size); };
  const auto scalar = std::ranges::find_if(site.document.nodes, ragged);
  return scalar != site.document.nodes.end() && std::ranges::any_of(edits, [&](const Edit& edit) { return edit.span.begin >= scalar->span.end; });
}

/// A line end behind a `|` or `>` scalar that the text ends with would become part of it, unless its header says `-`.
Edits strip_header(const Site& site) {
  const auto at_end = [&](const Node& node) { return is_block_scalar(node) && node.span.end == site.text.size() && !node.value.empty(); };
  const auto scalar = std::ranges::find_if(site.document.nodes, at_end);
  if (scalar == site.document.nodes.end()) return {};
  const auto begin = scalar->span.begin + 1;
  const auto indicators = site.text.substr(begin, site.text.find_first_not_of("+-123456789", begin) - begin);
  if (indicators.find('-') != std::string_view::npos) return {};
  const auto plus = indicators.find('+');
  if (plus == std::string_view::npos) return {{.span = {.begin = begin, .end = begin}, .text = "-"}};
  const auto at = begin + static_cast<std::uint32_t>(plus);
  return {{.span = {.begin = at, .end = at + 1}, .text = "-"}};
}

/// Lines put behind a last line without a line end need one first.
void end_last_line(const Site& site, Edits& edits) {
  const auto size = static_cast<std::uint32_t>(site.text.size());
  const auto adds_lines = [&](const Edit& edit) { return edit.span.begin == size && edit.text.ends_with('\n'); };
  const auto first = std::ranges::find_if(edits, adds_lines);
  if (site.text.ends_with('\n') || first == edits.end()) return;

  const auto changes_end = [&](const Edit& edit) { return edit.span.end == size && !adds_lines(edit); };
  const auto change = std::ranges::find_if(edits, changes_end);
  const bool last_line_goes = change != edits.end() && change->text.empty() && lines::column(site.text, change->span.begin) == 0;
  if (!last_line_goes) first->text.insert(0, site.eol);
  if (change == edits.end()) std::ranges::move(strip_header(site), std::back_inserter(edits));
}

tl::expected<EditSet, Refusal> edits_of(std::span<const Change> changes, const SourceFile& file, const Document& document) {
  const Site site(file, document);
  const auto gathered = gather(site, changes);
  if (!gathered) return tl::unexpected(gathered.error());
  auto edits = all_edits(site, *gathered);
  if (behind_ragged_scalar(site, edits)) {
    return tl::unexpected(Refusal{.code = Code::NotEditable, .node = document.root, .reason = "the file ends in blanks behind a `|` or `>` value: end its last line first"});
  }
  end_last_line(site, edits);
  EditSet out;
  for (auto& edit : edits) {
    if (!out.add(std::move(edit))) return tl::unexpected(Refusal{.code = Code::InternalError, .node = document.root, .reason = "two changes of one document overlap"});
  }
  return out;
}

}  // namespace

tl::expected<EditSet, Refusal> edits_for(std::span<const Change> changes, const SourceFile& file, const Document& document) {
  auto edits = edits_of(changes, file, document);
  if (!edits || std::ranges::none_of(changes, brings_comments)) return edits;
  return edits_of(with_lost_comments(changes, *edits), file, document);
}

}  // namespace s2a
