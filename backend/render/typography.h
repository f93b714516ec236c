// Text on a terminal: colours, the columns that it takes, line breaks, and what must not reach a terminal as it is.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace s2a {

enum class Ink : std::uint8_t { Plain, Bold, Dim, Red, Green, Yellow, Blue };

/// The text in that colour, or as it is where there are no colours.
[[nodiscard]] std::string paint(std::string_view text, Ink ink, bool color);

/// Columns of UTF-8 text on a terminal: wide characters take two, combining ones none.
[[nodiscard]] std::size_t columns(std::string_view text);

/// The text with blanks behind it up to that width.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

/// One line of source or message for a terminal: tabs become four blanks, other control characters `?`.
[[nodiscard]] std::string tame(std::string_view text);

/// `1 file`, `2 files`
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

/// Breaks at blanks into lines of at most that width where words allow.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The byte length of the UTF-8 character that begins there; 1 for a byte that begins none.
[[nodiscard]] std::size_t character_size(std::string_view text, std::size_t at);

}  // namespace s2a
