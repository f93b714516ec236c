// The passes in their order, and the loop that runs them until the gate lets through what is left.
#include "ir/pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "ir/mesh/conventions.h"
#include "ir/mesh/kubectl.h"
#include "ir/passes/blockers.h"
#include "ir/passes/passes.h"
#include "ir/passes/survey.h"
#include "ir/passes/unseen_pods.h"
#include "ir/proof/gate.h"
#include "ir/routing/routing.h"

namespace s2a {
namespace {

constexpr std::array kPasses = {
    Pass{"translate_routes", "VirtualServices become routes on their Services", translate_routes},   // first: policies are for the Services that subsets become, too
    Pass{"remove_delegates", "delegates that routes have taken the place of go", remove_delegates},  // behind the routes: it asks who still includes them
    Pass{"drop_empty_selectors", "selector {} selects everything at sidecars and nothing at ztunnel", drop_empty_selectors},  // before the others, which read selectors
    Pass{"enroll_namespaces", "namespaces join the ambient mesh", enroll_namespaces},                                         // before the waypoint: its label is theirs
    Pass{"add_waypoints", "namespaces that need layer 7 get a waypoint", add_waypoints},                                      // before the policies: they name it
    Pass{"bind_pods", "pods that are called by their own addresses get a waypoint for them", bind_pods},
    Pass{"keep_off_waypoints", "Services that ztunnel alone serves better stay off the waypoint", keep_off_waypoints},  // before the policies: they ask who has one
    Pass{"normalise_mtls", "ztunnel refuses the plaintext that sidecars refuse", normalise_mtls},
    Pass{"close_services", "Services whose pods a waypoint cannot tell apart are closed", close_services},  // before the policies change: it compares what pods have
    Pass{"split_policies", "policies become a waypoint half and a ztunnel half", split_policies},
    Pass{"spare_waypoints", "DENY policies that stay do not meet the waypoints", spare_waypoints},  // after the halves: they are made of the rules as they were
    Pass{"move_authentications", "tokens are read at the waypoint", move_authentications},
    Pass{"retarget_extensions", "extensions and Telemetry go to the waypoint", retarget_extensions},
    Pass{"list_new_files", "new files are listed in the kustomization beside them", list_new_files},  // last: all files are known
    Pass{"unlist_files", "files that go are taken out of kustomizations", unlist_files},
};

/// The Plan for who moves in `who`, and the mesh that it leads to; no mesh where the text could not be changed so.
struct Proposal {
  Plan plan;
  const MeshModel* after = nullptr;
  Rewriter::Units refused;  ///< whose text could not be changed
};

Proposal propose(const MeshModel& before, const PassOptions& options, const Rewriter& rewriter, const Survey& who) {
  Proposal out{.plan = {}, .after = &before, .refused = {}};
  rewriter.reset();
  for (const auto& pass : kPasses) {
    const auto first = out.plan.actions.size();
    PassContext ctx{.before = before, .now = *out.after, .options = options, .survey = who, .plan = out.plan};
    pass.run(ctx);
    const std::span added(out.plan.actions.begin() + static_cast<std::ptrdiff_t>(first), out.plan.actions.end());
    for (auto& action : added) action.pass = pass.name;
    if (added.empty()) continue;
    out.after = rewriter.apply(added, out.refused, out.plan.diagnostics);
    if (out.after == nullptr) break;
  }
  return out;
}

std::vector<WorkloadId> moving_workloads(const Survey& who) {
  std::vector<WorkloadId> out;
  for (const auto& [name, moving] : who.moving) out.insert(out.end(), moving.workloads.begin(), moving.workloads.end());
  return out;
}

/// Who else is judged: gateways that share a namespace with those that move.
std::vector<WorkloadId> judged_workloads(const MeshModel& mesh, const Survey& who) {
  auto out = moving_workloads(who);
  for (const auto& workload : mesh.workloads())
    if (workload.dataplane == Dataplane::Gateway && who.moving.contains(workload.ns)) out.push_back(workload.id);
  return out;
}

std::vector<WorkloadId> staying_workloads(const MeshModel& mesh, const Survey& who) {
  std::vector<WorkloadId> out;
  for (const auto& workload : mesh.workloads())
    if (!who.moving.empty() &&
        ((workload.dataplane == Dataplane::Sidecar && who.staying.contains(workload.ns)) || (workload.dataplane == Dataplane::Ambient && !workload.waypoint)))
      out.push_back(workload.id);
  return out;
}

/// The ones that could not be brought into the ambient mesh, whatever was changed: a pod that keeps its sidecar.
Rewriter::Units not_arrived(const MeshModel& before, const MeshModel& after, const Survey& who, Diagnostics& diagnostics) {
  Rewriter::Units out;
  for (const auto id : moving_workloads(who)) {
    if (after[id].dataplane == Dataplane::Ambient) continue;
    out.insert(after[id].ns);
    if (!before[id].resource) {
      diagnostics.add({.code = Code::KeepsSidecar,
                       .subject = before[id].subject(before.store()),
                       .message = "no file of the input can hold the manifest of its namespace",
                       .labels = {},
                       .help = "add a manifest of the namespace to what is read",
                       .notes = {},
                       .keeps = {after[id].ns}});
      continue;
    }
    const auto& resource = before.store()[*before[id].resource];
    diagnostics.add(
        block(before, resource, kNoNode, Code::KeepsSidecar, "the pods would not be ambient in an ambient namespace", {after[id].ns}, "see what their own labels ask for"));
  }
  return out;
}

/// What has to be true on the cluster, whatever the input says. authorization.md 8.5, 8.8
void add_preconditions(Plan& plan, const MeshModel& mesh, const MeshModel& after, const Survey& who) {
  const auto add = [&](std::string text, std::string command, const std::string& ns) {
    Assumption assumption{.text = std::move(text), .command = std::move(command), .ns = ns, .about_input = false};
    if (std::ranges::find(plan.assumptions, assumption) == plan.assumptions.end()) plan.assumptions.push_back(std::move(assumption));
  };
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto& policy = authorization_of(*resource);
    const auto moving = who.moving.find(resource->ns.value);
    if (moving != who.moving.end() && !moving->second.waypoint.empty() && !policy.has_target_refs && (!policy.selector || policy.selector->empty()))
      add(fmt::format("namespace {} has no other Services than the input shows: its policies for the whole namespace reach these at the waypoint", moving->first),
          fmt::format("kubectl get services -n {}", shell_word(moving->first)), moving->first);
  }
  for (const auto& [name, moving] : who.moving) {
    add(fmt::format("namespaces {} and {} hold no other policies than the input shows: one that is not translated may be void in ambient mode", name, mesh.root_namespace()),
        fmt::format("kubectl get authorizationpolicies,requestauthentications,peerauthentications,envoyfilters,wasmplugins -n {}", shell_word(name)), name);
    std::vector<std::string> waypoints;
    if (moving.needs_waypoint != nullptr) waypoints.push_back(moving.waypoint);
    for (const auto& own : after.waypoints())
      if (own.ns == name && own.serves_workloads) waypoints.push_back(own.name);
    if (!moving.waypoint.empty() || !waypoints.empty())
      add("istiod runs without ENABLE_LAYERED_WAYPOINT_AUTHORIZATION_POLICIES and AMBIENT_ENABLE_MULTI_NETWORK",
          fmt::format("kubectl get deployments -l app=istiod -n {} -o yaml", shell_word(mesh.root_namespace())), name);
    for (const auto& waypoint : waypoints)
      add(fmt::format("waypoint {}/{} is programmed and has an address before pods leave their sidecars", name, waypoint),
          fmt::format("kubectl wait --for=condition=programmed gateway/{} -n {}", shell_word(waypoint), shell_word(name)), name);
  }
  if (who.moving.empty()) return;
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto& policy = authorization_of(*resource);
    const bool for_nobody = policy.selector && !policy.selector->empty() && policy.target_refs.empty() && mesh.selected_by(*resource).empty();
    if (for_nobody && resource->ns.value == mesh.root_namespace() && !conventional_gateway(*policy.selector->match_labels))
      add(fmt::format("no pod has the labels {}, which {} selects", selector_text(*policy.selector->match_labels), resource->subject()),
          fmt::format("kubectl get pods -A -l {}", shell_word(selector_text(*policy.selector->match_labels))), who.moving.begin()->first);
  }
  for (const auto kind : {Kind::WasmPlugin, Kind::TrafficExtension})
    for (const auto* resource : mesh.all(kind)) {
      const auto* extension = std::get_if<Extension>(&resource->spec);
      if (extension != nullptr && extension->may_refuse() && !mesh.selected_by(*resource).empty())
        add(fmt::format("{} judges by the request alone: a waypoint shows it neither the caller's principal nor X-Forwarded-Client-Cert", resource->subject()),
            fmt::format("kubectl get {} {} -n {} -o yaml", kind == Kind::WasmPlugin ? "wasmplugins" : "trafficextensions", shell_word(resource->name.value),
                        shell_word(resource->ns.value)),
            who.moving.begin()->first);
    }
  for (const auto& name : who.staying)
    add(fmt::format("the sidecars in {} take HBONE, or ambient callers reach them as plaintext", name),
        fmt::format("kubectl get pods -n {} -L networking.istio.io/tunnel", shell_word(name)), name);
  for (const auto& [name, moving] : who.moving)
    add(fmt::format("the sidecars in {} take HBONE until their pods are restarted, or ambient callers reach them as plaintext", name),
        fmt::format("kubectl get pods -n {} -L networking.istio.io/tunnel", shell_word(name)), name);
  for (const auto* resource : mesh.all(Kind::AuthorizationPolicy)) {
    const auto& policy = authorization_of(*resource);
    if (policy.action == AuthorizationAction::Custom && policy.target_refs.empty() && !mesh.selected_by(*resource).empty())
      add(fmt::format("provider `{}` judges by the request alone: a waypoint tells it neither the caller's principal nor X-Forwarded-Client-Cert", policy.provider),
          fmt::format("kubectl get configmap istio -n {} -o yaml", shell_word(mesh.root_namespace())), who.moving.begin()->first);
  }
}

/// What is left alone because nobody is turned away rests on every namespace.
void add_open_doors(Plan& plan, const MeshModel& mesh, const Survey& who) {
  if (who.moving.empty() || turns_callers_away(mesh) || !would_mind_guards(mesh)) return;
  plan.assumptions.push_back({.text = "no pod of the mesh turns callers away, in any namespace: by policies, tokens, extensions, or mTLS that is asked for",
                              .command = "kubectl get authorizationpolicies,requestauthentications,peerauthentications,wasmplugins,envoyfilters -A",
                              .ns = who.moving.begin()->first,
                              .about_input = false});
}

/// Clients come to a waypoint by the address that istiod gives a ServiceEntry, which is what ztunnel answers when they ask for the host.
void add_name_resolution(Plan& plan, const MeshModel& after, const Survey& who) {
  const Routing routing(after);
  for (const auto& [name, host] : routing.hosts().all()) {
    const auto* id = std::get_if<ResourceId>(&host.is);
    if (id == nullptr || !who.moving.contains(host.ns) || after.waypoint_of(*id) == nullptr || routing.oldest_object(host) == nullptr) continue;
    if (!std::get<ServiceEntry>(after.store()[*id].spec).addresses.empty()) continue;
    plan.assumptions.push_back({.text = fmt::format("ztunnel answers clients who look up `{}`, as it does by default since Istio 1.25: only so they come to the waypoint", name),
                                .command = fmt::format("kubectl get configmap istio-cni-config -n {} -o yaml", shell_word(after.root_namespace())),
                                .ns = host.ns,
                                .about_input = false});
  }
}

}  // namespace

std::span<const Pass> passes() { return kPasses; }

Plan make_plan(const MeshModel& before, const PassOptions& options, const Rewriter& rewriter) {
  auto excluded = options.left_out;
  Diagnostics refusals;
  for (;;) {  // ends: every further round excludes at least one namespace more
    const auto who = survey(before, options, excluded);
    auto proposal = propose(before, options, rewriter, who);
    auto refused = std::move(proposal.refused);
    Judgement judgement;
    if (proposal.after == nullptr) {
      if (refused.empty())
        for (const auto& [name, moving] : who.moving) refused.insert(name);
      refusals.append(proposal.plan.diagnostics);
    } else if (refused = not_arrived(before, *proposal.after, who, refusals); refused.empty()) {
      judgement = judge(before, *proposal.after, judged_workloads(before, who), staying_workloads(before, who), options.accepted);
      refused = judgement.refused;
      if (judgement.holds_back)
        for (const auto& [name, moving] : who.moving) refused.insert(name);
    }
    if (!refused.empty()) {
      refusals.append(judgement.diagnostics);
      for (const auto& told : proposal.plan.diagnostics.all())
        if (told.code == Code::VirtualServiceKept) refusals.add(told);  // why no route stands for what the gate refused
      excluded.merge(refused);
      continue;
    }
    auto& plan = proposal.plan;
    plan.findings = std::move(judgement.findings);
    plan.accepted = std::move(judgement.accepted);
    plan.diagnostics.append(unused_acceptances(options.accepted, before, plan.accepted));
    plan.diagnostics.append(who.diagnostics);
    plan.diagnostics.append(judgement.diagnostics);
    plan.diagnostics.append(refusals);
    for (const auto& assumption : before.assumptions()) {
      if (!who.staying.contains(assumption.ns) || options.left_out.contains(assumption.ns)) plan.assumptions.push_back(assumption);
    }
    add_preconditions(plan, before, *proposal.after, who);
    add_name_resolution(plan, *proposal.after, who);
    add_open_doors(plan, before, who);
    plan.left_alone.assign(who.staying.begin(), who.staying.end());
    return std::move(plan);
  }
}

}  // namespace s2a
