// Says what is wrong with an address.
#include "frontend/grammar/cidr.h"

namespace s2a {

Parsed<Cidr> parse_cidr_text(std::string_view text) {
  const auto block = parse_cidr(text);
  if (block) return *block;
  const auto offset = block.error();
  const auto slash = text.find('/');
  if (slash < offset) return grammar_error(offset, "expected a prefix length", "0 to 32 for IPv4, 0 to 128 for IPv6, without leading zeros");
  return grammar_error(offset, offset == text.size() ? "the address ends too early" : "no IP address goes on like this", "for example `10.0.0.0/8`, `10.1.2.3` or `2001:db8::/32`");
}

}  // namespace s2a
