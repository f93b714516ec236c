// The table of resource kinds.
#include "frontend/decode/kinds.h"

#include <algorithm>
#include <array>

#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

constexpr std::string_view kSecurity = "security.istio.io";
constexpr std::string_view kNetworking = "networking.istio.io";
constexpr std::string_view kTelemetry = "telemetry.istio.io";
constexpr std::string_view kExtensions = "extensions.istio.io";
constexpr std::string_view kInstall = "install.istio.io";
constexpr std::string_view kGatewayApi = "gateway.networking.k8s.io";
constexpr std::string_view kCore;
constexpr std::string_view kApps = "apps";
constexpr std::string_view kBatch = "batch";
constexpr std::string_view kOldExtensions = "extensions";
constexpr auto kReport = UnknownFields::Report;

constexpr std::array kRows = {
    // clang-format off
    KindRow{.kind = Kind::AuthorizationPolicy, .name = "AuthorizationPolicy", .group = kSecurity, .versions = "v1 v1beta1", .fields = "AuthorizationPolicy", .decode = decode_authorization_policy, .unknown = kReport},
    KindRow{.kind = Kind::RequestAuthentication, .name = "RequestAuthentication", .group = kSecurity, .versions = "v1 v1beta1", .fields = "RequestAuthentication", .decode = decode_request_authentication, .unknown = kReport},
    KindRow{.kind = Kind::PeerAuthentication, .name = "PeerAuthentication", .group = kSecurity, .versions = "v1 v1beta1", .fields = "PeerAuthentication", .decode = decode_peer_authentication, .unknown = kReport},

    KindRow{.kind = Kind::VirtualService, .name = "VirtualService", .group = kNetworking, .versions = "v1 v1beta1 v1alpha3", .fields = "VirtualService", .decode = decode_virtual_service, .unknown = kReport},
    KindRow{.kind = Kind::DestinationRule, .name = "DestinationRule", .group = kNetworking, .versions = "v1 v1beta1 v1alpha3", .fields = "DestinationRule", .decode = decode_destination_rule, .unknown = kReport},
    KindRow{.kind = Kind::ServiceEntry, .name = "ServiceEntry", .group = kNetworking, .versions = "v1 v1beta1 v1alpha3", .fields = "ServiceEntry", .decode = decode_service_entry, .unknown = kReport},
    KindRow{.kind = Kind::WorkloadEntry, .name = "WorkloadEntry", .group = kNetworking, .versions = "v1 v1beta1 v1alpha3", .fields = "WorkloadEntry", .decode = decode_workload_entry, .unknown = kReport},
    KindRow{.kind = Kind::WorkloadGroup, .name = "WorkloadGroup", .group = kNetworking, .versions = "v1 v1beta1 v1alpha3", .fields = "WorkloadGroup", .unknown = kReport},
    KindRow{.kind = Kind::Sidecar, .name = "Sidecar", .group = kNetworking, .versions = "v1 v1beta1 v1alpha3", .fields = "Sidecar", .decode = decode_sidecar, .unknown = kReport},
    KindRow{.kind = Kind::EnvoyFilter, .name = "EnvoyFilter", .group = kNetworking, .versions = "v1alpha3", .fields = "EnvoyFilter", .decode = decode_envoy_filter, .unknown = kReport},
    KindRow{.kind = Kind::ProxyConfig, .name = "ProxyConfig", .group = kNetworking, .versions = "v1beta1", .fields = "ProxyConfig", .decode = decode_proxy_config, .unknown = kReport},
    KindRow{.kind = Kind::Gateway, .name = "Gateway", .group = kNetworking, .versions = "v1 v1beta1 v1alpha3", .fields = "Gateway", .decode = decode_istio_gateway, .unknown = kReport},

    KindRow{.kind = Kind::Telemetry, .name = "Telemetry", .group = kTelemetry, .versions = "v1 v1alpha1", .fields = "Telemetry", .decode = decode_telemetry, .unknown = kReport},
    KindRow{.kind = Kind::WasmPlugin, .name = "WasmPlugin", .group = kExtensions, .versions = "v1alpha1", .fields = "WasmPlugin", .decode = decode_wasm_plugin, .unknown = kReport},
    KindRow{.kind = Kind::TrafficExtension, .name = "TrafficExtension", .group = kExtensions, .versions = "v1alpha1", .fields = "TrafficExtension", .decode = decode_traffic_extension, .unknown = kReport},

    KindRow{.kind = Kind::HTTPRoute, .name = "HTTPRoute", .group = kGatewayApi, .versions = "v1 v1beta1 v1alpha2", .fields = "HTTPRoute", .decode = decode_http_route, .unknown = kReport},
    KindRow{.kind = Kind::TCPRoute, .name = "TCPRoute", .group = kGatewayApi, .versions = "v1 v1alpha2", .fields = "TCPRoute", .decode = decode_l4_route, .unknown = kReport},
    KindRow{.kind = Kind::TLSRoute, .name = "TLSRoute", .group = kGatewayApi, .versions = "v1 v1alpha3 v1alpha2", .fields = "TLSRoute", .decode = decode_l4_route, .unknown = kReport},
    KindRow{.kind = Kind::GRPCRoute, .name = "GRPCRoute", .group = kGatewayApi, .versions = "v1 v1alpha2", .fields = "GRPCRoute", .decode = decode_grpc_route, .unknown = kReport},
    KindRow{.kind = Kind::K8sGateway, .name = "Gateway", .group = kGatewayApi, .versions = "v1 v1beta1 v1alpha2", .fields = "K8sGateway", .decode = decode_k8s_gateway, .unknown = kReport},
    KindRow{.kind = Kind::GatewayClass, .name = "GatewayClass", .group = kGatewayApi, .versions = "v1 v1beta1 v1alpha2", .fields = "GatewayClass", .decode = decode_gateway_class, .cluster_scoped = true, .unknown = kReport},
    KindRow{.kind = Kind::ReferenceGrant, .name = "ReferenceGrant", .group = kGatewayApi, .versions = "v1 v1beta1 v1alpha2", .fields = "ReferenceGrant", .unknown = kReport},

    KindRow{.kind = Kind::Service, .name = "Service", .group = kCore, .versions = "v1", .fields = "Service", .decode = decode_service},
    KindRow{.kind = Kind::Namespace, .name = "Namespace", .group = kCore, .versions = "v1", .fields = "Object", .cluster_scoped = true},
    KindRow{.kind = Kind::Pod, .name = "Pod", .group = kCore, .versions = "v1", .fields = "Pod", .decode = decode_pod},
    KindRow{.kind = Kind::ReplicationController, .name = "ReplicationController", .group = kCore, .versions = "v1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::ServiceAccount, .name = "ServiceAccount", .group = kCore, .versions = "v1", .fields = "Object"},
    KindRow{.kind = Kind::IstioConfigMap, .name = "ConfigMap", .group = kCore, .versions = "v1", .fields = "ConfigMap", .decode = decode_mesh_config_map, .applies = is_mesh_config_map},
    KindRow{.kind = Kind::Deployment, .name = "Deployment", .group = kApps, .versions = "v1 v1beta2 v1beta1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::Deployment, .name = "Deployment", .group = kOldExtensions, .versions = "v1beta1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::StatefulSet, .name = "StatefulSet", .group = kApps, .versions = "v1 v1beta2 v1beta1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::DaemonSet, .name = "DaemonSet", .group = kApps, .versions = "v1 v1beta2", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::DaemonSet, .name = "DaemonSet", .group = kOldExtensions, .versions = "v1beta1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::ReplicaSet, .name = "ReplicaSet", .group = kApps, .versions = "v1 v1beta2", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::ReplicaSet, .name = "ReplicaSet", .group = kOldExtensions, .versions = "v1beta1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::Job, .name = "Job", .group = kBatch, .versions = "v1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::CronJob, .name = "CronJob", .group = kBatch, .versions = "v1 v1beta1 v2alpha1", .fields = "CronJob", .decode = decode_cron_job},
    KindRow{.kind = Kind::Rollout, .name = "Rollout", .group = "argoproj.io", .versions = "v1alpha1", .fields = "Deployment", .decode = decode_workload},
    KindRow{.kind = Kind::NetworkPolicy, .name = "NetworkPolicy", .group = "networking.k8s.io", .versions = "v1", .fields = "NetworkPolicy", .decode = decode_network_policy},
    KindRow{.kind = Kind::NetworkPolicy, .name = "NetworkPolicy", .group = kOldExtensions, .versions = "v1beta1", .fields = "NetworkPolicy", .decode = decode_network_policy},

    KindRow{.kind = Kind::IstioOperator, .name = "IstioOperator", .group = kInstall, .versions = "v1alpha1", .fields = "IstioOperator", .decode = decode_istio_operator, .named = false},
    KindRow{.kind = Kind::SailIstio, .name = "Istio", .group = "sailoperator.io", .versions = "v1 v1alpha1", .fields = "SailIstio", .decode = decode_sail_istio, .cluster_scoped = true},
    KindRow{.kind = Kind::SailIstio, .name = "Istio", .group = "operator.istio.io", .versions = "v1alpha1", .fields = "SailIstio", .decode = decode_sail_istio, .cluster_scoped = true},
    KindRow{.kind = Kind::Kustomization, .name = "Kustomization", .group = "kustomize.config.k8s.io", .versions = "v1beta1 v1", .fields = "Kustomization", .decode = decode_kustomization, .named = false},
    KindRow{.kind = Kind::Kustomization, .name = "Component", .group = "kustomize.config.k8s.io", .versions = "v1alpha1", .fields = "Kustomization", .decode = decode_kustomization, .named = false},
    // clang-format on
};

constexpr auto kRelevant = [] {
  std::array<RelevantKind, kRows.size() + 1> all{RelevantKind{.kind = kTemplateKind, .needle = kTemplateObjects}};
  std::ranges::transform(kRows, all.begin() + 1, [](const KindRow& row) { return RelevantKind{.kind = row.name, .needle = row.kind == Kind::IstioConfigMap ? "mesh" : ""}; });
  std::ranges::sort(all);
  return all;
}();

}  // namespace

bool KindRow::serves(std::string_view version) const {
  for (auto rest = versions; !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, end) == version) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::span<const KindRow> kinds() { return kRows; }

std::span<const RelevantKind> relevant_kinds() { return kRelevant; }

bool is_readable(std::string_view api_version) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/'; };
  return !api_version.empty() && std::ranges::all_of(api_version, plain);
}

ApiVersion split_api_version(std::string_view text) {
  const auto slash = text.find('/');
  return slash == std::string_view::npos ? ApiVersion{{}, text} : ApiVersion{text.substr(0, slash), text.substr(slash + 1)};
}

bool may_decide(std::string_view api_version) {
  const auto group = split_api_version(api_version).group;
  return !is_readable(api_version) || std::ranges::any_of(kRows, [&](const KindRow& row) { return row.decides() && row.group == group; });
}

const KindRow* find_kind(std::string_view name, std::string_view group) {
  const auto found = std::ranges::find_if(kRows, [&](const KindRow& row) { return row.name == name && row.group == group; });
  return found == kRows.end() ? nullptr : &*found;
}

const KindRow* find_kind(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &KindRow::name);
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace s2a
