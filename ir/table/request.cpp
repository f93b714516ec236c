// Requests in words.
#include "ir/table/request.h"

#include <fmt/format.h>

namespace s2a {

std::string_view to_string(Attribute attribute) {
  switch (attribute) {
    case Attribute::Identity: return "identity";
    case Attribute::Method: return "method";
    case Attribute::Path: return "path";
    case Attribute::Host: return "host";
    case Attribute::Port: return "port";
  }
  return "";
}

std::string describe(const Request& request) {
  const auto value = [&](Attribute attribute) {
    const auto found = request.find(attribute);
    return found == request.end() || found->second.empty() ? std::string() : found->second.front();
  };
  const auto identity = value(Attribute::Identity);
  const auto caller = identity.empty() ? "a client without a mesh identity" : identity;
  if (!request.contains(Attribute::Method)) return fmt::format("a TCP connection from {}", caller);
  const auto host = value(Attribute::Host);
  return fmt::format("{} {}{} from {}", value(Attribute::Method), host.empty() ? "" : "http://" + host, value(Attribute::Path), caller);
}

}  // namespace s2a
