// What an HTTP rule of a VirtualService matches. routing.md 1.2
#include <array>

#include "frontend/decode/http_rule.h"
#include "frontend/grammar/regex.h"

namespace s2a {
namespace {

std::optional<StringMatch> decode_optional_match(const Reader& reader, NodeId map, std::string_view field) {
  const auto node = reader.get(map, field);
  return node == kNoNode ? std::nullopt : std::optional(decode_string_match(reader, node));
}

StringMatches decode_string_matches(const Reader& reader, NodeId map, std::string_view field) {
  StringMatches out;
  const auto node = reader.get(map, field);
  if (node == kNoNode) return out;
  for (const auto& entry : reader.text().document.merged_entries(node)) out[reader[entry.key].value] = decode_string_match(reader, entry.value);
  return out;
}

HttpMatch decode_match(const Reader& reader, NodeId node) {
  return {.name = reader.string(node, "name").value,
          .uri = decode_optional_match(reader, node, "uri"),
          .scheme = decode_optional_match(reader, node, "scheme"),
          .method = decode_optional_match(reader, node, "method"),
          .authority = decode_optional_match(reader, node, "authority"),
          .headers = decode_string_matches(reader, node, "headers"),
          .without_headers = decode_string_matches(reader, node, "withoutHeaders"),
          .query_params = decode_string_matches(reader, node, "queryParams"),
          .ignore_uri_case = reader.flag(node, "ignoreUriCase"),
          .port = reader.optional_port(node, "port"),
          .source_labels = reader.labels(node, "sourceLabels"),
          .source_namespace = reader.string(node, "sourceNamespace").value,
          .gateways = reader.texts(node, "gateways"),
          .stat_prefix = reader.string(node, "statPrefix").value,
          .node = node};
}

}  // namespace

StringMatch decode_string_match(const Reader& reader, NodeId node) {
  using How = StringMatch::Kind;
  constexpr std::array<std::pair<std::string_view, How>, 3> kFields{{{"exact", How::Exact}, {"prefix", How::Prefix}, {"regex", How::Regex}}};
  for (const auto& [field, kind] : kFields) {
    auto text = reader.string(node, field);
    if (!text.written()) continue;
    auto regex = kind == How::Regex ? regex_of(text.value) : std::nullopt;
    return {.kind = kind, .text = std::move(text.value), .node = node, .regex = std::move(regex)};
  }
  return {.node = node};
}

std::vector<HttpMatch> decode_http_matches(const Reader& reader, NodeId rule) {
  std::vector<HttpMatch> out;
  for (const auto node : reader.items(rule, "match")) out.push_back(decode_match(reader, node));
  return out;
}

}  // namespace s2a
