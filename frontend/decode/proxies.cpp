// networking.istio.io EnvoyFilter and ProxyConfig: whom they configure, and what of a proxy an EnvoyFilter touches.
#include <cctype>

#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

constexpr std::string_view kTypes = "type.googleapis.com/";

/// The name that protobuf has for a field: `access_log`, also where it is written `accessLog`.
std::string protobuf_name(std::string_view written) {
  std::string out;
  for (const auto c : written) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isupper(letter) != 0) out += '_';
    out += static_cast<char>(std::tolower(letter));
  }
  return out;
}

NodeId either(const Reader& reader, NodeId map, std::string_view field, std::string_view same) {
  const auto node = reader.get(map, field);
  return node == kNoNode ? reader.get(map, same) : node;
}

/// What a map sets. What a route does, and what an upstream's protocols are told, stands one or two maps deeper.
void add_fields(const Reader& reader, NodeId map, const std::string& prefix, std::vector<Spanned<std::string>>& out) {
  if (map == kNoNode) return;
  for (const auto& [key, value] : reader.text().document.merged_entries(map)) {
    const auto name = protobuf_name(reader[key].value);
    if (name == "@type") continue;
    if (name == "route")
      add_fields(reader, value, "route.", out);
    else if (name == "typed_extension_protocol_options" || name.starts_with("envoy."))
      add_fields(reader, value, prefix, out);
    else
      out.push_back({.value = prefix + name, .node = key});
  }
}

/// A filter is what its type says, whatever it is called; a type that istiod does not know comes in a struct that names it.
void add_filter(const Reader& reader, NodeId filter, EnvoyPatch& out) {
  const auto discovered = either(reader, filter, "config_discovery", "configDiscovery");
  const auto config = either(reader, filter, "typed_config", "typedConfig");
  if (discovered != kNoNode) {
    out.added = {.value = "config_discovery", .node = discovered};
  } else if (config == kNoNode) {
    out.added = reader.string(filter, "name");
  } else {
    const bool carried = reader.string(config, "@type").value.ends_with(".TypedStruct");
    const auto type = carried ? either(reader, config, "type_url", "typeUrl") : reader.get(config, "@type");
    out.added = type == kNoNode ? Spanned<std::string>{.value = "typed_config", .node = config} : Spanned<std::string>{.value = reader[type].value, .node = type};
    if (out.added.value.starts_with(kTypes)) out.added.value.erase(0, kTypes.size());
    add_fields(reader, carried ? reader.get(config, "value") : config, {}, out.fields);
  }
}

EnvoyPatch decode_patch(const Reader& reader, NodeId item) {
  const auto match = reader.get(item, "match");
  const auto value = reader.get(item, {"patch", "value"});
  EnvoyPatch out{
      .apply_to = reader.string(item, "applyTo"), .context = reader.string(match, "context").value, .operation = reader.string(reader.get(item, "patch"), "operation").value};
  const auto filter = reader.get(match, {"listener", "filterChain", "filter"});
  out.filter = reader.string(out.apply_to.value == "HTTP_FILTER" ? reader.get(filter, "subFilter") : filter, "name");
  if (out.apply_to.value.ends_with("FILTER") || out.apply_to.value == "EXTENSION_CONFIG")
    add_filter(reader, value, out);
  else
    add_fields(reader, value, {}, out.fields);
  return out;
}

}  // namespace

Spec decode_envoy_filter(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  EnvoyFilter out{.workload_selector = decode_workload_selector(reader, spec), .target_refs = decode_target_refs(reader, spec), .patches = {}};
  for (const auto item : reader.items(spec, "configPatches")) out.patches.push_back(decode_patch(reader, item));
  return out;
}

Spec decode_proxy_config(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return ProxyConfig{.selector = decode_selector(reader, spec), .environment = reader.labels(spec, "environmentVariables")};
}

}  // namespace s2a
