// The mesh that VirtualServices of tests stand in.
#include "tests/unit/ir_conversion/shop.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace s2a::test {

const std::string kShop = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {selector: {app: reviews}, ports: [{name: http, port: 80, targetPort: 9080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: ratings, namespace: shop}, spec: {selector: {app: ratings}, ports: [{name: http, port: 80}, {name: http-admin, port: 9090}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: one, namespace: far}, spec: {selector: {app: one}, ports: [{name: http, port: 80}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: first, namespace: shop, labels: {app: reviews, version: v1}}, spec: {containers: [{name: c, image: i}]}}
---
{apiVersion: v1, kind: Pod, metadata: {name: second, namespace: shop, labels: {app: reviews, version: v2}}, spec: {containers: [{name: c, image: i}]}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: shop}
spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}]}
---
)";

const std::string kWaypoint =
    "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: waypoint, namespace: shop}\n"
    "spec: {gatewayClassName: istio-waypoint, listeners: [{name: mesh, port: 15008, protocol: HBONE}]}\n";

ConversionOptions newest() { return {.istio = {}, .gateway_api = {.minor = 6, .experimental = true}}; }

TestMesh shop(const std::string& documents) { return mesh_from_yaml(kShop + documents); }

ConvertedMesh routes_of(const std::string& spec, const std::string& documents, const ConversionOptions& options) {
  const auto service = fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: reviews, namespace: shop}}, spec: {}}}\n---\n", spec);
  return convert_all(shop(service + documents), options);
}

ConvertedMesh http_routes_of(const std::string& http, const ConversionOptions& options) { return routes_of(fmt::format("{{hosts: [reviews], http: {}}}", http), {}, options); }

std::string flow(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.content)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value.content)) return std::to_string(*number);
  std::vector<std::string> parts;
  if (const auto* items = std::get_if<Value::Sequence>(&value.content)) {
    for (const auto& item : *items) parts.push_back(flow(item));
    return fmt::format("[{}]", fmt::join(parts, ", "));
  }
  for (const auto& [key, inner] : std::get<Value::Map>(value.content)) parts.push_back(fmt::format("{}: {}", key, flow(inner)));
  return fmt::format("{{{}}}", fmt::join(parts, ", "));
}

std::string field_of_rule(const std::string& rule, const std::string& field, const ConversionOptions& options) {
  const auto converted = http_routes_of("[" + rule + "]", options);
  if (converted.routes.empty()) return fmt::format("{}", fmt::join(converted.hosts.front().refusals, "; "));
  const auto entry = [](const Value& map, const std::string& key) -> const Value* {
    for (const auto& [name, value] : std::get<Value::Map>(map.content))
      if (name == key) return &value;
    return nullptr;
  };
  const auto& rules = *entry(*entry(converted.routes.front().value, "spec"), "rules");
  const auto* found = entry(std::get<Value::Sequence>(rules.content).front(), field);
  return found == nullptr ? "" : flow(*found);
}

std::string to(const std::string& subset) { return fmt::format("route: [{{destination: {{host: reviews, subset: {}}}}}]", subset); }

}  // namespace s2a::test
