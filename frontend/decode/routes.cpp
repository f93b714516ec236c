// gateway.networking.k8s.io: HTTPRoute, GRPCRoute, TCPRoute and TLSRoute. What the API server refuses in them is told by check_route.cpp. routing.md 1.3, 1.6
#include "frontend/decode/check_route.h"
#include "frontend/decode/decoders.h"
#include "frontend/decode/route_filters.h"
#include "frontend/grammar/duration.h"
#include "frontend/grammar/regex.h"

namespace s2a {
namespace {

using DecodeMatch = RouteMatch (*)(const Reader&, NodeId);

std::vector<ValueMatch> decode_values(const Reader& reader, NodeId match, std::string_view field) {
  std::vector<ValueMatch> out;
  for (const auto item : reader.items(match, field)) {
    out.push_back({.name = reader.string(item, "name").value, .value = reader.string(item, "value").value, .regex = reader.string(item, "type").value == "RegularExpression"});
    if (out.back().regex) out.back().pattern = regex_of(out.back().value);
  }
  return out;
}

RouteMatch decode_http_match(const Reader& reader, NodeId node) {
  RouteMatch out{
      .method = reader.string(node, "method").value, .headers = decode_values(reader, node, "headers"), .query_params = decode_values(reader, node, "queryParams"), .node = node};
  const auto path = reader.get(node, "path");
  const auto type = reader.string(path, "type").value;
  if (type == "Exact") out.path_type = PathMatchType::Exact;
  if (type == "RegularExpression") out.path_type = PathMatchType::RegularExpression;
  if (auto value = reader.string(path, "value"); value.written()) out.path = std::move(value.value);
  if (out.path_type == PathMatchType::RegularExpression) out.path_pattern = regex_of(out.path);
  return out;
}

/// istiod asks for the path that gRPC makes of a service and a method.
RouteMatch decode_grpc_match(const Reader& reader, NodeId node) {
  RouteMatch out{.headers = decode_values(reader, node, "headers"), .node = node};
  const auto called = reader.get(node, "method");
  const auto service = reader.string(called, "service").value;
  const auto method = reader.string(called, "method").value;
  const bool regex = reader.string(called, "type").value == "RegularExpression";
  if (regex || (service.empty() && !method.empty())) {
    out.path_type = PathMatchType::RegularExpression;
    out.path = "/" + (service.empty() ? "[^/]+" : service) + "/" + (method.empty() ? ".+" : method);
    out.path_pattern = regex_of(out.path);
  } else if (!service.empty()) {
    out.path_type = method.empty() ? PathMatchType::PathPrefix : PathMatchType::Exact;
    out.path = "/" + service + (method.empty() ? "" : "/" + method);
  }
  return out;
}

RouteBackend decode_backend(const Reader& reader, NodeId node) {
  return {.ref = decode_object_ref(reader, node), .weight = reader.integer(node, "weight").value_or(1), .filters = decode_filters(reader, node)};
}

RouteRetry decode_retry(const Reader& reader, NodeId node) {
  RouteRetry out{.attempts = reader.integer(node, "attempts"), .backoff = milliseconds_of_gateway(reader.string(node, "backoff").value)};
  for (const auto code : reader.items(node, "codes"))
    if (const auto number = reader.integer(code)) out.codes.push_back(*number);
  return out;
}

RouteRule decode_rule(const Reader& reader, NodeId node, DecodeMatch decode_match) {
  const auto timeouts = reader.get(node, "timeouts");
  RouteRule out{.name = reader.string(node, "name").value,
                .filters = decode_filters(reader, node),
                .request_timeout = milliseconds_of_gateway(reader.string(timeouts, "request").value),
                .backend_timeout = milliseconds_of_gateway(reader.string(timeouts, "backendRequest").value),
                .node = node};
  if (decode_match != nullptr)
    for (const auto match : reader.items(node, "matches")) out.matches.push_back(decode_match(reader, match));
  if (decode_match == decode_http_match && reader.get(node, "matches") == kNoNode) out.matches.emplace_back();
  for (const auto backend : reader.items(node, "backendRefs")) out.backends.push_back(decode_backend(reader, backend));
  if (const auto retry = reader.get(node, "retry"); retry != kNoNode) out.retry = decode_retry(reader, retry);
  return out;
}

/// The first filter of a rule or of one of its backendRefs that changes what the backend gets to see.
NodeId rewriting(const Reader& reader, NodeId holder) {
  for (const auto filter : reader.items(holder, "filters")) {
    const auto type = reader.string(filter, "type").value;
    if (type == "URLRewrite" || type == "RequestHeaderModifier") return filter;
  }
  for (const auto backend : reader.items(holder, "backendRefs"))
    if (const auto filter = rewriting(reader, backend); filter != kNoNode) return filter;
  return kNoNode;
}

Route decode_route(const Reader& reader, NodeId object, DecodeMatch decode_match) {
  const auto spec = reader.get(object, "spec");
  Route out{.hostnames = reader.strings(spec, "hostnames")};
  for (const auto parent : reader.items(spec, "parentRefs")) out.parents.push_back(decode_object_ref(reader, parent));
  for (const auto rule : reader.items(spec, "rules")) {
    out.rules.push_back(decode_rule(reader, rule, decode_match));
    out.convertible = out.convertible && is_convertible(reader, rule);
    if (out.rewrites == kNoNode) out.rewrites = rewriting(reader, rule);
  }
  return out;
}

}  // namespace

Spec decode_http_route(const Reader& reader, NodeId object) {
  auto out = decode_route(reader, object, decode_http_match);
  if (reader.get(object, {"spec", "rules"}) == kNoNode) out.rules.push_back({.matches = {RouteMatch{}}});  // the CRD's default
  check_http_route(reader, object, out);
  return out;
}

Spec decode_grpc_route(const Reader& reader, NodeId object) {
  auto out = decode_route(reader, object, decode_grpc_match);
  check_grpc_route(reader, object, out);
  return out;
}

Spec decode_l4_route(const Reader& reader, NodeId object) {
  auto out = decode_route(reader, object, nullptr);
  check_l4_route(reader, object, out);
  return out;
}

}  // namespace s2a
