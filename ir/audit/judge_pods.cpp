// What annotations of pods said to sidecars, and pods that no proxy captures. authorization.md 3.5, 7, F11
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ir/audit/judges.h"

namespace s2a {
namespace {

/// Annotations whose name begins so; the first row that fits counts.
struct AnnotationRow {
  std::string_view prefix;
  ImpactKind kind{};
  std::string_view sentence;
};

constexpr std::array kAnnotations = {
    AnnotationRow{"sidecar.istio.io/status", ImpactKind::Harmless, "written by the injector; it goes with the sidecar"},
    AnnotationRow{"sidecar.istio.io/interceptionMode", ImpactKind::Changes, "ztunnel does not read it"},
    AnnotationRow{"sidecar.istio.io/rewriteAppHTTPProbers", ImpactKind::Harmless, "the kubelet's probes come past ztunnel"},
    AnnotationRow{"sidecar.istio.io/", ImpactKind::Harmless, "it is about the sidecar, which goes"},
    AnnotationRow{"traffic.sidecar.istio.io/excludeInboundPorts", ImpactKind::Changes, "ztunnel captures these ports as well: policies and mutual TLS begin to count there"},
    AnnotationRow{"traffic.sidecar.istio.io/includeInboundPorts", ImpactKind::Changes, "ztunnel captures all ports: policies and mutual TLS begin to count on the others"},
    AnnotationRow{"traffic.sidecar.istio.io/", ImpactKind::Changes, "ztunnel does not read it: what the sidecar leaves alone is captured"},
    AnnotationRow{"proxy.istio.io/config", ImpactKind::Changes, "ztunnel does not read the settings of a sidecar, and a waypoint has its own"},
    AnnotationRow{"prometheus.istio.io/merge-metrics", ImpactKind::Changes, "nothing merges metrics any more: they are scraped at the application's port, where policies count"},
    AnnotationRow{"prometheus.io/scrape", ImpactKind::Changes, "sidecars answered scrapes on port 15020, past all policies; ztunnel asks the policies of the application's port"},
    AnnotationRow{"ambient.istio.io/bypass-inbound-capture", ImpactKind::Changes, "ztunnel enforces nothing for these pods"},
};

const AnnotationRow* row_of(std::string_view key) {
  const auto row = std::ranges::find_if(kAnnotations, [&](const AnnotationRow& r) { return key.starts_with(r.prefix); });
  return row == kAnnotations.end() ? nullptr : &*row;
}

bool counts(std::string_view key, std::string_view value) { return key != "prometheus.io/scrape" || value == "true"; }

}  // namespace

std::vector<Touch> judge_pod(const MeshModel& mesh, const MeshWorkload& pod) {
  std::vector<Touch> out;
  const auto* spec = pod.resource ? std::get_if<Workload>(&mesh.store()[*pod.resource].spec) : nullptr;
  if (spec == nullptr) return out;
  if (spec->host_network)
    out.push_back({ImpactKind::Changes, "in the host's network: it calls pods of its own node past ztunnel and every policy, and no policy guards it", kNoNode});
  if (pod.dataplane != Dataplane::Sidecar) return out;
  for (const auto& [key, value] : pod.annotations)
    if (const auto* row = row_of(key); row != nullptr && counts(key, value.value)) out.push_back({row->kind, fmt::format("annotation {}: {}", key, row->sentence), value.node});
  return out;
}

}  // namespace s2a
