// Namespaces, labels, patches and renaming, in that order.
#include "frontend/screen/kustomize.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "frontend/screen/kustomize_patches.h"
#include "frontend/screen/kustomize_tree.h"

namespace s2a {
namespace {

constexpr std::string_view kBuildFirst = "run `kustomize build` and give its output instead of the parts";

void lock(Resource& resource, std::string why) {
  resource.editable = false;
  resource.translatable = false;
  resource.locked = std::move(why);
}

class Screen {
 public:
  Screen(Store& store, const Snapshot& all, const Snapshot& fresh, Diagnostics& diagnostics) : store_(store), tree_(store, all), diagnostics_(diagnostics) {
    for (const auto id : fresh) by_file_[store.file_of(store[id]).path].push_back(id);
  }

  Snapshot run(const Snapshot& all) {
    if (tree_.builds().empty()) return all;
    namespaces();
    for (std::size_t i = 0; i < tree_.builds().size(); ++i) build(i);
    return without_patches(all);
  }

 private:
  void namespaces();
  void build(std::size_t index);
  void label(Resource& resource, const Document& document, NodeId pairs, bool in_templates, bool in_selectors);
  [[nodiscard]] Snapshot without_patches(const Snapshot& all) const;
  [[nodiscard]] Label at(const Build& build, NodeId node, std::string text = {}, LabelKind kind = LabelKind::Primary) const { return store_.label(*build.resource, node, std::move(text), kind); }
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
      if (placements.size() > 1) lock(resource, "kustomizations put it into several namespaces");
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

void Screen::label(Resource& resource, const Document& document, NodeId pairs, bool in_templates, bool in_selectors) {
  for (const auto& [key, value] : document.entries(pairs)) {
    const auto& name = document[document.resolve(key)].value;
    const Spanned<std::string> text{.value = document[document.resolve(value)].value};
    resource.labels.insert_or_assign(name, text);
    if (auto* workload = std::get_if<Workload>(&resource.spec); workload != nullptr && in_templates) workload->pod_labels.insert_or_assign(name, text);
    if (auto* service = std::get_if<Service>(&resource.spec); service != nullptr && in_selectors) service->selector.insert_or_assign(name, text);
  }
}

void Screen::build(std::size_t index) {
  const auto& build = tree_.builds()[index];
  const auto& document = store_[build.resource->document];
  const auto field = [&](std::string_view name) { return document.at(build.resource->node, {name}); };
  const auto is_true = [&](NodeId map, std::string_view name) {
    const auto node = document.at(map, {name});
    return node != kNoNode && document[node].value == "true";
  };
  static constexpr std::array<std::string_view, 3> kUnreadable{"namePrefix", "nameSuffix", "transformers"};
  const auto patches = patches_of(store_, build);

  for (const auto file : tree_.files_of(index)) {
    const auto found = by_file_.find(file);
    if (found == by_file_.end()) continue;
    for (const auto id : found->second) {
      auto& resource = store_.edit(id);
      if (resource.kind == Kind::Kustomization) continue;
      label(resource, document, field("commonLabels"), true, true);
      for (const auto item : document.children(field("labels"))) {
        const bool in_selectors = is_true(item, "includeSelectors");
        label(resource, document, document.at(item, {"pairs"}), in_selectors || is_true(item, "includeTemplates"), in_selectors);
      }
      for (const auto& patch : patches) {
        if (!patch.changes(resource)) continue;
        diagnostics_.add({.code = Code::KustomizePatch,
                          .subject = resource.subject(),
                          .message = fmt::format("`{}` patches this resource: what comes out of the build is not known", path(build)),
                          .labels = {store_.label(resource, resource.name.node), at(build, patch.place, "by this patch", LabelKind::Info)},
                          .help = std::string(kBuildFirst)});
        lock(resource, fmt::format("`{}` patches it", path(build)));
      }
      for (const auto name : kUnreadable) {
        const auto node = field(name);
        if (node == kNoNode) continue;
        diagnostics_.add({.code = Code::KustomizePatch,
                          .message = fmt::format("`{}` changes every resource of this kustomization: what comes out of the build is not known", name),
                          .labels = {at(build, node)},
                          .help = std::string(kBuildFirst)});
        lock(resource, fmt::format("`{}` changes it by `{}`", path(build), name));
      }
    }
  }
}

Snapshot Screen::without_patches(const Snapshot& all) const {
  std::set<std::string> patches;
  for (const auto& build : tree_.builds())
    for (const auto& reference : build.spec().patch_paths) patches.insert(KustomizeTree::resolve(build, reference.value));
  for (const auto& build : tree_.builds())
    for (const auto& file : build.files) patches.erase(file);
  Snapshot out;
  std::ranges::copy_if(all, std::back_inserter(out), [&](ResourceId id) { return !patches.contains(store_.file_of(store_[id]).path); });
  return out;
}

}  // namespace

bool is_kustomization_file(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);  // npos + 1 == 0
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

Snapshot apply_kustomizations(Store& store, const Snapshot& all, const Snapshot& fresh, Diagnostics& diagnostics) { return Screen(store, all, fresh, diagnostics).run(all); }

}  // namespace s2a
