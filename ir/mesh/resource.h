// A Kubernetes object as it was read: who it is, where it stands, and its decoded spec.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ir/change.h"
#include "ir/mesh/authorization_policy.h"
#include "ir/mesh/destination_rule.h"
#include "ir/mesh/gateway_api.h"
#include "ir/mesh/istio.h"
#include "ir/mesh/kubernetes.h"
#include "ir/mesh/mesh_config.h"
#include "ir/mesh/virtual_service.h"
#include "ir/source/span.h"

namespace s2a {

enum class ResourceId : std::uint32_t {};

/// The kinds whose meaning counts; frontend/decode/kinds.cpp has a row for each.
enum class Kind : std::uint8_t {
  AuthorizationPolicy,
  RequestAuthentication,
  PeerAuthentication,
  VirtualService,
  DestinationRule,
  ServiceEntry,
  WorkloadEntry,
  WorkloadGroup,
  Sidecar,
  EnvoyFilter,
  ProxyConfig,
  Gateway,
  Telemetry,
  WasmPlugin,
  TrafficExtension,
  HTTPRoute,
  TCPRoute,
  TLSRoute,
  GRPCRoute,
  K8sGateway,
  GatewayClass,
  ReferenceGrant,
  Service,
  Namespace,
  Pod,
  Deployment,
  StatefulSet,
  DaemonSet,
  ReplicaSet,
  ReplicationController,
  Job,
  CronJob,
  ServiceAccount,
  Rollout,
  NetworkPolicy,
  IstioConfigMap,
  IstioOperator,
  SailIstio,
  Kustomization,
};

/// `Gateway` is Istio's, `K8sGateway` the Gateway API's; both print as the kind that the manifest has.
[[nodiscard]] std::string_view to_string(Kind kind);

using Spec =
    std::variant<std::monostate, AuthorizationPolicy, RequestAuthentication, PeerAuthentication, VirtualService, DestinationRule, ServiceEntry, WorkloadEntry, Sidecar, EnvoyFilter,
                 ProxyConfig, IstioGateway, Telemetry, Extension, Route, K8sGateway, GatewayClass, Service, Workload, NetworkPolicy, MeshConfig, Kustomization>;

/// The namespace, or the name of the Namespace, of a resource for which it cannot be told, as its text could not be read: it may be any. No object can have this name.
inline constexpr std::string_view kAnyNamespace = "?";

struct Resource {
  ResourceId id{};
  Kind kind{};
  FileId file{};
  DocumentId document{};
  NodeId node = kNoNode;  ///< the object's map: a document's root or an item of a List
  Spanned<std::string> api_version;
  Spanned<std::string> name;
  Spanned<std::string> ns;  ///< filled in when not written (kustomization, `-n`, `default`); empty for cluster-scoped kinds
  Labels labels;            ///< metadata.labels
  Labels annotations;
  Spec spec;
  bool translatable = true;  ///< false: an error was found in it, or it must not be edited (template, List of templates, shared text ...): its meaning is not known or must stay
  bool editable = true;      ///< false: its text must not be touched; `locked` says why
  std::string locked;

  /// `AuthorizationPolicy shop/cart-viewer`
  [[nodiscard]] std::string subject() const;
};

/// The spec of an AuthorizationPolicy; `policy.kind` must say that it is one.
[[nodiscard]] inline const AuthorizationPolicy& authorization_of(const Resource& policy) { return std::get<AuthorizationPolicy>(policy.spec); }

/// What a resource selects pods by; nullptr where it has targets instead, or is of a kind without.
[[nodiscard]] const std::optional<Selector>* selector_of(const Resource& resource);

}  // namespace s2a
