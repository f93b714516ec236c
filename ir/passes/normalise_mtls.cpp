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
  explicit Normaliser(PassContext& ctx) : ctx_(ctx), names_(ctx.now, Kind::AuthorizationPolicy) {}

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

  struct ByPlace {
    bool operator()(const Resource* a, const Resource* b) const { return a->id < b->id; }
  };

  PassContext& ctx_;
  Names names_;
  std::set<const Resource*, ByPlace> without_mode_;
  std::map<const Resource*, std::set<std::uint16_t>, ByPlace> open_ports_;
};

}  // namespace

void normalise_mtls(PassContext& ctx) {
  Normaliser normaliser(ctx);
  for (const auto& [name, moving] : ctx.survey.moving)
    for (const auto id : moving.workloads) normaliser.look_at(id);
  normaliser.write();
}

}  // namespace s2a
