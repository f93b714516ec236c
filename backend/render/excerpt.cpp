// Labels sorted by file and line; under each line its labels, one row each.
#include "backend/render/excerpt.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "backend/render/typography.h"

namespace s2a {
namespace {

constexpr std::size_t kCut = 3;  ///< columns of the `...` where a long line is cut

/// The line around an offset, without its line end and a byte order mark.
Span line_around(std::string_view text, std::uint32_t offset) {
  const auto at = std::min<std::size_t>(offset, text.size());
  auto begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  auto end = std::min(text.find('\n', at), text.size());
  if (end > begin && text[end - 1] == '\r') --end;
  if (begin == 0 && text.starts_with("\xEF\xBB\xBF")) begin = 3;
  return {.begin = static_cast<std::uint32_t>(begin), .end = static_cast<std::uint32_t>(std::max(begin, end))};
}

/// A source line and the part of it that fits, in columns of the tamed text.
struct Row {
  std::string text;
  std::size_t cut = 0;    ///< columns left out in front
  std::size_t width = 0;  ///< columns that fit
};

/// The text's characters within [from, from + width) columns.
std::string window(std::string_view text, std::size_t from, std::size_t width) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < text.size() && column < from + width;) {
    const auto character = text.substr(at, character_size(text, at));
    const auto wide = columns(character);
    if (column >= from && column + wide <= from + width) out += character;
    column += wide;
    at += character.size();
  }
  return out;
}

Row fit(std::string_view line, std::size_t first_label, std::size_t width) {
  const auto text = tame(line);
  const auto all = columns(text);
  if (all <= width) return {.text = text, .cut = 0, .width = width};
  const auto cut = first_label + kCut < width / 2 ? 0 : std::min(first_label - width / 4, all - width);
  auto out = window(text, cut, width);
  if (cut + width < all) out = window(out, 0, width - kCut) + "...";
  if (cut > 0) out = "..." + window(out, kCut, width);
  return {.text = out, .cut = cut, .width = width};
}

class Excerpt {
 public:
  Excerpt(const SourceSet& sources, const Look& look) : sources_(sources), look_(look) {}

  std::string of(const Diagnostic& diagnostic);

 private:
  using Lines = std::map<std::uint32_t, std::vector<const Label*>>;  ///< by number

  void put_file(FileId file, const Lines& lines, std::string_view arrow, const std::string& where);
  void put_line(const SourceFile& file, std::uint32_t number, const std::vector<const Label*>& labels);
  void put_remark(std::string_view kind, std::string_view text);
  void put(std::string_view gutter, std::string_view text) {
    out_ += paint(fmt::format("{:>{}} |", gutter, gutter_), Ink::Blue, look_.color);
    out_ += text.empty() ? "\n" : fmt::format(" {}\n", text);
  }

  const SourceSet& sources_;
  const Look& look_;
  std::size_t gutter_ = 1;
  std::string out_;
};

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::Info: return Ink::Blue;
    case Severity::Warning: return Ink::Yellow;
    case Severity::Error: return Ink::Red;
  }
  return Ink::Plain;
}

void Excerpt::put_line(const SourceFile& file, std::uint32_t number, const std::vector<const Label*>& labels) {
  const std::string_view text = file.text;
  const auto line = line_around(text, labels.front()->span.begin);
  const auto column = [&](std::uint32_t offset) { return columns(tame(text.substr(line.begin, std::clamp(offset, line.begin, line.end) - line.begin))); };
  const auto margin = gutter_ + 3;
  const auto row = fit(text.substr(line.begin, line.end - line.begin), column(labels.front()->span.begin), look_.width > margin + 40 ? look_.width - margin : 40);
  put(fmt::format("{}", number), row.text);
  for (const auto* label : labels) {
    const bool primary = label->kind == LabelKind::Primary;
    const auto begin = column(label->span.begin) - std::min(row.cut, column(label->span.begin));
    if (begin >= row.width) continue;
    const auto end = std::clamp(column(label->span.end) - std::min(row.cut, column(label->span.end)), begin + 1, std::max(begin + 1, row.width));
    const auto marks = std::string(end - begin, primary ? '^' : '-');
    const auto words = label->text.empty() ? marks : fmt::format("{} {}", marks, tame(label->text));
    put("", std::string(begin, ' ') + paint(words, primary ? Ink::Red : Ink::Blue, look_.color));
  }
}

void Excerpt::put_file(FileId id, const Lines& lines, std::string_view arrow, const std::string& where) {
  const auto& file = sources_[id];
  out_ += fmt::format("{}{} {}\n", std::string(gutter_, ' '), paint(arrow, Ink::Blue, look_.color), where);
  put("", "");
  auto before = lines.begin()->first;
  for (const auto& [number, labels] : lines) {
    if (number > before + 1) out_ += paint("...", Ink::Blue, look_.color) + "\n";
    put_line(file, number, labels);
    before = number;
  }
}

void Excerpt::put_remark(std::string_view kind, std::string_view text) {
  const auto margin = gutter_ + 5 + kind.size();
  const auto lines = wrapped(tame(text), look_.width > margin + 40 ? look_.width - margin : 40);
  const auto lead = fmt::format("{}{} {}: ", std::string(gutter_ + 1, ' '), paint("=", Ink::Blue, look_.color), paint(kind, Ink::Bold, look_.color));
  for (std::size_t i = 0; i < lines.size(); ++i) out_ += (i == 0 ? lead : std::string(margin, ' ')) + lines[i] + "\n";
}

std::string Excerpt::of(const Diagnostic& diagnostic) {
  const auto& about = info(diagnostic.code);
  auto head = paint(fmt::format("{}[{}]", to_string(about.severity), to_string(diagnostic.code)), ink_of(about.severity), look_.color);
  out_ = fmt::format("{}: {}\n", head, paint(tame(diagnostic.message), Ink::Bold, look_.color));

  std::map<FileId, Lines> files;
  for (const auto& label : diagnostic.labels) {
    const auto number = line_column(sources_[label.file], label.span.begin).line;
    files[label.file][number].push_back(&label);
    gutter_ = std::max(gutter_, fmt::format("{}", number).size());
  }
  for (auto& [file, lines] : files) {
    for (auto& [number, labels] : lines) std::ranges::stable_sort(labels, {}, [](const Label* label) { return label->span.begin; });
  }
  const auto primary = std::ranges::find(diagnostic.labels, LabelKind::Primary, &Label::kind);
  if (primary != diagnostic.labels.end()) {
    put_file(primary->file, files[primary->file], "-->", place(sources_, *primary));
    files.erase(primary->file);
  }
  for (const auto& [file, lines] : files) put_file(file, lines, ":::", place(sources_, *lines.begin()->second.front()));
  if (!diagnostic.labels.empty()) put("", "");
  if (!diagnostic.subject.empty()) put_remark("in", diagnostic.subject);
  for (const auto& note : diagnostic.notes) put_remark("note", note);
  if (!diagnostic.keeps.empty()) put_remark("note", fmt::format("stays on sidecars: {}", fmt::join(diagnostic.keeps, ", ")));
  const auto page = fmt::format("see `s2a explain {}`", to_string(diagnostic.code));
  put_remark("help", diagnostic.help.empty() ? page : fmt::format("{}; {}", diagnostic.help, page));
  return std::move(out_);
}

}  // namespace

std::string place(const SourceSet& sources, const Label& label) {
  const auto& file = sources[label.file];
  const auto at = line_column(file, label.span.begin);
  return fmt::format("{}:{}:{}", tame(file.path), at.line, at.column);
}

std::string excerpt(const Diagnostic& diagnostic, const SourceSet& sources, const Look& look) { return Excerpt(sources, look).of(diagnostic); }

}  // namespace s2a
