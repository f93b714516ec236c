// Policies as JSON objects, written as flow style.
#include "tests/property/proof/random_worlds.h"

#include <fmt/format.h>

#include "tests/property/proof/draw.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// Of such values as raw_request.cpp meets in every combination.
const std::vector<WorldField>& all_fields() {
  static const std::vector<WorldField> kFields{
      {"source", "principals", {"td/ns/a/sa/a", "td/ns/a/*", "*/sa/b", "*", "tx/ns/a/sa/a", "td/ns/a/sa/b"}},
      {"source", "namespaces", {"a", "*b", "a*", "*"}},
      {"source", "ipBlocks", {"10.0.0.0/8", "10.0.0.0/16", "10.0.0.1"}},
      {"source", "remoteIpBlocks", {"10.0.0.0/8", "10.0.0.0/16", "10.0.0.1"}},
      {"source", "requestPrincipals", {"i/s", "i/*", "*/s", "*", "j/t"}},
      {"operation", "methods", {"a", "b", "a*", "*b", "OPTIONS", "*"}},
      {"operation", "paths", {"/a", "/a*", "*b", "*", "/{*}", "/{**}/b"}},
      {"operation", "hosts", {"a", "AB", "*b", "a*", "*"}},
      {"operation", "ports", {"80", "81"}},
      {"when", "request.headers[x-a]", {"a", "a*", "*b", "*"}},
      {"when", "request.auth.claims[c]", {"a", "ab", "*b", "a*"}},
      {"when", "source.namespace", {"a", "b", "*b"}},
      {"when", "source.principal", {"td/ns/a/sa/a", "*/sa/b"}},
      {"when", "destination.port", {"80", "81"}},
      {"when", "destination.ip", {"10.0.0.0/8", "10.0.0.1"}},
  };
  return kFields;
}

Json values_of(std::mt19937& random, const WorldField& field) {
  Json out = Json::array();
  do out.push_back(pick(random, field.values));
  while (chance(random, 30));
  return out;
}

std::string negated(const std::string& name) { return "not" + std::string(1, static_cast<char>(name.front() - 'a' + 'A')) + name.substr(1); }

Json random_rule(std::mt19937& random, const World& world) {
  Json rule = Json::object();
  for (const auto* field : world.fields) {
    if (chance(random, 40)) continue;
    const bool negative = chance(random, 30);
    if (field->of == "when")
      rule["when"].push_back({{"key", field->name}, {negative ? "notValues" : "values", values_of(random, *field)}});
    else if (field->of == "source")
      rule["from"].push_back({{"source", {{negative ? negated(field->name) : field->name, values_of(random, *field)}}}});
    else
      rule["to"].push_back({{"operation", {{negative ? negated(field->name) : field->name, values_of(random, *field)}}}});
  }
  return rule;
}

void choose_target(std::mt19937& random, Json& spec, bool waypoint) {
  spec.erase("selector");
  spec.erase("targetRefs");
  if (waypoint && chance(random, 50))
    spec["targetRefs"] = {{{"kind", "Service"}, {"group", ""}, {"name", "a"}}};
  else if (chance(random, 70))
    spec["selector"] = {{"matchLabels", {{"app", chance(random, 85) ? "a" : "b"}}}};
}

Json random_policy(std::mt19937& random, const World& world) {
  Json spec{{"action", chance(random, 55) ? "ALLOW" : "DENY"}};
  choose_target(random, spec, false);
  do spec["rules"].push_back(random_rule(random, world));
  while (chance(random, 30));
  return {{"apiVersion", "security.istio.io/v1"},
          {"kind", "AuthorizationPolicy"},
          {"metadata", {{"name", fmt::format("p{}", world.policies.size())}, {"namespace", chance(random, 90) ? "a" : "istio-system"}}},
          {"spec", spec}};
}

/// Where rules write values, and of which field.
std::vector<std::pair<const WorldField*, Json*>> written(const World& world, Json& rules) {
  std::vector<std::pair<const WorldField*, Json*>> out;
  const auto look = [&](const WorldField& field, Json& holder, const std::string& name) {
    if (holder.contains(name)) out.emplace_back(&field, &holder[name]);
  };
  for (auto& rule : rules) {
    for (const auto* field : world.fields) {
      if (field->of == "when") {
        for (auto& condition : rule["when"])
          if (condition["key"] == field->name)
            for (const char* name : {"values", "notValues"}) look(*field, condition, name);
      } else {
        for (auto& part : rule[field->of == "source" ? "from" : "to"])
          for (const auto& name : {field->name, negated(field->name)}) look(*field, part[field->of], name);
      }
    }
    for (const char* part : {"from", "to", "when"})
      if (rule[part].is_null()) rule.erase(part);  // only looked for
  }
  return out;
}

}  // namespace

std::string World::yaml() const {
  auto out = mesh_config_map("trustDomain: td") + "---\n";
  const auto labels = ambient ? std::string("istio.io/dataplane-mode: ambient") + (waypoint ? ", istio.io/use-waypoint: b" : "") : "istio-injection: enabled";
  out += fmt::format("{{apiVersion: v1, kind: Namespace, metadata: {{name: a, labels: {{{}}}}}}}\n---\n", labels);
  out +=
      R"({apiVersion: v1, kind: Pod, metadata: {name: a, namespace: a, labels: {app: a}}, spec: {serviceAccountName: a, containers: [{name: m, image: i, ports: [{containerPort: 80}]}]}})";
  out += fmt::format(
      "\n---\n{{apiVersion: v1, kind: Service, metadata: {{name: a, namespace: a}}, spec: {{selector: {{app: a}}, ports: [{{name: {}, port: 81, targetPort: 80}}]}}}}\n", port);
  if (waypoint)
    out +=
        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: b, namespace: a}, spec: {gatewayClassName: istio-waypoint, "
        "listeners: [{name: mesh, port: 15008, protocol: HBONE}]}}\n";
  for (const auto& policy : policies) out += "---\n" + policy.dump() + "\n";
  for (const auto* field : fields)
    if (field->name.starts_with("request.auth") || field->name == "requestPrincipals") {
      out += fmt::format(
          "---\n{{apiVersion: security.istio.io/v1, kind: RequestAuthentication, metadata: {{name: t, namespace: a}}, spec: {{{}jwtRules: [{{issuer: i, jwks: '{{}}'}}]}}}}\n",
          waypoint ? "targetRefs: [{kind: Service, group: '', name: a}], " : "");
      break;
    }
  return out;
}

World random_world(std::mt19937& random) {
  World out{.ambient = chance(random, 15), .waypoint = false, .port = chance(random, 80) ? "http" : "tcp", .policies = {}, .fields = {}};
  do out.fields.push_back(&pick(random, all_fields()));
  while (out.fields.size() < 3 && chance(random, 60));
  do out.policies.push_back(random_policy(random, out));
  while (out.policies.size() < 3 && chance(random, 50));
  return out;
}

World migrated(std::mt19937& random, World world) {
  if (chance(random, 75)) world.ambient = true;
  if (world.ambient && chance(random, 60)) world.waypoint = true;
  for (auto& policy : world.policies)
    if (chance(random, 60)) choose_target(random, policy["spec"], world.waypoint);
  if (chance(random, 20)) world.policies.push_back(random_policy(random, world));
  if (chance(random, 10)) world.policies.pop_back();
  return world;
}

World mutated(std::mt19937& random, World world) {
  if (world.policies.empty()) return world;
  auto& spec = world.policies[random() % world.policies.size()]["spec"];
  const auto lists = written(world, spec["rules"]);
  if (lists.empty() || chance(random, 20)) {
    spec["action"] = spec["action"] == "ALLOW" ? "DENY" : "ALLOW";
    return world;
  }
  const auto& [field, list] = lists[random() % lists.size()];
  *list = values_of(random, *field);
  return world;
}

}  // namespace s2a::test
