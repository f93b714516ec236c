// To what an Istio policy applies: `selector`, `targetRefs` and the old `targetRef`.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "frontend/decode/decoders.h"

namespace s2a {
namespace {

constexpr std::size_t kMaxTargets = 16;
constexpr std::size_t kMaxName = 253;

/// Group and kind of what a policy may target; the core group is written `` or `core`.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kTargets = {{
    {"", "Service"},
    {"core", "Service"},
    {"networking.istio.io", "ServiceEntry"},
    {"gateway.networking.k8s.io", "Gateway"},
    {"gateway.networking.k8s.io", "GatewayClass"},
}};

TargetRef decode_target_ref(const Reader& reader, NodeId node) {
  TargetRef ref{
      .group = reader.string(node, "group"), .kind = reader.string(node, "kind"), .name = reader.string(node, "name"), .ns = reader.string(node, "namespace").value, .node = node};
  if (ref.kind.written() && std::ranges::find(kTargets, std::pair<std::string_view, std::string_view>(ref.group.value, ref.kind.value)) == kTargets.end()) {
    reader.report(Code::InvalidValue, ref.kind.node, fmt::format("a policy cannot target the kind `{}` of the group `{}`", shown(ref.kind.value), shown(ref.group.value)),
                  "targets are a Service (group ``), a ServiceEntry (`networking.istio.io`), a Gateway or a GatewayClass (`gateway.networking.k8s.io`)");
  }
  if (ref.name.written() && (ref.name.value.empty() || ref.name.value.size() > kMaxName)) {
    reader.report(Code::InvalidValue, ref.name.node,
                  ref.name.value.empty() ? "the name of a target is empty" : fmt::format("the name of a target is longer than {} characters", kMaxName));
  }
  if (!ref.ns.empty()) {
    reader.report(Code::InvalidValue, reader.key(node, "namespace"), "a target stands in the policy's own namespace; `namespace` is refused, even with that name",
                  "remove `namespace`");
  }
  return ref;
}

}  // namespace

std::optional<Selector> decode_selector(const Reader& reader, NodeId spec) {
  const auto node = reader.get(spec, "selector");
  if (node == kNoNode) return std::nullopt;
  Selector selector{.node = node, .match_labels = std::nullopt, .key = reader.key(spec, "selector")};
  if (reader.get(node, "matchLabels") == kNoNode) return selector;
  selector.match_labels = reader.labels(node, "matchLabels");
  for (const auto& [name, value] : *selector.match_labels) {
    if (name.empty()) reader.report(Code::InvalidValue, value.node, "a label in `matchLabels` has no name");
    if ((name + value.value).find('*') != std::string::npos) {
      reader.report(Code::InvalidValue, value.node, fmt::format("`matchLabels` takes no wildcards, `{}: {}` has one", shown(name), shown(value.value)),
                    "name every label value in a policy of its own");
    }
  }
  return selector;
}

std::vector<TargetRef> decode_target_refs(const Reader& reader, NodeId spec) {
  std::vector<TargetRef> refs;
  const auto one = reader.get(spec, "targetRef");
  const auto items = reader.items(spec, "targetRefs");
  if (one != kNoNode) refs.push_back(decode_target_ref(reader, one));
  for (const auto item : items) refs.push_back(decode_target_ref(reader, item));
  if (items.size() > kMaxTargets)
    reader.report(Code::InvalidValue, reader.key(spec, "targetRefs"), fmt::format("{} targets, at most {} are taken", items.size(), kMaxTargets), "split the policy");

  NodeId first = kNoNode;
  for (const std::string_view field : {"selector", "targetRef", "targetRefs"}) {
    const auto key = reader.key(spec, field);
    if (key == kNoNode) continue;
    if (first != kNoNode)
      reader.report(Code::InvalidValue, key, fmt::format("`{}` beside `{}`: only one of them can be set", field, reader[first].value), "split the policy in two");
    if (first == kNoNode) first = key;
  }
  return refs;
}

}  // namespace s2a
