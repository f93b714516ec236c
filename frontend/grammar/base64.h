// Base64 as Kubernetes writes bytes. RFC 4648 4
#pragma once

#include <string>
#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// The bytes that the text stands for: the standard alphabet, padded.
[[nodiscard]] Parsed<std::string> parse_base64(std::string_view text);

}  // namespace s2a
