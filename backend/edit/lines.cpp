// Lines of raw text.
#include "backend/edit/lines.h"

#include <algorithm>

namespace s2a::lines {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t";

std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

}  // namespace

std::uint32_t begin(std::string_view text, std::uint32_t at) {
  const auto start = at == 0 ? 0 : offset(text.rfind('\n', at - 1) + 1);  // npos + 1 == 0
  return start == 0 && text.starts_with(kBom) ? offset(kBom.size()) : start;
}

std::uint32_t end(std::string_view text, std::uint32_t at) {
  const auto feed = text.find('\n', at);
  if (feed == std::string_view::npos) return offset(text.size());
  return offset(feed > at && text[feed - 1] == '\r' ? feed - 1 : feed);
}

std::uint32_t next(std::string_view text, std::uint32_t at) {
  const auto feed = text.find('\n', at);
  return offset(feed == std::string_view::npos ? text.size() : feed + 1);
}

std::uint32_t column(std::string_view text, std::uint32_t at) { return at - begin(text, at); }

bool blank(std::string_view text, std::uint32_t from, std::uint32_t to) {
  return from >= to || text.substr(from, to - from).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool first_on_line(std::string_view text, std::uint32_t at) { return blank(text, begin(text, at), at); }

std::string_view indentation(std::string_view text, std::uint32_t at) {
  const auto line = text.substr(begin(text, at));
  return line.substr(0, std::min(line.find_first_not_of(kBlanks), line.size()));
}

bool comment(std::string_view text, std::uint32_t at) {
  const auto first = text.find_first_not_of(kBlanks, at);
  return first != std::string_view::npos && text[first] == '#';
}

std::uint32_t skip_space(std::string_view text, std::uint32_t at) {
  for (;;) {
    const auto found = text.find_first_not_of(" \t\r\n", at);
    if (found == std::string_view::npos) return offset(text.size());
    if (text[found] != '#') return offset(found);
    at = next(text, offset(found));
  }
}

std::uint32_t without_eol(std::string_view text, std::uint32_t at) {
  const auto line = text.substr(0, at);
  if (line.ends_with("\r\n")) return at - 2;
  return line.ends_with('\n') ? at - 1 : at;
}

}  // namespace s2a::lines
