// Service and NetworkPolicy; Namespace and ServiceAccount are all name and labels.
#include <algorithm>
#include <array>

#include "frontend/decode/decoders.h"
#include "ir/source/to_value.h"

namespace s2a {
namespace {

constexpr std::array<std::string_view, 5> kSettings{"internalTrafficPolicy", "ipFamilies", "ipFamilyPolicy", "publishNotReadyAddresses", "trafficDistribution"};

std::string or_default(std::string text, std::string_view fallback) { return text.empty() ? std::string(fallback) : std::move(text); }

/// A number, or the name of a container port; the Service port itself where nothing is written, or 0.
std::variant<std::uint16_t, std::string> decode_target_port(const Reader& reader, NodeId port, std::uint16_t service_port) {
  const auto number = reader.integer(port, "targetPort");
  if (number && *number != 0) return reader.port(port, "targetPort");
  auto name = reader.string(port, "targetPort").value;
  if (number || name.empty()) return service_port;
  return name;
}

/// A port, a range of ports, or every port of TCP.
bool admits_hbone(const Reader& reader, NodeId port) {
  constexpr std::int64_t kHbone = 15008;
  if (or_default(reader.string(port, "protocol").value, "TCP") != "TCP") return false;
  if (reader.get(port, "port") == kNoNode) return true;
  const auto first = reader.integer(port, "port");
  return first && *first <= kHbone && reader.integer(port, "endPort").value_or(*first) >= kHbone;
}

}  // namespace

Spec decode_service(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  Service out{
      .type = or_default(reader.string(spec, "type").value, "ClusterIP"), .cluster_ip = reader.string(spec, "clusterIP").value, .selector = reader.labels(spec, "selector")};
  for (const auto port : reader.items(spec, "ports")) {
    const auto number = reader.port(port, "port");
    out.ports.push_back({.name = reader.string(port, "name"),
                         .port = number,
                         .target_port = decode_target_port(reader, port, number),
                         .protocol = or_default(reader.string(port, "protocol").value, "TCP"),
                         .app_protocol = reader.string(port, "appProtocol").value,
                         .node = port});
  }
  for (const auto field : kSettings)
    if (const auto node = reader.get(spec, field); node != kNoNode) out.settings.emplace_back(field, to_value(reader.text().document, node));
  return out;
}

Spec decode_network_policy(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  NetworkPolicy out{.pod_selector = reader.labels(reader.get(spec, "podSelector"), "matchLabels")};
  for (const std::string_view direction : {"ingress", "egress"}) {
    for (const auto rule : reader.items(spec, direction)) {
      const auto ports = reader.items(rule, "ports");
      const bool leaves_out = !ports.empty() && std::ranges::none_of(ports, [&](NodeId port) { return admits_hbone(reader, port); });
      if (leaves_out && out.ports == kNoNode) out.ports = reader.key(rule, "ports");
      const std::string_view peers = direction == "ingress" ? "from" : "to";
      if (!reader.items(rule, peers).empty() && out.peers == kNoNode) out.peers = reader.key(rule, peers);
    }
  }
  return out;
}

}  // namespace s2a
