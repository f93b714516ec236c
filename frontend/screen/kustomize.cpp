// Namespaces, labels, patches, what changes all resources, variables and what is not seen, in that order.
#include "frontend/screen/kustomize.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "frontend/screen/kustomize_patches.h"
#include "frontend/screen/kustomize_tree.h"
#include "frontend/screen/kustomize_unseen.h"

namespace s2a {
namespace {

constexpr std::string_view kBuildFirst = "run `kustomize build` and give its output instead of the parts";

void lock(Resource& resource, std::string why) {
  resource.editable = false;
  resource.translatable = false;
  resource.locked = std::move(why);
}

/// Locks what a build puts into a namespace that cannot be told, so that it holds back every one.
void lock_anywhere(Resource& resource, std::string why) {
  (resource.kind == Kind::Namespace ? resource.name : resource.ns).value = kAnyNamespace;
  lock(resource, std::move(why));
}

/// Whether translating reads or edits it, so that a patch matters.
bool translated(Kind kind) {
  static constexpr std::array kOthers{Kind::Kustomization, Kind::ServiceAccount, Kind::NetworkPolicy, Kind::ReferenceGrant, Kind::GatewayClass};
  return std::ranges::find(kOthers, kind) == kOthers.end();
}

void add_labels(Resource& resource, const Document& document, NodeId pairs, bool in_templates, bool in_selectors) {
  for (const auto& [key, value] : document.merged_entries(pairs)) {
    const auto& name = document[document.resolve(key)].value;
    const Spanned<std::string> text{.value = document[document.resolve(value)].value};
    resource.labels.insert_or_assign(name, text);
    if (auto* workload = std::get_if<Workload>(&resource.spec); workload != nullptr && in_templates) workload->pod_labels.insert_or_assign(name, text);
    if (auto* service = std::get_if<Service>(&resource.spec); service != nullptr && in_selectors) service->selector.insert_or_assign(name, text);
  }
}

/// What a kustomization does to all that it builds and is not modelled.
struct ChangeOfAll {
  NodeId place = kNoNode;  ///< in the kustomization's document; kNoNode: nothing
  bool moves = false;      ///< perhaps to other namespaces
};

/// An annotation that Istio may read.
NodeId istio_annotation(const Build& build) {
  for (const auto& [key, value] : build.document->merged_entries(build.at("commonAnnotations"))) {
    const auto node = build.document->resolve(key);
    if (node != kNoNode && (*build.document)[node].value.find("istio.io/") != std::string::npos) return node;
  }
  return kNoNode;
}

/// Labels that are put into further fields.
NodeId labels_elsewhere(const Build& build) {
  for (const auto item : build.items("labels"))
    if (const auto node = build.document->at(item, {"fields"}); node != kNoNode) return node;
  return kNoNode;
}

/// A component's namespace and labels reach a part of what its users build, which depends on their order.
ChangeOfAll change_of_all(const Build& build) {
  if (const auto node = build.at("transformers"); node != kNoNode) return {.place = node, .moves = true};
  if (build.unseen != kNoNode) return {.place = build.unseen, .moves = true};
  if (const auto& ns = build.spec().ns; !build.users.empty() && !ns.value.empty()) return {.place = ns.node, .moves = true};
  for (const std::string_view field : {"namePrefix", "nameSuffix", "configurations"})
    if (const auto node = build.at(field); node != kNoNode) return {.place = node};
  for (const std::string_view field : {"commonLabels", "labels"})
    if (const auto node = build.at(field); !build.users.empty() && node != kNoNode) return {.place = node};
  if (const auto node = istio_annotation(build); node != kNoNode) return {.place = node};
  return {.place = labels_elsewhere(build)};
}

class Screen {
 public:
  Screen(Store& store, const Snapshot& all, const Snapshot& fresh, Diagnostics& diagnostics) : store_(store), tree_(store, all), diagnostics_(diagnostics) {
    for (const auto id : fresh) by_file_[store.file_of(store[id]).path].push_back(id);
  }

  void run() {
    namespaces();
    for (std::size_t i = 0; i < tree_.builds().size(); ++i) {
      build(i);
      variables(i);
      if (const auto& now = tree_.builds()[i]; by_file_.contains(path(now))) tell_unseen(store_, now, diagnostics_);
    }
  }

 private:
  void namespaces();
  void build(std::size_t index);
  void variables(std::size_t index);
  void label(Resource& resource, const Build& build);
  void patch(Resource& resource, const Build& build, const std::vector<Patch>& patches);
  [[nodiscard]] std::vector<ResourceId> fresh_in(const std::set<std::string_view>& files) const;
  [[nodiscard]] Label at(const Build& build, NodeId node, std::string text = {}, LabelKind kind = LabelKind::Primary) const {
    return store_.label(*build.resource, node, std::move(text), kind);
  }
  [[nodiscard]] const std::string& path(const Build& build) const { return store_.file_of(*build.resource).path; }

  Store& store_;
  KustomizeTree tree_;
  Diagnostics& diagnostics_;
  std::map<std::string, std::vector<ResourceId>, std::less<>> by_file_;  ///< the fresh ones
};

/// `namespace:` renames Namespace objects, too: kustomize's namespace transformer does.
void Screen::namespaces() {
  for (const auto& [file, placements] : tree_.placements()) {
    const auto found = by_file_.find(file);
    if (found == by_file_.end()) continue;
    const auto& ns = placements.begin()->ns;
    for (const auto id : found->second) {
      auto& resource = store_.edit(id);
      if (!ns.empty()) (resource.kind == Kind::Namespace ? resource.name : resource.ns).value = ns;
      if (placements.size() > 1) lock_anywhere(resource, "kustomizations put it into several namespaces");
    }
    if (placements.size() < 2) continue;
    const auto& first = tree_.builds()[placements.begin()->build];
    const auto& last = tree_.builds()[placements.rbegin()->build];
    diagnostics_.add({.code = Code::DuplicateResource,
                      .message = fmt::format("`{}` and `{}` build the same resources for different namespaces", path(first), path(last)),
                      .labels = {at(last, last.spec().ns.node), at(first, first.spec().ns.node, "and here", LabelKind::Info)},
                      .help = "one run is one mesh: give one of them at a time, together with the bases that it lists"});
  }
}

void Screen::build(std::size_t index) {
  const auto& build = tree_.builds()[index];
  const auto patches = patches_of(store_, build);
  const auto change = change_of_all(build);
  const bool labels = build.at("commonLabels") != kNoNode || build.at("labels") != kNoNode;
  const auto in_two_versions = labels ? tree_.files_built_without(index) : std::set<std::string_view>{};
  bool changes = false;
  for (const auto id : fresh_in(tree_.files_of(index))) {
    auto& resource = store_.edit(id);
    label(resource, build);
    if (!translated(resource.kind)) continue;
    if (!build.resource->translatable) lock(resource, fmt::format("`{}` has errors", path(build)));
    if (in_two_versions.contains(store_.file_of(resource).path)) lock(resource, fmt::format("another kustomization builds it without the labels of `{}`", path(build)));
    patch(resource, build, patches);
    if (change.place == kNoNode) continue;
    (change.moves ? lock_anywhere : lock)(resource, fmt::format("`{}` changes all that it builds", path(build)));
    changes = true;
  }
  if (!changes) return;
  diagnostics_.add({.code = Code::KustomizePatch,
                    .message = "this changes every resource of the kustomization: what comes out of the build is not known",
                    .labels = {at(build, change.place)},
                    .help = std::string(kBuildFirst)});
}

void Screen::variables(std::size_t index) {
  const auto& build = tree_.builds()[index];
  const auto variables = variables_of(build);
  if (variables.empty()) return;
  for (const auto id : fresh_in(tree_.files_beside(index))) {
    auto& resource = store_.edit(id);
    if (translated(resource.kind)) patch(resource, build, variables);
  }
}

std::vector<ResourceId> Screen::fresh_in(const std::set<std::string_view>& files) const {
  std::vector<ResourceId> out;
  for (const auto file : files)
    if (const auto found = by_file_.find(file); found != by_file_.end()) out.insert(out.end(), found->second.begin(), found->second.end());
  return out;
}

void Screen::label(Resource& resource, const Build& build) {
  const auto& document = store_[build.resource->document];
  const auto is_true = [&](NodeId map, std::string_view name) {
    const auto node = document.at(map, {name});
    return node != kNoNode && document[node].value == "true";
  };
  add_labels(resource, document, document.at(build.resource->node, {"commonLabels"}), true, true);
  for (const auto item : document.children(document.at(build.resource->node, {"labels"}))) {
    const bool in_selectors = is_true(item, "includeSelectors");
    add_labels(resource, document, document.at(item, {"pairs"}), in_selectors || is_true(item, "includeTemplates"), in_selectors);
  }
}

void Screen::patch(Resource& resource, const Build& build, const std::vector<Patch>& patches) {
  std::vector<Label> labels{store_.label(resource, resource.name.node)};
  bool moves = false;
  for (const auto& patch : patches) {
    if (!patch.changes(resource, store_[resource.document])) continue;
    labels.push_back(at(build, patch.place, fmt::format("by this {}", patch.what), LabelKind::Info));
    moves = moves || patch.moves_it(resource);
  }
  if (labels.size() == 1) return;
  diagnostics_.add({.code = Code::KustomizePatch,
                    .subject = resource.subject(),
                    .message = fmt::format("`{}` patches this resource: what comes out of the build is not known", path(build)),
                    .labels = std::move(labels),
                    .help = std::string(kBuildFirst)});
  (moves ? lock_anywhere : lock)(resource, fmt::format("`{}` patches it", path(build)));
}

}  // namespace

std::set<std::string, std::less<>> patch_files(const Store& store, const Snapshot& all) {
  const KustomizeTree tree(store, all);
  std::set<std::string, std::less<>> out;
  for (const auto& build : tree.builds())
    for (const auto& reference : build.spec().patch_paths) out.insert(KustomizeTree::resolve(build, reference.value));
  for (const auto& build : tree.builds())
    for (const auto& file : build.files) out.erase(file);
  return out;
}

Snapshot apply_kustomizations(Store& store, const Snapshot& all, const Snapshot& fresh, Diagnostics& diagnostics) {
  Screen(store, all, fresh, diagnostics).run();
  const auto patches = patch_files(store, all);
  Snapshot out;
  std::ranges::copy_if(all, std::back_inserter(out), [&](ResourceId id) { return !patches.contains(store.file_of(store[id]).path); });
  return out;
}

}  // namespace s2a
