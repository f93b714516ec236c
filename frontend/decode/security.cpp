// security.istio.io RequestAuthentication and PeerAuthentication.
#include <fmt/format.h>

#include <array>

#include "frontend/decode/decoders.h"
#include "frontend/grammar/port.h"

namespace s2a {
namespace {

/// What the CRD refuses in one jwtRule.
void check_jwt_rule(const Reader& reader, NodeId rule) {
  const auto refuse_empty = [&](const Spanned<std::string>& text, std::string_view what) {
    if (text.written() && text.value.empty()) reader.report(Code::InvalidValue, text.node, fmt::format("the {} is empty", what));
  };
  refuse_empty(reader.string(rule, "issuer"), "issuer");
  for (const auto header : reader.items(rule, "fromHeaders")) refuse_empty(reader.string(header, "name"), "name of a header");

  const auto uri = reader.string(rule, "jwksUri");
  if (uri.written() && reader.get(rule, "jwks") != kNoNode) reader.report(Code::InvalidValue, reader.key(rule, "jwksUri"), "`jwksUri` beside `jwks`: only one of them can be set");
  if (uri.written() && !uri.value.starts_with("http://") && !uri.value.starts_with("https://")) {
    reader.report(Code::InvalidValue, uri.node, fmt::format("`{}` is no http:// or https:// address", shown(uri.value)));
  }
}

constexpr std::array<std::pair<std::string_view, MtlsMode>, 4> kModes = {{
    {"UNSET", MtlsMode::Unset},
    {"DISABLE", MtlsMode::Disable},
    {"PERMISSIVE", MtlsMode::Permissive},
    {"STRICT", MtlsMode::Strict},
}};

Spanned<MtlsMode> decode_mode(const Reader& reader, NodeId mtls) {
  const auto text = reader.string(mtls, "mode");
  for (const auto& [name, mode] : kModes) {
    if (text.value == name) return {mode, text.node};
  }
  return {MtlsMode::Unset, text.node};
}

/// A port as a key of portLevelMtls; 0 where it is none.
std::uint16_t decode_port(const Reader& reader, NodeId key) {
  const auto& text = reader[key].value;
  const auto port = parse_port(text).value_or(0);
  if (port == 0) reader.report(Code::InvalidValue, key, fmt::format("`{}` is no port from 1 to 65535", shown(text)));
  return port;
}

}  // namespace

Spec decode_request_authentication(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  RequestAuthentication out{.selector = decode_selector(reader, spec), .target_refs = decode_target_refs(reader, spec)};
  for (const auto rule : reader.items(spec, "jwtRules")) {
    JwtRule jwt{.issuer = reader.string(rule, "issuer").value, .space_delimited_claims = {}, .text = reader.whole(rule)};
    for (auto& name : reader.strings(rule, "spaceDelimitedClaims")) jwt.space_delimited_claims.push_back(std::move(name.value));
    out.jwt_rules.push_back(std::move(jwt));
    check_jwt_rule(reader, rule);
  }
  return out;
}

Spec decode_peer_authentication(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  PeerAuthentication out{.selector = decode_selector(reader, spec), .mode = decode_mode(reader, reader.get(spec, "mtls"))};
  const auto ports = reader.text().document.merged_entries(reader.get(spec, "portLevelMtls"));
  for (const auto& entry : ports) {
    if (const auto port = decode_port(reader, entry.key); port != 0) out.port_modes[port] = decode_mode(reader, entry.value).value;
  }
  if (!ports.empty() && (!out.selector || out.selector->empty())) {
    reader.report(Code::InvalidValue, reader.key(spec, "portLevelMtls"), "`portLevelMtls` without a `selector` that names labels", "add `selector.matchLabels`");
  }
  return out;
}

}  // namespace s2a
