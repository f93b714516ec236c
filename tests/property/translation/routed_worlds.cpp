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

/// Names in full, so that they mean the same wherever they stand.
void name_in_full(Json& value) {
  if (value.is_object() && value.contains("host") && value["host"].is_string()) value["host"] = value["host"].get<std::string>() + ".shop.svc.cluster.local";
  if (value.is_structured())
    for (auto& inner : value) name_in_full(inner);
}

/// One of the clients' namespace, which a waypoint would not read. Most say what no route can.
void move_to_clients(Random& random, Json& virtual_service) {
  auto& spec = virtual_service.at("spec");
  auto& first = spec.at("http").at(0);
  if (random.chance(80) && first.contains("route")) first["fault"] = {{"abort", {{"httpStatus", 555}, {"percentage", {{"value", 100}}}}}};
  name_in_full(spec);
  virtual_service["metadata"]["namespace"] = "web";
  spec["hosts"] = Json::array({"reviews.shop.svc.cluster.local"});
}

/// Nobody knows where it leads.
Json service_without_selector() {
  return {{"apiVersion", "v1"},
          {"kind", "Service"},
          {"metadata", {{"name", "old"}, {"namespace", "shop"}}},
          {"spec", {{"ports", Json::array({{{"name", "http"}, {"port", 80}}, {{"name", "http-more"}, {"port", 8080}}})}}}};
}

Json to_old() { return {{"match", Json::array({Json{{"headers", {{"a", {{"exact", "x"}}}}}}})}, {"route", Json::array({Json{{"destination", {{"host", "old"}}}}})}}; }

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
  auto mesh = random_convertible_mesh(random);
  const bool of_clients = random.chance(15);
  const bool leads_to_old = random.chance(15);
  const bool by_wildcard = random.chance(10);
  if (leads_to_old) mesh["manifests"].push_back(service_without_selector());
  for (auto& object : mesh["manifests"]) {
    if (object.at("kind") == "VirtualService" && object["spec"].contains("hosts")) {
      if (leads_to_old) object["spec"]["http"].insert(object["spec"]["http"].begin(), to_old());
      if (of_clients) move_to_clients(random, object);
      if (by_wildcard) object["spec"]["hosts"] = Json::array({"*.shop.svc.cluster.local"});
    }
    add(object);
  }
  for (int n = random.chance(60) ? random.number(1, 2) : 0; n > 0; --n) add(policy(random, n));
  if (random.chance(30)) add(envoy_filter());
  return out;
}

}  // namespace s2a::test
