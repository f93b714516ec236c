// Redirects, CORS and comparable actions.
#include "ir/table/route_action.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "ir/pattern/regex.h"

namespace s2a {
namespace {

std::string first(const Request& request, const Attribute& attribute) {
  const auto found = request.find(attribute);
  return found == request.end() || found->second.empty() ? std::string() : found->second.front();
}

std::string header(const Request& request, std::string_view name) { return first(request, {Attribute::Header, std::string(name)}); }

/// What a client may say by x-forwarded-proto. routing.md 1.2
std::string scheme_of(const Request& request) { return header(request, "x-forwarded-proto") == "https" ? "https" : "http"; }

/// Where `:PORT` begins at the end of a host; its size where there is none.
std::size_t port_at(std::string_view host) {
  const auto colon = host.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == host.size()) return host.size();
  const auto digits = host.substr(colon + 1);
  return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; }) ? colon : host.size();
}

bool takes(const StringMatch& match, const std::string& text) {
  switch (match.kind) {
    case StringMatch::Kind::Present: return true;
    case StringMatch::Kind::Exact: return text == match.text;
    case StringMatch::Kind::Prefix: return text.starts_with(match.text);
    case StringMatch::Kind::Regex: return full_match(match.text, text);
  }
  return false;
}

/// The filter tries `*` first: what takes it takes every origin. routing.md 1.5
bool allowed(const Cors& cors, const std::string& origin) {
  return !origin.empty() && std::ranges::any_of(cors.origins, [&](const StringMatch& match) { return takes(match, "*") || takes(match, origin); });
}

}  // namespace

std::string location(const Redirect& redirect, const Request& request) {
  const auto scheme = redirect.scheme.empty() ? scheme_of(request) : redirect.scheme;
  auto host = redirect.host;
  if (host.empty()) {
    host = first(request, Attribute::Host);
    const auto port = port_at(host);
    const auto sent = scheme_of(request);
    const bool of_other_scheme = scheme != sent && host.substr(port) == (sent == "http" ? ":80" : ":443");
    if (redirect.port || of_other_scheme) host.resize(port);
  }
  if (redirect.port) host += fmt::format(":{}", *redirect.port);
  const auto path = first(request, Attribute::Path);
  const auto target = first(request, Attribute::Target);  // absent where nothing asks for it
  const auto suffix = target.size() > path.size() ? target.substr(path.size()) : std::string();
  auto to = applied(redirect.path, path);
  if (redirect.path.kind != PathRewrite::Kind::Full || to.find('?') == std::string::npos) to += suffix;
  return fmt::format("{}://{}{}{}", scheme, host, to.starts_with('/') ? "" : "/", to);
}

bool preflight(const Request& request) {
  return first(request, Attribute::Method) == "OPTIONS" && !header(request, "origin").empty() && !header(request, "access-control-request-method").empty();
}

bool answers(const Cors& cors, const Request& request) { return preflight(request) && (cors.answers_all || allowed(cors, header(request, "origin"))); }

std::vector<std::pair<std::string, std::string>> cors_headers(const Cors& cors, const Request& request) {
  std::vector<std::pair<std::string, std::string>> out;
  const auto origin = header(request, "origin");
  const bool leave = allowed(cors, origin);
  const bool own = answers(cors, request);
  if (leave) out.emplace_back("access-control-allow-origin", origin);
  if (cors.credentials && (leave || own)) out.emplace_back("access-control-allow-credentials", "true");
  if (own) {
    const auto listed = [&](const std::string& values, std::string_view asked) { return values == "*" ? header(request, asked) : values; };
    if (!cors.methods.empty()) out.emplace_back("access-control-allow-methods", listed(cors.methods, "access-control-request-method"));
    if (!cors.headers.empty()) out.emplace_back("access-control-allow-headers", listed(cors.headers, "access-control-request-headers"));
    if (!cors.max_age.empty()) out.emplace_back("access-control-max-age", cors.max_age);
  }
  if (leave && !cors.expose.empty()) out.emplace_back("access-control-expose-headers", cors.expose);
  return out;
}

RouteAction normalised(RouteAction action) {
  std::vector<Destination> merged;
  for (auto& destination : action.destinations) {
    const auto same = std::ranges::find_if(merged, [&](const Destination& d) {
      return d.cluster == destination.cluster && d.endpoints == destination.endpoints && d.transform == destination.transform && d.hash == destination.hash;
    });
    if (same != merged.end())
      same->weight += destination.weight;
    else
      merged.push_back(std::move(destination));
  }
  std::int64_t divisor = 0;
  for (const auto& destination : merged) divisor = std::gcd(divisor, destination.weight);
  for (auto& destination : merged) destination.weight /= std::max<std::int64_t>(divisor, 1);
  std::ranges::stable_sort(merged, {}, &Destination::cluster);
  action.destinations = std::move(merged);
  auto& retries = action.retries;
  if (retries && retries->codes.empty()) {  // without codes the condition never holds
    constexpr std::string_view kByCode = ",retriable-status-codes";
    if (retries->on.ends_with(kByCode)) retries->on.resize(retries->on.size() - kByCode.size());
  }
  if (retries && retries->per_try && action.timeout && *retries->per_try >= *action.timeout) retries->per_try.reset();
  return action;
}

}  // namespace s2a
