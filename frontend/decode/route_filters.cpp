// Filters of Gateway API routes, and which of them istiod knows. routing.md 0.6, 1.3, 1.5
#include "frontend/decode/route_filters.h"

#include <algorithm>
#include <array>

#include "frontend/decode/http_rule.h"

namespace s2a {
namespace {

/// 0 is no port here, and is reported.
std::optional<std::uint16_t> decode_port(const Reader& reader, NodeId map) {
  const auto port = reader.port(map, "port");
  return port == 0 ? std::nullopt : std::optional(port);
}

constexpr std::array<std::string_view, 6> kRuleFilters{"CORS", "RequestHeaderModifier", "RequestMirror", "RequestRedirect", "ResponseHeaderModifier", "URLRewrite"};
constexpr std::array<std::string_view, 2> kBackendFilters{"RequestHeaderModifier", "ResponseHeaderModifier"};

void add_operations(const Reader& reader, NodeId modifier, HeaderOperations& out) {
  for (const auto item : reader.items(modifier, "set")) out.set.emplace_back(reader.string(item, "name").value, reader.string(item, "value").value);
  for (const auto item : reader.items(modifier, "add")) out.add.emplace_back(reader.string(item, "name").value, reader.string(item, "value").value);
  for (auto& name : reader.texts(modifier, "remove")) out.remove.push_back(std::move(name));
  std::ranges::sort(out.set);
  std::ranges::sort(out.add);
}

std::optional<PathModifier> decode_path(const Reader& reader, NodeId holder) {
  const auto node = reader.get(holder, "path");
  if (node == kNoNode) return std::nullopt;
  const bool full = reader.string(node, "type").value == "ReplaceFullPath";
  return PathModifier{.full = full, .value = reader.string(node, full ? "replaceFullPath" : "replacePrefixMatch").value};
}

RedirectFilter decode_redirect(const Reader& reader, NodeId node) {
  return {.scheme = reader.string(node, "scheme").value,
          .hostname = reader.string(node, "hostname").value,
          .path = decode_path(reader, node),
          .port = decode_port(reader, node),
          .code = reader.integer(node, "statusCode").value_or(RedirectFilter{}.code)};
}

MirrorFilter decode_mirror(const Reader& reader, NodeId node) {
  MirrorFilter out{.backend = decode_object_ref(reader, reader.get(node, "backendRef"))};
  const auto fraction = reader.get(node, "fraction");
  if (const auto percent = reader.integer(node, "percent")) out.share = millionths(static_cast<double>(*percent));
  if (fraction == kNoNode) return out;
  const auto denominator = reader.integer(fraction, "denominator").value_or(100);
  out.share = denominator == 0 ? 0 : millionths(100.0 * static_cast<double>(reader.integer(fraction, "numerator").value_or(0)) / static_cast<double>(denominator));
  return out;
}

CorsFilter decode_cors(const Reader& reader, NodeId node) {
  return {.allow_origins = reader.texts(node, "allowOrigins"),
          .allow_methods = reader.texts(node, "allowMethods"),
          .allow_headers = reader.texts(node, "allowHeaders"),
          .expose_headers = reader.texts(node, "exposeHeaders"),
          .max_age = reader.integer(node, "maxAge").value_or(CorsFilter{}.max_age),
          .allow_credentials = reader.flag(node, "allowCredentials")};
}

bool is_placed(const Reader& reader, NodeId backend) {
  const auto ref = decode_object_ref(reader, backend);
  if (ref.kind.value == "Hostname") return ref.port.has_value();
  const bool service = (ref.kind.value.empty() || ref.kind.value == "Service") && ref.group.empty();
  return !service || (ref.port && ref.name.value.find('.') == std::string::npos);
}

bool knows(const Reader& reader, NodeId holder, std::span<const std::string_view> known) {
  return std::ranges::all_of(reader.items(holder, "filters"), [&](NodeId filter) {
    const auto type = reader.string(filter, "type").value;
    return std::ranges::find(known, type) != known.end() && (type != "RequestMirror" || is_placed(reader, reader.get(filter, {"requestMirror", "backendRef"})));
  });
}

}  // namespace

ObjectRef decode_object_ref(const Reader& reader, NodeId node) {
  return {.group = reader.string(node, "group").value,
          .kind = reader.string(node, "kind"),
          .name = reader.string(node, "name"),
          .ns = reader.string(node, "namespace").value,
          .port = decode_port(reader, node)};
}

RouteFilters decode_filters(const Reader& reader, NodeId holder) {
  RouteFilters out;
  for (const auto filter : reader.items(holder, "filters")) {
    const auto type = reader.string(filter, "type").value;
    if (type == "RequestHeaderModifier") add_operations(reader, reader.get(filter, "requestHeaderModifier"), out.request);
    if (type == "ResponseHeaderModifier") add_operations(reader, reader.get(filter, "responseHeaderModifier"), out.response);
    if (type == "RequestRedirect") out.redirect = decode_redirect(reader, reader.get(filter, "requestRedirect"));
    if (type == "URLRewrite") {
      const auto rewrite = reader.get(filter, "urlRewrite");
      out.rewrite = RewriteFilter{.hostname = reader.string(rewrite, "hostname").value, .path = decode_path(reader, rewrite)};
    }
    if (type == "CORS") out.cors = decode_cors(reader, reader.get(filter, "cors"));
    if (type == "RequestMirror") out.mirrors.push_back(decode_mirror(reader, reader.get(filter, "requestMirror")));
  }
  return out;
}

bool is_convertible(const Reader& reader, NodeId rule) {
  return knows(reader, rule, kRuleFilters) &&
         std::ranges::all_of(reader.items(rule, "backendRefs"), [&](NodeId backend) { return is_placed(reader, backend) && knows(reader, backend, kBackendFilters); });
}

}  // namespace s2a
