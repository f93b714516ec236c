// The table of codes.
#include "ir/source/codes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace s2a {
namespace {

constexpr std::array kCodes = {
#define S2A_CODE(number, severity, name, title) CodeInfo{Code::name, Severity::severity, #name, title},
#include "ir/source/codes.def"
#undef S2A_CODE
};
static_assert(std::ranges::is_sorted(kCodes, std::ranges::less{}, &CodeInfo::code), "codes.def is in order of number");

}  // namespace

std::span<const CodeInfo> codes() { return kCodes; }

const CodeInfo& info(Code code) { return *std::ranges::lower_bound(kCodes, code, {}, &CodeInfo::code); }

std::string to_string(Code code) { return fmt::format("S2A{:04}", static_cast<unsigned>(code)); }

std::optional<Code> parse_code(std::string_view text) {
  if (text.starts_with("S2A") || text.starts_with("s2a")) text.remove_prefix(3);
  std::uint16_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.size() != 4 || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const auto found = std::ranges::find(kCodes, Code{number}, &CodeInfo::code);
  return found == kCodes.end() ? std::nullopt : std::optional(found->code);
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::Info: return "info";
    case Severity::Warning: return "warning";
    case Severity::Error: return "error";
  }
  return "";
}

}  // namespace s2a
