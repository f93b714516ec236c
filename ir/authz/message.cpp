// Paths, headers, tokens.
#include "ir/authz/message.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "ir/mesh/split.h"
#include "ir/pattern/address.h"
#include "ir/pattern/glob.h"

namespace s2a {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Each line by itself. 2.4
AttributeValues lines_of(const Headers& headers, std::string_view name) {
  AttributeValues out;
  for (const auto& [key, value] : headers)
    if (lower(key) == name) out.emplace_back(trimmed(value));
  return out;
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const auto letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/// The byte that `%XX` at this place stands for; -1: none.
int escaped(std::string_view text, std::size_t at) {
  if (text[at] != '%' || at + 2 >= text.size()) return -1;
  const auto high = hex(text[at + 1]);
  const auto low = hex(text[at + 2]);
  return high < 0 || low < 0 ? -1 : 16 * high + low;
}

bool unreserved(int byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

/// `%XX` of an unreserved byte becomes the byte; with `slashes` those of `/` and `\` a slash. What must not stand in a path is escaped, and `\` is a slash.
std::string decoded(std::string_view path, bool slashes) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto byte = escaped(path, i);
    const bool is_slash = slashes && (byte == '/' || byte == '\\');
    if (is_slash || unreserved(byte)) {
      out += is_slash ? '/' : static_cast<char>(byte);
      i += 2;
    } else if (std::string_view("\"<>^`{|}").find(path[i]) != std::string_view::npos) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(path[i]));
    } else {
      out += path[i] == '\\' ? '/' : path[i];
    }
  }
  return out;
}

std::string without_dot_segments(std::string_view path) {
  const auto segments = split(path.substr(std::min<std::size_t>(1, path.size())), '/');
  std::vector<std::string_view> out;
  for (const auto segment : segments) {
    if (segment == ".." && !out.empty()) out.pop_back();
    if (segment != "." && segment != "..") out.push_back(segment);
  }
  if (segments.back() == "." || segments.back() == "..") out.emplace_back();
  return fmt::format("/{}", fmt::join(out, "/"));
}

std::string with_single_slashes(std::string path) {
  const auto last = std::unique(path.begin(), path.end(), [](char a, char b) { return a == '/' && b == '/'; });
  path.erase(last, path.end());
  return path;
}

/// The rightmost entry, if it is an address and nothing else. 2.4
std::optional<std::string> forwarded_for(const Headers& headers) {
  const auto lines = lines_of(headers, "x-forwarded-for");
  if (lines.empty()) return std::nullopt;
  const auto last = std::string(trimmed(split(lines.back(), ',').back()));
  return parse_address(last) ? std::optional(last) : std::nullopt;
}

/// A CORS preflight is not asked for a token, and carries no claims. 2.2
bool preflight(const Message& message) {
  return message.method == "OPTIONS" && !lines_of(message.headers, "origin").empty() && !lines_of(message.headers, "access-control-request-method").empty();
}

void add_headers(Request& request, const Headers& headers) {
  for (const auto& [key, value] : headers) request[{Attribute::Header, lower(key)}].emplace_back(trimmed(value));
  const auto header = [&](std::string_view name) -> AttributeValues& { return request[{Attribute::Header, std::string(name)}]; };
  const auto identity = request.find(Attribute::Identity);
  auto certificates = header(kClientCertificate);
  if (identity != request.end() && !identity->second.empty()) certificates.push_back(fmt::format("By=;Hash=;Subject=\"\";URI={}", identity->second.front()));
  header(kClientCertificateOverTls) = {fmt::format("{}", fmt::join(certificates, ","))};
  header(kForwardedProtoOverTls) = header(kForwardedProto).empty() ? AttributeValues{"https"} : header(kForwardedProto);
  if (header(kForwardedProto).empty()) header(kForwardedProto) = {"http"};
  if (header("x-request-id").empty()) header("x-request-id") = {"generated"};
  header("x-envoy-internal").clear();
}

void add_token(Request& request, const Token& token) {
  const auto text = [&](const std::string& claim) {
    const auto found = token.claims.find(claim);
    return found == token.claims.end() || found->second.list ? std::optional<std::string>() : std::optional(found->second.texts.front());
  };
  const auto issuer = text("iss");
  request[Attribute::Token] = {token.holds ? issuer.value_or("\n") : "\n"};  // no issuer has a line feed
  if (!token.holds) return;
  for (const auto& [name, claim] : token.claims) {
    auto& words = request[{Attribute::ClaimWords, name}] = request[{Attribute::Claim, name}] = claim.texts;
    if (claim.list) continue;
    const auto parts = split(claim.texts.front(), ' ');
    words.assign(parts.begin(), parts.end());
  }
  if (const auto subject = text("sub"); issuer) request[Attribute::RequestPrincipal] = {*issuer + (subject ? "\n" + *subject : "")};
}

}  // namespace

PathNormalization path_normalization(std::string_view text) {
  if (text == "NONE") return PathNormalization::None;
  if (text == "MERGE_SLASHES") return PathNormalization::MergeSlashes;
  return text == "DECODE_AND_MERGE_SLASHES" ? PathNormalization::DecodeAndMergeSlashes : PathNormalization::Base;
}

std::optional<std::string> normalized_path(std::string_view target, PathNormalization normalization) {
  if (std::ranges::any_of(target, [](char c) { return c == '#' || c <= ' ' || c > '~'; })) return std::nullopt;
  const auto path = target.substr(0, target.find('?'));
  if (normalization == PathNormalization::None) return std::string(path);
  if (path.find("%00") != std::string_view::npos) return std::nullopt;
  const bool slashes = normalization == PathNormalization::DecodeAndMergeSlashes;
  auto out = without_dot_segments(decoded(path, slashes));
  return slashes || normalization == PathNormalization::MergeSlashes ? with_single_slashes(std::move(out)) : out;
}

bool add_message(Request& request, const Message& message, const std::optional<Token>& token, PathNormalization normalization) {
  constexpr std::string_view kAbsolute = "http://";
  std::string_view target = message.target;
  std::string host = message.host;
  if (target.starts_with(kAbsolute)) {  // the target names the host too. 2.4
    target.remove_prefix(kAbsolute.size());
    const auto slash = std::min(target.find('/'), target.size());
    host = target.substr(0, slash);
    target.remove_prefix(slash);
  }
  const auto path = normalized_path(target, normalization);
  if (!path) return false;
  const auto query = target.find('?');
  request[Attribute::Method] = {message.method};
  request[Attribute::Path] = {*path};
  request[Attribute::Target] = {*path + std::string(query == std::string_view::npos ? "" : target.substr(query))};
  request[Attribute::Host] = {host};
  read_query(request, target);
  add_headers(request, message.headers);
  const auto peer = request.find(Attribute::PeerAddress);
  if (const auto forwarded = forwarded_for(message.headers))
    request[Attribute::RemoteAddress] = {*forwarded};
  else if (peer != request.end())
    request[Attribute::RemoteAddress] = peer->second;
  if (token && !preflight(message)) add_token(request, *token);
  return true;
}

}  // namespace s2a
