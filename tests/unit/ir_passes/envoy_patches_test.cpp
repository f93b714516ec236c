// What of an EnvoyFilter's patches counts as deciding about requests. authorization.md 7, 9.14
#include "ir/passes/envoy_patches.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::envoy_patches_test {

struct Case {
  std::string_view about, patch, decisive;  ///< `decisive`: the filter or field that the finding names; empty: none
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.about; }

constexpr std::string_view kManager = "listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager}}}";

const Case kCases[] = {
    {"a filter by name", "applyTo: HTTP_FILTER, patch: {operation: INSERT_BEFORE, value: {name: envoy.filters.http.ext_authz}}", "envoy.filters.http.ext_authz"},
    {"a filter that counts", "applyTo: HTTP_FILTER, patch: {operation: INSERT_FIRST, value: {name: envoy.filters.http.grpc_stats}}", ""},
    {"the type counts, not the name",
     "applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: istio.stats, typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua}}}",
     "envoy.extensions.filters.http.lua.v3.Lua"},
    {"the same in camel case",
     "applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: istio.stats, typedConfig: {'@type': type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua}}}",
     "envoy.extensions.filters.http.lua.v3.Lua"},
    {"another name, a harmless type",
     "applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: gzip, typed_config: {'@type': type.googleapis.com/envoy.extensions.filters.http.compressor.v3.Compressor}}}", ""},
    {"a type in a struct",
     "applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: istio.stats, typed_config: {'@type': type.googleapis.com/udpa.type.v1.TypedStruct, type_url: "
     "type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm, value: {}}}}",
     "envoy.extensions.filters.http.wasm.v3.Wasm"},
    {"a struct without a type", "applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: istio.stats, typed_config: {'@type': type.googleapis.com/udpa.type.v1.TypedStruct}}}",
     "typed_config"},
    {"what is loaded later", "applyTo: HTTP_FILTER, patch: {operation: ADD, value: {name: istio.stats, config_discovery: {}}}", "config_discovery"},
    {"a filter goes", "applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {name: m, subFilter: {name: envoy.filters.http.rbac}}}}}, patch: {operation: REMOVE}",
     "envoy.filters.http.rbac"},
    {"a filter that counts goes", "applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {name: m, subFilter: {name: istio.stats}}}}}, patch: {operation: REMOVE}", ""},
    {"every filter goes", "applyTo: HTTP_FILTER, patch: {operation: REMOVE}", "HTTP_FILTER"},
    {"one for another", "applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {subFilter: {name: istio.stats}}}}}, patch: {operation: REPLACE, value: {name: envoy.lua}}",
     "envoy.lua"},
    {"an extension's settings", "applyTo: EXTENSION_CONFIG, patch: {operation: ADD, value: {name: opa}}", "opa"},
    {"connections of HTTP", "applyTo: NETWORK_FILTER, match: {MANAGER}, patch: {operation: MERGE, value: {typed_config: {'@type': x, streamIdleTimeout: 1s, access_log: []}}}", ""},
    {"how paths are read", "applyTo: NETWORK_FILTER, match: {MANAGER}, patch: {operation: MERGE, value: {typed_config: {stat_prefix: a, normalizePath: true}}}", "normalize_path"},
    {"the manager goes", "applyTo: NETWORK_FILTER, match: {MANAGER}, patch: {operation: REMOVE}", "envoy.filters.network.http_connection_manager"},
    {"connections of a cluster", "applyTo: CLUSTER, patch: {operation: MERGE, value: {connect_timeout: 1s, circuitBreakers: {}}}", ""},
    {"its protocols",
     "applyTo: CLUSTER, patch: {operation: MERGE, value: {typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: "
     "{'@type': x, common_http_protocol_options: {idle_timeout: 1s}}}}}",
     ""},
    {"filters in its protocols",
     "applyTo: CLUSTER, patch: {operation: MERGE, value: {typed_extension_protocol_options: {envoy.extensions.upstreams.http.v3.HttpProtocolOptions: {http_filters: []}}}}",
     "http_filters"},
    {"its TLS", "applyTo: CLUSTER, patch: {operation: MERGE, value: {transport_socket: {}}}", "transport_socket"},
    {"one more cluster", "applyTo: CLUSTER, patch: {operation: ADD, value: {name: authorizer, load_assignment: {}}}", ""},
    {"a cluster goes", "applyTo: CLUSTER, patch: {operation: REMOVE}", "CLUSTER"},
    {"timeouts of a route", "applyTo: HTTP_ROUTE, patch: {operation: MERGE, value: {route: {timeout: 1s, retry_policy: {}}}}", ""},
    {"where a route leads", "applyTo: HTTP_ROUTE, patch: {operation: MERGE, value: {route: {timeout: 1s, cluster: other}}}", "route.cluster"},
    {"filters of a route", "applyTo: HTTP_ROUTE, patch: {operation: MERGE, value: {typed_per_filter_config: {}}}", "typed_per_filter_config"},
    {"limits", "applyTo: VIRTUAL_HOST, patch: {operation: MERGE, value: {rate_limits: []}}", "rate_limits"},
    {"what a filter chain takes", "applyTo: FILTER_CHAIN, patch: {operation: MERGE, value: {transport_socket: {}}}", "transport_socket"},
    {"a listener of its own", "applyTo: LISTENER, patch: {operation: ADD, value: {name: a}}", "LISTENER"},
    {"buffers", "applyTo: LISTENER, patch: {operation: MERGE, value: {per_connection_buffer_limit_bytes: 1}}", ""},
    {"statistics", "applyTo: BOOTSTRAP, patch: {operation: MERGE, value: {stats_config: {}}}", ""},
    {"switches of the proxy", "applyTo: BOOTSTRAP, patch: {operation: MERGE, value: {layered_runtime: {}}}", "layered_runtime"},
};

class EnvoyPatches : public testing::TestWithParam<Case> {};

TEST_P(EnvoyPatches, AreKnownNotToDecideOrDecide) {
  std::string patch(GetParam().patch);
  if (const auto at = patch.find("MANAGER"); at != std::string::npos) patch.replace(at, 7, kManager);
  const auto mesh =
      test::mesh_from_yaml(fmt::format("apiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {{name: f}}\nspec: {{configPatches: [{{{}}}]}}\n", patch));
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << mesh.diagnostics.all().front().message;
  const auto& filter = std::get<EnvoyFilter>(mesh->all(Kind::EnvoyFilter).front()->spec);
  ASSERT_EQ(filter.patches.size(), 1U);
  const auto found = decisive(filter.patches.front());
  EXPECT_EQ(found ? found->value : "", GetParam().decisive);
  EXPECT_TRUE(!found || found->written());
}

INSTANTIATE_TEST_SUITE_P(All, EnvoyPatches, testing::ValuesIn(kCases));

}  // namespace s2a::envoy_patches_test
