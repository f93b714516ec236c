// networking.istio.io VirtualService. What istiod refuses in it is told by check_virtual_service.cpp. routing.md 1
#include "frontend/decode/check_traffic.h"
#include "frontend/decode/decoders.h"
#include "frontend/decode/http_rule.h"

namespace s2a {
namespace {

L4Match decode_l4_match(const Reader& reader, NodeId node) {
  return {.sni_hosts = reader.texts(node, "sniHosts"),
          .port = reader.optional_port(node, "port"),
          .destination_subnets = reader.texts(node, "destinationSubnets"),
          .source_subnet = reader.string(node, "sourceSubnet").value,
          .source_labels = reader.labels(node, "sourceLabels"),
          .source_namespace = reader.string(node, "sourceNamespace").value,
          .gateways = reader.texts(node, "gateways"),
          .node = node};
}

std::vector<L4Rule> decode_l4_rules(const Reader& reader, NodeId spec, std::string_view protocol) {
  std::vector<L4Rule> out;
  for (const auto node : reader.items(spec, protocol)) {
    L4Rule rule{.route = decode_destinations(reader, node), .node = node};
    for (const auto match : reader.items(node, "match")) rule.matches.push_back(decode_l4_match(reader, match));
    out.push_back(std::move(rule));
  }
  return out;
}

}  // namespace

Spec decode_virtual_service(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  VirtualService out{.hosts = reader.strings(spec, "hosts"),
                     .gateways = reader.strings(spec, "gateways"),
                     .export_to = reader.texts(spec, "exportTo"),
                     .tls = decode_l4_rules(reader, spec, "tls"),
                     .tcp = decode_l4_rules(reader, spec, "tcp"),
                     .spec_node = spec};
  for (const auto rule : reader.items(spec, "http")) out.http.push_back(decode_http_rule(reader, rule));
  check_virtual_service(reader, spec, out);
  return out;
}

}  // namespace s2a
