// Service ports and container ports, and what they speak. authorization.md 2.4, 2.5
#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "ir/mesh/mesh_model.h"
#include "ir/mesh/metadata.h"

namespace s2a {

namespace {

constexpr std::array<std::string_view, 5> kHttp{"http", "http2", "grpc", "grpc-web", "http_proxy"};
constexpr std::array<std::string_view, 7> kTcp{"tcp", "https", "tls", "mongo", "redis", "mysql", "udp"};
constexpr std::array<std::uint16_t, 4> kServerSpeaksFirst{25, 53, 3306, 27017};

template <class Range, class Value>
bool contains(const Range& range, const Value& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

/// The protocol's name in a port's name: what stands before the first `-`, `grpc-web` apart.
std::string prefix_of(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name.starts_with("grpc-web") ? "grpc-web" : name.substr(0, name.find('-'));
}

/// What the Sidecar says that declares the pod's ports, of its own or of its namespace: nothing else is listened to, and what is not declared is sniffed. 2.5
std::optional<AppProtocol> declared_by_sidecar(const MeshModel& mesh, const MeshWorkload& pod, std::uint16_t port) {
  for (const bool selective : {true, false}) {
    for (const auto* resource : mesh.all(Kind::Sidecar)) {
      const auto* sidecar = std::get_if<Sidecar>(&resource->spec);
      if (sidecar == nullptr || resource->ns.value != pod.ns || sidecar->listeners.empty()) continue;
      if (sidecar->workload_selector.has_value() != selective || (selective && !picks(*sidecar->workload_selector, pod.labels))) continue;
      const auto listener = std::ranges::find(sidecar->listeners, port, &IngressListener::port);
      return listener == sidecar->listeners.end() ? AppProtocol::Auto : MeshModel::protocol({.name = {}, .port = port, .app_protocol = listener->protocol});
    }
  }
  return std::nullopt;
}

}  // namespace

AppProtocol MeshModel::protocol(const ServicePort& port) {
  if (port.app_protocol == "kubernetes.io/h2c" || port.app_protocol == "kubernetes.io/ws") return AppProtocol::Http;
  if (port.app_protocol == "kubernetes.io/wss") return AppProtocol::Tcp;
  const auto name = prefix_of(port.app_protocol.empty() ? port.name.value : port.app_protocol);
  if (contains(kHttp, name)) return AppProtocol::Http;
  return contains(kTcp, name) || contains(kServerSpeaksFirst, port.port) ? AppProtocol::Tcp : AppProtocol::Auto;
}

std::optional<std::uint16_t> MeshModel::container_port(const ServicePort& port, WorkloadId workload) const {
  if (const auto* number = std::get_if<std::uint16_t>(&port.target_port)) return *number == 0 ? port.port : *number;
  const auto& ports = (*this)[workload].ports;
  const auto found = std::ranges::find_if(ports, [&](const ContainerPort& p) { return p.name == std::get<std::string>(port.target_port) && p.protocol == "TCP"; });
  return found == ports.end() ? std::nullopt : std::optional(found->port);
}

std::optional<AppProtocol> MeshModel::protocol_at_sidecar(WorkloadId workload, std::uint16_t container_port) const {
  if (const auto declared = declared_by_sidecar(*this, (*this)[workload], container_port)) return declared;
  struct Claim {
    std::string age, service;
    AppProtocol protocol;
  };
  std::vector<Claim> claims;  // a Service's first port that leads there counts
  for (const auto id : services_of(workload)) {
    const auto& service = (*this)[id];
    const auto& ports = service.spec.ports;
    const auto port = std::ranges::find_if(ports, [&](const ServicePort& p) { return p.protocol == "TCP" && this->container_port(p, workload) == container_port; });
    if (port != ports.end()) claims.push_back({service.resource ? created_at(*store_, (*store_)[*service.resource]) : std::string{}, service.name, protocol(*port)});
  }
  if (claims.empty()) return AppProtocol::Auto;
  const bool ages_known = std::ranges::none_of(claims, [](const Claim& c) { return c.age.empty(); });
  if (ages_known) return std::ranges::min_element(claims, {}, [](const Claim& c) { return std::tie(c.age, c.service); })->protocol;
  const bool agreed = std::ranges::all_of(claims, [&](const Claim& c) { return c.protocol == claims.front().protocol; });
  return agreed ? std::optional(claims.front().protocol) : std::nullopt;
}

std::vector<std::uint16_t> MeshModel::ports_of(WorkloadId workload) const {
  std::set<std::uint16_t> ports;
  for (const auto& port : (*this)[workload].ports) {
    if (port.protocol == "TCP") ports.insert(port.port);
  }
  for (const auto id : services_of(workload)) {
    for (const auto& port : (*this)[id].spec.ports) {
      if (port.protocol != "TCP") continue;
      if (const auto target = container_port(port, workload)) ports.insert(*target);
    }
  }
  return {ports.begin(), ports.end()};
}

}  // namespace s2a
