// Who calls.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ir/mesh/split.h"
#include "ir/source/did_you_mean.h"
#include "ir/trace/inquiry.h"

namespace s2a {
namespace {

constexpr std::string_view kScheme = "spiffe://";
constexpr std::string_view kPlaintext = "plaintext";

CallerKind kind_of(Dataplane dataplane) {
  switch (dataplane) {
    case Dataplane::Sidecar: return CallerKind::Sidecar;
    case Dataplane::Ambient: return CallerKind::Ambient;
    case Dataplane::Gateway: return CallerKind::Ingress;
    case Dataplane::Outside: return CallerKind::Plaintext;
  }
  return CallerKind::Sidecar;
}

std::string identity_of(const MeshModel& mesh, std::string_view ns, std::string_view account) { return fmt::format("{}{}/ns/{}/sa/{}", kScheme, mesh.trust_domain(), ns, account); }

Caller as_caller(const MeshModel& mesh, const MeshWorkload& pod) {
  return {.kind = kind_of(pod.dataplane), .identity = identity_of(mesh, pod.ns, pod.service_account), .ns = pod.ns, .address = pod.address, .labels = pod.labels};
}

/// A caller that is known by its service account only.
Caller by_account(const MeshModel& mesh, std::string identity, std::string_view ns, std::string_view account) {
  const auto& pods = mesh.workloads();
  const auto runs_as = [&](const MeshWorkload& pod) { return pod.ns == ns && pod.service_account == account && pod.dataplane != Dataplane::Outside; };
  auto pod = std::ranges::find_if(pods, runs_as);
  const bool known = pod != pods.end();
  const auto in_mesh = [](const MeshWorkload& other) { return other.dataplane == Dataplane::Ambient || other.dataplane == Dataplane::Sidecar; };
  if (!known) pod = std::ranges::find_if(pods, [&](const MeshWorkload& other) { return other.ns == ns && in_mesh(other); });
  const bool any_ambient = std::ranges::find(pods, Dataplane::Ambient, &MeshWorkload::dataplane) != pods.end();
  const auto kind = pod != pods.end() ? kind_of(pod->dataplane) : any_ambient ? CallerKind::Ambient : CallerKind::Sidecar;
  return {.kind = kind, .identity = std::move(identity), .ns = std::string(ns), .address = known ? pod->address : std::string(), .labels = known ? pod->labels : Labels()};
}

Unclear no_caller(const MeshModel& mesh, const std::string& text) {
  std::vector<std::string> names{std::string(kPlaintext)};
  std::ranges::transform(mesh.workloads(), std::back_inserter(names), [&](const MeshWorkload& pod) { return pod.subject(mesh.store()); });
  const auto near = did_you_mean(text, std::vector<std::string_view>(names.begin(), names.end()));
  return {.message = fmt::format("`{}` names no caller", text),
          .help = near.empty() ? "a SPIFFE URI, NAMESPACE/ACCOUNT, a workload as `Deployment shop/web`, or `plaintext`" : fmt::format("did you mean `{}`?", near)};
}

tl::expected<Caller, Unclear> named_caller(const MeshModel& mesh, const std::string& text) {
  if (text == kPlaintext) return Caller{.kind = CallerKind::Plaintext, .identity = {}, .ns = {}, .address = {}};
  const auto pod = std::ranges::find_if(mesh.workloads(), [&](const MeshWorkload& other) { return other.subject(mesh.store()) == text; });
  if (pod != mesh.workloads().end()) return as_caller(mesh, *pod);
  if (text.starts_with(kScheme)) {
    const auto parts = split(std::string_view(text).substr(kScheme.size()), '/');
    const bool usual = parts.size() == 5 && parts[1] == "ns" && parts[3] == "sa";
    return by_account(mesh, text, usual ? parts[2] : std::string_view(), usual ? parts[4] : std::string_view());
  }
  const auto parts = split(text, '/');
  const bool account = parts.size() == 2 && !parts[0].empty() && !parts[1].empty() && text.find(' ') == std::string::npos;
  if (!account) return tl::unexpected(no_caller(mesh, text));
  return by_account(mesh, identity_of(mesh, parts[0], parts[1]), parts[0], parts[1]);
}

}  // namespace

std::string_view to_string(CallerKind kind) {
  switch (kind) {
    case CallerKind::Ambient: return "ambient";
    case CallerKind::Sidecar: return "sidecar";
    case CallerKind::Ingress: return "ingress";
    case CallerKind::Plaintext: return "plaintext";
  }
  return "";
}

tl::expected<Caller, Unclear> find_caller(const MeshModel& mesh, const Inquiry& inquiry) {
  auto caller = named_caller(mesh, inquiry.from);
  if (!caller) return caller;
  if (inquiry.client) caller->kind = *inquiry.client;
  if (caller->kind == CallerKind::Plaintext) caller->identity.clear();
  if (!inquiry.address.empty()) caller->address = inquiry.address;
  return caller;
}

}  // namespace s2a
