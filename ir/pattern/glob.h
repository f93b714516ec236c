// A set of strings as pieces of text and runs of characters: what policies can say without a regular expression.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace s2a {

/// Segment: what `{*}` of a path template takes, A-Z a-z 0-9 and -._~%!$&'()*+,;:@= (authorization.md 2.4). NotBlank: no space, tab or line feed; NotSpace: no space or line feed.
/// Digit: 0-9; InTarget: what Envoy accepts in a path with its query, printable ASCII but no blank and no `#`; InPath: the same without `?`.
enum class Chars : std::uint8_t { Any, NotSlash, Segment, SegmentOrSlash, NotLineFeed, NotBlank, NotSpace, NotCapital, InTarget, InPath, Digit };
inline constexpr std::size_t kCharsKinds = 11;

[[nodiscard]] bool contains(Chars chars, char c);
/// Whether every character of the first is one of the second.
[[nodiscard]] bool within(Chars inner, Chars outer);

/// Any number of such characters; at least one, unless `empty_too`.
struct Star {
  Chars chars = Chars::Any;
  bool empty_too = true;
  auto operator<=>(const Star&) const = default;
};

using Piece = std::variant<std::string, Star>;

/// The strings that one of the sequences spells; without a sequence there are none.
struct Glob {
  std::vector<std::vector<Piece>> any_of;
  bool ignore_case = false;
  auto operator<=>(const Glob&) const = default;
};

[[nodiscard]] bool matches(const Glob& glob, std::string_view subject);

/// For people: `spiffe://*/ns/web/sa/*`, `/api/{*}/users`; `nothing` where there is no sequence.
[[nodiscard]] std::string to_string(const Glob& glob);

/// ASCII letters, as Envoy and istiod fold them.
[[nodiscard]] char lower(char c);
[[nodiscard]] std::string lower(std::string_view text);

}  // namespace s2a
