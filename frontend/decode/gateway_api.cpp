// gateway.networking.k8s.io.
#include <algorithm>
#include <array>

#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

ObjectRef decode_ref(const Reader& reader, NodeId node) {
  ObjectRef ref{
      .group = reader.string(node, "group").value, .kind = reader.string(node, "kind"), .name = reader.string(node, "name"), .ns = reader.string(node, "namespace").value};
  if (const auto port = reader.port(node, "port"); port != 0) ref.port = port;
  return ref;
}

constexpr std::array<std::string_view, 6> kRuleFilters{"CORS", "RequestHeaderModifier", "RequestMirror", "RequestRedirect", "ResponseHeaderModifier", "URLRewrite"};
constexpr std::array<std::string_view, 2> kBackendFilters{"RequestHeaderModifier", "ResponseHeaderModifier"};

bool knows(const Reader& reader, NodeId holder, std::span<const std::string_view> filters) {
  return std::ranges::all_of(reader.items(holder, "filters"), [&](NodeId filter) { return std::ranges::find(filters, reader.string(filter, "type").value) != filters.end(); });
}

/// Whether istiod takes the rule: filters that it knows, and Services by port.
bool convertible(const Reader& reader, NodeId rule) {
  return knows(reader, rule, kRuleFilters) && std::ranges::all_of(reader.items(rule, "backendRefs"), [&](NodeId backend) {
           const auto kind = reader.string(backend, "kind").value;
           const bool service = kind.empty() || kind == "Service";
           const bool placed = reader.get(backend, "port") != kNoNode && reader.string(backend, "name").value.find('.') == std::string::npos;
           return (!service || placed) && knows(reader, backend, kBackendFilters);
         });
}

/// What the filters of a rule, or of one of its backendRefs, mirror to and rewrite.
void add_filters(const Reader& reader, NodeId holder, Route& out) {
  for (const auto filter : reader.items(holder, "filters")) {
    const auto type = reader.string(filter, "type").value;
    if (out.rewrites == kNoNode && (type == "URLRewrite" || type == "RequestHeaderModifier")) out.rewrites = filter;
    const auto backend = reader.get(filter, {"requestMirror", "backendRef"});
    if (backend != kNoNode) out.backends.push_back(decode_ref(reader, backend));
  }
}

/// As a controller left it; without a word about addresses and conditions nothing is known against it.
bool ready(const Reader& reader, NodeId status) {
  if (reader.get(status, "addresses") != kNoNode && reader.items(status, "addresses").empty()) return false;
  return std::ranges::none_of(reader.items(status, "conditions"),
                              [&](NodeId condition) { return reader.string(condition, "type").value == "Programmed" && reader.string(condition, "status").value != "True"; });
}

}  // namespace

Spec decode_route(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  Route out{.hostnames = reader.strings(spec, "hostnames")};
  for (const auto parent : reader.items(spec, "parentRefs")) out.parents.push_back(decode_ref(reader, parent));
  for (const auto rule : reader.items(spec, "rules")) {
    out.convertible = out.convertible && convertible(reader, rule);
    add_filters(reader, rule, out);
    for (const auto backend : reader.items(rule, "backendRefs")) {
      out.backends.push_back(decode_ref(reader, backend));
      add_filters(reader, backend, out);
    }
  }
  return out;
}

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
