// gateway.networking.k8s.io, all but routes.
#include <algorithm>

#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

/// As a controller left it; without a word about addresses and conditions nothing is known against it.
bool ready(const Reader& reader, NodeId status) {
  if (reader.get(status, "addresses") != kNoNode && reader.items(status, "addresses").empty()) return false;
  return std::ranges::none_of(reader.items(status, "conditions"),
                              [&](NodeId condition) { return reader.string(condition, "type").value == "Programmed" && reader.string(condition, "status").value != "True"; });
}

}  // namespace

Spec decode_k8s_gateway(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  K8sGateway out{.class_name = reader.string(spec, "gatewayClassName"), .ready = ready(reader, reader.get(object, "status"))};
  for (const auto listener : reader.items(spec, "listeners")) {
    out.listeners.push_back({.name = reader.string(listener, "name").value,
                             .port = reader.port(listener, "port"),
                             .protocol = reader.string(listener, "protocol").value,
                             .allowed_from = reader.string(reader.get(listener, {"allowedRoutes", "namespaces"}), "from").value});
  }
  return out;
}

Spec decode_gateway_class(const Reader& reader, NodeId object) { return GatewayClass{.controller = reader.string(reader.get(object, "spec"), "controllerName").value}; }

}  // namespace s2a
