// The codes of codes.def as an enum and a table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace s2a {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// The enumerator's value is the number: Code::NotUtf8 is S2A0003.
enum class Code : std::uint16_t {
#define S2A_CODE(number, severity, name, title) name = 1##number - 10000,
#include "ir/source/codes.def"
#undef S2A_CODE
};

struct CodeInfo {
  Code code{};
  Severity severity{};
  std::string_view name;   ///< as in the source, `NotUtf8`
  std::string_view title;  ///< one line for people
};

/// Every code, in order of number.
[[nodiscard]] std::span<const CodeInfo> codes();
[[nodiscard]] const CodeInfo& info(Code code);
/// `S2A0101`
[[nodiscard]] std::string to_string(Code code);
/// Reads `S2A0101`, `s2a0101` or `0101`.
[[nodiscard]] std::optional<Code> parse_code(std::string_view text);
/// The Markdown page ir/source/explain/S2A....md, embedded by the build; empty where the page is missing.
[[nodiscard]] std::string_view explain_page(Code code);
[[nodiscard]] std::string_view to_string(Severity severity);

}  // namespace s2a
