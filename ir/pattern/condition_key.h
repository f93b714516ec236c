// The keys of a policy's conditions: what each one reads. authorization.md 2.4
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace s2a {

enum class ConditionAttribute : std::uint8_t {
  SourceIp,
  RemoteIp,
  SourceNamespace,
  SourcePrincipal,
  SourceServiceAccount,
  SourceTrustDomain,
  RequestPrincipal,
  RequestAudiences,
  RequestPresenter,
  RequestClaim,
  RequestHeader,
  DestinationIp,
  DestinationPort,
  ConnectionSni,
  EnvoyFilter,
};

/// How many names in brackets follow the key.
enum class Brackets : std::uint8_t { None, One, Many };

struct ConditionKeyInfo {
  ConditionAttribute attribute{};
  std::string_view spelling;  ///< up to the brackets; EnvoyFilter: up to the filter's name
  Brackets brackets{};
};

/// Every key, in the order of the enum.
[[nodiscard]] std::span<const ConditionKeyInfo> condition_keys();

struct ConditionKey {
  ConditionAttribute attribute{};
  std::vector<std::string> names;  ///< the header; the way to the claim; the filter's name and the key in its metadata
  auto operator<=>(const ConditionKey&) const = default;
};

/// As a policy writes it: `request.auth.claims[a][b]`.
[[nodiscard]] std::string to_string(const ConditionKey& key);

}  // namespace s2a
