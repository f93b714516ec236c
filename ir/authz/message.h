// An HTTP message and its token as the attributes that policies read: what Envoy does to them before it asks. authorization.md 2.2, 2.4
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ir/table/request.h"

namespace s2a {

/// As its sender writes it.
struct Message {
  std::string method = "GET";
  std::string host;    ///< :authority
  std::string target;  ///< path and query, or `http://HOST/PATH`
  std::vector<std::pair<std::string, std::string>> headers;
};

/// The texts of a claim: one, or those of a list. Numbers and booleans are none.
struct ClaimTexts {
  std::vector<std::string> texts;
  bool list = false;
};

struct Token {
  bool holds = true;                         ///< well signed and in its time
  std::map<std::string, ClaimTexts> claims;  ///< by the keys that lead to them, joined by `][`
};

/// Headers of which a proxy makes something else over mutual TLS than without: each side reads its own. View::stands_for leads from one to the other.
inline constexpr std::string_view kClientCertificate = "x-forwarded-client-cert";
inline constexpr std::string_view kClientCertificateOverTls = "x-forwarded-client-cert over mTLS";
inline constexpr std::string_view kForwardedProto = "x-forwarded-proto";
inline constexpr std::string_view kForwardedProtoOverTls = "x-forwarded-proto over mTLS";

/// MeshConfig's pathNormalization.
enum class PathNormalization : std::uint8_t { None, Base, MergeSlashes, DecodeAndMergeSlashes };
/// DEFAULT, and whatever else is written, is BASE.
[[nodiscard]] PathNormalization path_normalization(std::string_view text);

/// The path, without its query, as `paths` sees it; nothing where Envoy answers 400. authorization.md 2.4
[[nodiscard]] std::optional<std::string> normalized_path(std::string_view target, PathNormalization normalization);

/// Adds what the message says to a request that holds the connection's attributes; false where Envoy answers 400.
[[nodiscard]] bool add_message(Request& request, const Message& message, const std::optional<Token>& token, PathNormalization normalization);

}  // namespace s2a
