// The oracle is yaml-cpp's own reading of the text, before and after a change of a few bytes.
#include "tests/property/yaml/properties.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/yaml_events.h"

namespace s2a::test {
namespace {

constexpr std::string_view kSentinel = "zq";

Span outer(const Node& node) { return {.begin = node.property.empty() ? node.span.begin : node.property.begin, .end = node.span.end}; }

/// The position among the events of yaml_events() at which each node starts.
std::vector<std::size_t> starts(const std::vector<std::string>& events) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (events[i] != "]" && events[i] != "}" && events[i] != "doc") out.push_back(i);
  }
  return out;
}

/// What to write for a node so that it reads `zq` in its place; nothing where the text has no place for it, as in `{a, b}`.
std::optional<std::string> replacement(std::string_view text, const Node& node) {
  if (node.kind == NodeKind::Null && node.span.empty()) {
    const char before = node.span.begin > 0 ? text[node.span.begin - 1] : '\0';
    const bool gap = before == ':' || before == '-' || !node.property.empty();
    return gap ? std::optional(" " + std::string(kSentinel)) : std::nullopt;
  }
  const bool glued = !node.property.empty() && node.property.end == node.span.begin;  // `!t"x"`
  if ((node.kind != NodeKind::Scalar && node.kind != NodeKind::Null) || (glued && !node.span.empty())) return std::nullopt;
  if (node.style == NodeStyle::SingleQuoted || node.style == NodeStyle::DoubleQuoted) return "\"" + std::string(kSentinel) + "\"";  // {"a":1} needs the quotes
  return (node.span.empty() ? " " : "") + std::string(kSentinel);
}

bool matters(const Document& document, std::string_view text, std::span<const RelevantKind> kinds) {
  const auto kind = document.root == kNoNode ? std::nullopt : document.find(document.root, "kind");
  if (!kind) return false;
  const std::string& name = document[document.resolve(kind->value)].value;
  const auto row = std::ranges::find(kinds, name, &RelevantKind::kind);
  return name.ends_with("List") || (row != kinds.end() && text.find(row->needle) != std::string_view::npos);
}

bool same(const Node& a, const Node& b) {
  return a.kind == b.kind && a.style == b.style && a.span == b.span && a.property == b.property && a.parent == b.parent && a.target == b.target && a.value == b.value;
}

}  // namespace

SourceFile source(std::string text) { return {.path = "test.yaml", .text = std::move(text)}; }

void expect_same_events(const SourceFile& file, const ParsedFile& parsed) {
  const auto expected = yaml_events(file.text);
  if (!expected || expected->empty()) return;  // yaml-cpp gives up at the first error, and sees no document in a file of comments
  std::vector<std::string> events;
  for (const Document& document : parsed.documents) {
    if (!document.locked.empty() && document.root == kNoNode) return;  // stricter than yaml-cpp: see the unit tests
    const auto own = events_of(document);
    events.insert(events.end(), own.begin(), own.end());
  }
  EXPECT_EQ(events, *expected) << file.path << "\n" << file.text.substr(0, 2000);
}

void expect_nested(const SourceFile& file, const Document& document) {
  const auto fail = [&](const Node& node, std::string_view why) {
    ADD_FAILURE() << file.path << ":" << line_column(file, node.span.begin).line << " " << why << ": `" << file.at(node.span) << "`";
  };
  for (const Node& node : document.nodes) {
    const Span own = outer(node);
    if (own.begin > own.end || own.begin < document.span.begin || own.end > document.span.end) fail(node, "not in its document");
    if (node.parent != kNoNode) {
      const Span around = document[node.parent].span;
      if (own.begin < around.begin || own.end > around.end) fail(node, "not in its parent");
    }
    const auto children = std::span(document.links).subspan(node.first_link, node.link_count);
    for (std::size_t i = 1; i < children.size(); ++i) {
      if (outer(document[children[i - 1]]).end > outer(document[children[i]]).begin) fail(document[children[i]], "overlaps its neighbour");
    }
    const auto text = file.at(node.span);
    if (node.kind == NodeKind::Sequence && node.style == NodeStyle::Flow && !(text.starts_with('[') && text.ends_with(']'))) fail(node, "no brackets");
  }
}

void expect_replaceable(const SourceFile& file, const Document& document, std::mt19937& engine, int samples, Counts& counts) {
  const auto feed = yaml::split(file.text).at(document.ordinal).feed;
  const auto begin = feed.begin;
  const std::string text(file.at(feed));
  const auto before = yaml_events(text);
  if (!before || document.nodes.empty()) return;
  const auto positions = starts(*before);
  ASSERT_EQ(positions.size(), document.nodes.size()) << file.path;
  const bool all = document.nodes.size() <= static_cast<std::size_t>(samples);
  const std::size_t tries = all ? document.nodes.size() : static_cast<std::size_t>(samples);
  for (std::size_t i = 0; i < tries; ++i) {
    const std::size_t index = all ? i : engine() % document.nodes.size();
    const Node& node = document.nodes[index];
    const auto word = replacement(file.text, node);
    if (!word) continue;
    auto changed = text;
    changed.replace(node.span.begin - begin, node.span.size(), *word);
    auto expected = *before;
    auto& event = expected[positions[index]];
    event = (event.starts_with('&') ? event.substr(0, event.find_first_of("~=")) : "") + "=" + std::string(kSentinel);
    const auto after = yaml_events(changed);
    ++counts.replaced;
    ASSERT_TRUE(after && *after == expected) << file.path << ":" << line_column(file, node.span.begin).line << " `" << file.at(node.span) << "` replaced:\n"
                                             << changed.substr(0, 3000);
  }
}

void expect_scan_is_parse(const SourceFile& file, const ParsedFile& parsed, std::span<const RelevantKind> kinds) {
  const auto scanned = parse_relevant(file, kinds);
  std::vector<std::uint32_t> seen;
  for (const Document& document : scanned.documents) {
    seen.push_back(document.ordinal);
    const Document& full = parsed.documents.at(document.ordinal);
    EXPECT_EQ(full.ordinal, document.ordinal) << file.path;
    EXPECT_EQ(full.span, document.span) << file.path;
    EXPECT_EQ(full.locked, document.locked) << file.path;
    EXPECT_EQ(full.root, document.root) << file.path;
    EXPECT_EQ(full.links, document.links) << file.path;
    EXPECT_TRUE(std::ranges::equal(full.nodes, document.nodes, same)) << file.path;
  }
  for (const Document& document : parsed.documents) {
    if (!matters(document, file.at(document.span), kinds)) continue;
    EXPECT_TRUE(std::ranges::binary_search(seen, document.ordinal)) << file.path << " document " << document.ordinal << "\n" << file.at(document.span).substr(0, 1000);
  }
}

}  // namespace s2a::test
