// Addresses and address blocks of ipBlocks, remoteIpBlocks and destination.ip. authorization.md 2.4
#pragma once

#include <string_view>

#include "frontend/grammar/grammar_error.h"
#include "ir/pattern/address.h"

namespace s2a {

/// `10.0.0.0/8`, `2001:db8::/32`, or an address alone; bits behind the prefix are allowed. The bytes are read by ir/pattern/address.
[[nodiscard]] Parsed<Cidr> parse_cidr_text(std::string_view text);

}  // namespace s2a
