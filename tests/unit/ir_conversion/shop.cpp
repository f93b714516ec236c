// The mesh that VirtualServices of tests stand in.
#include "tests/unit/ir_conversion/shop.h"

#include <fmt/format.h>

namespace s2a::test {
namespace {

constexpr std::string_view kShop = R"(
{apiVersion: v1, kind: Namespace, metadata: {name: shop}}
---
{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {selector: {app: reviews}, ports: [{name: http, port: 80, targetPort: 9080}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: ratings, namespace: shop}, spec: {selector: {app: ratings}, ports: [{name: http, port: 80}, {name: http-admin, port: 9090}]}}
---
{apiVersion: v1, kind: Service, metadata: {name: one, namespace: far}, spec: {selector: {app: one}, ports: [{name: http, port: 80}]}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: shop}
spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}]}
---
)";

}  // namespace

ConversionOptions newest() { return {.istio = {}, .gateway_api = {.minor = 6, .experimental = true}}; }

TestMesh shop(const std::string& documents) { return mesh_from_yaml(std::string(kShop) + documents); }

ConvertedMesh routes_of(const std::string& spec, const std::string& documents, const ConversionOptions& options) {
  const auto service = fmt::format("{{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {{name: reviews, namespace: shop}}, spec: {}}}\n---\n", spec);
  return convert_all(shop(service + documents), options);
}

ConvertedMesh http_routes_of(const std::string& http, const ConversionOptions& options) { return routes_of(fmt::format("{{hosts: [reviews], http: {}}}", http), {}, options); }

std::string to(const std::string& subset) { return fmt::format("route: [{{destination: {{host: reviews, subset: {}}}}}]", subset); }

}  // namespace s2a::test
