// telemetry.istio.io and extensions.istio.io: to whom they apply is all that counts.
#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

template <class Resource>
Spec decode_attached(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return Resource{.selector = decode_selector(reader, spec), .target_refs = decode_target_refs(reader, spec)};
}

}  // namespace

Spec decode_telemetry(const Reader& reader, NodeId object) { return decode_attached<Telemetry>(reader, object); }

Spec decode_wasm_plugin(const Reader& reader, NodeId object) { return decode_attached<WasmPlugin>(reader, object); }

Spec decode_traffic_extension(const Reader& reader, NodeId object) { return decode_attached<TrafficExtension>(reader, object); }

}  // namespace s2a
