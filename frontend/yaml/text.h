// Where the pieces of YAML text end: yaml-cpp tells where a node begins and never where it ends. See style.md 4.2.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace s2a::yaml {

using Offset = std::uint32_t;

/// A blank, a line end or the end of the text.
[[nodiscard]] bool is_blank_or_end(std::string_view text, Offset at);
/// Behind blanks, line ends and comments.
[[nodiscard]] Offset skip_trivia(std::string_view text, Offset at);
/// Behind spaces and tabs.
[[nodiscard]] Offset skip_blanks(std::string_view text, Offset at);
/// Whether nothing but blanks and a comment follows on the line.
[[nodiscard]] bool line_ends(std::string_view text, Offset at);
/// Behind `&anchor` or `!tag`.
[[nodiscard]] Offset property_end(std::string_view text, Offset at);
/// Behind `*name`.
[[nodiscard]] Offset alias_end(std::string_view text, Offset at);
/// Behind `~`, `null`, `Null` or `NULL`; `at` itself where none of them stands.
[[nodiscard]] Offset null_end(std::string_view text, Offset at);
/// Behind a plain scalar of that value, on one line or folded over several; nothing where the text does not spell it.
[[nodiscard]] std::optional<Offset> plain_end(std::string_view text, Offset at, std::string_view value);
/// Behind the closing quote.
[[nodiscard]] std::optional<Offset> quoted_end(std::string_view text, Offset at);
/// The end of the last line (its line end excluded) of a `|` or `>` scalar in a block collection at that column; -1 where there is none around it.
[[nodiscard]] Offset block_end(std::string_view text, Offset at, int parent_column);
/// From the end of the last child to behind the bracket that closes the collection.
[[nodiscard]] std::optional<Offset> flow_end(std::string_view text, Offset at, char bracket);

}  // namespace s2a::yaml
