// networking.istio.io.
#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

void add_destination(const Reader& reader, NodeId destination, VirtualService& out) {
  if (destination == kNoNode) return;
  out.destinations.push_back({.host = reader.string(destination, "host"), .subset = reader.string(destination, "subset").value});
}

/// Takes the policy over if it is the first one found, and the first TLS mode that is not the mesh's own; `tls` without a mode is DISABLE.
void add_traffic_policy(const Reader& reader, NodeId policy, DestinationRule& out) {
  if (out.traffic_policy == kNoNode) out.traffic_policy = policy;
  const auto add_mode = [&](NodeId settings) {
    const auto tls = reader.get(settings, "tls");
    if (tls == kNoNode || (out.tls_mode.written() && out.tls_mode.value != "ISTIO_MUTUAL")) return;
    out.tls_mode = reader.string(tls, "mode");
    if (!out.tls_mode.written()) out.tls_mode = {.value = "DISABLE", .node = tls};
  };
  add_mode(policy);
  for (const auto settings : reader.items(policy, "portLevelSettings")) add_mode(settings);
}

NodeId list_with_items(const Reader& reader, NodeId spec, std::string_view field) { return reader.items(spec, field).empty() ? kNoNode : reader.get(spec, field); }

}  // namespace

std::optional<Labels> decode_workload_selector(const Reader& reader, NodeId spec) {
  const auto node = reader.get(spec, "workloadSelector");
  return node == kNoNode ? std::nullopt : std::optional(reader.labels(node, "labels"));
}

Spec decode_virtual_service(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  VirtualService out{.hosts = reader.strings(spec, "hosts"), .gateways = reader.strings(spec, "gateways")};
  for (const std::string_view protocol : {"http", "tls", "tcp"}) {
    for (const auto rule : reader.items(spec, protocol)) {
      for (const auto route : reader.items(rule, "route")) add_destination(reader, reader.get(route, "destination"), out);
      add_destination(reader, reader.get(rule, "mirror"), out);
      for (const auto mirror : reader.items(rule, "mirrors")) add_destination(reader, reader.get(mirror, "destination"), out);
    }
  }
  out.delegate = out.hosts.empty();
  return out;
}

Spec decode_destination_rule(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  DestinationRule out{.host = reader.string(spec, "host")};
  if (const auto selector = reader.get(spec, "workloadSelector"); selector != kNoNode) {
    out.workload_selector = Selector{.node = selector, .match_labels = reader.labels(selector, "matchLabels"), .key = reader.key(spec, "workloadSelector")};
  }
  add_traffic_policy(reader, reader.get(spec, "trafficPolicy"), out);
  for (const auto subset : reader.items(spec, "subsets")) {
    out.subsets.push_back(reader.string(subset, "name").value);
    add_traffic_policy(reader, reader.get(subset, "trafficPolicy"), out);
  }
  return out;
}

Spec decode_service_entry(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  ServiceEntry out{.hosts = reader.strings(spec, "hosts"), .workload_selector = decode_workload_selector(reader, spec), .location = reader.string(spec, "location").value};
  for (const auto port : reader.items(spec, "ports"))
    out.ports.push_back({.name = reader.string(port, "name"), .port = reader.port(port, "number"), .app_protocol = reader.string(port, "protocol").value, .node = port});
  for (const auto endpoint : reader.items(spec, "endpoints")) out.addresses.push_back(reader.string(endpoint, "address").value);
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
