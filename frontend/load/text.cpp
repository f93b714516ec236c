// UTF-8 as RFC 3629 has it, eight ASCII bytes at a time.
#include "frontend/load/text.h"

#include <fmt/format.h>

#include <array>
#include <cstring>

namespace s2a {
namespace {

std::uint8_t byte(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

/// Whether the next eight bytes are ASCII.
bool ascii_word(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  if (at + sizeof word > text.size()) return false;
  std::memcpy(&word, text.data() + at, sizeof word);
  return (word & 0x8080808080808080U) == 0;
}

/// The length of the UTF-8 sequence that begins here; 0 where none does.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  struct Row {
    std::uint8_t first, last, second_from, second_to;
    std::size_t length;
  };
  static constexpr std::array kRows{Row{0xC2, 0xDF, 0x80, 0xBF, 2}, Row{0xE0, 0xE0, 0xA0, 0xBF, 3}, Row{0xE1, 0xEC, 0x80, 0xBF, 3}, Row{0xED, 0xED, 0x80, 0x9F, 3},
                                    Row{0xEE, 0xEF, 0x80, 0xBF, 3}, Row{0xF0, 0xF0, 0x90, 0xBF, 4}, Row{0xF1, 0xF3, 0x80, 0xBF, 4}, Row{0xF4, 0xF4, 0x80, 0x8F, 4}};
  const auto lead = byte(text, at);
  for (const auto& row : kRows) {
    if (lead < row.first || lead > row.last) continue;
    if (at + row.length > text.size() || byte(text, at + 1) < row.second_from || byte(text, at + 1) > row.second_to) return 0;
    for (std::size_t i = 2; i < row.length; ++i)
      if ((byte(text, at + i) & 0xC0U) != 0x80U) return 0;
    return row.length;
  }
  return 0;
}

std::size_t first_bad_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    if (ascii_word(text, at)) {
      at += sizeof(std::uint64_t);
    } else if (byte(text, at) < 0x80) {
      ++at;
    } else if (const auto length = sequence_length(text, at); length > 0) {
      at += length;
    } else {
      break;
    }
  }
  return at;
}

/// UTF-16 and UTF-32 by their byte order mark, or by the zero bytes beside an ASCII letter.
std::string_view wide_encoding(std::string_view text) {
  using namespace std::literals;
  if (text.starts_with("\0\0\xFE\xFF"sv) || text.starts_with("\xFF\xFE\0\0"sv)) return "UTF-32";
  if (text.starts_with("\xFE\xFF"sv) || text.starts_with("\xFF\xFE"sv)) return "UTF-16";
  const auto zero = [&](std::size_t at) { return at < text.size() && text[at] == 0; };
  if (zero(2) && zero(1) && zero(0) != zero(3)) return "UTF-32";
  return zero(0) != zero(1) ? "UTF-16" : "";
}

}  // namespace

std::optional<Diagnostic> not_text(const SourceFile& file) {
  const std::string_view text = file.text;
  const auto encoding = wide_encoding(text);
  const auto at = encoding.empty() ? first_bad_byte(text) : 0;
  if (at == text.size()) return std::nullopt;
  const auto offset = static_cast<std::uint32_t>(at);
  Diagnostic out{.code = Code::NotUtf8, .labels = {{.file = file.id, .span = {offset, offset + 1}}}};
  if (!encoding.empty()) {
    out.message = fmt::format("the file is {} text, not UTF-8", encoding);
    out.help = fmt::format("convert it: `iconv -f {} -t UTF-8`", encoding);
  } else {
    out.message = fmt::format("byte {} ({:#04x}) is not UTF-8", at, byte(text, at));
    out.help = "convert the file to UTF-8: `iconv -f ISO-8859-1 -t UTF-8` where it is Latin-1";
  }
  return out;
}

}  // namespace s2a
