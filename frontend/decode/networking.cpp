// networking.istio.io, all but VirtualService and DestinationRule.
#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

NodeId list_with_items(const Reader& reader, NodeId spec, std::string_view field) { return reader.items(spec, field).empty() ? kNoNode : reader.get(spec, field); }

}  // namespace

std::optional<Labels> decode_workload_selector(const Reader& reader, NodeId spec) {
  const auto node = reader.get(spec, "workloadSelector");
  return node == kNoNode ? std::nullopt : std::optional(reader.labels(node, "labels"));
}

Spec decode_service_entry(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  ServiceEntry out{.hosts = reader.strings(spec, "hosts"),
                   .workload_selector = decode_workload_selector(reader, spec),
                   .location = reader.string(spec, "location").value,
                   .resolution = reader.string(spec, "resolution").value,
                   .ports = {},
                   .endpoints = {},
                   .addresses = reader.texts(spec, "addresses"),
                   .export_to = reader.texts(spec, "exportTo")};
  for (const auto port : reader.items(spec, "ports"))
    out.ports.push_back({.name = reader.string(port, "name"), .port = reader.port(port, "number"), .app_protocol = reader.string(port, "protocol").value, .node = port});
  for (const auto endpoint : reader.items(spec, "endpoints"))
    out.endpoints.push_back({.address = reader.string(endpoint, "address").value, .labels = reader.labels(endpoint, "labels")});
  return out;
}

Spec decode_workload_entry(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  return WorkloadEntry{.labels = reader.labels(spec, "labels"), .service_account = reader.string(spec, "serviceAccount").value};
}

Spec decode_sidecar(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  Sidecar out{.workload_selector = decode_workload_selector(reader, spec),
              .ingress = list_with_items(reader, spec, "ingress"),
              .egress = list_with_items(reader, spec, "egress"),
              .outbound_mode = reader.string(reader.get(spec, "outboundTrafficPolicy"), "mode")};
  for (const auto listener : reader.items(spec, "ingress")) {
    const auto port = reader.get(listener, "port");
    out.listeners.push_back({.port = reader.port(port, "number"), .protocol = reader.string(port, "protocol").value});
  }
  return out;
}

Spec decode_istio_gateway(const Reader& reader, NodeId object) { return IstioGateway{.selector = reader.labels(reader.get(object, "spec"), "selector")}; }

}  // namespace s2a
