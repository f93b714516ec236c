// Requests in words.
#include "ir/table/request.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "ir/mesh/split.h"

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
    case Attribute::Query: return "query parameter " + attribute.name;
    case Attribute::Token: return "token";
    case Attribute::RequestPrincipal: return "request principal";
    case Attribute::Claim:
    case Attribute::ClaimWords: return "claim " + attribute.name;
    case Attribute::Authorizer: return "answer of " + attribute.name;
  }
  return "";
}

namespace {

/// What stands behind the line of the request; what the line or another attribute says is not said again.
std::string detail(const Attribute& attribute, const AttributeValues& values) {
  switch (attribute.kind) {
    case Attribute::Identity:
    case Attribute::Port:
    case Attribute::Method:
    case Attribute::Path:
    case Attribute::Target:
    case Attribute::Host:
    case Attribute::ClaimWords: return "";
    case Attribute::Query: return fmt::format(" with `?{}={}`", attribute.name, values.front());
    case Attribute::Header: return fmt::format(" with `{}: {}`", attribute.name, fmt::join(values, "`, `" + attribute.name + ": "));
    case Attribute::Token: return values.front() == "\n" ? " with a token that does not hold" : "";
    case Attribute::RequestPrincipal: {
      auto principal = values.front();
      std::ranges::replace(principal, '\n', '/');
      return fmt::format(" with a token of `{}`", principal);
    }
    case Attribute::Claim: return attribute.name == "iss" || attribute.name == "sub" ? "" : fmt::format(" with claim `{}: {}`", attribute.name, fmt::join(values, ", "));
    case Attribute::Authorizer: return fmt::format(" (let pass by {})", attribute.name);
    case Attribute::PeerAddress:
    case Attribute::WaypointAddress:
    case Attribute::RemoteAddress:
    case Attribute::PodAddress:
    case Attribute::ServiceAddress:
    case Attribute::ServerName: return fmt::format(" ({} {})", to_string(attribute), fmt::join(values, ", "));
  }
  return "";
}

}  // namespace

void read_query(Request& request, std::string_view target) {
  std::erase_if(request, [](const auto& entry) { return entry.first.kind == Attribute::Query; });
  const auto mark = target.find('?');
  if (mark == std::string_view::npos) return;
  for (const auto parameter : split(target.substr(mark + 1, target.find('#') - mark - 1), '&')) {
    const auto equals = std::min(parameter.find('='), parameter.size());
    const auto value = parameter.substr(std::min(equals + 1, parameter.size()));
    if (!parameter.empty()) request.try_emplace({Attribute::Query, std::string(parameter.substr(0, equals))}, AttributeValues{std::string(value)});
  }
}

std::string describe(const Request& request) {
  const auto value = [&](const Attribute& attribute) {
    const auto found = request.find(attribute);
    return found == request.end() || found->second.empty() ? std::string() : found->second.front();
  };
  const auto identity = value(Attribute::Identity);
  const auto caller = identity.empty() ? "a client without a mesh identity" : identity;
  const auto host = value(Attribute::Host);
  auto out = !request.contains(Attribute::Method) ? fmt::format("a TCP connection from {}", caller)
                                                  : fmt::format("{} {}{} from {}", value(Attribute::Method), host.empty() ? "" : "http://" + host, value(Attribute::Path), caller);
  for (const auto& [attribute, lines] : request)
    if (!lines.empty()) out += detail(attribute, lines);
  return out;
}

}  // namespace s2a
