// Port by port: HTTPRoutes, TCPRoutes, TLSRoutes, and ReferenceGrants where they lead into other namespaces.
#include "ir/conversion/conversion.h"

#include <algorithm>

#include <fmt/format.h>

#include "ir/conversion/l4_routes.h"
#include "ir/mesh/short_name.h"
#include "ir/routing/routing.h"

namespace s2a {
namespace {

const std::string& object_name(const RoutedHost& host, const MeshModel& mesh) {
  if (const auto* service = std::get_if<ServiceId>(&host.is)) return mesh[*service].name;
  return mesh.store()[std::get<ResourceId>(host.is)].name.value;
}

Value parent_ref(const RoutedHost& host, std::uint16_t port, const MeshModel& mesh) {
  const bool service = std::holds_alternative<ServiceId>(host.is);
  return Value::Map{{"group", service ? "" : "networking.istio.io"}, {"kind", service ? "Service" : "ServiceEntry"}, {"name", object_name(host, mesh)}, {"port", port}};
}

/// The namespaces that `namespace` of a backendRef names, anywhere below.
void add_namespaces(const Value& value, std::set<std::string>& out) {
  if (const auto* items = std::get_if<Value::Sequence>(&value.content))
    for (const auto& item : *items) add_namespaces(item, out);
  if (const auto* entries = std::get_if<Value::Map>(&value.content))
    for (const auto& [key, inner] : *entries) {
      const auto* text = std::get_if<std::string>(&inner.content);
      if (key == "namespace" && text != nullptr)
        out.insert(*text);
      else
        add_namespaces(inner, out);
    }
}

class Converter {
 public:
  Converter(const Resource& resource, const RoutedHost& host, const RoutingContext& routing, const Subsets& subsets, const ConversionOptions& options, TakenNames& taken)
      : resource_(resource), host_(host), routing_(routing), subsets_(subsets), options_(options), taken_(taken) {}

  Conversion run() {
    const auto rules = flattened(resource_, routing_.mesh->all(Kind::VirtualService), routing_.mesh->cluster_domain());
    for (const auto& port : routing_.hosts.ports(host_)) {
      const ConversionPlace place{.routing = routing_, .subsets = subsets_, .options = options_, .relations = relations_, .host = host_, .port = port.port};
      const auto protocol = MeshModel::protocol(port);
      if (protocol != AppProtocol::Tcp) add_http(rules, place);
      if (protocol != AppProtocol::Http) add_l4(place, declared_tls(&port));
    }
    for (const auto& key : out_.needs.subsets)
      if (auto made = subsets_.objects(key); !made) {
        made.error().resource = &resource_;
        refuse({std::move(made.error())});
      }
    if (!out_.refusals.empty()) return {.refusals = std::move(out_.refusals)};
    add_grants();
    return std::move(out_);
  }

 private:
  void add_http(const std::vector<FlatRule>& rules, const ConversionPlace& place) {
    auto routes = http_routes(rules, place, out_.needs);
    refuse(std::move(routes.refusals));
    for (auto& note : routes.notes)
      if (std::ranges::find(out_.notes, note) == out_.notes.end()) out_.notes.push_back(std::move(note));
    if (!routes.routes.empty()) out_.orders.insert(routes.order);
    for (std::size_t i = 0; i < routes.routes.size(); ++i) {
      const auto number = routes.routes.size() > 1 ? fmt::format("-{:02}", i + 1) : std::string();
      Value::Map spec{{"parentRefs", Value::Sequence{parent_ref(host_, place.port, *routing_.mesh)}}, {"rules", std::move(routes.routes[i])}};
      add("HTTPRoute", "v1", place.port, number, std::move(spec), std::move(routes.origins[i]));
    }
  }

  void add_l4(const ConversionPlace& place, bool tls) {
    auto route = l4_route(resource_, tls, place, out_.needs);
    refuse(std::move(route.refusals));
    if (route.kind.empty() || route.spec.empty()) return;
    Value::Map spec{{"parentRefs", Value::Sequence{parent_ref(host_, place.port, *routing_.mesh)}}};
    std::ranges::move(route.spec, std::back_inserter(spec));
    add(route.kind, route.version, place.port, {}, std::move(spec), {std::move(route.origins)});
  }

  /// The same rule is read for each port; what is refused is said once.
  void refuse(Refusals refusals) {
    const auto same = [](const RouteRefusal& a, const RouteRefusal& b) { return a.obstacle == b.obstacle && a.resource == b.resource && a.node == b.node && a.detail == b.detail; };
    for (auto& refusal : refusals)
      if (std::ranges::none_of(out_.refusals, [&](const RouteRefusal& r) { return same(r, refusal); })) out_.refusals.push_back(std::move(refusal));
  }

  /// `<vs>-<service>-<port>[-nn]`. routing.md 7.13
  void add(const std::string& kind, const std::string& version, std::uint16_t port, const std::string& number, Value::Map spec, std::vector<RouteOrigins> origins) {
    const auto base = fmt::format("{}-{}-{}", resource_.name.value, object_name(host_, *routing_.mesh), port);
    push("gateway.networking.k8s.io/" + version, kind, host_.ns, take_name({kind, host_.ns}, base, "/" + host_.host, number), std::move(spec), std::move(origins));
  }

  /// The short name; where it is taken, one with a checksum of the VirtualService and `what`.
  std::string take_name(const TakenNames::ByKind::key_type& among, const std::string& base, std::string_view what, const std::string& number) {
    auto& names = taken_.names[among];
    auto name = short_name(base, number);
    if (names.contains(name)) name = name_with_checksum(base, fmt::format("{}/{}{}", resource_.ns.value, resource_.name.value, what), number);
    names.insert(name);
    return name;
  }

  void push(const std::string& api_version, const std::string& kind, const std::string& ns, std::string name, Value::Map spec, std::vector<RouteOrigins> origins) {
    Value::Map object{{"apiVersion", api_version}, {"kind", kind}, {"metadata", Value::Map{{"name", name}, {"namespace", ns}}}, {"spec", std::move(spec)}};
    out_.objects.push_back({.value = std::move(object), .kind = kind, .ns = ns, .name = std::move(name), .origins = std::move(origins)});
  }

  /// Istio does not ask for them; the Gateway API does. routing.md 4.4
  void add_grants() {
    std::map<std::string, std::set<std::string>> kinds;
    for (const auto& object : out_.objects) {
      std::set<std::string> namespaces;
      for (const auto& [key, value] : std::get<Value::Map>(object.value.content))
        if (key == "spec") add_namespaces(value, namespaces);
      for (const auto& ns : namespaces) kinds[ns].insert(object.kind);
    }
    for (const auto& [ns, from] : kinds) {
      Value::Sequence sources;
      std::string all_kinds;
      for (const auto& kind : from) {
        if (!taken_.admitted[{kind, ns}].insert(host_.ns).second) continue;  // another of ours admits them
        sources.emplace_back(Value::Map{{"group", "gateway.networking.k8s.io"}, {"kind", kind}, {"namespace", host_.ns}});
        all_kinds += kind;
      }
      if (sources.empty()) continue;
      const auto base = fmt::format("{}-from-{}", resource_.name.value, host_.ns);
      auto name = take_name({"ReferenceGrant", ns}, base, " " + all_kinds, "");
      Value::Map spec{{"from", std::move(sources)}, {"to", Value::Sequence{Value::Map{{"group", ""}, {"kind", "Service"}}}}};
      push("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", ns, std::move(name), std::move(spec), {});
    }
  }

  const Resource& resource_;
  const RoutedHost& host_;
  const RoutingContext& routing_;
  const Subsets& subsets_;
  const ConversionOptions& options_;
  TakenNames& taken_;
  Relations relations_;
  Conversion out_;
};

}  // namespace

TakenNames taken_names(const MeshModel& mesh) {
  TakenNames out;
  for (const auto kind : {Kind::HTTPRoute, Kind::TCPRoute, Kind::TLSRoute, Kind::ReferenceGrant})
    for (const auto* resource : mesh.all(kind)) out.names[{std::string(to_string(kind)), resource->ns.value}].insert(resource->name.value);
  return out;
}

Conversion converted(const Resource& virtual_service, const Spanned<std::string>& host, const RoutingContext& routing, const Subsets& subsets, const ConversionOptions& options,
                     TakenNames& taken) {
  if (auto refusals = objections(virtual_service, host, routing); !refusals.empty()) return {.refusals = std::move(refusals)};
  const auto* known = routing.hosts.find(routing.hosts.resolved(host.value, virtual_service.ns.value));
  return Converter(virtual_service, *known, routing, subsets, options, taken).run();
}

}  // namespace s2a
