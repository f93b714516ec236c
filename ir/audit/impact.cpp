// Every judge in turn; what a blocker names is a blocker, and says why.
#include "ir/audit/impact.h"

#include <algorithm>

#include "ir/audit/judges.h"

namespace s2a {
namespace {

class Impacts {
 public:
  Impacts(const MeshModel& mesh, const Diagnostics& found) : mesh_(mesh), found_(found) {}

  /// A blocker names the resource; of a pod, whose annotations are judged one by one, the very place.
  void add(const Resource& resource, const Touch& touch, bool whole) {
    Impact impact{.kind = touch.kind,
                  .subject = resource.subject(),
                  .place = mesh_.store().label(resource, touch.node == kNoNode ? resource.name.node : touch.node),
                  .sentence = touch.sentence};
    const auto blocks = [&](const Diagnostic& d) {
      if (d.keeps.empty() || d.subject != impact.subject || d.labels.empty() || d.labels.front().file != impact.place.file) return false;
      return whole || d.labels.front().span == impact.place.span;
    };
    const auto blocker = std::ranges::find_if(found_.all(), blocks);
    if (blocker != found_.all().end()) {
      impact.kind = ImpactKind::Blocker;
      impact.sentence = blocker->message;
    }
    all.push_back(std::move(impact));
  }

  std::vector<Impact> all;

 private:
  const MeshModel& mesh_;
  const Diagnostics& found_;
};

}  // namespace

std::string_view to_string(ImpactKind kind) {
  switch (kind) {
    case ImpactKind::Harmless: return "harmless";
    case ImpactKind::Changes: return "changes";
    case ImpactKind::Blocker: return "blocker";
  }
  return "";
}

std::vector<Impact> impacts(const MeshModel& mesh, const Diagnostics& found) {
  Impacts out(mesh, found);
  for (const auto& [kind, judge] : judges()) {
    for (const auto* resource : mesh.all(kind)) {
      if (std::holds_alternative<std::monostate>(resource->spec)) continue;
      if (const auto touch = judge(mesh, *resource)) out.add(*resource, *touch, true);
    }
  }
  for (const auto& pod : mesh.workloads())
    for (const auto& touch : judge_pod(mesh, pod)) out.add(mesh.store()[*pod.resource], touch, false);
  return std::move(out.all);
}

}  // namespace s2a
