// A list that names files, and the fields whose items make resources.
#include "frontend/screen/kustomize_unseen.h"

#include <fmt/format.h>

#include <array>

namespace s2a {
namespace {

struct Maker {
  std::string_view field;
  std::string_view name;  ///< of an item: where it is shown
  std::string_view what;
};

constexpr std::array kMakers{Maker{.field = "helmCharts", .name = "name", .what = "a Helm chart"},
                             Maker{.field = "helmChartInflationGenerator", .name = "chartName", .what = "a Helm chart"},
                             Maker{.field = "generators", .name = {}, .what = "a generator"}};

}  // namespace

void tell_unseen(const Store& store, const Build& build, Diagnostics& diagnostics) {
  std::vector<Label> labels;
  const auto add = [&](NodeId node, std::string_view what) {
    labels.push_back(store.label(*build.resource, node, std::string(what), labels.empty() ? LabelKind::Primary : LabelKind::Info));
  };
  for (const auto node : build.missing) add(node, "not in the input");
  for (const auto& maker : kMakers) {
    for (const auto item : build.items(maker.field)) {
      const auto name = build.document->at(item, {maker.name});
      add(name == kNoNode ? item : name, maker.what);
    }
  }
  if (labels.empty()) return;
  diagnostics.add({.code = Code::NotInInput,
                   .message = fmt::format("`{}` builds more than the input holds: policies and workloads that this brings are not seen", store.file_of(*build.resource).path),
                   .labels = std::move(labels),
                   .help = "give that as well, or the output of `kustomize build` instead of the parts"});
}

}  // namespace s2a
