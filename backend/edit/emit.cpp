// One recursive writer for block style, one for flow style.
#include "backend/edit/emit.h"

#include <fmt/format.h>

#include "backend/edit/quote.h"

namespace s2a {
namespace {

/// The members, separated; in lines of their own one step deeper than the brackets.
template <class Members, class Write>
std::string bracketed(char open, char close, const Members& members, const FlowStyle& style, const Write& write) {
  if (members.empty()) return {open, close};
  auto inner = style;
  if (style.own_lines) inner.indent += style.step;
  const auto new_line = [&](const std::string& indent) { return style.own_lines ? fmt::format("{}{}", style.eol, indent) : std::string(); };
  const std::string separator = style.own_lines || style.compact ? "," : ", ";
  std::string out(1, open);
  for (const auto& member : members) {
    if (&member != &members.front()) out += separator;
    out += new_line(inner.indent) + write(member, inner);
  }
  return out + new_line(style.indent) + close;
}

/// A text that stood without quotes and that quotes would make a string: it stays what it was.
bool stays_bare(const Value& value, const std::string& text) { return value.plain && !plain_is_safe(text) && text.find('\n') == std::string::npos; }

}  // namespace

bool takes_lines(const Value& value) {
  if (const auto* map = std::get_if<Value::Map>(&value.content)) return !map->empty();
  if (const auto* sequence = std::get_if<Value::Sequence>(&value.content)) return !sequence->empty();
  return false;
}

std::string inline_text(const Value& value, NodeStyle like) {
  if (const auto* text = std::get_if<std::string>(&value.content)) {
    if (stays_bare(value, *text)) return text->empty() ? "null" : *text;
    return scalar_text(*text, like);
  }
  if (const auto* number = std::get_if<std::int64_t>(&value.content)) return fmt::format("{}", *number);
  return std::holds_alternative<Value::Map>(value.content) ? "{}" : "[]";
}

std::string block_text(const Value& value, std::uint32_t column, const BlockStyle& style) {
  const auto new_line = fmt::format("{}{:{}}", style.eol, "", column);
  std::string out;
  const auto add = [&](const std::string& line) { out += (out.empty() ? "" : new_line) + line; };
  if (const auto* map = std::get_if<Value::Map>(&value.content)) {
    for (const auto& [key, member] : *map) add(entry_text(key, member, column, style));
  } else if (const auto* sequence = std::get_if<Value::Sequence>(&value.content)) {
    for (const auto& item : *sequence) add(item_text(item, column, style));
  }
  return out;
}

std::string entry_text(std::string_view key, const Value& value, std::uint32_t column, const BlockStyle& style) {
  const auto name = scalar_text(key, NodeStyle::Plain);
  if (!takes_lines(value)) return fmt::format("{}: {}", name, inline_text(value));
  const auto inner = column + (std::holds_alternative<Value::Map>(value.content) ? style.step : style.sequence_offset);
  return fmt::format("{}:{}{:{}}{}", name, style.eol, "", inner, block_text(value, inner, style));
}

std::string item_text(const Value& value, std::uint32_t column, const BlockStyle& style, NodeStyle like) {
  std::string out;
  for (const auto& comment : value.comments) out += fmt::format("{}{}{:{}}", comment.text, style.eol, "", column);
  return out + "- " + (takes_lines(value) ? block_text(value, column + 2, style) : inline_text(value, like));
}

std::string flow_text(const Value& value, const FlowStyle& style) {
  if (const auto* map = std::get_if<Value::Map>(&value.content)) {
    return bracketed('{', '}', *map, style, [](const auto& entry, const FlowStyle& inner) { return flow_entry_text(entry.first, entry.second, inner); });
  }
  if (const auto* sequence = std::get_if<Value::Sequence>(&value.content)) return bracketed('[', ']', *sequence, style, flow_text);
  return inline_text(value, style.strings);
}

std::string flow_entry_text(std::string_view key, const Value& value, const FlowStyle& style) {
  return fmt::format("{}:{}{}", scalar_text(key, style.keys), style.compact ? "" : " ", flow_text(value, style));
}

std::string to_yaml(const Value& document, const BlockStyle& style) {
  std::string out;
  for (const auto& comment : document.comments) out += fmt::format("{}{}", comment.text, style.eol);
  return out + fmt::format("{}{}", takes_lines(document) ? block_text(document, 0, style) : inline_text(document), style.eol);
}

}  // namespace s2a
