// What istiod makes of PeerAuthentication for ztunnel has faults: a port's STRICT is lost below a mesh-wide one, and a namespace's policy without a mode hides the mesh's. Where
// a pod that moves would take plaintext that its sidecar refuses, the mode is written out, or the ports are closed by a policy. authorization.md 3.4, 8.4
//
//   kind: PeerAuthentication                      kind: AuthorizationPolicy
//   spec:                                         spec:
//     selector: { app: cart }                       selector: { app: cart }
//     mtls: { mode: PERMISSIVE }            +       action: DENY
//     portLevelMtls: { 8080: STRICT }               rules: [ from: [ notPrincipals: ["*"] ], to: [ ports: ["8080"] ] ]
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "ir/passes/context.h"
#include "ir/passes/halves.h"
#include "ir/passes/names.h"
#include "ir/passes/passes.h"
#include "ir/passes/reach.h"
#include "ir/passes/rule_text.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

const PeerAuthentication& spec_of(const Resource& resource) { return std::get<PeerAuthentication>(resource.spec); }

/// Plaintext only: nobody without an identity.
std::vector<Rule> refuse_plaintext_to(const std::set<std::uint16_t>& ports) {
  Rule out;
  out.from.emplace_back().principals.not_values = spanned({"*"});
  out.to.emplace_back().ports.values = spanned(port_texts({ports.begin(), ports.end()}));
  return {out};
}

class Normaliser {
 public:
  explicit Normaliser(PassContext& ctx) : ctx_(ctx), names_(ctx.now, Kind::AuthorizationPolicy), authentications_(ctx.now, Kind::PeerAuthentication) {}

  /// Ports that its sidecar leaves alone take plaintext whatever the mode; but not for other pods that the policy with its ports picks.
  void leave_alone(WorkloadId id, const MovingNamespace& moving) {
    const auto* own = ctx_.now.mtls_policies(id).second;
    const auto& labels = own != nullptr ? *spec_of(*own).selector->match_labels : ctx_.now[id].labels;
    std::vector<WorkloadId> alike;
    for (const auto& pod : ctx_.now.workloads())
      if (pod.ns == moving.name && picks(labels, pod.labels)) alike.push_back(pod.id);
    for (const auto port : common_uncaptured(moving, alike))
      if (ctx_.now.refuses_plaintext_at_ztunnel(id, port)) closed_ports_[id].insert(port);
  }

  void look_at(WorkloadId id) {
    for (const auto port : ports_to_ask(id)) {
      if (ctx_.now.mtls_at_sidecar(id, port) != MtlsMode::Strict || ctx_.now.refuses_plaintext_at_ztunnel(id, port)) continue;
      const auto [ns, pod] = ctx_.now.mtls_policies(id);
      if (ns != nullptr && spec_of(*ns).mode.value == MtlsMode::Unset)
        without_mode_.insert(ns);
      else if (pod != nullptr)
        open_ports_[pod].insert(port);
    }
  }

  void write() {
    for (const auto* resource : without_mode_) {
      auto wanted = to_value(ctx_.now.store()[resource->document], resource->node);
      set(child(child(wanted, "spec"), "mtls"), "mode", "STRICT");
      ctx_.plan.actions.push_back(action_on(ctx_, *resource, Code::MtlsNormalised, resource->ns.value, "mtls.mode: STRICT",
                                            "without a mode it hides the mesh's STRICT from ztunnel", reconcile(ctx_.now.store(), *resource, wanted)));
    }
    for (const auto& [resource, ports] : open_ports_) close(*resource, ports);
    for (const auto& [id, ports] : closed_ports_) open(id, ports);
  }

 private:
  [[nodiscard]] std::vector<std::uint16_t> ports_to_ask(WorkloadId id) const {
    auto out = ctx_.now.ports_of(id);
    if (const auto* pod = ctx_.now.mtls_policies(id).second)
      for (const auto& [port, mode] : spec_of(*pod).port_modes) out.push_back(port);
    return out;
  }

  void close(const Resource& resource, const std::set<std::uint16_t>& ports) {
    const auto& ns = resource.ns.value;
    const auto name = names_.take(ns, resource.name.value, "-strict");
    const Value value(Value::Map{
        {"apiVersion", resource.api_version.value},
        {"kind", "AuthorizationPolicy"},
        {"metadata", Value::Map{{"name", name}, {"namespace", ns}}},
        {"spec", Value::Map{{"selector", match_labels(*spec_of(resource).selector->match_labels)}, {"action", "DENY"}, {"rules", to_value(refuse_plaintext_to(ports))}}}});
    ctx_.plan.actions.push_back(creation_of(ctx_, fmt::format("AuthorizationPolicy {}/{}", ns, name), resource, Code::MtlsNormalised, ns,
                                            fmt::format("DENY plaintext to port {}", fmt::join(ports, ", ")), "istiod does not tell ztunnel about the port's STRICT",
                                            AppendResource{.document = resource.document, .resource = resource.node, .value = value}));
  }

  /// In the policy of the pod's ports, or in a new one.
  void open(WorkloadId id, const std::set<std::uint16_t>& ports) {
    const auto& pod = ctx_.now[id];
    const auto* own = ctx_.now.mtls_policies(id).second;
    const auto* cause = own != nullptr ? own : pod.resource ? &ctx_.now.store()[*pod.resource] : nullptr;
    if (cause == nullptr || pod.labels.empty() || (own != nullptr && !opened_.insert(own).second)) return;
    auto wanted = own != nullptr ? to_value(ctx_.now.store()[own->document], own->node) : Value(Value::Map{});
    auto& spec = child(wanted, "spec");
    if (own == nullptr) spec = Value::Map{{"selector", match_labels(pod.labels)}, {"mtls", Value::Map{{"mode", "STRICT"}}}};
    for (const auto port : ports) set(child(child(spec, "portLevelMtls"), std::to_string(port)), "mode", "PERMISSIVE");
    const auto what = fmt::format("PERMISSIVE on port {}", fmt::join(ports, ", "));
    constexpr std::string_view kWhy = "the sidecar leaves it alone";
    if (own != nullptr) {
      ctx_.plan.actions.push_back(action_on(ctx_, *own, Code::MtlsNormalised, pod.ns, what, std::string(kWhy), reconcile(ctx_.now.store(), *own, wanted)));
      return;
    }
    const auto name = authentications_.take(pod.ns, pod.name, "-uncaptured");
    const Value value(Value::Map{
        {"apiVersion", "security.istio.io/v1"}, {"kind", "PeerAuthentication"}, {"metadata", Value::Map{{"name", name}, {"namespace", pod.ns}}}, {"spec", std::move(spec)}});
    ctx_.plan.actions.push_back(creation_of(ctx_, fmt::format("PeerAuthentication {}/{}", pod.ns, name), *cause, Code::MtlsNormalised, pod.ns, what, std::string(kWhy),
                                            AppendResource{.document = cause->document, .resource = cause->node, .value = value}));
  }

  struct ByPlace {
    bool operator()(const Resource* a, const Resource* b) const { return a->id < b->id; }
  };

  PassContext& ctx_;
  Names names_;
  Names authentications_;
  std::map<WorkloadId, std::set<std::uint16_t>> closed_ports_;
  std::set<const Resource*> opened_;
  std::set<const Resource*, ByPlace> without_mode_;
  std::map<const Resource*, std::set<std::uint16_t>, ByPlace> open_ports_;
};

}  // namespace

void normalise_mtls(PassContext& ctx) {
  Normaliser normaliser(ctx);
  for (const auto& [name, moving] : ctx.survey.moving) {
    for (const auto id : moving.workloads) normaliser.look_at(id);
    for (const auto& [id, ports] : moving.uncaptured) normaliser.leave_alone(id, moving);
  }
  normaliser.write();
}

}  // namespace s2a
