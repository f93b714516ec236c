// Requests in words.
#include "ir/table/request.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace s2a {

std::string to_string(const Attribute& attribute) {
  switch (attribute.kind) {
    case Attribute::Identity: return "identity";
    case Attribute::PeerAddress: return "source address";
    case Attribute::WaypointAddress: return "address of the waypoint";
    case Attribute::RemoteAddress: return "remote address";
    case Attribute::PodAddress:
    case Attribute::ServiceAddress: return "destination address";
    case Attribute::Port: return "port";
    case Attribute::ServerName: return "server name";
    case Attribute::Method: return "method";
    case Attribute::Path: return "path";
    case Attribute::Target: return "path with query";
    case Attribute::Host: return "host";
    case Attribute::Header: return "header " + attribute.name;
    case Attribute::Token: return "token";
    case Attribute::RequestPrincipal: return "request principal";
    case Attribute::Claim:
    case Attribute::ClaimWords: return "claim " + attribute.name;
    case Attribute::Authorizer: return "answer of " + attribute.name;
  }
  return "";
}

std::string describe(const Request& request) {
  const auto value = [&](const Attribute& attribute) {
    const auto found = request.find(attribute);
    return found == request.end() || found->second.empty() ? std::string() : found->second.front();
  };
  const auto identity = value(Attribute::Identity);
  const auto caller = identity.empty() ? "a client without a mesh identity" : identity;
  if (!request.contains(Attribute::Method)) return fmt::format("a TCP connection from {}", caller);
  const auto host = value(Attribute::Host);
  auto out = fmt::format("{} {}{} from {}", value(Attribute::Method), host.empty() ? "" : "http://" + host, value(Attribute::Path), caller);
  for (const auto& [attribute, lines] : request)
    if (attribute.kind == Attribute::Header && !lines.empty()) out += fmt::format(" with `{}: {}`", attribute.name, fmt::join(lines, "`, `" + attribute.name + ": "));
  return out;
}

}  // namespace s2a
