// Text -> documents -> resources -> mesh, without files.
#include "tests/support/mesh_from_yaml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "frontend/decode/decode.h"
#include "frontend/yaml/parse.h"

namespace s2a::test {

namespace {

template <class Thing>
auto id_of(const std::vector<Thing>& things, std::string_view name) {
  const auto found = std::ranges::find(things, name, &Thing::name);
  if (found != things.end()) return found->id;
  ADD_FAILURE() << "the mesh has no `" << name << "`";
  return decltype(found->id){};
}

bool cluster_scoped(Kind kind) { return kind == Kind::Namespace || kind == Kind::GatewayClass || kind == Kind::Kustomization; }

}  // namespace

WorkloadId TestMesh::workload(std::string_view name) const { return id_of(mesh.workloads(), name); }
ServiceId TestMesh::service(std::string_view name) const { return id_of(mesh.services(), name); }

Snapshot read_yaml(Store& store, std::string_view yaml, std::string path, Diagnostics& told) {
  SourceFile text;
  text.path = std::move(path);
  text.text = yaml;
  const auto& file = store.sources[store.sources.add(std::move(text))];
  auto parsed = parse(file);
  told.append(parsed.diagnostics);
  Snapshot out;
  for (auto& document : parsed.documents) {
    const auto id = store.add(std::move(document));
    auto decoded = decode(store[id], id, file);
    told.append(decoded.diagnostics);
    for (auto& resource : decoded.resources) {
      if (resource.ns.value.empty() && !cluster_scoped(resource.kind)) resource.ns.value = "default";
      out.push_back(store.add(std::move(resource)));
    }
  }
  return out;
}

TestMesh mesh_from_yaml(std::string_view yaml, const MeshOptions& options) {
  TestMesh out{.store = std::make_unique<Store>(), .snapshot = {}, .diagnostics = {}, .mesh = {}};
  out.snapshot = read_yaml(*out.store, yaml, "mesh.yaml", out.diagnostics);
  out.mesh = MeshModel::build(*out.store, out.snapshot, options);
  return out;
}

std::string mesh_config_map(const std::string& mesh_config) {
  const nlohmann::json map{{"apiVersion", "v1"}, {"kind", "ConfigMap"}, {"metadata", {{"name", "istio"}, {"namespace", "istio-system"}}}, {"data", {{"mesh", mesh_config}}}};
  return map.dump() + "\n";
}

std::string names_of(const std::vector<const Resource*>& resources) {
  std::string text;
  for (const auto* resource : resources) text += (text.empty() ? "" : " ") + resource->name.value;
  return text;
}

}  // namespace s2a::test
