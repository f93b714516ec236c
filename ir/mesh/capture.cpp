// Which connections a pod's proxy or ztunnel gets to see at all. authorization.md 2.9, 3.5
#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "ir/mesh/mesh_model.h"
#include "ir/mesh/split.h"
#include "ir/mesh/well_known.h"
#include "ir/pattern/pattern.h"

namespace s2a {

namespace {

constexpr std::array<std::uint16_t, 3> kOwnPorts{15020, 15021, 15090};  // the proxy's own: health and metrics
constexpr std::array<std::string_view, 3> kInterceptionModes{"NONE", "REDIRECT", "TPROXY"};

constexpr const char* kIncludeInboundPorts = "traffic.sidecar.istio.io/includeInboundPorts";
constexpr const char* kExcludeInboundPorts = "traffic.sidecar.istio.io/excludeInboundPorts";

/// Ports between commas; nothing where one of them is none.
std::optional<std::vector<std::uint16_t>> port_list(std::string_view text) {
  std::vector<std::uint16_t> ports;
  if (trimmed(text).empty()) return ports;
  for (const auto part : split(text, ',')) {
    const auto port = port_number(trimmed(part));
    if (!port) return std::nullopt;
    ports.push_back(*port);
  }
  return ports;
}

bool contains(const auto& range, const auto& value) { return std::ranges::find(range, value) != range.end(); }

/// Whether the rules that the injector writes lead connections to this port to the proxy. A value that it refuses makes no pod, so whatever it says does not count.
bool redirected(const Labels& annotations, std::uint16_t port) {
  const auto mode = value_of(annotations, "sidecar.istio.io/interceptionMode");
  const auto included = annotations.find(kIncludeInboundPorts);
  const bool all = included == annotations.end() || included->second.value == "*";
  const auto listed = port_list(all ? std::string_view{} : included->second.value);
  const auto excluded = port_list(value_of(annotations, kExcludeInboundPorts));
  if (!listed || !excluded || (!mode.empty() && !contains(kInterceptionModes, mode))) return true;
  if (mode == "NONE") return false;
  return all ? !contains(kOwnPorts, port) && !contains(*excluded, port) : contains(*listed, port);
}

}  // namespace

bool MeshModel::captured_by_sidecar(WorkloadId workload, std::uint16_t port) const {
  const auto& pod = (*this)[workload];
  switch (pod.dataplane) {
    case Dataplane::Sidecar: return redirected(pod.annotations, port);
    case Dataplane::Gateway: return true;
    case Dataplane::Ambient:
    case Dataplane::Outside: return false;
  }
  return false;
}

std::vector<std::uint16_t> MeshModel::uncaptured_ports(WorkloadId workload) const {
  auto candidates = ports_of(workload);
  for (const auto* key : {kIncludeInboundPorts, kExcludeInboundPorts}) {
    const auto listed = port_list(value_of((*this)[workload].annotations, key));
    if (listed) candidates.insert(candidates.end(), listed->begin(), listed->end());
  }
  std::erase_if(candidates, [&](std::uint16_t port) { return contains(kOwnPorts, port) || captured_by_sidecar(workload, port); });
  const std::set<std::uint16_t> sorted(candidates.begin(), candidates.end());
  return {sorted.begin(), sorted.end()};
}

bool MeshModel::captured_by_ztunnel(WorkloadId workload) const {
  const auto& pod = (*this)[workload];
  return pod.dataplane == Dataplane::Ambient && !is_true(value_of(pod.annotations, "ambient.istio.io/bypass-inbound-capture"));
}

}  // namespace s2a
