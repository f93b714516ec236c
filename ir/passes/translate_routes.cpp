// A VirtualService of the mesh becomes routes on its Services, which a waypoint follows as sidecars followed it; subsets become Services of their own. routing.md 7
//
//   kind: VirtualService                       kind: HTTPRoute
//   metadata: { name: reviews }                metadata: { name: reviews-reviews-9080 }
//   spec:                               ->     spec:
//     hosts: [ reviews ]                         parentRefs: [ Service reviews, port 9080 ]
//     http:                                      rules:
//     - route: [ reviews, subset v1 ]            - backendRefs: [ Service reviews-v1 ]
//
// What no route can say stays a VirtualService: the waypoint follows VirtualServices as well, and the gate judges whether it does the same.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "ir/conversion/conversion.h"
#include "ir/conversion/gateway_half.h"
#include "ir/conversion/meant_hosts.h"
#include "ir/passes/amend_virtual_service.h"
#include "ir/passes/carry_comments.h"
#include "ir/passes/context.h"
#include "ir/passes/passes.h"
#include "ir/passes/reconcile.h"
#include "ir/passes/survey.h"

namespace s2a {
namespace {

constexpr std::string_view kAlpha = "where the waypoint does the same by it, it stays, which is Alpha in Istio: see that nothing else is written for the same host";

class Translator {
 public:
  explicit Translator(PassContext& ctx)
      : ctx_(ctx),
        store_(ctx.now.store()),
        options_{.istio = ctx.now.istio(), .gateway_api = ctx.options.gateway_api, .path_prefix = ctx.now.segment_prefixes() ? PathPrefixMode::Segment : PathPrefixMode::Strict},
        routing_(ctx.now, options_.istio),
        subsets_(routing_),
        taken_(taken_names(ctx.now)) {}

  void translate(const Resource& resource) {
    const auto& spec = std::get<VirtualService>(resource.spec);
    if (spec.delegate() || !spec.in_mesh()) return;
    std::vector<Spanned<std::string>> meant;
    for (const auto& host : spec.hosts) std::ranges::move(meant_hosts(ctx_.now, routing_.hosts, resource, host), std::back_inserter(meant));
    const auto unit = moving_unit(resource, meant);
    if (unit.empty()) return;
    if (!store_.may_edit(resource)) return tell_kept(resource, {}, "its text must not be changed from here");
    auto taken = taken_;
    std::vector<Conversion> hosts;
    std::set<std::string> known;
    for (const auto& host : meant) {
      if (!known.insert(routing_.hosts.resolved(host.value, resource.ns.value)).second) continue;  // another name of the same
      hosts.push_back(converted(resource, host, routing_, subsets_, options_, taken));
      if (!hosts.back().refusals.empty()) return keep(resource, unit, hosts.back().refusals);
    }
    std::vector<ConvertedObject> objects;
    for (auto& host : hosts) std::ranges::move(host.objects, std::back_inserter(objects));
    if (objects.empty()) return tell_kept(resource, {}, "none of its rules is for a port of its hosts");
    taken_ = std::move(taken);
    carry_comments(ctx_.now, resource, objects);
    replace(resource, unit, objects);
    tell_wildcards(resource, unit, spec);
    for (const auto& host : hosts) {
      for (const auto& key : host.needs.subsets) make_subset(resource, unit, key);
      for (const auto& note : host.notes) tell(note);
      for (const auto& assumed : host.needs.assumed) tell_assumed(unit, assumed);
    }
  }

 private:
  /// The namespace of its first host; nothing where a host has none that moves.
  [[nodiscard]] std::string moving_unit(const Resource& resource, const std::vector<Spanned<std::string>>& hosts) const {
    std::string out;
    for (const auto& host : hosts) {
      const auto* known = routing_.hosts.find(routing_.hosts.resolved(host.value, resource.ns.value));
      if (known == nullptr || !ctx_.survey.moving.contains(known->ns)) return {};
      if (out.empty()) out = known->ns;
    }
    return out;
  }

  /// Each rule comes from the rule and the match that it stands for; all else from the VirtualService.
  [[nodiscard]] Value with_origins(const Resource& resource, const ConvertedObject& object) const {
    auto value = object.value;
    value.origin = origin_of(store_[resource.document], resource.node);
    auto* rules = find(child(value, "spec"), "rules");
    auto* items = rules == nullptr ? nullptr : std::get_if<Value::Sequence>(&rules->content);
    for (std::size_t i = 0; items != nullptr && i < std::min(items->size(), object.origins.size()); ++i)
      if (const auto& from = object.origins[i].match; from.resource != nullptr) (*items)[i].origin = origin_of(store_[from.resource->document], from.node);
    return value;
  }

  /// Written without a namespace where its neighbour is.
  static Value in_namespace(const Resource& beside, Value value, const std::string& ns) {
    if (beside.ns.node == kNoNode && ns == beside.ns.value) erase(child(value, "metadata"), "namespace");
    return value;
  }

  /// With the labels of the VirtualService.
  [[nodiscard]] Value as_neighbour(const Resource& resource, Value value, const std::string& ns) const {
    value = in_namespace(resource, std::move(value), ns);
    auto& metadata = child(value, "metadata");
    auto own = to_value(store_[resource.document], resource.node);
    if (const auto* labels = find(child(own, "metadata"), "labels")) set(metadata, "labels", *labels);
    return value;
  }

  void replace(const Resource& resource, const std::string& unit, std::vector<ConvertedObject>& objects) {
    std::vector<std::string> names;
    for (const auto& object : objects) names.push_back(fmt::format("{} {}/{}", object.kind, object.ns, object.name));
    const auto why = fmt::format("the waypoint of {} follows them", unit);
    auto first = objects.begin();
    if (auto half = gateway_half(resource, store_)) {
      ctx_.plan.actions.push_back(action_on(ctx_, resource, Code::VirtualServiceTranslated, unit, "only for its gateways", "in the mesh routes do what it did", std::move(*half)));
    } else {
      auto wanted = to_value(store_[resource.document], resource.node);
      const auto route = with_origins(resource, *first);
      for (const auto* key : {"apiVersion", "kind", "spec"})
        for (const auto& [name, value] : std::get<Value::Map>(route.content))
          if (name == key) set(wanted, key, value);
      erase_what_clusters_write(wanted);
      auto& metadata = child(wanted, "metadata");
      set(metadata, "name", first->name);
      if (first->ns != resource.ns.value) set(metadata, "namespace", first->ns);
      auto changes = reconcile(store_, resource, wanted);
      if (!route.comments.empty()) changes.emplace_back(CommentResource{.document = resource.document, .resource = resource.node, .comments = route.comments});
      ctx_.plan.actions.push_back(action_on(ctx_, resource, Code::VirtualServiceTranslated, unit, fmt::format("becomes {}", fmt::join(names, ", ")), why, std::move(changes)));
      ++first;
    }
    for (; first != objects.end(); ++first)
      append(resource, resource, unit, Code::VirtualServiceTranslated, fmt::format("{} {}/{}", first->kind, first->ns, first->name),
             as_neighbour(resource, with_origins(resource, *first), first->ns), fmt::format("from {}", resource.subject()), why);
  }

  void append(const Resource& cause, const Resource& beside, const std::string& unit, Code code, std::string subject, Value value, std::string what, std::string why) {
    ctx_.plan.actions.push_back(creation_of(ctx_, std::move(subject), beside, code, unit, std::move(what), std::move(why),
                                            AppendResource{.document = beside.document, .resource = beside.node, .value = std::move(value)}));
    ctx_.plan.actions.back().place = ctx_.before.store().label(original(ctx_, cause), original(ctx_, cause).name.node);
  }

  /// Behind the DestinationRule that defines it.
  void make_subset(const Resource& resource, const std::string& unit, const SubsetKey& key) {
    if (!made_.insert(key).second) return;
    const auto objects = *subsets_.objects(key);
    const bool can_edit = objects.from != nullptr && store_.may_edit(*objects.from);
    const auto& beside = can_edit ? *objects.from : resource;
    const auto& service = ctx_.now[key.service];
    auto add = [&](std::string_view kind, Value value) {
      auto& metadata = child(value, "metadata");
      const auto name = std::get<std::string>(find(metadata, "name")->content);
      const auto ns = std::get<std::string>(find(metadata, "namespace")->content);
      if (!value.origin) value.origin = origin_of(store_[beside.document], beside.node);
      append(beside, beside, unit, Code::SubsetService, fmt::format("{} {}/{}", kind, ns, name), in_namespace(beside, std::move(value), ns),
             fmt::format("subset {} of Service {}", key.subset, service.name), "routes lead to Services, not to subsets");
    };
    add("Service", objects.service);
    if (objects.destination_rule) add("DestinationRule", *objects.destination_rule);
  }

  /// As it stands, or so that the waypoint follows it.
  void keep(const Resource& resource, const std::string& unit, const Refusals& refusals) {
    tell_kept(resource, refusals, "no route says what it does");
    auto by = amended(resource, routing_);
    if (by && may_stand_in(resource, by->ns))
      ctx_.plan.actions.push_back(action_on(ctx_, resource, Code::VirtualServiceAmended, unit, std::move(by->what), std::move(by->why), reconcile(store_, resource, by->value)));
  }

  /// Not where another has its name, nor where a Sidecar that stays may say which namespaces' VirtualServices its pods read.
  bool may_stand_in(const Resource& resource, const std::string& ns) {
    if (ns == resource.ns.value) return true;
    const auto is_there = [&](const Resource* other) { return other->ns.value == ns && other->name.value == resource.name.value; };
    const auto chooses = [&](const Resource* sidecar) {
      const auto* spec = std::get_if<Sidecar>(&sidecar->spec);
      return (spec == nullptr || spec->egress != kNoNode) && !ctx_.survey.moving.contains(sidecar->ns.value);
    };
    return std::ranges::none_of(ctx_.now.all(Kind::VirtualService), is_there) && std::ranges::none_of(ctx_.now.all(Kind::Sidecar), chooses) &&
           moved_.emplace(ns, resource.name.value).second;
  }

  void tell_kept(const Resource& resource, const Refusals& refusals, std::string message) {
    auto diagnostic = store_.about(resource, kNoNode, Code::VirtualServiceKept, std::move(message), std::string(kAlpha));
    if (!refusals.empty() && refusals.front().resource != nullptr) diagnostic.labels = {store_.label(*refusals.front().resource, refusals.front().node)};
    for (const auto& refusal : refusals) {
      auto note = to_string(refusal) + (refusal.witness.empty() ? "" : ", e.g. " + refusal.witness);
      if (std::ranges::find(diagnostic.notes, note) == diagnostic.notes.end()) diagnostic.notes.push_back(std::move(note));
    }
    ctx_.plan.diagnostics.add(std::move(diagnostic));
  }

  void tell(const ConversionNote& note) {
    const auto add = [&](std::string message, std::string help) {
      ctx_.plan.diagnostics.add(store_.about(*note.resource, note.node, note.code, std::move(message), std::move(help)));
    };
    if (note.code == Code::StatPrefixDropped)
      add(fmt::format("statistics under `{}` end: routes have no statPrefix", note.what), "dashboards and alerts that read them need another name");
    else if (note.code == Code::RewriteOfIstioAlone)
      add(fmt::format("`/x` becomes `{0}x`, as before, only because Istio reads the route so: the Gateway API says `{0}/x`", note.what),
          "write what is meant: a slash at the end, or a rule for `/` alone");
    else
      add(fmt::format("{} no longer takes what goes on without a slash", note.what), "write it without `--path-prefix segment` where that matters");
  }

  /// Of a host that nobody knew, sidecars would have followed it.
  void tell_wildcards(const Resource& resource, const std::string& unit, const VirtualService& spec) {
    for (const auto& host : spec.hosts)
      if (host.value.starts_with('*'))
        ctx_.plan.assumptions.push_back(
            {.text = fmt::format("every Service and ServiceEntry that `{}` of {} stands for is in the input: routes name each of them", host.value, resource.subject()),
             .command = "kubectl get services,serviceentries -A",
             .ns = unit});
  }

  void tell_assumed(const std::string& unit, const std::string& subset) {
    ctx_.plan.assumptions.push_back({.text = fmt::format("subset `{}` selects its name as `version`: no DestinationRule in the input defines it", subset),
                                     .command = "kubectl get destinationrules -A",
                                     .ns = unit});
  }

  PassContext& ctx_;
  const Store& store_;
  ConversionOptions options_;
  RoutingContext routing_;
  Subsets subsets_;
  TakenNames taken_;
  std::set<SubsetKey> made_;
  std::set<std::pair<std::string, std::string>> moved_;  ///< VirtualServices: where to, and their names
};

}  // namespace

void translate_routes(PassContext& ctx) {
  Translator translator(ctx);
  for (const auto* resource : ctx.now.all(Kind::VirtualService)) translator.translate(*resource);
}

}  // namespace s2a
