// Pods first: for policies whose selector matches none, for Services without any that have policies or routes, for a bare namespace. Then a Service by convention for those that
// none selects.
#include "ir/mesh/assumptions.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "ir/mesh/conventions.h"
#include "ir/mesh/dataplane.h"
#include "ir/mesh/kubectl.h"
#include "ir/mesh/routed_hosts.h"

namespace s2a {

namespace {

constexpr std::uint16_t kDefaultPort = 80;

/// Pods to be assumed, and what the policies that reach them tell about their ports.
struct Pods {
  std::string ns;
  Labels labels;
  PortHints hints;
};

class Hypothesiser {
 public:
  explicit Hypothesiser(const MeshModel& mesh);
  Hypotheses run();

 private:
  bool imaginable(const std::string& ns, const Labels& labels) const;
  bool selects_gateways(const Labels& labels) const;
  std::vector<const AuthorizationPolicy*> policies_for(const std::string& ns, const Labels& labels) const;
  void imagine(const std::string& ns, const Labels& labels);
  void pods_of_selectors();
  void pods_of_services();
  void imagine_any(const std::string& ns);
  void pods_of_namespaces();
  void callers_of_entries();
  void pods_of_routes();
  std::vector<ContainerPort> named_ports(const Pods& pods);
  void add_services();
  void assume(std::string text, std::string command, const std::string& ns) { out_.assumptions.push_back({.text = std::move(text), .command = std::move(command), .ns = ns}); }

  const MeshModel& mesh_;
  std::map<std::string, std::vector<const MeshService*>> services_;
  std::map<std::string, std::vector<const Resource*>> policies_;  ///< those for sidecars
  std::map<std::string, std::set<Dataplane>> dataplanes_;         ///< of the pods that the input has
  std::map<std::pair<std::string, std::string>, Pods> pods_;      ///< by namespace and selector: one order, whatever the order of the files
  std::map<std::pair<std::string, std::string>, Pods> routed_;    ///< by namespace and name of the Service
  Hypotheses out_;
};

Hypothesiser::Hypothesiser(const MeshModel& mesh) : mesh_(mesh) {
  for (const auto& service : mesh.services()) services_[service.ns].push_back(&service);
  for (auto& [ns, services] : services_) std::ranges::sort(services, {}, &MeshService::name);
  for (const auto& workload : mesh.workloads()) dataplanes_[workload.ns].insert(workload.dataplane);
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto* policy = std::get_if<AuthorizationPolicy>(&resource->spec);
    if (policy && policy->target_refs.empty()) policies_[resource->ns.value].push_back(resource);
  }
}

Hypotheses Hypothesiser::run() {
  pods_of_selectors();
  pods_of_services();
  pods_of_namespaces();
  pods_of_routes();
  callers_of_entries();
  for (auto& [key, pods] : pods_) {
    for (const auto* policy : policies_for(pods.ns, pods.labels)) pods.hints.add(hints_of(*policy));
    auto ports = named_ports(pods);
    for (const auto port : pods.hints.ports) ports.push_back({{}, port, "TCP"});
    const auto labels = selector_text(pods.labels);
    out_.workloads.push_back({.name = labels.empty() ? "pods" : "pods " + labels, .ns = pods.ns, .labels = pods.labels, .ports = std::move(ports), .assumed = true});
    assume(labels.empty() ? fmt::format("pods run in namespace `{}`", pods.ns) : fmt::format("pods labelled `{}` run in namespace `{}`", in_words(pods.labels), pods.ns),
           get_pods(pods.ns, pods.labels), pods.ns);
  }
  add_services();
  std::ranges::sort(out_.assumptions);
  return std::move(out_);
}

bool Hypothesiser::selects_gateways(const Labels& labels) const {
  if (conventional_gateway(labels)) return true;
  return std::ranges::any_of(mesh_.all(Kind::Gateway), [&](const Resource* resource) {
    const auto* gateway = std::get_if<IstioGateway>(&resource->spec);
    return gateway && !gateway->selector.empty() && picks(gateway->selector, labels);
  });
}

/// Whether such pods would have a sidecar, in a namespace that has not moved yet.
bool Hypothesiser::imaginable(const std::string& ns, const Labels& labels) const {
  const auto known = dataplanes_.find(ns);
  const bool moved = known != dataplanes_.end() && known->second == std::set{Dataplane::Ambient};
  if (ns == mesh_.root_namespace() || ns == kAnyNamespace || moved || selects_gateways(labels)) return false;
  return choose_dataplane({.ns = ns, .labels = labels}, mesh_.namespace_manifest(ns), false, false).dataplane == Dataplane::Sidecar;
}

std::vector<const AuthorizationPolicy*> Hypothesiser::policies_for(const std::string& ns, const Labels& labels) const {
  std::vector<const AuthorizationPolicy*> found;
  for (const auto& place : {ns, mesh_.root_namespace()}) {
    const auto there = policies_.find(place);
    if (there == policies_.end()) continue;
    for (const auto* resource : there->second) {
      const auto& policy = authorization_of(*resource);
      if (picks(policy.selector, labels)) found.push_back(&policy);
    }
  }
  return found;
}

void Hypothesiser::imagine(const std::string& ns, const Labels& labels) { pods_.try_emplace({ns, selector_text(labels)}, Pods{.ns = ns, .labels = labels}); }

void Hypothesiser::pods_of_selectors() {
  const auto look_at = [&](const Resource& resource, const std::optional<Selector>& selector) {
    if (selector && !selector->empty() && imaginable(resource.ns.value, *selector->match_labels) && mesh_.selected_by(resource).empty())
      imagine(resource.ns.value, *selector->match_labels);
  };
  for (const auto& [ns, policies] : policies_)
    for (const auto* resource : policies) look_at(*resource, authorization_of(*resource).selector);
  for (const auto* resource : mesh_.all(Kind::RequestAuthentication)) {
    const auto* tokens = std::get_if<RequestAuthentication>(&resource->spec);
    if (tokens != nullptr && tokens->target_refs.empty()) look_at(*resource, tokens->selector);
  }
}

/// The narrowest selectors first: the pods of `reviews-v1` are pods of `reviews`.
void Hypothesiser::pods_of_services() {
  const auto routed = routed_services(mesh_);
  std::vector<const MeshService*> lonely;
  for (const auto& service : mesh_.services()) {
    const auto& selector = service.spec.selector;
    const bool asked_for = !policies_for(service.ns, selector).empty() || routed.contains({service.ns, service.name});
    if (service.selects_pods() && service.backends.empty() && imaginable(service.ns, selector) && asked_for) lonely.push_back(&service);
  }
  std::ranges::sort(lonely, std::greater{}, [](const MeshService* s) { return std::pair(s->spec.selector.size(), selector_text(s->spec.selector)); });
  for (const auto* service : lonely) {
    const auto& selector = service->spec.selector;
    auto there = pods_.lower_bound({service->ns, {}});
    while (there != pods_.end() && there->first.first == service->ns && !picks(selector, there->second.labels)) ++there;
    if (there == pods_.end() || there->first.first != service->ns) imagine(service->ns, selector);
  }
}

/// Pods of a namespace of which nothing else is known.
void Hypothesiser::imagine_any(const std::string& ns) {
  const auto assumed = pods_.lower_bound({ns, {}});
  const bool known = dataplanes_.contains(ns) || services_.contains(ns) || (assumed != pods_.end() && assumed->first.first == ns);
  if (!known && imaginable(ns, {})) imagine(ns, {});
}

/// A policy for a whole namespace.
void Hypothesiser::pods_of_namespaces() {
  for (const auto& [ns, policies] : policies_)
    if (std::ranges::any_of(policies, [](const Resource* r) { return picks(authorization_of(*r).selector, {}); })) imagine_any(ns);
}

/// Who calls the ServiceEntry that a VirtualService is for.
void Hypothesiser::callers_of_entries() {
  const auto routed = [&](const std::string& host) {
    return std::ranges::any_of(mesh_.all(Kind::VirtualService), [&](const Resource* resource) {
      const auto* service = std::get_if<VirtualService>(&resource->spec);
      return service != nullptr && service->in_mesh() && std::ranges::find(service->hosts, host, &Spanned<std::string>::value) != service->hosts.end();
    });
  };
  for (const auto* entry : mesh_.all(Kind::ServiceEntry)) {
    const auto* spec = std::get_if<ServiceEntry>(&entry->spec);
    if (spec != nullptr && std::ranges::any_of(spec->hosts, [&](const Spanned<std::string>& host) { return routed(host.value); })) imagine_any(entry->ns.value);
  }
}

/// Behind the Services that a VirtualService names and the input lacks: pods that bear the Service's name.
void Hypothesiser::pods_of_routes() {
  for (auto& [name, hints] : unknown_services(mesh_)) {
    Pods pods{.ns = name.first, .labels = {{"app", {name.second}}}, .hints = std::move(hints)};
    if (!imaginable(pods.ns, pods.labels)) continue;
    const bool there = std::ranges::any_of(mesh_.workloads(), [&](const MeshWorkload& w) { return w.ns == pods.ns && picks(pods.labels, w.labels); });
    if (!there) pods_.try_emplace({pods.ns, selector_text(pods.labels)}, pods).first->second.hints.add(pods.hints);
    routed_.emplace(name, std::move(pods));
  }
}

/// The names by which Services ask for ports of these pods; each is taken to be the Service's own number.
std::vector<ContainerPort> Hypothesiser::named_ports(const Pods& pods) {
  std::vector<ContainerPort> ports;
  const auto services = services_.find(pods.ns);
  if (services == services_.end()) return ports;
  for (const auto* service : services->second) {
    if (!service->fronts(pods.labels)) continue;
    for (const auto& port : service->spec.ports) {
      const auto* name = std::get_if<std::string>(&port.target_port);
      if (!name || port.protocol != "TCP" || std::ranges::find(ports, *name, &ContainerPort::name) != ports.end()) continue;
      ports.push_back({*name, port.port, "TCP"});
      assume(fmt::format("port `{}` of pods labelled `{}` in namespace `{}` is {}", *name, in_words(pods.labels), pods.ns, port.port), get_pods(pods.ns, pods.labels) + " -o yaml",
             pods.ns);
    }
  }
  return ports;
}

/// One Service a name, for all assumed pods that bear it; it selects the labels that they share.
void Hypothesiser::add_services() {
  auto fronted = std::move(routed_);
  for (const auto& entry : pods_) {
    const auto& pods = entry.second;
    const auto name = conventional_service(pods.labels);
    const auto& known = services_[pods.ns];
    const bool taken = std::ranges::any_of(known, [&](const MeshService* s) { return s->name == name || s->fronts(pods.labels); });
    if (name.empty() || taken) continue;
    const auto [place, fresh] = fronted.try_emplace({pods.ns, name}, pods);
    if (fresh) continue;
    std::erase_if(place->second.labels, [&](const auto& label) { return value_of(pods.labels, label.first) != label.second.value; });
    place->second.hints.add(pods.hints);
  }
  for (auto& [key, pods] : fronted) {
    const auto& name = key.second;
    if (pods.labels.empty()) continue;
    if (pods.hints.ports.empty()) pods.hints.ports.insert(kDefaultPort);
    Service spec;
    spec.type = "ClusterIP";
    spec.selector = pods.labels;
    for (const auto port : pods.hints.ports) {
      auto& out = spec.ports.emplace_back();
      out.name.value = fmt::format("{}-{}", pods.hints.http ? "http" : "port", port);
      out.port = port;
      out.target_port = port;
    }
    assume(fmt::format("Service `{}` in namespace `{}` selects `{}` and serves port{} {}{}", name, pods.ns, in_words(pods.labels), pods.hints.ports.size() == 1 ? "" : "s",
                       fmt::join(pods.hints.ports, ", "), pods.hints.http ? " as HTTP" : ""),
           fmt::format("kubectl get service {} -n {} -o yaml", shell_word(name), shell_word(pods.ns)), pods.ns);
    out_.services.push_back({.name = name, .ns = pods.ns, .spec = std::move(spec), .assumed = true});
  }
}

}  // namespace

Hypotheses hypothesise(const MeshModel& mesh) { return Hypothesiser(mesh).run(); }

Hypotheses assumed_parts(const MeshModel& mesh) {
  Hypotheses parts;
  parts.assumptions = mesh.assumptions();
  std::ranges::copy_if(mesh.workloads(), std::back_inserter(parts.workloads), &MeshWorkload::assumed);
  std::ranges::copy_if(mesh.services(), std::back_inserter(parts.services), &MeshService::assumed);
  return parts;
}

Assumption assumed_injection(const std::string& ns, bool injected) {
  return {.text = fmt::format("pods of namespace `{}` get {} sidecar: the input has no Namespace manifest for it", ns, injected ? "a" : "no"),
          .command = "kubectl get namespace " + shell_word(ns) + " -o yaml",
          .ns = ns,
          .about_input = false};
}

}  // namespace s2a
