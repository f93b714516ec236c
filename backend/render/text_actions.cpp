// What the Plan does, one step in two lines: what and where, then how and why.
#include <fmt/format.h>

#include <algorithm>

#include "backend/render/text_parts.h"
#include "backend/render/typography.h"

namespace s2a {
namespace {

constexpr std::size_t kGap = 3;

char symbol(ActionKind kind) {
  switch (kind) {
    case ActionKind::Create: return '+';
    case ActionKind::Update: return '~';
    case ActionKind::Delete: return '-';
  }
  return ' ';
}

Ink ink_of(ActionKind kind) {
  switch (kind) {
    case ActionKind::Create: return Ink::Green;
    case ActionKind::Update: return Ink::Yellow;
    case ActionKind::Delete: return Ink::Red;
  }
  return Ink::Plain;
}

/// `shop/policies.yaml:3`; a new file has no line yet, and one that is deleted none any more.
std::string where(const MeshReport& mesh, const Action& action) {
  const auto& file = mesh.store->sources[action.place.file];
  const auto change = std::ranges::find(mesh.changes, action.file, &FileChange::path);
  if (change != mesh.changes.end() && change->deletes()) return fmt::format("deleted file {}", tame(action.file));
  if (file.path == action.file) return fmt::format("{}:{}", tame(file.path), line_column(file, action.place.span.begin).line);
  return action.kind == ActionKind::Create ? fmt::format("new file {}", tame(action.file)) : tame(action.file);
}

struct Columns {
  std::size_t subject = 0;
  std::size_t place = 0;
};

std::string action_text(const MeshReport& mesh, const Action& action, const Columns& width, const Look& look) {
  auto out = fmt::format("    {} {}{}{}\n", paint(std::string(1, symbol(action.kind)), ink_of(action.kind), look.color),
                         paint(padded(tame(action.subject), width.subject + kGap), Ink::Bold, look.color), padded(where(mesh, action), width.place + kGap),
                         paint(to_string(action.code), Ink::Dim, look.color));
  const auto what = tame(action.what);
  const auto why = tame(action.why);
  const std::string indent(8, ' ');
  const bool one_line = columns(what) + 2 <= width.subject && 6 + width.subject + kGap + columns(why) <= look.width;
  if (one_line && !why.empty()) return out + fmt::format("{}{}{}\n", indent, padded(what, width.subject + kGap - 2), paint(why, Ink::Dim, look.color));
  for (const auto& [text, ink] : {std::pair(&what, Ink::Plain), std::pair(&why, Ink::Dim)}) {
    if (text->empty()) continue;
    for (const auto& line : wrapped(*text, std::max<std::size_t>(look.width, 60) - indent.size())) out += fmt::format("{}{}\n", indent, paint(line, ink, look.color));
  }
  return out;
}

}  // namespace

std::string actions_text(const MeshReport& mesh, const Look& look) {
  Columns width;
  std::vector<std::string> units;
  for (const auto& action : mesh.plan.actions) {
    width.subject = std::max(width.subject, columns(tame(action.subject)));
    width.place = std::max(width.place, columns(where(mesh, action)));
    if (std::ranges::find(units, action.unit) == units.end()) units.push_back(action.unit);
  }
  std::ranges::sort(units);
  std::string out;
  for (const auto& unit : units) {
    out += fmt::format("\n  namespace {}\n", tame(unit));
    for (const auto& action : mesh.plan.actions) {
      if (action.unit == unit) out += action_text(mesh, action, width, look);
    }
  }
  return out;
}

}  // namespace s2a
