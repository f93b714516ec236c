// What an HTTP rule of a VirtualService does. routing.md 1.3, 1.5
#include "frontend/decode/http_rule.h"

#include "frontend/grammar/base64.h"
#include "frontend/grammar/duration.h"

namespace s2a {
namespace {

constexpr double kAll = 100;

/// What `decode` makes of a field; nothing where it is missing.
template <class T>
std::optional<T> decode_optional(const Reader& reader, NodeId map, std::string_view field, T (*decode)(const Reader&, NodeId)) {
  const auto node = reader.get(map, field);
  return node == kNoNode ? std::nullopt : std::optional(decode(reader, node));
}

/// The share that `field`, a Percentage, names: everything where it is missing, nothing where it has no value.
std::int64_t decode_share(const Reader& reader, NodeId map, std::string_view field) {
  const auto node = reader.get(map, field);
  return millionths(node == kNoNode ? kAll : reader.number(node, "value").value_or(0));
}

RouteDestination decode_destination(const Reader& reader, NodeId node) {
  return {.host = reader.string(node, "host"), .subset = reader.string(node, "subset").value, .port = reader.optional_port(reader.get(node, "port"), "number"), .node = node};
}

HeaderOperations decode_operations(const Reader& reader, NodeId node) {
  HeaderOperations out{.remove = reader.texts(node, "remove")};
  for (const auto& [name, value] : reader.labels(node, "set")) out.set.emplace_back(name, value.value);
  for (const auto& [name, value] : reader.labels(node, "add")) out.add.emplace_back(name, value.value);
  return out;
}

HeaderChanges decode_headers(const Reader& reader, NodeId node) {
  return {.request = decode_operations(reader, reader.get(node, "request")), .response = decode_operations(reader, reader.get(node, "response")), .node = node};
}

HttpRedirect decode_redirect(const Reader& reader, NodeId node) {
  return {.uri = reader.string(node, "uri").value,
          .prefix_rewrite = reader.string(node, "prefixRewrite").value,
          .authority = reader.string(node, "authority").value,
          .scheme = reader.string(node, "scheme").value,
          .port = reader.optional_port(node, "port"),
          .port_of_request = reader.string(node, "derivePort").value == "FROM_REQUEST_PORT",
          .code = reader.integer(node, "redirectCode").value_or(0),
          .node = node};
}

DirectResponse decode_direct_response(const Reader& reader, NodeId node) {
  const auto body = reader.get(node, "body");
  auto text = reader.string(body, "string");
  const auto bytes = reader.string(body, "bytes");
  if (!text.written() && bytes.written()) text = {.value = parse_base64(bytes.value).value_or(""), .node = bytes.node};
  return {.status = reader.integer(node, "status").value_or(0), .body = std::move(text.value), .has_body = text.written(), .node = node};
}

DelegateRef decode_delegate(const Reader& reader, NodeId node) { return {.name = reader.string(node, "name").value, .ns = reader.string(node, "namespace").value}; }

HttpRewrite decode_rewrite(const Reader& reader, NodeId node) {
  const auto regex = reader.get(node, "uriRegexRewrite");
  return {.uri = reader.string(node, "uri").value,
          .authority = reader.string(node, "authority").value,
          .regex = reader.string(regex, "match").value,
          .regex_replacement = reader.string(regex, "rewrite").value,
          .node = node};
}

HttpFault::Abort decode_abort(const Reader& reader, NodeId node) {
  return {.http_status = reader.integer(node, "httpStatus").value_or(0), .grpc_status = reader.string(node, "grpcStatus").value, .share = decode_share(reader, node, "percentage")};
}

HttpFault::Delay decode_delay(const Reader& reader, NodeId node) {
  const auto percent = reader.integer(node, "percent");  // deprecated
  const bool old = percent && reader.get(node, "percentage") == kNoNode;
  return {.fixed = decode_duration(reader, node, "fixedDelay"), .share = old ? millionths(static_cast<double>(*percent)) : decode_share(reader, node, "percentage")};
}

HttpFault decode_fault(const Reader& reader, NodeId node) {
  return {.abort = decode_optional(reader, node, "abort", decode_abort), .delay = decode_optional(reader, node, "delay", decode_delay), .node = node};
}

std::vector<HttpMirror> decode_mirrors(const Reader& reader, NodeId rule) {
  std::vector<HttpMirror> out;
  if (const auto mirror = reader.get(rule, "mirror"); mirror != kNoNode) {
    auto percent = reader.integer(rule, "mirrorPercent");
    if (!percent) percent = reader.integer(rule, "mirror_percent");
    const bool old = percent && reader.get(rule, "mirrorPercentage") == kNoNode;
    const auto share = old ? millionths(static_cast<double>(*percent)) : decode_share(reader, rule, "mirrorPercentage");
    out.push_back({.destination = decode_destination(reader, mirror), .share = share});
  }
  for (const auto mirror : reader.items(rule, "mirrors"))
    out.push_back({.destination = decode_destination(reader, reader.get(mirror, "destination")), .share = decode_share(reader, mirror, "percentage")});
  return out;
}

CorsPolicy decode_cors(const Reader& reader, NodeId node) {
  CorsPolicy out{.allow_methods = reader.texts(node, "allowMethods"),
                 .allow_headers = reader.texts(node, "allowHeaders"),
                 .expose_headers = reader.texts(node, "exposeHeaders"),
                 .max_age = decode_duration(reader, node, "maxAge"),
                 .node = node};
  for (const auto origin : reader.items(node, "allowOrigins")) out.allow_origins.push_back(decode_string_match(reader, origin));
  if (out.allow_origins.empty())
    for (auto& origin : reader.strings(node, "allowOrigin")) out.allow_origins.push_back({.kind = StringMatch::Kind::Exact, .text = std::move(origin.value), .node = origin.node});
  if (reader.get(node, "allowCredentials") != kNoNode) out.allow_credentials = reader.flag(node, "allowCredentials");
  const auto unmatched = reader.string(node, "unmatchedPreflights").value;
  if (unmatched == "FORWARD") out.unmatched_preflights = UnmatchedPreflights::Forward;
  if (unmatched == "IGNORE") out.unmatched_preflights = UnmatchedPreflights::Ignore;
  return out;
}

}  // namespace

std::optional<Milliseconds> decode_duration(const Reader& reader, NodeId map, std::string_view field) { return milliseconds_of_go(reader.string(map, field).value); }

HttpRetries decode_retries(const Reader& reader, NodeId node) {
  HttpRetries out{.attempts = reader.integer(node, "attempts").value_or(0),
                  .per_try_timeout = decode_duration(reader, node, "perTryTimeout"),
                  .retry_on = reader.string(node, "retryOn").value,
                  .backoff = decode_duration(reader, node, "backoff"),
                  .node = node};
  if (reader.get(node, "retryIgnorePreviousHosts") != kNoNode) out.ignore_previous_hosts = reader.flag(node, "retryIgnorePreviousHosts");
  if (reader.get(node, "retryRemoteLocalities") != kNoNode) out.remote_localities = reader.flag(node, "retryRemoteLocalities");
  return out;
}

std::vector<WeightedDestination> decode_destinations(const Reader& reader, NodeId rule) {
  std::vector<WeightedDestination> out;
  for (const auto node : reader.items(rule, "route"))
    out.push_back({.destination = decode_destination(reader, reader.get(node, "destination")),
                   .weight = reader.integer(node, "weight").value_or(0),
                   .headers = decode_headers(reader, reader.get(node, "headers"))});
  return out;
}

HttpRule decode_http_rule(const Reader& reader, NodeId node) {
  return {.name = reader.string(node, "name"),
          .matches = decode_http_matches(reader, node),
          .route = decode_destinations(reader, node),
          .redirect = decode_optional(reader, node, "redirect", decode_redirect),
          .direct_response = decode_optional(reader, node, "directResponse", decode_direct_response),
          .delegate = decode_optional(reader, node, "delegate", decode_delegate),
          .rewrite = decode_optional(reader, node, "rewrite", decode_rewrite),
          .timeout = decode_duration(reader, node, "timeout"),
          .retries = decode_optional(reader, node, "retries", decode_retries),
          .fault = decode_optional(reader, node, "fault", decode_fault),
          .mirrors = decode_mirrors(reader, node),
          .cors = decode_optional(reader, node, "corsPolicy", decode_cors),
          .headers = decode_optional(reader, node, "headers", decode_headers),
          .node = node};
}

}  // namespace s2a
