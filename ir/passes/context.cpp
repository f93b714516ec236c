// Making actions.
#include "ir/passes/context.h"

#include <algorithm>

#include "ir/mesh/well_known.h"

namespace s2a {

const Resource& original(const PassContext& ctx, const Resource& now) {
  const auto& candidates = ctx.before.all(now.kind);
  const auto found = std::ranges::find_if(candidates, [&](const Resource* r) { return r->name.value == now.name.value && r->ns.value == now.ns.value; });
  return found == candidates.end() ? now : **found;
}

Action action_on(const PassContext& ctx, const Resource& resource, Code code, std::string unit, std::string what, std::string why, std::vector<Change> changes) {
  const auto& input = original(ctx, resource);
  return {.kind = ActionKind::Update,
          .code = code,
          .unit = std::move(unit),
          .subject = resource.subject(),
          .place = ctx.before.store().label(input, input.name.node),
          .file = ctx.now.store().file_of(resource).path,
          .what = std::move(what),
          .why = std::move(why),
          .pass = {},
          .changes = std::move(changes)};
}

Action creation_of(const PassContext& ctx, std::string subject, const Resource& cause, Code code, std::string unit, std::string what, std::string why, Change change) {
  auto action = action_on(ctx, cause, code, std::move(unit), std::move(what), std::move(why), {std::move(change)});
  action.kind = ActionKind::Create;
  action.subject = std::move(subject);
  if (const auto* file = std::get_if<CreateFile>(&action.changes.front())) action.file = file->path;
  return action;
}

std::vector<Change> label_pods(const PassContext& ctx, const Resource& workload, const Value::Map& labels) {
  const auto& document = ctx.now.store()[workload.document];
  const auto metadata = std::get<Workload>(workload.spec).pod_metadata;
  if (metadata == kNoNode) return {};
  const auto map = document.at(metadata, {"labels"});
  if (map == kNoNode || document[document.resolve(map)].kind != NodeKind::Map)
    return {InsertEntry{.document = workload.document, .map = metadata, .after = kNoNode, .key = "labels", .value = labels}};
  std::vector<Change> out;
  for (const auto& [key, value] : labels) out.emplace_back(InsertEntry{.document = workload.document, .map = document.resolve(map), .after = kNoNode, .key = key, .value = value});
  return out;
}

Value waypoint_manifest(std::string_view ns, std::string_view name, std::string_view serves) {
  const Value listener(Value::Map{{"name", "mesh"}, {"port", std::int64_t{15008}}, {"protocol", "HBONE"}});
  return Value::Map{{"apiVersion", "gateway.networking.k8s.io/v1"},
                    {"kind", "Gateway"},
                    {"metadata", Value::Map{{"name", name}, {"namespace", ns}, {"labels", Value::Map{{std::string(kWaypointFor), serves}}}}},
                    {"spec", Value::Map{{"gatewayClassName", kWaypointClass}, {"listeners", Value::Sequence{listener}}}}};
}

}  // namespace s2a
