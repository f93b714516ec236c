// telemetry.istio.io and extensions.istio.io: to whom they apply, what runs, and whether it may refuse what it gets.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

ExtensionPhase phase_of(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, ExtensionPhase>, 3> kPhases{
      {{"AUTHN", ExtensionPhase::Authn}, {"AUTHZ", ExtensionPhase::Authz}, {"STATS", ExtensionPhase::Stats}}};
  const auto found = std::ranges::find(kPhases, text, &std::pair<std::string_view, ExtensionPhase>::first);
  return found == kPhases.end() ? ExtensionPhase::Unspecified : found->second;
}

ExtensionMatch decode_match(const Reader& reader, NodeId item) {
  ExtensionMatch out{.inbound = reader.string(item, "mode").value != "CLIENT", .ports = {}, .node = item};
  for (const auto port : reader.items(item, "ports")) out.ports.push_back(reader.port(port, "number"));
  return out;
}

/// What runs stands in the spec itself, or in its `wasm` or `lua`.
Extension decode_extension(const Reader& reader, NodeId spec, NodeId program) {
  Extension out{.selector = decode_selector(reader, spec), .target_refs = decode_target_refs(reader, spec)};
  out.phase = phase_of(reader.string(spec, "phase").value);
  out.network = reader.string(program, "type").value == "NETWORK";
  for (const auto item : reader.items(spec, "match")) out.match.push_back(decode_match(reader, item));
  for (const std::string_view field : {"url", "sha256", "pluginName", "pluginConfig", "vmConfig", "failStrategy", "inlineCode"})
    if (const auto node = reader.get(program, field); node != kNoNode) out.program += fmt::format("{}: {}\n", field, reader.whole(node));
  if (const auto url = reader.string(program, "url"); url.value.starts_with("file://")) out.local_file = url.node;
  out.image_pull_secret = reader.string(program, "imagePullSecret").value;
  for (const auto variable : reader.items(reader.get(program, "vmConfig"), "env"))
    if (out.host_environment == kNoNode && reader.string(variable, "valueFrom").value == "HOST") out.host_environment = variable;
  return out;
}

}  // namespace

Spec decode_telemetry(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return Telemetry{.selector = decode_selector(reader, spec), .target_refs = decode_target_refs(reader, spec)};
}

Spec decode_wasm_plugin(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return decode_extension(reader, spec, spec);
}

Spec decode_traffic_extension(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  const auto lua = reader.get(spec, "lua");
  if (spec != kNoNode && lua == kNoNode && reader.get(spec, "wasm") == kNoNode)
    reader.report(Code::InvalidValue, spec, "neither `lua` nor `wasm` says what runs", "give it one of the two");
  return decode_extension(reader, spec, lua == kNoNode ? reader.get(spec, "wasm") : lua);
}

}  // namespace s2a
