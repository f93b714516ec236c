// Strategic merge patches, JSON patches and replacements, inline or in files of their own; variables.
#include "frontend/screen/kustomize_patches.h"

#include <algorithm>
#include <array>

#include "frontend/screen/shell_values.h"
#include "frontend/yaml/parse.h"

namespace s2a {
namespace {

std::string text_at(const Document& document, NodeId map, std::initializer_list<std::string_view> path) {
  const auto node = document.resolve(document.at(map, path));
  return node == kNoNode ? std::string{} : document[node].value;
}

/// Whether a name occurs that decides who a workload is or how it is reached: as a key, or in the path of a JSON patch.
bool touches_identity(const Document& document) {
  static constexpr std::array<std::string_view, 9> kNames{"labels",         "annotations", "ports",     "selector", "serviceAccountName",
                                                          "serviceAccount", "hostNetwork", "namespace", "$patch"};
  const auto within = [](std::string_view path, std::string_view name) { return path.starts_with('/') && path.find(name) != std::string_view::npos; };
  return std::ranges::any_of(document.nodes, [&](const Node& node) {
    if (node.value == "/spec" || node.value == "/spec/template" || within(node.value, "/metadata")) return true;  // all that stands below
    return std::ranges::any_of(kNames, [&](std::string_view name) { return node.value == name || within(node.value, name); });
  });
}

/// Whether a JSON patch may set the namespace: kustomize keeps it in every other patch.
bool touches_namespace(const Document& document) {
  if (document.root == kNoNode || document[document.root].kind != NodeKind::Sequence) return document.root == kNoNode;
  return std::ranges::any_of(document.children(document.root), [&](NodeId operation) {
    const auto path = text_at(document, operation, {"path"});
    return path.empty() || path == "/metadata" || path.starts_with("/metadata/name");
  });
}

/// The same of a replacement: a field that is not told may be any.
bool sets_namespace(const Document& document, NodeId target) {
  const auto fields = document.children(document.at(target, {"fieldPaths"}));
  return fields.empty() || std::ranges::any_of(fields, [&](NodeId field) {
           const auto node = document.resolve(field);
           return node == kNoNode || document[node].value.starts_with("metadata.name");
         });
}

PatchTarget target_of(const Document& document, NodeId selector) { return {.kind = text_at(document, selector, {"kind"}), .name = text_at(document, selector, {"name"})}; }

class Reader {
 public:
  Reader(const Store& store, const Build& build) : store_(store), build_(build), document_(store[build.resource->document]) {}

  std::vector<Patch> run() && {
    for (const auto item : items("patchesStrategicMerge")) add(item, item);
    for (const std::string_view field : {"patches", "patchesJson6902"}) {
      for (const auto item : items(field)) {
        const auto text = document_.at(item, {"patch"});
        add(item, text != kNoNode ? text : document_.at(item, {"path"}));
      }
    }
    for (const auto item : items("replacements")) {
      Patch patch{.place = item, .what = "replacement"};
      for (const auto target : document_.children(document_.at(item, {"targets"}))) {
        patch.targets.push_back(target_of(document_, document_.at(target, {"select"})));
        patch.moves = patch.moves || sets_namespace(document_, target);
      }
      if (patch.targets.empty()) {  // in a file of its own
        patch.targets.emplace_back();
        patch.moves = true;
      }
      out_.push_back(std::move(patch));
    }
    return std::move(out_);
  }

 private:
  std::span<const NodeId> items(std::string_view field) const { return document_.children(document_.at(build_.resource->node, {field})); }

  /// `text` is the patch itself or the name of its file.
  void add(NodeId item, NodeId text) {
    Patch patch{.place = item, .harmless = true};
    const auto target = document_.at(item, {"target"});
    if (target != kNoNode) patch.targets.push_back(target_of(document_, target));
    const auto parsed = parse({.text = text_of(text)});
    patch.moves = parsed.documents.empty() || document_.at(item, {"options"}) != kNoNode;
    for (const auto& document : parsed.documents) {
      patch.moves = patch.moves || touches_namespace(document);
      patch.harmless = patch.harmless && document.root != kNoNode && !touches_identity(document);
      if (target == kNoNode) patch.targets.push_back({.kind = text_at(document, document.root, {"kind"}), .name = text_at(document, document.root, {"metadata", "name"})});
    }
    out_.push_back(std::move(patch));
  }

  /// Of the newest version of a file. A file that is not in the input is a patch of which nothing is known.
  std::string text_of(NodeId node) const {
    node = document_.resolve(node);
    if (node == kNoNode) return {};
    const auto& value = document_[node].value;
    if (value.find('\n') != std::string::npos || value.starts_with('{') || value.starts_with('[')) return value;
    const auto path = KustomizeTree::resolve(build_, value);
    std::string out;
    for (const auto& file : store_.sources)
      if (file.path == path) out = file.text;
    return out;
  }

  const Store& store_;
  const Build& build_;
  const Document& document_;
  std::vector<Patch> out_;
};

bool matches(std::string_view wanted, std::string_view name) { return wanted.empty() || wanted == name || wanted.find_first_of("*+?.[(|^$\\") != std::string_view::npos; }

bool says(const Document& document, std::string_view placeholder) {
  const ShellValues shell(document);
  return std::ranges::any_of(document.nodes, [&](const Node& node) { return node.value.find(placeholder) != std::string::npos && !shell.hold(node); });
}

}  // namespace

bool Patch::changes(const Resource& resource, const Document& document) const {
  if (!placeholder.empty()) return says(document, placeholder);
  if (harmless && std::holds_alternative<Workload>(resource.spec)) return false;
  const auto named = [&](const PatchTarget& target) { return resource.kind == Kind::Namespace || matches(target.name, resource.name.value); };  // `namespace:` renames Namespaces
  return std::ranges::any_of(targets, [&](const PatchTarget& target) { return matches(target.kind, to_string(resource.kind)) && named(target); });
}

bool Patch::moves_it(const Resource& resource) const {
  const auto& ns = resource.kind == Kind::Namespace ? resource.name : resource.ns;
  return moves || (!placeholder.empty() && ns.value.find(placeholder) != std::string::npos);
}

std::vector<Patch> patches_of(const Store& store, const Build& build) { return Reader(store, build).run(); }

std::vector<Patch> variables_of(const Build& build) {
  std::vector<Patch> out;
  for (const auto item : build.items("vars"))
    if (const auto name = build.document->at(item, {"name"}); name != kNoNode)
      out.push_back({.place = name, .what = "variable", .placeholder = "$(" + text_at(*build.document, item, {"name"}) + ")"});
  return out;
}

}  // namespace s2a
