// The resolution of plain scalars by Kubernetes' YAML reader (go-yaml v2: YAML 1.1 booleans, Go integers).
#include "frontend/decode/scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace s2a {
namespace {

using namespace std::string_view_literals;

constexpr std::array kTrue = {"y"sv, "Y"sv, "yes"sv, "Yes"sv, "YES"sv, "true"sv, "True"sv, "TRUE"sv, "on"sv, "On"sv, "ON"sv};
constexpr std::array kFalse = {"n"sv, "N"sv, "no"sv, "No"sv, "NO"sv, "false"sv, "False"sv, "FALSE"sv, "off"sv, "Off"sv, "OFF"sv};
constexpr std::array kNull = {""sv, "~"sv, "null"sv, "Null"sv, "NULL"sv};
constexpr std::array kNoNumber = {".nan"sv, ".NaN"sv, ".NAN"sv, ".inf"sv, ".Inf"sv, ".INF"sv, "+.inf"sv, "+.Inf"sv, "+.INF"sv, "-.inf"sv, "-.Inf"sv, "-.INF"sv};

bool is_one_of(const auto& words, std::string_view text) { return std::ranges::find(words, text) != words.end(); }

std::string without_underscores(std::string_view text) {
  std::string out(text);
  std::erase(out, '_');
  return out;
}

/// Go's integer syntax with the base taken from the prefix: 0x, 0b, 0o or 0. What exceeds 64 bits signed is its limit.
std::optional<std::int64_t> go_integer(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  int base = 10;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
    text.remove_prefix(mark == 'x' || mark == 'b' || mark == 'o' ? 2 : 1);
  }
  std::uint64_t magnitude = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  const auto value = static_cast<std::int64_t>(std::min<std::uint64_t>(magnitude, std::numeric_limits<std::int64_t>::max()));
  return negative ? -value : value;
}

/// Digits with at most one point and at most one exponent: `1.5`, `.5`, `1e3`.
std::optional<double> decimal(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto digit_at = text.find_first_not_of("-.");
  if (digit_at > 2 || digit_at >= text.size() || text[digit_at] < '0' || text[digit_at] > '9') return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

ScalarType plain_type(std::string_view text) {
  if (is_one_of(kNull, text)) return ScalarType::Null;
  if (is_one_of(kTrue, text) || is_one_of(kFalse, text)) return ScalarType::Bool;
  if (is_one_of(kNoNumber, text)) return ScalarType::Float;
  if (std::string_view("0123456789+-.").find(text.front()) == std::string_view::npos) return ScalarType::String;
  const auto digits = without_underscores(text);
  if (go_integer(digits)) return ScalarType::Int;
  return decimal(digits) ? ScalarType::Float : ScalarType::String;
}

}  // namespace

ScalarType scalar_type(const Node& node, const SourceFile& file) {
  if (file.at(node.property).find("!!str") != std::string_view::npos) return ScalarType::String;
  if (node.kind == NodeKind::Null) return ScalarType::Null;
  return node.style == NodeStyle::Plain ? plain_type(node.value) : ScalarType::String;
}

std::optional<std::int64_t> integer_of(const Node& node) {
  const auto digits = without_underscores(node.value);
  if (const auto value = go_integer(digits)) return value;
  const auto value = decimal(digits);
  const bool whole = value && std::trunc(*value) == *value && std::abs(*value) < 9e15;
  return whole ? std::optional(static_cast<std::int64_t>(*value)) : std::nullopt;
}

std::optional<double> number_of(const Node& node) {
  const auto digits = without_underscores(node.value);
  if (const auto value = go_integer(digits)) return static_cast<double>(*value);
  return decimal(digits);
}

bool truth_of(const Node& node) { return is_one_of(kTrue, node.value); }

}  // namespace s2a
