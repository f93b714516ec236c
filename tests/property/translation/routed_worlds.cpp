// A mesh of random_convertible_mesh(), a document an object, one line a field, with policies of few values that its routes write.
#include "tests/property/translation/routed_worlds.h"

#include <fmt/format.h>

#include "tests/support/random_convertible.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

Json one_of(Random& random, const Texts& values) { return Json::array({random.pick(values)}); }

Json rule(Random& random) {
  auto operation = Json::object();
  if (random.chance(60)) operation[random.chance(75) ? "paths" : "notPaths"] = one_of(random, {"/foo*", "/foo", "/new", "/new*", "/bar*", "*/x", "/", "*"});
  if (random.chance(30)) operation["methods"] = one_of(random, {"GET", "POST"});
  if (random.chance(20)) operation[random.chance(60) ? "hosts" : "notHosts"] = one_of(random, {"reviews.shop*", "r.example", "h.example"});
  if (random.chance(15)) operation["ports"] = one_of(random, {"9080"});
  auto out = Json::object();
  if (!operation.empty()) out["to"] = Json::array({{{"operation", std::move(operation)}}});
  if (random.chance(40)) out["from"] = Json::array({{{"source", {{random.chance(70) ? "namespaces" : "notNamespaces", one_of(random, {"web", "shop"})}}}}});
  if (random.chance(25)) out["when"] = Json::array({{{"key", random.pick(Texts{"request.headers[a]", "request.headers[b]"})}, {"values", one_of(random, {"x", "y", "*"})}}});
  return out;
}

Json policy(Random& random, int number) {
  Json spec{{"action", random.chance(60) ? "ALLOW" : "DENY"}, {"rules", Json::array({rule(random)})}};
  if (random.chance(30)) spec["rules"].push_back(rule(random));
  if (random.chance(85))
    spec["selector"] = {{"matchLabels", random.chance(80) ? Json{{"app", "reviews"}} : Json{{random.chance(50) ? "app" : "version", random.pick(Texts{"solo", "v1"})}}}};
  return {{"apiVersion", "security.istio.io/v1"},
          {"kind", "AuthorizationPolicy"},
          {"metadata", {{"name", fmt::format("p{}", number)}, {"namespace", "shop"}}},
          {"spec", std::move(spec)}};
}

/// It may decide about requests, so that its namespace stays on sidecars.
Json envoy_filter() {
  const Json patch{
      {"applyTo", "HTTP_FILTER"}, {"match", {{"context", "SIDECAR_INBOUND"}}}, {"patch", {{"operation", "INSERT_BEFORE"}, {"value", {{"name", "envoy.filters.http.lua"}}}}}};
  return {{"apiVersion", "networking.istio.io/v1alpha3"},
          {"kind", "EnvoyFilter"},
          {"metadata", {{"name", "filter"}, {"namespace", "web"}}},
          {"spec", {{"configPatches", Json::array({patch})}}}};
}

}  // namespace

World random_routed_world(Random& random) {
  World out{.documents = {}, .mesh_config = Json::object()};
  const auto add = [&](const Json& object) {
    const auto& metadata = object.at("metadata");
    auto text = fmt::format("apiVersion: {}\nkind: {}\n", object.at("apiVersion").get<std::string>(), object.at("kind").get<std::string>());
    for (const auto* key : {"metadata", "spec"})
      if (object.contains(key)) text += fmt::format("{}: {}\n", key, object.at(key).dump());
    out.documents.push_back({.subject = fmt::format("{} {}/{}", object.at("kind").get<std::string>(), metadata.value("namespace", ""), metadata.at("name").get<std::string>()),
                             .text = std::move(text)});
  };
  const auto mesh = random_convertible_mesh(random);
  for (const auto& object : mesh.at("manifests")) add(object);
  for (int n = random.chance(60) ? random.number(1, 2) : 0; n > 0; --n) add(policy(random, n));
  if (random.chance(30)) add(envoy_filter());
  return out;
}

}  // namespace s2a::test
