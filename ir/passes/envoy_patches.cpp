// THE list of what an EnvoyFilter may touch without a say in who gets in: connections, statistics, access logs, retries and timeouts, compression, responses.
#include "ir/passes/envoy_patches.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace s2a {
namespace {

constexpr std::string_view kConnectionManager = "envoy.filters.network.http_connection_manager";
constexpr std::string_view kTcpProxy = "envoy.filters.network.tcp_proxy";

/// Filters by name and by type.
constexpr std::array<std::string_view, 10> kFilters{
    "envoy.filters.http.compressor",
    "envoy.filters.http.decompressor",
    "envoy.filters.http.grpc_stats",
    "envoy.filters.http.tap",
    "istio.stats",
    "stats.PluginConfig",
    "envoy.extensions.filters.http.compressor.v3.Compressor",
    "envoy.extensions.filters.http.decompressor.v3.Decompressor",
    "envoy.extensions.filters.http.grpc_stats.v3.FilterConfig",
    "envoy.extensions.filters.http.tap.v3.Tap",
};

/// A field that can be merged into what a patch applies to, or into a filter of that name.
using Mergeable = std::pair<std::string_view, std::string_view>;

constexpr std::array kFields{
    Mergeable{"BOOTSTRAP", "stats_config"},
    Mergeable{"BOOTSTRAP", "stats_flush_interval"},
    Mergeable{"BOOTSTRAP", "stats_flush_on_admin"},
    Mergeable{"BOOTSTRAP", "stats_sinks"},
    Mergeable{"CLUSTER", "alt_stat_name"},
    Mergeable{"CLUSTER", "circuit_breakers"},
    Mergeable{"CLUSTER", "cleanup_interval"},
    Mergeable{"CLUSTER", "close_connections_on_host_health_failure"},
    Mergeable{"CLUSTER", "common_http_protocol_options"},
    Mergeable{"CLUSTER", "common_lb_config"},
    Mergeable{"CLUSTER", "connect_timeout"},
    Mergeable{"CLUSTER", "connection_pool_per_downstream_connection"},
    Mergeable{"CLUSTER", "dns_lookup_family"},
    Mergeable{"CLUSTER", "dns_refresh_rate"},
    Mergeable{"CLUSTER", "explicit_http_config"},
    Mergeable{"CLUSTER", "http2_protocol_options"},
    Mergeable{"CLUSTER", "http_protocol_options"},
    Mergeable{"CLUSTER", "lb_policy"},
    Mergeable{"CLUSTER", "least_request_lb_config"},
    Mergeable{"CLUSTER", "maglev_lb_config"},
    Mergeable{"CLUSTER", "max_requests_per_connection"},
    Mergeable{"CLUSTER", "outlier_detection"},
    Mergeable{"CLUSTER", "per_connection_buffer_limit_bytes"},
    Mergeable{"CLUSTER", "preconnect_policy"},
    Mergeable{"CLUSTER", "respect_dns_ttl"},
    Mergeable{"CLUSTER", "ring_hash_lb_config"},
    Mergeable{"CLUSTER", "track_cluster_stats"},
    Mergeable{"CLUSTER", "track_timeout_budgets"},
    Mergeable{"CLUSTER", "upstream_connection_options"},
    Mergeable{"CLUSTER", "use_downstream_protocol_config"},
    Mergeable{"HTTP_ROUTE", "decorator"},
    Mergeable{"HTTP_ROUTE", "response_headers_to_add"},
    Mergeable{"HTTP_ROUTE", "response_headers_to_remove"},
    Mergeable{"HTTP_ROUTE", "route.hedge_policy"},
    Mergeable{"HTTP_ROUTE", "route.idle_timeout"},
    Mergeable{"HTTP_ROUTE", "route.max_stream_duration"},
    Mergeable{"HTTP_ROUTE", "route.retry_policy"},
    Mergeable{"HTTP_ROUTE", "route.timeout"},
    Mergeable{"HTTP_ROUTE", "tracing"},
    Mergeable{"LISTENER", "access_log"},
    Mergeable{"LISTENER", "connection_balance_config"},
    Mergeable{"LISTENER", "drain_type"},
    Mergeable{"LISTENER", "enable_reuse_port"},
    Mergeable{"LISTENER", "per_connection_buffer_limit_bytes"},
    Mergeable{"LISTENER", "socket_options"},
    Mergeable{"LISTENER", "stat_prefix"},
    Mergeable{"LISTENER", "tcp_backlog_size"},
    Mergeable{"ROUTE_CONFIGURATION", "response_headers_to_add"},
    Mergeable{"ROUTE_CONFIGURATION", "response_headers_to_remove"},
    Mergeable{"VIRTUAL_HOST", "hedge_policy"},
    Mergeable{"VIRTUAL_HOST", "include_attempt_count_in_response"},
    Mergeable{"VIRTUAL_HOST", "response_headers_to_add"},
    Mergeable{"VIRTUAL_HOST", "response_headers_to_remove"},
    Mergeable{"VIRTUAL_HOST", "retry_policy"},
    Mergeable{kConnectionManager, "access_log"},
    Mergeable{kConnectionManager, "access_log_flush_interval"},
    Mergeable{kConnectionManager, "access_log_options"},
    Mergeable{kConnectionManager, "delayed_close_timeout"},
    Mergeable{kConnectionManager, "drain_timeout"},
    Mergeable{kConnectionManager, "server_header_transformation"},
    Mergeable{kConnectionManager, "server_name"},
    Mergeable{kConnectionManager, "stat_prefix"},
    Mergeable{kConnectionManager, "stream_idle_timeout"},
    Mergeable{kConnectionManager, "tracing"},
    Mergeable{kTcpProxy, "access_log"},
    Mergeable{kTcpProxy, "idle_timeout"},
    Mergeable{kTcpProxy, "stat_prefix"},
};

bool harmless(const Spanned<std::string>& filter) { return std::ranges::find(kFilters, filter.value) != kFilters.end(); }

/// The first of the fields that must not be merged into `place`.
std::optional<Spanned<std::string>> first_decisive(const EnvoyPatch& patch, std::string_view place) {
  const auto found = std::ranges::find_if(patch.fields, [&](const auto& field) { return std::ranges::find(kFields, Mergeable(place, field.value)) == kFields.end(); });
  return found == patch.fields.end() ? std::nullopt : std::optional(*found);
}

/// A filter that is put in decides by what it is; one that is changed, replaced or removed by what it was as well.
std::optional<Spanned<std::string>> decisive_filter(const EnvoyPatch& patch) {
  const bool merges = patch.operation == "MERGE";
  if (merges && (patch.filter.value == kConnectionManager || patch.filter.value == kTcpProxy)) return first_decisive(patch, patch.filter.value);
  const bool puts_in = patch.operation.starts_with("INSERT_") || patch.operation == "ADD";
  if (!puts_in && !harmless(patch.filter)) return patch.filter.written() ? patch.filter : patch.apply_to;
  if (patch.operation == "REMOVE" || (merges && !patch.added.written()) || harmless(patch.added)) return std::nullopt;
  return patch.added.written() ? patch.added : patch.apply_to;
}

}  // namespace

bool for_sidecars(const EnvoyPatch& patch) { return patch.context != "GATEWAY" && patch.context != "WAYPOINT"; }

std::optional<Spanned<std::string>> decisive(const EnvoyPatch& patch) {
  const auto& place = patch.apply_to.value;
  if (place == "HTTP_FILTER" || place == "NETWORK_FILTER" || place == "EXTENSION_CONFIG") return decisive_filter(patch);
  if (place == "CLUSTER" && patch.operation == "ADD") return std::nullopt;  // nothing is sent there unless something else says so
  return patch.operation == "MERGE" ? first_decisive(patch, place) : std::optional(patch.apply_to);
}

}  // namespace s2a
