// The bytes of one file: regular files and standard input only, never blocking on anything else, never more than 64 MiB.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "ir/source/diagnostic.h"

namespace s2a {

struct ReadError {
  Code code = Code::Unreadable;
  std::string why;  ///< `permission denied`
  std::string help;
};

/// Every byte of a regular file.
[[nodiscard]] tl::expected<std::string, ReadError> read_bytes(const std::string& path);
/// Every byte up to the end of standard input.
[[nodiscard]] tl::expected<std::string, ReadError> read_standard_input();

/// A diagnostic without a place, for a path of which no text was read.
[[nodiscard]] Diagnostic about_path(Code code, std::string_view path, std::string_view why, std::string help);
/// What the system says about an error, as part of a sentence.
[[nodiscard]] std::string reason(int error_number);

}  // namespace s2a
