// Line ends, lines and columns of a source text.
#include "ir/source/source_file.h"

#include <algorithm>

namespace s2a {
namespace {

std::vector<std::uint32_t> starts_of_lines(std::string_view text) {
  std::vector<std::uint32_t> out{0};
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) out.push_back(static_cast<std::uint32_t>(at + 1));
  return out;
}

}  // namespace

std::string_view SourceFile::eol() const {
  std::size_t lines = 0;
  std::size_t with_cr = 0;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    ++lines;
    if (at > 0 && text[at - 1] == '\r') ++with_cr;
  }
  return with_cr * 2 > lines ? "\r\n" : "\n";
}

LineColumn line_column(const SourceFile& file, std::uint32_t offset) {
  const auto found = file.line_starts.empty() ? starts_of_lines(file.text) : std::vector<std::uint32_t>{};
  const auto& starts = file.line_starts.empty() ? found : file.line_starts;
  const auto line = static_cast<std::uint32_t>(std::ranges::upper_bound(starts, offset) - starts.begin());
  const auto start = starts[line - 1];
  auto row = std::string_view(file.text).substr(start, offset - start);
  if (line == 1 && row.starts_with("\xEF\xBB\xBF")) row.remove_prefix(3);
  const auto is_lead = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return {.line = line, .column = 1 + static_cast<std::uint32_t>(std::ranges::count_if(row, is_lead))};
}

std::string_view directory_of(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }  // npos + 1 == 0

FileId SourceSet::add(SourceFile file) {
  file.line_starts = starts_of_lines(file.text);
  file.id = FileId{static_cast<std::uint32_t>(files_.size())};
  files_.push_back(std::move(file));
  return files_.back().id;
}

}  // namespace s2a
