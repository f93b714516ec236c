// Ports.
#include "frontend/grammar/port.h"

#include "frontend/grammar/whole.h"

namespace s2a {

Parsed<std::uint16_t> parse_port(std::string_view text) {
  return parse_whole<std::uint16_t>(text, x3::uint_parser<std::uint16_t>{}, "a port number from 0 to 65535", "one number a value: ranges and wildcards are not allowed");
}

}  // namespace s2a
