// telemetry.istio.io and extensions.istio.io: to whom they apply, and whether they may refuse what they get.
#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

/// `type` stands in the spec or in its `wasm`.
ExtensionPlace decode_place(const Reader& reader, NodeId spec, NodeId wasm) {
  const auto phase = reader.string(spec, "phase").value;
  ExtensionPlace out{.phase = phase == "AUTHN"   ? ExtensionPhase::Authn
                              : phase == "AUTHZ" ? ExtensionPhase::Authz
                                                 : ExtensionPhase::Other,
                     .network = reader.string(wasm, "type").value == "NETWORK",
                     .match = {}};
  for (const auto item : reader.items(spec, "match")) {
    auto& match = out.match.emplace_back();
    match.inbound = reader.string(item, "mode").value != "CLIENT";
    for (const auto port : reader.items(item, "ports")) match.ports.push_back(reader.port(port, "number"));
  }
  return out;
}

}  // namespace

Spec decode_telemetry(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return Telemetry{.selector = decode_selector(reader, spec), .target_refs = decode_target_refs(reader, spec)};
}

Spec decode_wasm_plugin(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return WasmPlugin{.selector = decode_selector(reader, spec), .target_refs = decode_target_refs(reader, spec), .place = decode_place(reader, spec, spec)};
}

Spec decode_traffic_extension(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return TrafficExtension{
      .selector = decode_selector(reader, spec), .target_refs = decode_target_refs(reader, spec), .place = decode_place(reader, spec, reader.get(spec, "wasm"))};
}

}  // namespace s2a
