// Each check is one walk over the nodes.
#include "frontend/yaml/verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace s2a::yaml {
namespace {

bool looks_like_address(std::string_view text) { return std::ranges::count(text, ':') > 0 && text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos; }

}  // namespace

Diagnostics duplicate_keys(const Document& document) {
  Diagnostics out;
  std::vector<NodeId> keys;
  const auto text = [&](NodeId id) { return std::string_view(document[document.resolve(id)].value); };
  for (const Node& map : document.nodes) {
    if (map.kind != NodeKind::Map) continue;
    keys.clear();
    for (std::uint32_t i = 0; i < map.link_count; i += 2) {
      const NodeId key = document.links[map.first_link + i];
      if (document[document.resolve(key)].kind == NodeKind::Scalar) keys.push_back(key);
    }
    std::ranges::stable_sort(keys, {}, text);
    for (std::size_t i = 1; i < keys.size(); ++i) {
      if (text(keys[i]) != text(keys[i - 1])) continue;
      out.add({.code = Code::DuplicateKey,
               .message = fmt::format("the key `{}` is written twice in the same map", text(keys[i])),
               .labels = {{.file = document.file, .span = document[keys[i]].span, .text = "again here"},
                          {.file = document.file, .span = document[keys[i - 1]].span, .kind = LabelKind::Info, .text = "first here"}},
               .help = "remove one of the two: Kubernetes refuses the document or silently ignores the first"});
    }
  }
  return out;
}

std::optional<Span> template_mark(const SourceFile& file, const Document& document) {
  for (const Node& node : document.nodes) {
    const bool code = (node.kind == NodeKind::Map && node.style == NodeStyle::Flow) || (node.kind == NodeKind::Scalar && node.style == NodeStyle::Plain);
    if (!code) continue;
    const auto text = file.at(node.span);
    const auto braces = node.kind == NodeKind::Map ? (text.starts_with("{{") ? 0 : std::string_view::npos) : text.find("{{");
    if (braces == std::string_view::npos) continue;
    const auto begin = node.span.begin + static_cast<Offset>(braces);
    const auto end = std::min(text.find("}}", braces), text.size() - 2) + 2;
    return Span{.begin = begin, .end = node.span.begin + static_cast<Offset>(end)};
  }
  return std::nullopt;
}

std::optional<Refused> address_in_flow(const Document& document) {
  for (const Node& map : document.nodes) {
    if (map.kind != NodeKind::Map || map.style != NodeStyle::Flow || map.link_count != 2 || map.parent == kNoNode) continue;
    const Node& key = document[document.links[map.first_link]];
    const Node& value = document[document.links[map.first_link + 1]];
    const bool implicit = document[map.parent].kind == NodeKind::Sequence && key.span.begin == map.span.begin;
    if (implicit && value.kind == NodeKind::Null && value.span.empty() && looks_like_address(key.value))
      return Refused{.wording = kAddressInFlow, .at = map.span.begin, .end = map.span.end};
  }
  return std::nullopt;
}

}  // namespace s2a::yaml
