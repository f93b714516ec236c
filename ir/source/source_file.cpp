// Line ends, lines and columns of a source text.
#include "ir/source/source_file.h"

#include <algorithm>

namespace s2a {

std::string_view SourceFile::eol() const {
  std::size_t lines = 0;
  std::size_t with_cr = 0;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    ++lines;
    if (at > 0 && text[at - 1] == '\r') ++with_cr;
  }
  return with_cr * 2 > lines ? "\r\n" : "\n";
}

LineColumn line_column(std::string_view text, std::uint32_t offset) {
  const auto upto = text.substr(0, offset);
  const auto line = 1 + static_cast<std::uint32_t>(std::ranges::count(upto, '\n'));
  auto row = upto.substr(upto.rfind('\n') + 1);  // npos + 1 == 0
  if (line == 1 && row.starts_with("\xEF\xBB\xBF")) row.remove_prefix(3);
  const auto is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return {.line = line, .column = 1 + static_cast<std::uint32_t>(std::ranges::count_if(row, is_lead))};
}

FileId SourceSet::add(SourceFile file) {
  file.id = FileId{static_cast<std::uint32_t>(files_.size())};
  files_.push_back(std::move(file));
  return files_.back().id;
}

}  // namespace s2a
