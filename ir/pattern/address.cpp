// Reading addresses byte by byte, so that an error knows its offset.
#include "ir/pattern/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace s2a {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] bool sees(char c) const { return !at_end() && text_[at_] == c; }
  void back_to(std::size_t offset) { at_ = offset; }

  bool take(char c) {
    if (!sees(c)) return false;
    ++at_;
    return true;
  }

  /// At most `digits` digits in the base, a value of at most `limit`; stops at the digit that is too much.
  std::optional<unsigned> number(unsigned base, unsigned digits, unsigned limit) {
    const auto begin = at_;
    unsigned value = 0;
    for (; !at_end() && at_ - begin < digits; ++at_) {
      const auto digit = digit_value(text_[at_]);
      if (digit >= base || value * base + digit > limit) break;
      value = value * base + digit;
    }
    return at_ == begin ? std::nullopt : std::optional(value);
  }

  /// A decimal without leading zeros.
  std::optional<unsigned> decimal(unsigned limit) {
    const bool zero = sees('0');
    return number(10, zero ? 1 : 3, limit);
  }

 private:
  static unsigned digit_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
    return 99;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool read_ipv4(Reader& in, std::uint8_t* bytes) {
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && !in.take('.')) return false;
    const auto octet = in.decimal(255);
    if (!octet) return false;
    bytes[i] = static_cast<std::uint8_t>(*octet);
  }
  return true;
}

bool read_ipv6(Reader& in, std::array<std::uint8_t, 16>& bytes) {
  std::size_t filled = 0;
  std::optional<std::size_t> gap;  // where `::` stands
  if (in.take(':')) {
    if (!in.take(':')) return false;
    gap = 0;
  }
  while (!in.at_end() && filled < bytes.size()) {
    const auto begin = in.offset();
    const auto group = in.number(16, 4, 0xFFFF);
    if (!group) return false;
    if (in.sees('.')) {  // the last 32 bits written as IPv4
      in.back_to(begin);
      if (filled > 12 || (!gap && filled != 12) || !read_ipv4(in, &bytes[filled])) return false;
      filled += 4;
      break;
    }
    bytes[filled++] = static_cast<std::uint8_t>(*group >> 8U);
    bytes[filled++] = static_cast<std::uint8_t>(*group & 0xFFU);
    if (in.at_end() || filled == bytes.size()) break;
    if (!in.take(':') || in.at_end()) return false;
    if (!in.sees(':')) continue;
    if (gap) return false;
    in.take(':');
    gap = filled;
  }
  if (!gap) return filled == bytes.size();
  if (filled == bytes.size()) return false;  // `::` stands for one group at least
  std::rotate(bytes.begin() + static_cast<std::ptrdiff_t>(*gap), bytes.begin() + static_cast<std::ptrdiff_t>(filled), bytes.end());
  return true;
}

/// A byte of the mask of that many leading ones.
std::uint8_t mask_byte(unsigned length, std::size_t index) {
  const auto before = static_cast<unsigned>(index) * 8;
  const auto ones = length <= before ? 0 : std::min(8U, length - before);
  return static_cast<std::uint8_t>(0xFF00U >> ones);
}

}  // namespace

Address Cidr::first() const {
  auto out = base;
  for (std::size_t i = 0; i < out.bytes.size(); ++i) out.bytes[i] &= mask_byte(length, i);
  return out;
}

Address Cidr::last() const {
  auto out = base;
  for (std::size_t i = 0; i < base.bits() / 8; ++i) out.bytes[i] |= static_cast<std::uint8_t>(~mask_byte(length, i));
  return out;
}

bool Cidr::contains(const Address& address) const { return address.family == base.family && Cidr{address, length}.first() == first(); }

Address next(Address address) {
  for (auto i = address.bits() / 8; i-- > 0;) {
    if (++address.bytes[i] != 0) break;
  }
  return address;
}

tl::expected<Address, std::size_t> parse_address(std::string_view text) {
  Reader in(text);
  const auto separator = text.find_first_of(".:");
  Address out{.family = separator != std::string_view::npos && text[separator] == ':' ? Family::IPv6 : Family::IPv4};
  const bool read = out.family == Family::IPv4 ? read_ipv4(in, out.bytes.data()) : read_ipv6(in, out.bytes);
  if (!read || !in.at_end()) return tl::unexpected(in.offset());
  return out;
}

tl::expected<Cidr, std::size_t> parse_cidr(std::string_view text) {
  const auto slash = text.find('/');
  auto host = text.substr(0, slash);
  if (const auto zone = host.find('%'); zone != std::string_view::npos) {
    const bool may_have_one = slash == std::string_view::npos && zone + 1 < host.size() && host.find(':') < zone;
    if (!may_have_one) return tl::unexpected(zone);
    host = host.substr(0, zone);
  }
  const auto address = parse_address(host);
  if (!address) return tl::unexpected(address.error());
  if (slash == std::string_view::npos) return Cidr{*address, static_cast<std::uint8_t>(address->bits())};

  Reader in(text);
  in.back_to(slash + 1);
  const auto length = in.decimal(address->bits());
  if (!length || !in.at_end()) return tl::unexpected(in.offset());
  return Cidr{*address, static_cast<std::uint8_t>(*length)};
}

std::string to_string(const Address& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(address.family == Family::IPv4 ? AF_INET : AF_INET6, address.bytes.data(), text.data(), text.size());
  return text.data();
}

std::string to_string(const Cidr& block) { return block.length == block.base.bits() ? to_string(block.base) : fmt::format("{}/{}", to_string(block.base), block.length); }

}  // namespace s2a
