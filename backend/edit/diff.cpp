// Edits -> changed regions of whole lines -> hunks with context -> text.
#include "backend/edit/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

namespace s2a {
namespace {

constexpr std::size_t kContext = 3;

using Lines = std::vector<std::string_view>;

/// Every line with its line end; the last one may have none.
Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto size = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return lines;
}

std::size_t line_begin(std::string_view text, std::size_t at) { return at == 0 ? 0 : text.rfind('\n', at - 1) + 1; }

std::size_t next_line(std::string_view text, std::size_t at) { return std::min(text.find('\n', at), text.size() - 1) + 1; }

bool ends_line(std::string_view text) { return text.empty() || text.ends_with('\n'); }

/// Bytes [begin, end) of the old text, whole lines once widened, and what they become.
struct Region {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

/// Where the region ends when it is widened to whole lines, in the old text and in the new.
std::size_t widened_end(std::string_view before, const Region& region) {
  const bool whole = region.end == before.size() || (ends_line(before.substr(0, region.end)) && ends_line(region.text));
  return whole ? region.end : next_line(before, region.end);
}

void extend(std::string_view before, Region& region, std::size_t end) {
  region.text += before.substr(region.end, end - region.end);
  region.end = end;
}

/// Edits whose lines touch share a region.
std::vector<Region> regions(std::string_view before, const EditSet& set) {
  std::vector<Region> out;
  for (const auto& [span, text] : set.edits()) {
    const auto begin = line_begin(before, span.begin);
    if (out.empty() || begin > widened_end(before, out.back())) {
      if (!out.empty()) extend(before, out.back(), widened_end(before, out.back()));
      out.push_back({.begin = begin, .end = begin, .text = {}});
    }
    extend(before, out.back(), span.begin);
    out.back().text += text;
    out.back().end = span.end;
  }
  if (!out.empty()) extend(before, out.back(), widened_end(before, out.back()));
  return out;
}

/// Old lines [begin, end) and the new ones in their place: no line at either side is the same in both.
struct Block {
  std::size_t begin = 0;
  std::size_t end = 0;
  Lines added;
};

std::vector<Block> blocks(const Lines& lines, const std::vector<Region>& regions) {
  std::vector<Block> out;
  std::size_t line = 0;
  std::size_t offset = 0;
  const auto line_at = [&](std::size_t target) {
    while (offset < target) offset += lines[line++].size();
    return line;
  };
  for (const auto& region : regions) {
    Block block{.begin = line_at(region.begin), .end = line_at(region.end), .added = split_lines(region.text)};
    auto& added = block.added;
    const auto same = std::ranges::mismatch(std::span(lines).subspan(block.begin, block.end - block.begin), added).in2 - added.begin();
    added.erase(added.begin(), added.begin() + same);
    block.begin += static_cast<std::size_t>(same);
    while (block.begin < block.end && !added.empty() && lines[block.end - 1] == added.back()) {
      --block.end;
      added.pop_back();
    }
    if (block.begin < block.end || !added.empty()) out.push_back(std::move(block));
  }
  return out;
}

void put_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

/// `12,3` of a hunk head: a range of no lines names the line in front of it.
std::string range(std::size_t begin, std::size_t count) {
  if (count == 1) return fmt::format("{}", begin + 1);
  return fmt::format("{},{}", count == 0 ? begin : begin + 1, count);
}

/// Blocks whose contexts touch, as one hunk. `shift`: how many lines earlier hunks have added.
void put_hunk(std::string& out, const Lines& lines, std::span<const Block> blocks, std::ptrdiff_t& shift) {
  const auto begin = blocks.front().begin - std::min(blocks.front().begin, kContext);
  const auto end = std::min(blocks.back().end + kContext, lines.size());
  std::string body;
  std::ptrdiff_t grown = 0;
  auto at = begin;
  for (const auto& block : blocks) {
    while (at < block.begin) put_line(body, ' ', lines[at++]);
    while (at < block.end) put_line(body, '-', lines[at++]);
    for (const auto line : block.added) put_line(body, '+', line);
    grown += std::ssize(block.added) - static_cast<std::ptrdiff_t>(block.end - block.begin);
  }
  while (at < end) put_line(body, ' ', lines[at++]);
  const auto moved = [](std::size_t count, std::ptrdiff_t by) { return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(count) + by); };
  out += fmt::format("@@ -{} +{} @@\n", range(begin, end - begin), range(moved(begin, shift), moved(end - begin, grown)));
  out += body;
  shift += grown;
}

/// As git writes a path in a diff: relative, in quotes with escapes where it holds a special byte.
std::string git_path(std::string_view side, std::string_view path) {
  path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
  constexpr std::string_view kNamed = "\a\b\t\n\v\f\r\"\\";
  constexpr std::string_view kEscapes = "abtnvfr\"\\";
  std::string out(side);
  bool special = false;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const auto named = kNamed.find(c);
    if (named == std::string_view::npos && byte >= 0x20 && byte < 0x7F) {
      out += c;
      continue;
    }
    special = true;
    out += named == std::string_view::npos ? fmt::format("\\{:03o}", byte) : fmt::format("\\{}", kEscapes[named]);
  }
  return special ? fmt::format("\"{}\"", out) : out;
}

/// In `---` and `+++` lines git ends a path that has a blank with a tab.
std::string file_line(std::string_view side, std::string_view path) {
  if (path == kNoFile) return std::string(path);
  return git_path(side, path) + (path.find(' ') == std::string_view::npos ? "" : "\t");
}

}  // namespace

std::vector<ChangedLines> changed_lines(std::string_view before, const EditSet& edits) {
  const auto lines = split_lines(before);
  const auto all_regions = regions(before, edits);
  const auto text = [](std::string_view line) { return std::string(line.substr(0, std::min(line.find_first_of("\r\n"), line.size()))); };
  std::vector<ChangedLines> out;
  std::size_t added = 0;
  std::size_t removed = 0;
  for (const auto& block : blocks(lines, all_regions)) {
    ChangedLines change{.old_line = block.begin, .new_line = block.begin + added - removed, .removed = {}, .added = {}};
    for (auto i = block.begin; i < block.end; ++i) change.removed.push_back(text(lines[i]));
    for (const auto line : block.added) change.added.push_back(text(line));
    added += change.added.size();
    removed += change.removed.size();
    out.push_back(std::move(change));
  }
  return out;
}

std::string unified_diff(std::string_view old_path, std::string_view new_path, std::string_view before, const EditSet& edits) {
  const auto lines = split_lines(before);
  const auto all_regions = regions(before, edits);
  const auto all = blocks(lines, all_regions);
  const bool is_new = old_path == kNoFile;
  const bool goes = new_path == kNoFile;
  if (all.empty() && !is_new) return {};

  auto out = fmt::format("diff --git {} {}\n", git_path("a/", is_new ? new_path : old_path), git_path("b/", goes ? old_path : new_path));
  if (is_new) out += "new file mode 100644\n";
  if (goes) out += "deleted file mode 100644\n";
  if (!all.empty()) out += fmt::format("--- {}\n+++ {}\n", file_line("a/", old_path), file_line("b/", new_path));
  std::ptrdiff_t shift = 0;
  for (auto first = all.begin(); first != all.end();) {
    const auto apart = [](const Block& one, const Block& next) { return next.begin - one.end > 2 * kContext; };
    const auto gap = std::ranges::adjacent_find(first, all.end(), apart);
    const auto last = gap == all.end() ? gap : std::next(gap);
    put_hunk(out, lines, std::span(first, last), shift);
    first = last;
  }
  return out;
}

}  // namespace s2a
