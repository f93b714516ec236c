// Numbers with units, added up without overflow.
#include "frontend/grammar/duration.h"

#include <boost/fusion/include/adapt_struct.hpp>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "frontend/grammar/whole.h"

namespace s2a {
namespace {

struct Part {
  std::string whole, fraction;
  std::int64_t unit = 0;  ///< in nanoseconds
};

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

/// Nothing where it does not fit. The fraction is rounded as Go does it.
std::optional<std::int64_t> nanoseconds_of(const Part& part) {
  std::int64_t whole = 0;
  for (const char c : part.whole) {
    if (whole > (kMost - (c - '0')) / 10) return std::nullopt;
    whole = whole * 10 + (c - '0');
  }
  std::int64_t numerator = 0;
  double denominator = 1;
  for (const char c : part.fraction) {
    if (numerator > (kMost - (c - '0')) / 10) break;
    numerator = numerator * 10 + (c - '0');
    denominator *= 10;
  }
  const auto rest = static_cast<std::int64_t>(static_cast<double>(numerator) * (static_cast<double>(part.unit) / denominator));
  if (whole > (kMost - rest) / part.unit) return std::nullopt;
  return whole * part.unit + rest;
}

Parsed<std::chrono::nanoseconds> sum(const std::vector<Part>& parts) {
  std::int64_t total = 0;
  for (const auto& part : parts) {
    const auto ns = nanoseconds_of(part);
    if (!ns || total > kMost - *ns) return grammar_error(0, "the duration is too long", "at most 292 years");
    total += *ns;
  }
  return std::chrono::nanoseconds(total);
}

std::optional<std::chrono::milliseconds> milliseconds_of(const Parsed<std::chrono::nanoseconds>& parsed) {
  return parsed ? std::optional(std::chrono::duration_cast<std::chrono::milliseconds>(*parsed)) : std::nullopt;
}

}  // namespace
}  // namespace s2a

BOOST_FUSION_ADAPT_STRUCT(s2a::Part, whole, fraction, unit)

namespace s2a {

Parsed<std::chrono::nanoseconds> parse_go_duration(std::string_view text) {
  x3::symbols<std::int64_t> units;
  units.add("ns", 1)("us", 1'000)("\xC2\xB5s", 1'000)("\xCE\xBCs", 1'000)("ms", 1'000'000)("s", 1'000'000'000)("m", 60'000'000'000)("h", 3'600'000'000'000);
  const auto unit = x3::rule<class Unit, std::int64_t>{"a unit"} = units;
  const auto digits = x3::rule<class Digits, std::string>{"digits"} = *x3::char_("0-9");
  const auto number = &(x3::char_("0-9") | (x3::lit('.') >> x3::char_("0-9"))) >> digits >> ((x3::lit('.') >> digits) | x3::attr(std::string()));
  const auto part = x3::rule<class PartOf, Part>{"a number with a unit"} = number > unit;

  const bool negative = text.starts_with('-');
  const auto skipped = negative || text.starts_with('+') ? 1U : 0U;
  const auto unsigned_text = text.substr(skipped);
  if (unsigned_text == "0") return std::chrono::nanoseconds(0);
  auto parts = parse_whole<std::vector<Part>>(unsigned_text, +part, "a duration", "numbers with units, as `1h30m` or `1.5s`; the units are `h`, `m`, `s`, `ms`, `us`, `ns`");
  if (!parts) {
    parts.error().offset += skipped;
    return tl::unexpected(std::move(parts).error());
  }
  return sum(*parts).map([&](auto ns) { return negative ? -ns : ns; });
}

Parsed<void> check_timeout(std::string_view text) {
  return parse_go_duration(text).and_then([](std::chrono::nanoseconds ns) -> Parsed<void> {
    if (ns < std::chrono::milliseconds(1)) return grammar_error(0, "a duration of less than 1ms is refused", "at least `1ms`");
    return {};
  });
}

Parsed<std::chrono::nanoseconds> parse_gateway_duration(std::string_view text) {
  x3::symbols<std::int64_t> units;
  units.add("ms", 1'000'000)("s", 1'000'000'000)("m", 60'000'000'000)("h", 3'600'000'000'000);
  const auto unit = x3::rule<class Unit, std::int64_t>{"a unit"} = units;
  const auto number = x3::rule<class Number, std::string>{"one to five digits"} = x3::repeat(1, 5)[x3::char_("0-9")];
  const auto part = x3::rule<class PartOf, Part>{"a number with a unit"} = (number >> x3::attr(std::string())) > unit;
  const auto parts = parse_whole<std::vector<Part>>(text, x3::repeat(1, 4)[part], "a duration", "one to four whole numbers with a unit each (`h`, `m`, `s` or `ms`), as `1s500ms`");
  if (!parts) return tl::unexpected(parts.error());
  return sum(*parts);
}

std::optional<std::chrono::milliseconds> milliseconds_of_go(std::string_view text) { return milliseconds_of(parse_go_duration(text)); }

std::optional<std::chrono::milliseconds> milliseconds_of_gateway(std::string_view text) { return milliseconds_of(parse_gateway_duration(text)); }

}  // namespace s2a
