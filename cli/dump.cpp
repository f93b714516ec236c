// `s2a dump`: what each stage of the compiler made of the input, for people who look for a mistake in it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <ostream>

#include "backend/render/typography.h"
#include "cli/engine.h"
#include "cli/outcome.h"

namespace s2a {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"null", "scalar", "sequence", "map", "alias"};
constexpr std::array<std::string_view, 7> kStyles{"plain", "single", "double", "literal", "folded", "block", "flow"};
constexpr std::array<std::string_view, 4> kDataplanes{"sidecar", "ambient", "gateway", "outside"};

void put_node(std::string& out, const Document& document, NodeId id, std::size_t depth) {
  const auto& node = document[id];
  out += fmt::format("{}{} {} [{}, {})", std::string(2 * depth, ' '), kKinds[static_cast<std::size_t>(node.kind)], kStyles[static_cast<std::size_t>(node.style)], node.span.begin,
                     node.span.end);
  if (!node.value.empty()) out += fmt::format(" {}", tame(node.value));
  out += '\n';
  if (node.kind == NodeKind::Alias) return;
  for (const auto child : document.children(id)) put_node(out, document, child, depth + 1);
}

std::string documents(const Input& input) {
  std::string out;
  for (std::uint32_t i = 0; i < input.store->document_count(); ++i) {
    const auto& document = (*input.store)[DocumentId{i}];
    out += fmt::format("{} document {} [{}, {}){}\n", tame(input.store->sources[document.file].path), document.ordinal, document.span.begin, document.span.end,
                       document.locked.empty() ? "" : fmt::format(" locked: {}", document.locked));
    if (document.root != kNoNode) put_node(out, document, document.root, 1);
  }
  return out;
}

std::string labels(const Labels& labels) {
  std::vector<std::string> out;
  for (const auto& [key, value] : labels) out.push_back(fmt::format("{}={}", tame(key), tame(value.value)));
  return fmt::format("{}", fmt::join(out, ","));
}

std::string resources(const Input& input) {
  std::string out;
  for (const auto id : input.reading.snapshot) {
    const auto& resource = (*input.store)[id];
    const auto& file = input.store->file_of(resource);
    const auto line = line_column(file, (*input.store)[resource.document][resource.node].span.begin).line;
    out += fmt::format("{}:{} {} {}", tame(file.path), line, tame(resource.api_version.value), tame(resource.subject()));
    if (!resource.labels.empty()) out += fmt::format(" labels {}", labels(resource.labels));
    if (!resource.translatable) out += " not-translatable";
    if (!resource.editable) out += fmt::format(" locked: {}", resource.locked);
    out += '\n';
  }
  return out;
}

std::string subjects(const std::vector<const Resource*>& resources) {
  std::vector<std::string> out;
  for (const auto* resource : resources) out.push_back(resource->name.value);
  return fmt::format("{}", fmt::join(out, ","));
}

std::string mesh(const Input& input) {
  const auto& mesh = input.mesh;
  auto out = fmt::format("root-namespace {}\ntrust-domain {}\ncluster-domain {}\n", mesh.root_namespace(), mesh.trust_domain(), mesh.cluster_domain());
  for (const auto& ns : mesh.namespaces()) out += fmt::format("namespace {}{}\n", tame(ns), mesh.strict_mtls(ns) ? " strict" : "");
  for (const auto& workload : mesh.workloads()) {
    std::vector<std::string> services;
    for (const auto id : mesh.services_of(workload.id)) services.push_back(mesh[id].name);
    out += fmt::format("workload {} {} ({}) labels {} ports {} services {} policies {}\n", tame(workload.subject(mesh.store())),
                       kDataplanes[static_cast<std::size_t>(workload.dataplane)], tame(workload.dataplane_reason), labels(workload.labels),
                       fmt::join(mesh.ports_of(workload.id), ","), fmt::join(services, ","), subjects(mesh.policies_at_sidecar(workload.id)));
  }
  for (const auto& service : mesh.services())
    out += fmt::format("service {}/{}{} backends {}\n", tame(service.ns), tame(service.name), service.assumed ? " assumed" : "", service.backends.size());
  for (const auto& waypoint : mesh.waypoints()) out += fmt::format("waypoint {}/{} {}\n", tame(waypoint.ns), tame(waypoint.name), tame(waypoint.principal));
  for (const auto& assumption : mesh.assumptions()) out += fmt::format("assumed {}\n", tame(assumption.text));
  return out;
}

}  // namespace

Exit run_dump(const Session& session) {
  if (session.arguments.empty()) return refuse(session, {.message = "which files?", .help = "`s2a dump --stage=mesh .`"});
  if (session.options().stage == Stage::Plan) {
    const auto report = make_report(session, false);
    session.out << render_json(report, {});
    return exit_by_findings(report, FailOn::Never);
  }
  Report read;
  for (const auto& paths : meshes_of(session.arguments, session.options().each)) {
    auto input = read_input(paths, session.options());
    switch (session.options().stage) {
      case Stage::Document: session.out << documents(input); break;
      case Stage::Resources: session.out << resources(input); break;
      case Stage::Mesh: session.out << mesh(input); break;
      case Stage::Plan: break;
    }
    MeshReport told{.name = input.name, .store = nullptr, .files = input.files, .resources = 0, .plan = {}, .changes = {}, .held_back = {}};
    told.plan.diagnostics = std::move(input.reading.diagnostics);
    told.store = std::move(input.store);
    read.meshes.push_back(std::move(told));
  }
  read.brief = true;
  if (exit_by_findings(read, FailOn::Error) != Exit::Done) session.err << render_text(read, session.look_err());
  return exit_by_findings(read, FailOn::Never);
}

}  // namespace s2a
