// Where lines begin and end, what stands on them: the room's reading of raw text. Offsets in, offsets out.
#pragma once

#include <cstdint>
#include <string_view>

namespace s2a::lines {

/// The first byte of the line that holds `at`; a BOM in front of the text is no part of its first line.
[[nodiscard]] std::uint32_t begin(std::string_view text, std::uint32_t at);
/// Behind the last byte of the line in front of its line end.
[[nodiscard]] std::uint32_t end(std::string_view text, std::uint32_t at);
/// The first byte of the following line, or the end of the text.
[[nodiscard]] std::uint32_t next(std::string_view text, std::uint32_t at);
/// Bytes between the line's begin and `at`.
[[nodiscard]] std::uint32_t column(std::string_view text, std::uint32_t at);
/// Whether [from, to) holds blanks, tabs and line ends only.
[[nodiscard]] bool blank(std::string_view text, std::uint32_t from, std::uint32_t to);
/// Whether only indentation stands in front of `at` on its line.
[[nodiscard]] bool first_on_line(std::string_view text, std::uint32_t at);
/// The blanks and tabs that the line of `at` begins with.
[[nodiscard]] std::string_view indentation(std::string_view text, std::uint32_t at);
/// Whether the line that begins at `at` holds a comment only.
[[nodiscard]] bool comment(std::string_view text, std::uint32_t at);
/// Skips blanks, tabs, line ends and comments.
[[nodiscard]] std::uint32_t skip_space(std::string_view text, std::uint32_t at);
/// `at`, moved back over one line end in front of it.
[[nodiscard]] std::uint32_t without_eol(std::string_view text, std::uint32_t at);

}  // namespace s2a::lines
