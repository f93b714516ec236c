// IP addresses and address blocks: text to bytes and back.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace s2a {

enum class Family : std::uint8_t { IPv4, IPv6 };

/// In network order; an IPv4 address fills the first four bytes, the rest is zero.
struct Address {
  Family family{};
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Address&) const = default;

  [[nodiscard]] unsigned bits() const { return family == Family::IPv4 ? 32 : 128; }
};

/// A block of addresses. `base` may have bits behind the prefix, as the policies do: they do not count.
struct Cidr {
  Address base;
  std::uint8_t length = 0;
  auto operator<=>(const Cidr&) const = default;

  /// Never true across families: 0.0.0.0/0 is IPv4 only, ::/0 IPv6 only, ::ffff:1.2.3.4 is IPv6. authorization.md 3.1
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] Address first() const;
  [[nodiscard]] Address last() const;
};

/// The address behind this one; the last address of a family is followed by the first.
[[nodiscard]] Address next(Address address);

/// Reads `10.0.0.1` or `2001:db8::1` as Go's netip does: no leading zeros, no zone. The error is the offset at which no address can go on.
[[nodiscard]] tl::expected<Address, std::size_t> parse_address(std::string_view text);

/// Reads `10.0.0.0/8`, or an address alone (a block of one), of which an IPv6 zone is dropped. The error is the offset, as above.
[[nodiscard]] tl::expected<Cidr, std::size_t> parse_cidr(std::string_view text);

[[nodiscard]] std::string to_string(const Address& address);
/// With the prefix length, which a block of one address leaves out.
[[nodiscard]] std::string to_string(const Cidr& block);

}  // namespace s2a
