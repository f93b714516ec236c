// gateway.networking.k8s.io.
#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

ObjectRef decode_ref(const Reader& reader, NodeId node) {
  ObjectRef ref{
      .group = reader.string(node, "group").value, .kind = reader.string(node, "kind"), .name = reader.string(node, "name"), .ns = reader.string(node, "namespace").value};
  if (const auto port = reader.port(node, "port"); port != 0) ref.port = port;
  return ref;
}

/// The backends of a rule or of one of its backendRefs that filters mirror to.
void add_mirrors(const Reader& reader, NodeId holder, Route& out) {
  for (const auto filter : reader.items(holder, "filters")) {
    const auto backend = reader.get(filter, {"requestMirror", "backendRef"});
    if (backend != kNoNode) out.backends.push_back(decode_ref(reader, backend));
  }
}

}  // namespace

Spec decode_route(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  Route out{.hostnames = reader.strings(spec, "hostnames")};
  for (const auto parent : reader.items(spec, "parentRefs")) out.parents.push_back(decode_ref(reader, parent));
  for (const auto rule : reader.items(spec, "rules")) {
    add_mirrors(reader, rule, out);
    for (const auto backend : reader.items(rule, "backendRefs")) {
      out.backends.push_back(decode_ref(reader, backend));
      add_mirrors(reader, backend, out);
    }
  }
  return out;
}

Spec decode_k8s_gateway(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  K8sGateway out{.class_name = reader.string(spec, "gatewayClassName")};
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
