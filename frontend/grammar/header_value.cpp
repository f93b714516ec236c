// The operators of Envoy's header formatter.
#include "frontend/grammar/header_value.h"

#include "frontend/grammar/whole.h"

namespace s2a {

Parsed<void> check_header_value(std::string_view text) {
  const auto arguments = x3::lit('(') >> *(x3::char_ - ')') >> ')';
  const auto command = x3::lit('%') >> +x3::char_("A-Z_") >> -arguments >> -(x3::lit(':') >> +x3::char_("0-9")) >> '%';
  auto at = text.begin();
  x3::parse(at, text.end(), *(x3::lit("%%") | command | (x3::char_ - '%')));
  if (at == text.end()) return {};
  return grammar_error(static_cast<std::size_t>(at - text.begin()), "this `%` begins no command of Envoy", "write `%%` for the character itself");
}

}  // namespace s2a
