// networking.istio.io DestinationRule. What istiod refuses in it is told by check_destination_rule.cpp. routing.md 4
#include <array>

#include "frontend/decode/check_traffic.h"
#include "frontend/decode/decoders.h"
#include "ir/source/to_value.h"

namespace s2a {
namespace {

constexpr std::array<std::string_view, 4> kPortSettings{"connectionPool", "loadBalancer", "outlierDetection", "tls"};
constexpr std::array<std::string_view, 3> kTopSettings{"proxyProtocol", "retryBudget", "tunnel"};

void add_settings(const Reader& reader, NodeId holder, std::span<const std::string_view> fields, TrafficPolicy::Settings& out) {
  for (const auto field : fields)
    if (const auto node = reader.get(holder, field); node != kNoNode) out.emplace(field, to_value(reader.text().document, node));
}

std::optional<TrafficPolicy> decode_traffic_policy(const Reader& reader, NodeId holder) {
  const auto node = reader.get(holder, "trafficPolicy");
  if (node == kNoNode) return std::nullopt;
  TrafficPolicy out{.node = node};
  add_settings(reader, node, kPortSettings, out.settings);
  add_settings(reader, node, kTopSettings, out.settings);
  for (const auto item : reader.items(node, "portLevelSettings")) {
    const auto [settings, fresh] = out.ports.try_emplace(reader.port(reader.get(item, "port"), "number"));  // of two for one port istiod takes the first
    if (fresh) add_settings(reader, item, kPortSettings, settings->second);
  }
  out.ports.erase(0);
  return out;
}

/// The first mode that is not the mesh's own, of a policy and its ports; `tls` without a mode is DISABLE.
void add_tls_mode(const Reader& reader, const std::optional<TrafficPolicy>& policy, Spanned<std::string>& out) {
  if (!policy) return;
  const auto add = [&](NodeId settings) {
    const auto tls = reader.get(settings, "tls");
    if (tls == kNoNode || (out.written() && out.value != "ISTIO_MUTUAL")) return;
    out = reader.string(tls, "mode");
    if (!out.written()) out = {.value = "DISABLE", .node = tls};
  };
  add(policy->node);
  for (const auto settings : reader.items(policy->node, "portLevelSettings")) add(settings);
}

}  // namespace

Spec decode_destination_rule(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  DestinationRule out{.host = reader.string(spec, "host"), .export_to = reader.texts(spec, "exportTo"), .policy = decode_traffic_policy(reader, spec)};
  if (const auto selector = reader.get(spec, "workloadSelector"); selector != kNoNode)
    out.workload_selector = Selector{.node = selector, .match_labels = reader.labels(selector, "matchLabels"), .key = reader.key(spec, "workloadSelector")};
  for (const auto node : reader.items(spec, "subsets"))
    out.subsets.push_back({.name = reader.string(node, "name"), .labels = reader.labels(node, "labels"), .policy = decode_traffic_policy(reader, node), .node = node});
  add_tls_mode(reader, out.policy, out.tls_mode);
  for (const auto& subset : out.subsets) add_tls_mode(reader, subset.policy, out.tls_mode);
  check_destination_rule(reader, spec, out);
  return out;
}

}  // namespace s2a
