// The patterns and rules of the Gateway API's CRDs.
#include "frontend/grammar/route_path.h"

#include "frontend/grammar/dns.h"

namespace s2a {
namespace {

const auto kHost = kDnsLabel % '.';
constexpr const char* kHostHint = "lower case letters, digits, `-` and `.`, without a port";

}  // namespace

Parsed<void> check_route_path(std::string_view text) {
  constexpr const char* kHint = "use the type RegularExpression for other paths";
  if (!text.starts_with('/')) return grammar_error(0, "a path begins with `/`");
  for (const std::string_view part : {"//", "/./", "/../", "%2f", "%2F"})
    if (const auto at = text.find(part); at != std::string_view::npos) return grammar_error(at, fmt::format("a path may not hold `{}`", part), kHint);
  for (const std::string_view end : {"/..", "/."})
    if (text.ends_with(end)) return grammar_error(text.size() - end.size(), fmt::format("a path may not end with `{}`", end), kHint);
  const auto plain = x3::omit[x3::char_("-A-Za-z0-9/._~!$&'()*+,;=:@")];
  const auto escaped = x3::omit[x3::lit('%') >> x3::char_("0-9a-fA-F") >> x3::char_("0-9a-fA-F")];
  return check_whole(text, +(plain | escaped), "a path", kHint);
}

Parsed<void> check_grpc_service(std::string_view text) {
  const auto name = x3::char_("a-zA-Z_") >> *x3::char_("a-zA-Z_0-9");
  return check_whole(text, x3::omit[-x3::lit('.') >> (name % '.')], "a service of gRPC", "names of letters, digits and `_` with dots between them");
}

Parsed<void> check_grpc_method(std::string_view text) {
  return check_whole(text, x3::omit[x3::char_("a-zA-Z_") >> *x3::char_("a-zA-Z_0-9")], "a method of gRPC", "letters, digits and `_`");
}

Parsed<void> check_header_name(std::string_view text) {
  return check_whole(text, x3::omit[+x3::char_("A-Za-z0-9!#$%&'*+.^_`|~-")], "a name", "letters, digits and !#$%&'*+-.^_`|~");
}

Parsed<void> check_precise_host(std::string_view text) { return check_whole(text, x3::omit[kHost], "a host name", kHostHint); }

Parsed<void> check_route_host(std::string_view text) { return check_whole(text, x3::omit[-x3::lit("*.") >> kHost], "a host name", kHostHint); }

Parsed<void> check_origin(std::string_view text) {
  const auto scheme = x3::char_("a-zA-Z") >> *x3::char_("a-zA-Z0-9+.-");
  return check_whole(text, x3::omit[(x3::lit('*') >> &x3::eoi) | (scheme >> "://" >> +(x3::char_ - x3::char_("/?# ")))], "an origin",
                     "`*`, or a scheme and a host as `https://shop.example`, and no path");
}

}  // namespace s2a
