// Istio's MeshConfig: as YAML in the text of ConfigMap `istio`, or as a part of an IstioOperator or of the Sail operator's Istio.
#include <algorithm>

#include "frontend/decode/check.h"
#include "frontend/decode/decoders.h"
#include "frontend/decode/http_rule.h"
#include "frontend/grammar/object_name.h"
#include "frontend/yaml/parse.h"

namespace s2a {
namespace {

MeshConfig decode_mesh_config(const Reader& reader, NodeId map) {
  MeshConfig out;
  const auto optional = [&](NodeId in, std::string_view field) {
    auto text = reader.string(in, field);
    return text.written() ? std::optional(std::move(text.value)) : std::nullopt;
  };
  reader.check_legal(reader.string(map, "rootNamespace"), "namespace", check_dns_label);
  out.root_namespace = optional(map, "rootNamespace");
  out.trust_domain = optional(map, "trustDomain");
  out.trust_domain_aliases = reader.texts(map, "trustDomainAliases");
  out.path_normalization = optional(reader.get(map, "pathNormalization"), "normalization");
  for (const auto provider : reader.items(map, "extensionProviders"))
    out.extension_providers.push_back({.name = reader.string(provider, "name").value, .http = reader.get(provider, "envoyExtAuthzHttp") != kNoNode});
  for (const auto certificate : reader.items(map, "caCertificates"))
    for (auto& domain : reader.texts(certificate, "trustDomains")) out.ca_trust_domains.push_back(std::move(domain));
  if (const auto retries = reader.get(map, "defaultHttpRetryPolicy"); retries != kNoNode) out.default_retries = decode_retries(reader, retries);
  out.default_virtual_service_export_to = reader.texts(map, "defaultVirtualServiceExportTo");
  out.default_destination_rule_export_to = reader.texts(map, "defaultDestinationRuleExportTo");
  out.registry_only = optional(reader.get(map, "outboundTrafficPolicy"), "mode") == "REGISTRY_ONLY";
  if (const auto auto_mtls = reader.get(map, "enableAutoMtls"); auto_mtls != kNoNode) out.auto_mtls = reader[auto_mtls].value != "false";
  return out;
}

std::size_t indentation(std::string_view text) {
  const auto first = text.find_first_not_of(" \r\n");
  return first == std::string_view::npos ? 0 : first - (text.rfind('\n', first) + 1);  // npos + 1 == 0
}

/// Where bytes of a literal block scalar's value stand in the file; of any other scalar its whole span.
Span place_in_file(const Reader& reader, NodeId scalar, Span inner) {
  const auto& node = reader[scalar];
  if (node.style != NodeStyle::Literal) return node.span;
  const std::string_view value = node.value;
  const auto block = reader.text().file.at(node.span);
  const auto before = value.substr(0, inner.begin);
  const auto column = before.size() - (before.rfind('\n') + 1);
  std::size_t line_start = block.find('\n') + 1;
  const auto indent = indentation(block.substr(line_start)) - std::min(indentation(value), indentation(block.substr(line_start)));
  for (auto lines = std::ranges::count(before, '\n'); lines > 0; --lines) line_start = block.find('\n', line_start) + 1;
  const auto begin = node.span.begin + static_cast<std::uint32_t>(line_start + indent + column);
  return {std::min(begin, node.span.end), std::min(begin + inner.size(), node.span.end)};
}

}  // namespace

bool is_mesh_config_map(const Reader& reader, NodeId object) {
  const auto name = reader.string(reader.get(object, "metadata"), "name").value;
  return (name == "istio" || name.starts_with("istio-")) && reader.get(object, {"data", "mesh"}) != kNoNode;
}

Spec decode_mesh_config_map(const Reader& reader, NodeId object) {
  const auto text = reader.string(reader.get(object, "data"), "mesh");
  if (!text.written()) return MeshConfig{};
  const SourceFile file{.id = reader.text().file.id, .path = reader.text().file.path, .text = text.value};
  const auto parsed = parse(file);
  MeshConfig out;
  Diagnostics found = parsed.diagnostics;
  if (!parsed.documents.empty() && parsed.documents.front().root != kNoNode) {
    const auto& document = parsed.documents.front();
    const Reader inner({document, file}, {}, found);
    check_fields(inner, document.root, *object_type("MeshConfig"), UnknownFields::Ignore);
    out = decode_mesh_config(inner, document.root);
  }
  for (auto diagnostic : found.all()) {
    for (auto& label : diagnostic.labels) label.span = place_in_file(reader, text.node, label.span);
    reader.report(std::move(diagnostic));
  }
  return out;
}

Spec decode_istio_operator(const Reader& reader, NodeId object) { return decode_mesh_config(reader, reader.get(object, {"spec", "meshConfig"})); }

Spec decode_sail_istio(const Reader& reader, NodeId object) { return decode_mesh_config(reader, reader.get(object, {"spec", "values", "meshConfig"})); }

}  // namespace s2a
