// Names that were derived, cut to the length that a label's value may have.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace s2a {

/// FNV-1a: the same everywhere.
[[nodiscard]] std::uint32_t checksum(std::string_view text);

/// `<base>-<checksum of text><suffix>`, of the base as much as 63 characters have room for.
[[nodiscard]] std::string name_with_checksum(std::string_view base, std::string_view text, std::string_view suffix = {});
/// `<base><suffix>`; name_with_checksum() where that is longer than 63 characters.
[[nodiscard]] std::string short_name(std::string_view base, std::string_view suffix);

}  // namespace s2a
