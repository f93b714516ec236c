// The end of a `|` or `>` scalar: its lines are told from what follows by their indentation alone.
#include <algorithm>

#include "frontend/yaml/text.h"

namespace s2a::yaml {
namespace {

/// `|`, `>`, their indentation digit and their `+`.
struct Header {
  Offset end = 0;  ///< behind the indicators
  int digit = 0;   ///< 0 where none is written
  bool keep = false;
};

Header read_header(std::string_view text, Offset at) {
  Header out;
  for (++at; at < text.size() && std::string_view("+-123456789").find(text[at]) != std::string_view::npos; ++at) {
    if (text[at] == '+') out.keep = true;
    if (text[at] >= '1') out.digit = text[at] - '0';
  }
  out.end = at;
  return out;
}

}  // namespace

Offset block_end(std::string_view text, Offset at, int parent_column) {
  const Header header = read_header(text, at);
  bool indent_known = header.digit > 0;
  int indent = std::max(parent_column, 0) + (indent_known ? header.digit : 1);
  Offset end = header.end;

  for (auto line_end = text.find('\n', at); line_end != std::string_view::npos && line_end + 1 < text.size();) {
    const auto line = line_end + 1;
    line_end = text.find('\n', line);
    auto stop = std::min(line_end, text.size());
    const bool has_line_end = stop < text.size();
    if (has_line_end && stop > line && text[stop - 1] == '\r') --stop;

    const auto spaces = static_cast<int>(std::min(text.find_first_not_of(' ', line), stop) - line);
    const bool only_spaces = line + static_cast<std::size_t>(spaces) == stop;
    if (!indent_known) indent = std::max(indent, spaces);
    if (only_spaces && spaces <= indent) {  // an empty line: part of the value if something follows or with `+`
      if (header.keep && has_line_end) end = static_cast<Offset>(stop);
      continue;
    }
    if (spaces < indent) break;
    indent_known = true;
    end = static_cast<Offset>(stop);
  }
  return end;
}

}  // namespace s2a::yaml
