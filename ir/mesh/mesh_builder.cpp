// Filling a MeshModel: what the input says first, then what it lacks, then who is connected with whom.
#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "ir/mesh/assumptions.h"
#include "ir/mesh/dataplane.h"
#include "ir/mesh/deliveries.h"
#include "ir/mesh/mesh_model.h"
#include "ir/mesh/templates.h"
#include "ir/mesh/well_known.h"

namespace s2a {

namespace {

/// Kinds that do not make a namespace part of the mesh.
constexpr std::array kBystanders{Kind::ServiceAccount, Kind::NetworkPolicy, Kind::IstioConfigMap, Kind::IstioOperator, Kind::SailIstio, Kind::Kustomization};

/// The first one that is written.
template <class Field>
std::optional<std::string> first(const std::optional<std::string>& option, const std::vector<const MeshConfig*>& configs, Field field) {
  if (option) return option;
  for (const auto* config : configs) {
    if (const auto& value = config->*field) return value;
  }
  return std::nullopt;
}

}  // namespace

class MeshBuilder {
 public:
  MeshBuilder(const Store& store, const MeshOptions& options) {
    mesh_.store_ = &store;
    mesh_.options_ = options;
  }

  MeshModel build(const Snapshot& snapshot, const MeshModel* before);

 private:
  void index(const Snapshot& snapshot);
  void configure();
  void add_waypoints();
  void add_workloads();
  void add_managed_gateways();
  void add_workload(MeshWorkload workload);
  void choose_dataplanes();
  void add_services();
  void connect();
  void adopt(Hypotheses hypotheses);
  void assume_injection();
  void attach_policies();
  void follow_routes();
  void list_namespaces();

  MeshModel mesh_;
  std::vector<const Resource*> resources_;     ///< without duplicates, in order of file and place
  std::map<std::string, Dataplane> presumed_;  ///< by namespace, for want of its manifest
};

MeshModel MeshBuilder::build(const Snapshot& snapshot, const MeshModel* before) {
  index(snapshot);
  configure();
  add_waypoints();
  add_workloads();
  add_managed_gateways();
  add_services();
  choose_dataplanes();
  connect();
  adopt(before ? assumed_parts(*before) : hypothesise(mesh_));
  if (!before) assume_injection();
  attach_policies();
  follow_routes();
  list_namespaces();
  return std::move(mesh_);
}

void MeshBuilder::index(const Snapshot& snapshot) {
  std::map<std::tuple<Kind, std::string_view, std::string_view>, const Resource*> first_of;
  auto ordered = snapshot;  // what is given as a PATH is what is to be; the cluster's own version of it does not count
  const auto is_context = [&](const Resource& resource) { return mesh_.store_->file_of(resource).access == Access::Context; };
  std::stable_partition(ordered.begin(), ordered.end(), [&](ResourceId id) { return !is_context((*mesh_.store_)[id]); });
  for (const auto id : ordered) {
    const auto& resource = (*mesh_.store_)[id];
    const bool named = resource.kind != Kind::Kustomization && !resource.name.value.empty();
    if (named) {
      const auto [earlier, fresh] = first_of.try_emplace({resource.kind, resource.ns.value, resource.name.value}, &resource);
      if (!fresh) {
        if (!is_context(resource)) mesh_.duplicates_.emplace_back(earlier->second, &resource);
        continue;
      }
    }
    resources_.push_back(&resource);
    mesh_.by_kind_[resource.kind].push_back(&resource);
    if (resource.kind == Kind::Namespace) mesh_.namespace_manifests_.emplace(resource.name.value, &resource);
  }
}

/// Options win over the input, the running configuration over an installation's.
void MeshBuilder::configure() {
  std::vector<const MeshConfig*> configs;
  for (const auto kind : {Kind::IstioConfigMap, Kind::IstioOperator, Kind::SailIstio}) {
    for (const auto* resource : mesh_.all(kind)) {
      if (const auto* config = std::get_if<MeshConfig>(&resource->spec)) configs.push_back(config);
    }
  }
  const auto& options = mesh_.options_;
  mesh_.root_namespace_ = first(options.root_namespace, configs, &MeshConfig::root_namespace).value_or("istio-system");
  mesh_.trust_domain_ = first(options.trust_domain, configs, &MeshConfig::trust_domain).value_or("cluster.local");
  mesh_.path_normalization_ = first({}, configs, &MeshConfig::path_normalization).value_or(std::string());
  mesh_.cluster_domain_ = options.cluster_domain.value_or("cluster.local");
  mesh_.trust_domain_aliases_ = options.trust_domain_aliases;
  for (const auto* config : configs) {
    if (mesh_.trust_domain_aliases_.empty()) mesh_.trust_domain_aliases_ = config->trust_domain_aliases;
    if (mesh_.ca_trust_domains_.empty()) mesh_.ca_trust_domains_ = config->ca_trust_domains;
    if (!mesh_.default_retries_) mesh_.default_retries_ = config->default_retries;
    if (mesh_.default_virtual_service_export_to_.empty()) mesh_.default_virtual_service_export_to_ = config->default_virtual_service_export_to;
    if (mesh_.default_destination_rule_export_to_.empty()) mesh_.default_destination_rule_export_to_ = config->default_destination_rule_export_to;
    if (mesh_.extension_providers_.empty()) mesh_.extension_providers_ = config->extension_providers;
  }
  if (!configs.empty()) return;
  for (const auto* resource : mesh_.all(Kind::AuthorizationPolicy)) {
    const auto* policy = std::get_if<AuthorizationPolicy>(&resource->spec);
    if (policy == nullptr || policy->action != AuthorizationAction::Custom) continue;
    if (std::ranges::find(mesh_.extension_providers_, policy->provider, &ExtensionProvider::name) == mesh_.extension_providers_.end())
      mesh_.extension_providers_.push_back({.name = policy->provider, .http = true, .presumed = true});
  }
}

void MeshBuilder::add_waypoints() {
  for (const auto* resource : mesh_.all(Kind::K8sGateway)) {
    const auto* gateway = std::get_if<K8sGateway>(&resource->spec);
    if (!gateway || !gateway->waypoint()) continue;
    const auto serves = value_of(resource->labels, kWaypointFor);
    const auto account = value_of(resource->annotations, "gateway.istio.io/service-account");
    const auto admits_others = [](const GatewayListener& listener) { return listener.allowed_from == "All" || listener.allowed_from == "Selector"; };
    mesh_.waypoints_.push_back({.name = resource->name.value,
                                .ns = resource->ns.value,
                                .principal = mesh_.trust_domain_ + "/ns/" + resource->ns.value + "/sa/" + (account.empty() ? resource->name.value : std::string(account)),
                                .serves_services = serves.empty() || serves == "service" || serves == "all",
                                .serves_workloads = serves == "workload" || serves == "all",
                                .ready = gateway->ready,
                                .open = std::ranges::any_of(gateway->listeners, admits_others),
                                .resource = resource->id});
  }
}

void MeshBuilder::add_workloads() {
  for (const auto* resource : distinct_workloads(*mesh_.store_, resources_)) {
    const auto& spec = std::get<Workload>(resource->spec);
    add_workload({.resource = resource->id,
                  .name = resource->name.value,
                  .ns = resource->ns.value,
                  .labels = spec.pod_labels,
                  .annotations = spec.pod_annotations,
                  .ports = spec.ports,
                  .service_account = spec.service_account,
                  .address = spec.address});
  }
}

/// The proxies that istiod runs for a Gateway: no manifest shows them, and policies select them like any pods. 2.1
void MeshBuilder::add_managed_gateways() {
  for (const auto* resource : mesh_.all(Kind::K8sGateway)) {
    const auto* gateway = std::get_if<K8sGateway>(&resource->spec);
    if (!gateway || gateway->class_name.value != kGatewayClass) continue;
    const auto& name = resource->name;
    const auto& ns = resource->ns.value;
    const auto shown = [&](const MeshWorkload& w) { return w.ns == ns && value_of(w.labels, kGatewayName) == name.value; };
    if (std::ranges::any_of(mesh_.workloads_, shown)) continue;
    add_workload({.name = "proxies of Gateway " + name.value, .ns = ns, .labels = {{std::string(kGatewayName), name}}, .service_account = name.value + "-istio"});
  }
}

void MeshBuilder::add_workload(MeshWorkload workload) {
  workload.id = WorkloadId{static_cast<std::uint32_t>(mesh_.workloads_.size())};
  const auto gateway = value_of(workload.labels, kGatewayName);
  workload.waypoint = std::ranges::any_of(mesh_.waypoints_, [&](const Waypoint& w) { return w.name == gateway && w.ns == workload.ns; });
  mesh_.index_.add(workload.id, workload.ns, workload.labels);
  mesh_.workloads_.push_back(std::move(workload));
}

void MeshBuilder::choose_dataplanes() {
  std::set<WorkloadId> behind_gateways;
  for (const auto* resource : mesh_.all(Kind::Gateway)) {
    const auto* gateway = std::get_if<IstioGateway>(&resource->spec);
    if (!gateway || gateway->selector.empty()) continue;
    const auto picked = mesh_.index_.select(kAllNamespaces, gateway->selector);
    behind_gateways.insert(picked.begin(), picked.end());
  }
  for (auto& workload : mesh_.workloads_) {
    const bool host_network = workload.resource && std::get<Workload>((*mesh_.store_)[*workload.resource].spec).host_network;
    auto choice = choose_dataplane(workload, mesh_.namespace_manifest(workload.ns), host_network, behind_gateways.contains(workload.id));
    workload.dataplane = choice.dataplane;
    workload.dataplane_reason = std::move(choice.reason);
    if (choice.presumed) presumed_.emplace(workload.ns, choice.dataplane);
  }
}

void MeshBuilder::add_services() {
  for (const auto* resource : mesh_.all(Kind::Service)) {
    if (const auto* spec = std::get_if<Service>(&resource->spec)) {
      mesh_.services_.push_back(
          {.id = ServiceId{static_cast<std::uint32_t>(mesh_.services_.size())}, .resource = resource->id, .name = resource->name.value, .ns = resource->ns.value, .spec = *spec});
    }
  }
}

/// Services to pods, within a namespace. A Service without a selector picks none.
void MeshBuilder::connect() {
  mesh_.services_of_.assign(mesh_.workloads_.size(), {});
  for (auto& service : mesh_.services_) {
    service.backends = service.selects_pods() ? mesh_.index_.select(service.ns, service.spec.selector) : std::vector<WorkloadId>{};
    for (const auto pod : service.backends) mesh_.services_of_[static_cast<std::uint32_t>(pod)].push_back(service.id);
  }
}

void MeshBuilder::adopt(Hypotheses hypotheses) {
  mesh_.assumptions_ = std::move(hypotheses.assumptions);
  if (hypotheses.workloads.empty()) return;
  for (auto& workload : hypotheses.workloads) add_workload(std::move(workload));
  for (auto& service : hypotheses.services) {
    service.id = ServiceId{static_cast<std::uint32_t>(mesh_.services_.size())};
    mesh_.services_.push_back(std::move(service));
  }
  choose_dataplanes();
  connect();
}

void MeshBuilder::assume_injection() {
  for (const auto& [ns, dataplane] : presumed_) mesh_.assumptions_.push_back(assumed_injection(ns, dataplane == Dataplane::Sidecar));
  std::ranges::sort(mesh_.assumptions_);
}

void MeshBuilder::attach_policies() {
  mesh_.policies_.assign(mesh_.workloads_.size(), {});
  for (const auto* policy : mesh_.all(Kind::AuthorizationPolicy)) {
    for (const auto pod : mesh_.selected_by(*policy)) mesh_.policies_[static_cast<std::uint32_t>(pod)].push_back(policy);
  }
  for (const auto& [kind, resources] : mesh_.by_kind_) {
    for (std::uint32_t place = 0; place < resources.size(); ++place) {
      for (const auto& ref : target_refs_of(*resources[place])) mesh_.targeted_[kind].add(place, {ref.group.value, ref.kind.value, ref.name.value, resources[place]->ns.value});
    }
  }
}

void MeshBuilder::follow_routes() {
  mesh_.reach_ = deliveries(mesh_);
  mesh_.fronts_.assign(mesh_.workloads_.size(), {});
  for (const auto& ways : mesh_.reach_) {
    for (const auto& way : ways) mesh_.fronts_[static_cast<std::uint32_t>(way.workload)].push_back(way);
  }
}

void MeshBuilder::list_namespaces() {
  std::set<std::string> names;
  for (const auto* resource : resources_) {
    const auto& name = resource->kind == Kind::Namespace ? resource->name.value : resource->ns.value;
    if (!name.empty() && std::ranges::find(kBystanders, resource->kind) == kBystanders.end()) names.insert(name);
  }
  mesh_.namespaces_.assign(names.begin(), names.end());
}

MeshModel MeshModel::build(const Store& store, const Snapshot& snapshot, const MeshOptions& options) { return MeshBuilder(store, options).build(snapshot, nullptr); }

MeshModel MeshModel::rebuilt(const Snapshot& after) const { return MeshBuilder(*store_, options_).build(after, this); }

}  // namespace s2a
