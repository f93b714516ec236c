// The cut at `---` and `...`: YAML allows neither at the start of a line inside a document, not even in quotes.
#include "frontend/yaml/split.h"

#include "frontend/yaml/text.h"

namespace s2a::yaml {
namespace {

/// `---` or `...` at the start of a line, a blank or the line's end behind it.
bool is_marker(std::string_view text, std::size_t line, std::string_view dashes) {
  return text.substr(line, dashes.size()) == dashes && is_blank_or_end(text, static_cast<Offset>(line + dashes.size()));
}

/// The start of the next line, or the end of the text.
std::size_t next_line(std::string_view text, std::size_t at) {
  const auto end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

/// Behind a marker: where the content can start, which is the next line if there is only a comment on this one.
Offset content_start(std::string_view text, std::size_t behind_marker) {
  const auto line = next_line(text, behind_marker);
  const bool only_comment = skip_trivia(text.substr(0, line), static_cast<Offset>(behind_marker)) == line;
  return static_cast<Offset>(only_comment ? line : behind_marker);
}

/// Whether there is more than blanks, comments and directives.
bool has_content(std::string_view text, Offset at) {
  for (at = skip_trivia(text, at); at < text.size() && text[at] == '%'; at = skip_trivia(text, at)) at = static_cast<Offset>(next_line(text, at));
  return at < text.size();
}

}  // namespace

std::vector<DocumentText> split(std::string_view text) {
  std::vector<DocumentText> out;
  const auto start = static_cast<Offset>(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  DocumentText open{.feed = {start, start}, .span = {start, start}};
  bool announced = false;  // by a `---`

  const auto close = [&](std::size_t end) {
    const auto behind = static_cast<Offset>(end);
    if (!announced && !has_content(text.substr(0, end), open.span.begin)) return false;
    open.feed.end = open.span.end = behind;
    out.push_back(open);
    return true;
  };

  for (std::size_t line = start; line < text.size(); line = next_line(text, line)) {
    if (is_marker(text, line, "---")) {
      const bool directives = !close(line);  // what stands in front is no document: it belongs to the one that starts here
      open.feed.begin = directives ? open.feed.begin : static_cast<Offset>(line);
      open.span.begin = content_start(text, line + 3);
      announced = true;
    } else if (is_marker(text, line, "...")) {
      close(line);
      open.feed.begin = open.span.begin = content_start(text, line + 3);
      announced = false;
    }
  }
  if (!close(text.size()) && out.empty()) out.push_back({.feed = {start, static_cast<Offset>(text.size())}, .span = {start, static_cast<Offset>(text.size())}});
  return out;
}

}  // namespace s2a::yaml
