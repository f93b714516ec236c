// A copy of the spec with another namespace, full names, and the ports that were meant.
#include "ir/passes/amend_virtual_service.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/conversion/conversion.h"
#include "ir/conversion/meant_hosts.h"
#include "ir/passes/reconcile.h"

namespace s2a {
namespace {

class Amender {
 public:
  Amender(const Resource& resource, const RoutingContext& routing)
      : resource_(resource), spec_(std::get<VirtualService>(resource.spec)), routing_(routing), mesh_(*routing.mesh), home_(home()), port_(port()) {}

  std::optional<AmendedVirtualService> run() {
    const bool for_gateways = std::ranges::any_of(spec_.gateways, [](const auto& gateway) { return gateway.value != "mesh"; });
    const bool includes = std::ranges::any_of(spec_.http, [](const HttpRule& rule) { return rule.delegate.has_value(); });
    if (spec_.delegate() || for_gateways || includes || home_.empty() || has_rivals() || !for_all_namespaces(resource_, mesh_)) return std::nullopt;
    AmendedVirtualService out{.value = to_value(mesh_.store()[resource_.document], resource_.node), .ns = home_, .what = {}, .why = {}};
    const auto before = out.value;
    if (moves()) {
      set(child(out.value, "metadata"), "namespace", home_);
      name_hosts_in_full(child(out.value, "spec"));
      out.what = fmt::format("moves to namespace {}, names in full", home_);
      out.why = "a waypoint reads VirtualServices of its Services' namespace only";
    }
    amend(child(out.value, "spec"));
    if (out.value == before) return std::nullopt;
    if (!moves()) {
      out.what = fmt::format("port {} written out", *port_);
      out.why = "a waypoint takes the only port of a destination, a sidecar that of the host";
    }
    return out;
  }

 private:
  /// The one namespace of its hosts; empty where there are several, or unknown hosts.
  [[nodiscard]] std::string home() const {
    std::string out;
    for (const auto& host : spec_.hosts) {
      const auto* known = find(host.value);
      if (known == nullptr || (!out.empty() && known->ns != out)) return {};
      out = known->ns;
    }
    return out;
  }

  /// The one port that all its hosts have.
  [[nodiscard]] std::optional<std::uint16_t> port() const {
    std::optional<std::uint16_t> out;
    for (const auto& host : spec_.hosts) {
      const auto* known = find(host.value);
      const auto single = known == nullptr ? std::nullopt : only_port(*known);
      if (!single || (out && *out != *single)) return std::nullopt;
      out = single;
    }
    return out;
  }

  [[nodiscard]] const RoutedHost* find(const std::string& host) const { return routing_.hosts.find(routing_.hosts.resolved(host, resource_.ns.value)); }
  [[nodiscard]] std::optional<std::uint16_t> only_port(const RoutedHost& host) const {
    const auto& ports = routing_.hosts.ports(host);
    return ports.size() == 1 ? std::optional(ports.front().port) : std::nullopt;
  }

  [[nodiscard]] bool moves() const { return home_ != resource_.ns.value; }

  /// Of the same host: which one counts depends on their places.
  [[nodiscard]] bool has_rivals() const {
    return std::ranges::any_of(spec_.hosts, [&](const auto& host) { return rival(mesh_, routing_.hosts, resource_, find(host.value)->host) != nullptr; });
  }

  [[nodiscard]] Value full(const Value& host) const {
    const auto* name = std::get_if<std::string>(&host.content);
    return name == nullptr || name->find('.') != std::string::npos ? host : Value(routing_.hosts.resolved(*name, resource_.ns.value));
  }

  void name_hosts_in_full(Value& spec) const {
    auto* hosts = s2a::find(spec, "hosts");
    if (auto* names = hosts == nullptr ? nullptr : std::get_if<Value::Sequence>(&hosts->content))
      for (auto& host : *names) host = full(host);
  }

  /// Every destination below.
  void amend(Value& value) const {
    if (auto* sequence = std::get_if<Value::Sequence>(&value.content))
      for (auto& item : *sequence) amend(item);
    if (auto* map = std::get_if<Value::Map>(&value.content))
      for (auto& [key, inner] : *map) {
        if (key == "destination" || key == "mirror")
          amend_destination(inner);
        else
          amend(inner);
      }
  }

  void amend_destination(Value& destination) const {
    auto* host = s2a::find(destination, "host");
    const auto* name = host == nullptr ? nullptr : std::get_if<std::string>(&host->content);
    if (name == nullptr) return;
    const auto* known = find(*name);
    const auto single = known == nullptr ? std::nullopt : only_port(*known);
    if (moves()) *host = full(*host);
    if (port_ && single && *single != *port_ && s2a::find(destination, "port") == nullptr) set(destination, "port", Value::Map{{"number", *port_}});
  }

  const Resource& resource_;
  const VirtualService& spec_;
  const RoutingContext& routing_;
  const MeshModel& mesh_;
  std::string home_;
  std::optional<std::uint16_t> port_;
};

}  // namespace

std::optional<AmendedVirtualService> amended(const Resource& virtual_service, const RoutingContext& routing) { return Amender(virtual_service, routing).run(); }

}  // namespace s2a
