// Redirects. routing.md 1.5
//
//   redirect: {uri: /login}            ->     requestRedirect: {statusCode: 301, port: 80, path: {type: ReplaceFullPath, replaceFullPath: /login}}
#include "ir/conversion/rule_action.h"
#include "ir/conversion/texts.h"
#include "ir/routing/actions.h"

namespace s2a {
namespace {

bool possible(std::int64_t code, const GatewayApi& api) {
  if (code == 301 || code == 302) return true;
  return api.late_redirects() && (code == 303 || code == 307 || code == 308);
}

}  // namespace

OrRefused<Value> redirect_filter(const HttpRedirect& redirect, std::uint16_t port, const GatewayApi& api) {
  const auto code = redirect.code == 0 ? 301 : redirect.code;
  if (!possible(code, api)) return refused(Obstacle::RedirectAction, "code " + std::to_string(code));
  if (!redirect.prefix_rewrite.empty()) return refused(Obstacle::RedirectAction, "prefixRewrite");
  if (!redirect.uri.empty() && (!redirect.uri.starts_with('/') || redirect.uri.size() > kLongestPath)) return refused(Obstacle::RedirectAction, redirect.uri);
  const auto authority = host_and_port(redirect.authority);
  if (!authority || (!redirect.authority.empty() && !is_hostname(authority->first))) return refused(Obstacle::RedirectAction, redirect.authority);
  if (authority->second != 0 && (redirect.port || redirect.port_of_request)) return refused(Obstacle::RedirectAction, "a port beside the one in authority");
  if (authority->second != 0 && !redirect_port(authority->second, redirect.scheme)) return refused(Obstacle::RedirectAction, redirect.authority);  // istiod would take it out
  if (!redirect.scheme.empty() && redirect.scheme != "http" && redirect.scheme != "https") return refused(Obstacle::RedirectAction, redirect.scheme);

  Value::Map out;
  if (!redirect.scheme.empty()) out.emplace_back("scheme", redirect.scheme);
  if (!authority->first.empty()) out.emplace_back("hostname", authority->first);
  if (!redirect.uri.empty()) out.emplace_back("path", Value::Map{{"type", "ReplaceFullPath"}, {"replaceFullPath", redirect.uri}});
  if (redirect.port)
    out.emplace_back("port", *redirect.port);
  else if (authority->second != 0)
    out.emplace_back("port", authority->second);
  else if (redirect.port_of_request && !redirect.scheme.empty())
    out.emplace_back("port", port);
  else if (!redirect.port_of_request && redirect.scheme.empty())
    out.emplace_back("port", 80);  // istiod takes it out again; without it, it puts in the Service's
  out.emplace_back("statusCode", code);
  return Value::Map{{"type", "RequestRedirect"}, {"requestRedirect", std::move(out)}};
}

}  // namespace s2a
