// CORS. routing.md 1.5
//
//   corsPolicy:                                                  - type: CORS
//     allowOrigins: [{exact: https://a.example}]                   cors:
//     allowMethods: [GET]                                 ->         allowOrigins: [https://a.example]
//     maxAge: 24h                                                    allowMethods: [GET]
//     unmatchedPreflights: IGNORE                                    maxAge: 86400
#include <algorithm>
#include <array>

#include "ir/conversion/rule_action.h"
#include "ir/conversion/texts.h"
#include "ir/pattern/quoted.h"

namespace s2a {
namespace {

constexpr std::size_t kMostOrigins = 64;
constexpr std::size_t kMostMethods = 9;
constexpr std::array<std::string_view, 10> kMethods{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*"};

/// `https://a.example`, with or without a port.
bool is_origin(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    const auto host = host_and_port(text.substr(scheme.size()));
    return host && is_hostname(host->first);
  }
  return false;
}

/// An origin as routes write it; from Istio 1.30 a wildcard counts. routing.md 1.5
std::optional<std::string> origin(const StringMatch& match, bool wildcards) {
  const auto& text = match.text;
  switch (match.kind) {
    case StringMatch::Kind::Present: return std::nullopt;
    case StringMatch::Kind::Exact: return is_origin(text) || (text == "*" && !wildcards) ? std::optional(text) : std::nullopt;
    case StringMatch::Kind::Prefix: return wildcards && (text == "https://" || text == "http://") ? std::optional(text + "*") : std::nullopt;
    case StringMatch::Kind::Regex: break;
  }
  for (const std::string scheme : {"https://", "http://"}) {  // istiod writes `https://*.foo.com` as ^https://.*\.foo\.com$
    const auto head = scheme + ".*\\.";
    const auto body = text.starts_with('^') && text.ends_with('$') ? text.substr(1, text.size() - 2) : text;
    if (!wildcards || !body.starts_with(head)) continue;
    std::string host;
    std::ranges::copy_if(body.substr(head.size()), std::back_inserter(host), [](char c) { return c != '\\'; });
    if (is_hostname(host) && quoted(host) == body.substr(head.size())) return scheme + "*." + host;
  }
  return std::nullopt;
}

Value::Sequence items(const std::vector<std::string>& texts) { return {texts.begin(), texts.end()}; }

bool mixed_star(const std::vector<std::string>& texts) { return texts.size() > 1 && std::ranges::find(texts, "*") != texts.end(); }

}  // namespace

OrRefused<Value> cors_filter(const CorsPolicy& cors, const ConversionOptions& options) {
  if (!options.cors()) return refused(Obstacle::CorsChannel);
  const bool late = options.istio.cors_by_gateway_api();
  const bool ignores = cors.unmatched_preflights == UnmatchedPreflights::Ignore;
  if (ignores != late) return refused(Obstacle::CorsAction, "unmatchedPreflights");
  if (!cors.max_age || cors.max_age->count() < 1000 || cors.max_age->count() % 1000 != 0) return refused(Obstacle::CorsAction, "maxAge");
  if (cors.allow_origins.empty() || cors.allow_origins.size() > kMostOrigins) return refused(Obstacle::CorsAction, "allowOrigins");
  std::vector<std::string> origins;
  for (const auto& match : cors.allow_origins) {
    auto text = origin(match, late);
    if (!text) return refused(Obstacle::CorsAction, "allowOrigins " + match.text);
    origins.push_back(*std::move(text));
  }
  const auto listed = [](const std::string& method) { return std::ranges::find(kMethods, method) != kMethods.end(); };
  if (cors.allow_methods.size() > kMostMethods || !std::ranges::all_of(cors.allow_methods, listed) || mixed_star(cors.allow_methods) || mixed_star(origins))
    return refused(Obstacle::CorsAction, "allowMethods");
  Value::Map out{{"allowOrigins", items(origins)}};
  if (!cors.allow_methods.empty()) out.emplace_back("allowMethods", items(cors.allow_methods));
  for (const auto& [name, texts] : {std::pair("allowHeaders", &cors.allow_headers), std::pair("exposeHeaders", &cors.expose_headers)}) {
    if (texts->empty()) continue;
    if (texts->size() > kMostOrigins || mixed_star(*texts) || !std::ranges::all_of(*texts, is_header_name)) return refused(Obstacle::CorsAction, name);
    out.emplace_back(name, items(*texts));
  }
  if (cors.allow_credentials.value_or(false)) {
    Value yes("true");
    yes.plain = true;
    out.emplace_back("allowCredentials", std::move(yes));
  }
  out.emplace_back("maxAge", cors.max_age->count() / 1000);
  return Value::Map{{"type", "CORS"}, {"cors", std::move(out)}};
}

}  // namespace s2a
