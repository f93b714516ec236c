// The decode function of each kind: an object's map in, its meaning out. What is missing or of the wrong type keeps its default; check_fields has reported it.
#pragma once

#include <optional>

#include "frontend/decode/reader.h"
#include "ir/mesh/resource.h"

namespace s2a {

// security.istio.io
[[nodiscard]] Spec decode_authorization_policy(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_request_authentication(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_peer_authentication(const Reader& reader, NodeId object);

// networking.istio.io
[[nodiscard]] Spec decode_virtual_service(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_destination_rule(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_service_entry(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_workload_entry(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_sidecar(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_envoy_filter(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_proxy_config(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_istio_gateway(const Reader& reader, NodeId object);

// telemetry.istio.io, extensions.istio.io
[[nodiscard]] Spec decode_telemetry(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_wasm_plugin(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_traffic_extension(const Reader& reader, NodeId object);

// gateway.networking.k8s.io; a TCPRoute and a TLSRoute are routes of layer 4
[[nodiscard]] Spec decode_http_route(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_grpc_route(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_l4_route(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_k8s_gateway(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_gateway_class(const Reader& reader, NodeId object);

// Kubernetes and Argo; a workload has its pod template in spec.template
[[nodiscard]] Spec decode_service(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_network_policy(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_pod(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_workload(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_cron_job(const Reader& reader, NodeId object);

// MeshConfig, kustomize
/// Whether a ConfigMap is istiod's: named `istio` or `istio-REVISION`, with a key `mesh`.
[[nodiscard]] bool is_mesh_config_map(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_mesh_config_map(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_istio_operator(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_sail_istio(const Reader& reader, NodeId object);
[[nodiscard]] Spec decode_kustomization(const Reader& reader, NodeId object);

// Shared
/// `workloadSelector.labels` of a spec; absent where the selector is.
[[nodiscard]] std::optional<Labels> decode_workload_selector(const Reader& reader, NodeId spec);
/// `selector` of a spec, checked: no wildcards and no empty keys.
[[nodiscard]] std::optional<Selector> decode_selector(const Reader& reader, NodeId spec);
/// `targetRefs` and `targetRef` of a spec, checked: their kinds, number and namespace, and that there is but one of the two and `selector`.
[[nodiscard]] std::vector<TargetRef> decode_target_refs(const Reader& reader, NodeId spec);

}  // namespace s2a
