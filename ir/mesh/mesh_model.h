// The whole mesh of one snapshot, indexed once and never changed: who selects whom, which Services front which pods, which waypoint serves what.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ir/mesh/istio_release.h"
#include "ir/mesh/selection.h"
#include "ir/mesh/store.h"
#include "ir/mesh/target_index.h"

namespace s2a {

/// What the input may not say; nullopt: MeshConfig in the input decides, then Istio's default.
struct MeshOptions {
  std::optional<std::string> root_namespace;
  std::optional<std::string> trust_domain;
  std::vector<std::string> trust_domain_aliases;
  std::optional<std::string> cluster_domain;
  IstioRelease istio;
  bool segment_prefixes = false;  ///< a prefix `/foo` of a VirtualService does not take `/foobar`: nobody asks for that. routing.md 3.1
};

/// How a pod's traffic is handled. Gateway: a gateway proxy, enforced like a sidecar in both meshes. Outside: no proxy and no ztunnel.
enum class Dataplane : std::uint8_t { Sidecar, Ambient, Gateway, Outside };

/// What a port speaks: istiod's protocol selection; Auto is sniffed. authorization.md 2.5
enum class AppProtocol : std::uint8_t { Http, Tcp, Auto };

enum class ServiceId : std::uint32_t {};

/// Pods of one template (or one Pod).
struct MeshWorkload {
  WorkloadId id{};
  std::optional<ResourceId> resource;  ///< nullopt: assumed, or the proxies of a Gateway
  std::string name;
  std::string ns;
  Labels labels;
  Labels annotations;
  std::vector<ContainerPort> ports;
  std::string service_account;
  std::string address;  ///< empty where the input does not say
  Dataplane dataplane = Dataplane::Sidecar;
  std::string dataplane_reason;  ///< why, in words: `label sidecar.istio.io/inject is "false"`
  bool waypoint = false;         ///< a waypoint's own pods: policies reach them by targetRefs only
  bool assumed = false;

  /// `Deployment shop/cart`, or `pods app=cart in shop (assumed)`
  [[nodiscard]] std::string subject(const Store& store) const;
};

struct MeshService {
  ServiceId id{};
  std::optional<ResourceId> resource;  ///< nullopt: assumed
  std::string name;
  std::string ns;
  Service spec;
  std::vector<WorkloadId> backends;  ///< pods that its selector picks, in its own namespace
  bool assumed = false;

  /// `Service shop/cart`
  [[nodiscard]] std::string subject() const { return "Service " + ns + "/" + name; }
  [[nodiscard]] bool selects_pods() const { return !spec.selector.empty() && !spec.external_name(); }
  /// Whether pods with these labels, in its namespace, are its backends.
  [[nodiscard]] bool fronts(const Labels& labels) const { return selects_pods() && picks(spec.selector, labels); }
};

/// What traffic through a waypoint is addressed to: a pod's own address, a Service, or a ServiceEntry.
using Dialled = std::variant<std::monostate, ServiceId, ResourceId>;

/// One way to a pod: what is sent to this port of the Service arrives at that port of the pod.
struct Delivery {
  ServiceId service{};
  std::uint16_t service_port = 0;
  WorkloadId workload{};
  std::uint16_t container_port = 0;
  auto operator<=>(const Delivery&) const = default;
};

/// A Gateway of class istio-waypoint.
struct Waypoint {
  std::string name;
  std::string ns;
  std::string principal;          ///< `cluster.local/ns/shop/sa/waypoint`: who it is at ztunnel. authorization.md 4.7
  bool serves_services = true;    ///< istio.io/waypoint-for: service (the default) or all
  bool serves_workloads = false;  ///< workload or all
  bool ready = true;              ///< false: what would pass it passes by
  bool open = false;              ///< a listener admits other namespaces (allowedRoutes from All or Selector)
  std::optional<ResourceId> resource;
};

/// Something that is not in the input and was taken to be so; `command` checks it on a cluster.
struct Assumption {
  std::string text;
  std::string command;
  std::string ns;           ///< whose translation rests on it
  bool about_input = true;  ///< about Services and workloads: `apply` needs --assume. false: always listed, never in the way
  auto operator<=>(const Assumption&) const = default;
};

/// Whether ztunnel knows addresses for the hosts of a ServiceEntry: single ones that it names, or those that istiod gives it, which it does not for wildcards and where what was
/// dialled is where it leads (resolution NONE).
[[nodiscard]] bool has_address(const Resource& entry);

class MeshModel {
 public:
  /// Indexes a snapshot and assumes what it lacks. Never fails: what is contradictory is told by duplicates() and ambiguous_mtls().
  [[nodiscard]] static MeshModel build(const Store& store, const Snapshot& snapshot, const MeshOptions& options);
  /// The same mesh after an edit: what was assumed stays assumed, and nothing else is. Ids stay the same unless the edit adds or removes workloads or Services.
  [[nodiscard]] MeshModel rebuilt(const Snapshot& after) const;
  /// The same mesh when every waypoint in it is ready.
  [[nodiscard]] MeshModel with_ready_waypoints() const;

  [[nodiscard]] const Store& store() const { return *store_; }
  [[nodiscard]] const std::string& root_namespace() const { return root_namespace_; }
  [[nodiscard]] const std::string& trust_domain() const { return trust_domain_; }
  [[nodiscard]] const std::vector<std::string>& trust_domain_aliases() const { return trust_domain_aliases_; }
  /// Those whose certificates Envoy proxies take besides. authorization.md 2.8
  [[nodiscard]] const std::vector<std::string>& ca_trust_domains() const { return ca_trust_domains_; }
  [[nodiscard]] const std::string& cluster_domain() const { return cluster_domain_; }
  [[nodiscard]] const IstioRelease& istio() const { return options_.istio; }
  [[nodiscard]] bool segment_prefixes() const { return options_.segment_prefixes; }
  /// MeshConfig's pathNormalization as written; empty without one in the input. authorization.md 2.4
  [[nodiscard]] const std::string& path_normalization() const { return path_normalization_; }
  /// The external authorizers that MeshConfig knows; empty without one in the input.
  [[nodiscard]] const std::vector<ExtensionProvider>& extension_providers() const { return extension_providers_; }

  /// What a rule without `retries` retries; nullopt: Istio's own default. routing.md 1.3
  [[nodiscard]] const std::optional<HttpRetries>& default_retries() const { return default_retries_; }
  /// Who sees a VirtualService or a DestinationRule without `exportTo`; empty: everybody. routing.md 5.4
  [[nodiscard]] const std::vector<std::string>& default_virtual_service_export_to() const { return default_virtual_service_export_to_; }
  [[nodiscard]] const std::vector<std::string>& default_destination_rule_export_to() const { return default_destination_rule_export_to_; }

  /// Every resource of a kind, in order of file and place.
  [[nodiscard]] const std::vector<const Resource*>& all(Kind kind) const;
  [[nodiscard]] const std::vector<MeshWorkload>& workloads() const { return workloads_; }
  [[nodiscard]] const std::vector<MeshService>& services() const { return services_; }
  [[nodiscard]] const std::vector<Waypoint>& waypoints() const { return waypoints_; }
  [[nodiscard]] const MeshWorkload& operator[](WorkloadId id) const { return workloads_[static_cast<std::uint32_t>(id)]; }
  [[nodiscard]] const MeshService& operator[](ServiceId id) const { return services_[static_cast<std::uint32_t>(id)]; }
  /// Every namespace that holds a workload, a Service or a namespaced Istio resource, or has a manifest; sorted.
  [[nodiscard]] const std::vector<std::string>& namespaces() const { return namespaces_; }
  [[nodiscard]] const Resource* namespace_manifest(std::string_view ns) const;

  /// The AuthorizationPolicies that reach a sidecar or gateway proxy of this pod, AUDIT and dry-run ones included: namespace and root namespace, by selector. authorization.md 2.1
  [[nodiscard]] std::vector<const Resource*> policies_at_sidecar(WorkloadId workload) const;
  /// Those that istiod sends to ztunnel for this pod. authorization.md 3.1
  [[nodiscard]] std::vector<const Resource*> policies_at_ztunnel(WorkloadId workload) const;
  /// Those that a waypoint enforces on the way to what is dialled. authorization.md 4.2
  [[nodiscard]] std::vector<const Resource*> policies_at_waypoint(const Dialled& to, const Waypoint& waypoint) const;
  /// The RequestAuthentications at the same places. authorization.md 7
  [[nodiscard]] std::vector<const Resource*> authentications_at_sidecar(WorkloadId workload) const;
  [[nodiscard]] std::vector<const Resource*> authentications_at_waypoint(const Dialled& to, const Waypoint& waypoint) const;
  /// The WasmPlugins and TrafficExtensions there. authorization.md 7
  [[nodiscard]] std::vector<const Resource*> extensions_at_sidecar(WorkloadId workload) const;
  [[nodiscard]] std::vector<const Resource*> extensions_at_waypoint(const Dialled& to, const Waypoint& waypoint) const;
  /// The pods that a policy, or another resource with a selector, applies to at sidecars; empty for one with targetRefs.
  [[nodiscard]] std::vector<WorkloadId> selected_by(const Resource& resource) const;

  /// The Services whose selector picks this pod, ExternalName left out.
  [[nodiscard]] std::vector<ServiceId> services_of(WorkloadId workload) const;
  /// Where what is sent to a Service can arrive: at the pods that its selector picks, at those of other Services where HTTPRoutes, GRPCRoutes, TCPRoutes or TLSRoutes lead there;
  /// sorted. Its policies at a waypoint are asked, not those of the Services that a route leads to. authorization.md 4.6, 9.11
  [[nodiscard]] const std::vector<Delivery>& reach(ServiceId service) const { return reach_[static_cast<std::uint32_t>(service)]; }
  /// The ways that lead to a pod: reach() of every Service, turned round; sorted.
  [[nodiscard]] const std::vector<Delivery>& fronts(WorkloadId workload) const { return fronts_[static_cast<std::uint32_t>(workload)]; }
  /// The container port behind a Service port; nullopt: the pod has no port of that name. authorization.md 2.4
  [[nodiscard]] std::optional<std::uint16_t> container_port(const ServicePort& port, WorkloadId workload) const;
  /// What the Service's own port declares. authorization.md 2.5
  [[nodiscard]] static AppProtocol protocol(const ServicePort& port);
  /// What the sidecar takes a container port to speak; nullopt: Services disagree and the input does not say which is the oldest. 2.5
  [[nodiscard]] std::optional<AppProtocol> protocol_at_sidecar(WorkloadId workload, std::uint16_t container_port) const;
  /// Whether these pods were assumed for a selector that no Service picks and no convention names one for: what reaches them is unknown.
  [[nodiscard]] bool serviceless_assumed(WorkloadId workload) const;
  /// Every TCP port by which the pod can be reached: container ports and the targets of its Services; sorted.
  [[nodiscard]] std::vector<std::uint16_t> ports_of(WorkloadId workload) const;

  /// The waypoint that traffic to this Service passes: label istio.io/use-waypoint on it or on its namespace; nothing for headless and ExternalName ones. 4.7
  [[nodiscard]] const Waypoint* waypoint_of(ServiceId service) const;
  /// The second waypoint that label istio.io/use-waypoint-canary gives a part of that traffic to. 4.7
  [[nodiscard]] const Waypoint* canary_of(ServiceId service) const;
  /// The waypoint that traffic to the ServiceEntry's addresses passes. 4.7
  [[nodiscard]] const Waypoint* waypoint_of(ResourceId entry) const;
  /// The waypoint that traffic to the pod's own address passes. 4.7, 5
  [[nodiscard]] const Waypoint* waypoint_of(WorkloadId workload) const;
  /// Whether connections to this port come to the pod's sidecar or gateway proxy; those that do not are never judged. 2.9
  [[nodiscard]] bool captured_by_sidecar(WorkloadId workload, std::uint16_t port) const;
  /// The ports that the pod declares or its annotations name, and that its sidecar does not capture; the proxy's own aside; sorted.
  [[nodiscard]] std::vector<std::uint16_t> uncaptured_ports(WorkloadId workload) const;
  /// Whether ztunnel judges what comes to the pod. 3.5
  [[nodiscard]] bool captured_by_ztunnel(WorkloadId workload) const;
  /// What the sidecar asks of a client of this port: Strict, Permissive or Disable. 2.8
  [[nodiscard]] MtlsMode mtls_at_sidecar(WorkloadId workload, std::uint16_t port) const;
  /// Whether ztunnel refuses plaintext to this port: what istiod makes of PeerAuthentication, with the faults it has. 3.4
  [[nodiscard]] bool refuses_plaintext_at_ztunnel(WorkloadId workload, std::uint16_t port) const;
  /// The PeerAuthentication of the pod's whole namespace, and the one whose labels pick the pod; nullptr: none. Of several the oldest. 2.8
  [[nodiscard]] std::pair<const Resource*, const Resource*> mtls_policies(WorkloadId workload) const;
  /// Whether a namespace asks for mutual TLS, pods that have a policy of their own aside. 2.8
  [[nodiscard]] bool strict_mtls(std::string_view ns) const;
  /// PeerAuthentications of a whole namespace that contradict another one, where the input does not say which is the oldest. 8.1
  [[nodiscard]] std::vector<const Resource*> ambiguous_mtls() const;

  /// Pairs of the same kind, namespace and name; the later one second. A resource of the context gives way to one of a PATH.
  [[nodiscard]] const std::vector<std::pair<const Resource*, const Resource*>>& duplicates() const { return duplicates_; }
  [[nodiscard]] const std::vector<Assumption>& assumptions() const { return assumptions_; }

 private:
  /// What a waypoint enforces of a kind, by its targets. 4.2
  [[nodiscard]] std::vector<const Resource*> attached(Kind kind, const Dialled& to, const Waypoint& waypoint) const;

  const Store* store_ = nullptr;
  std::string root_namespace_;
  std::string trust_domain_;
  std::vector<std::string> trust_domain_aliases_;
  std::vector<std::string> ca_trust_domains_;
  std::string cluster_domain_;
  std::string path_normalization_;
  std::vector<ExtensionProvider> extension_providers_;
  std::optional<HttpRetries> default_retries_;
  std::vector<std::string> default_virtual_service_export_to_;
  std::vector<std::string> default_destination_rule_export_to_;
  std::map<Kind, std::vector<const Resource*>> by_kind_;
  std::vector<MeshWorkload> workloads_;
  std::vector<MeshService> services_;
  std::vector<Waypoint> waypoints_;
  std::vector<std::string> namespaces_;
  std::vector<std::pair<const Resource*, const Resource*>> duplicates_;
  std::vector<Assumption> assumptions_;

  MeshOptions options_;
  WorkloadIndex index_;
  std::map<std::string, const Resource*, std::less<>> namespace_manifests_;
  std::vector<std::vector<const Resource*>> policies_;  ///< by workload: at its sidecar
  std::map<Kind, TargetIndex> targeted_;
  std::vector<std::vector<ServiceId>> services_of_;  ///< by workload
  std::vector<std::vector<Delivery>> reach_;         ///< by Service
  std::vector<std::vector<Delivery>> fronts_;        ///< by workload

  friend class MeshBuilder;
};

}  // namespace s2a
