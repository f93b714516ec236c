// Field access with Kubernetes' ideas of absence and type.
#include "frontend/decode/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "frontend/decode/scalar.h"

namespace s2a {
namespace {

bool is_scalar(const Node& node) { return node.kind == NodeKind::Scalar; }

}  // namespace

std::string shown(std::string_view value, std::size_t limit) {
  auto end = std::min(value.size(), limit);
  while (end > 0 && end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U) --end;  // not inside a character
  std::string out(value.substr(0, end));
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; }, ' ');
  return end < value.size() ? out + "..." : out;
}

const Node& Text::operator[](NodeId id) const {
  static const Node kNone;
  return id == kNoNode ? kNone : document[document.resolve(id)];
}

NodeId Reader::get(NodeId map, std::string_view field) const {
  if (map == kNoNode) return kNoNode;
  const auto entry = text_.document.find(map, field);
  if (!entry) return kNoNode;
  const auto& value = text_[entry->value];
  const bool null = value.kind == NodeKind::Null || (is_scalar(value) && scalar_type(value, text_.file) == ScalarType::Null);
  return null ? kNoNode : entry->value;
}

NodeId Reader::get(NodeId map, std::initializer_list<std::string_view> path) const {
  for (const auto field : path) map = get(map, field);
  return map;
}

NodeId Reader::key(NodeId map, std::string_view field) const { return get(map, field) == kNoNode ? kNoNode : text_.document.find(map, field)->key; }

Spanned<std::string> Reader::string(NodeId map, std::string_view field) const {
  const auto node = get(map, field);
  return node != kNoNode && is_scalar(text_[node]) ? Spanned<std::string>{text_[node].value, node} : Spanned<std::string>{};
}

std::vector<Spanned<std::string>> Reader::strings(NodeId map, std::string_view field) const {
  std::vector<Spanned<std::string>> out;
  for (const auto item : items(map, field)) {
    if (is_scalar(text_[item])) out.push_back({text_[item].value, item});
  }
  return out;
}

std::vector<std::string> Reader::texts(NodeId map, std::string_view field) const {
  std::vector<std::string> out;
  for (auto& text : strings(map, field)) out.push_back(std::move(text.value));
  return out;
}

std::optional<std::int64_t> Reader::integer(NodeId map, std::string_view field) const { return integer(get(map, field)); }

std::optional<std::int64_t> Reader::integer(NodeId node) const { return node != kNoNode && is_scalar(text_[node]) ? integer_of(text_[node]) : std::nullopt; }

std::uint16_t Reader::port(NodeId map, std::string_view field) const {
  const auto number = integer(map, field);
  if (!number || (*number > 0 && *number <= std::numeric_limits<std::uint16_t>::max())) return static_cast<std::uint16_t>(number.value_or(0));
  report(Code::InvalidValue, get(map, field), fmt::format("`{}` is no port from 1 to 65535", *number));
  return 0;
}

std::optional<std::uint16_t> Reader::optional_port(NodeId map, std::string_view field) const {
  if (integer(map, field).value_or(0) == 0) return std::nullopt;
  const auto number = port(map, field);
  return number == 0 ? std::nullopt : std::optional(number);
}

std::optional<double> Reader::number(NodeId map, std::string_view field) const {
  const auto node = get(map, field);
  return node != kNoNode && is_scalar(text_[node]) ? number_of(text_[node]) : std::nullopt;
}

bool Reader::flag(NodeId map, std::string_view field) const {
  const auto node = get(map, field);
  return node != kNoNode && is_scalar(text_[node]) && truth_of(text_[node]);
}

Labels Reader::labels(NodeId map, std::string_view field) const {
  Labels out;
  const auto node = get(map, field);
  if (node == kNoNode) return out;
  for (const auto& entry : text_.document.merged_entries(node)) {
    if (const auto& value = text_[entry.value]; is_scalar(value)) out[text_[entry.key].value] = {value.value, entry.value};
  }
  return out;
}

std::span<const NodeId> Reader::items(NodeId map, std::string_view field) const {
  const auto node = get(map, field);
  return node != kNoNode && text_[node].kind == NodeKind::Sequence ? text_.document.children(node) : std::span<const NodeId>{};
}

void Reader::report(Code code, NodeId node, std::string message, std::string help) const { report(code, text_.document[node].span, std::move(message), std::move(help)); }

void Reader::report_inside(Code code, NodeId scalar, std::size_t offset, std::string message, std::string help) const {
  const auto& value = text_[scalar].value;
  auto span = text_.document[scalar].span;
  const auto start = text_.file.at(span).find(value);  // behind the quote, if there is one
  if (start <= 1 && offset < value.size())
    span = {.begin = span.begin + static_cast<std::uint32_t>(start + offset), .end = span.begin + static_cast<std::uint32_t>(start + value.size())};
  report(code, span, std::move(message), std::move(help));
}

void Reader::check_text(const Spanned<std::string>& text, Parsed<void> (*check)(std::string_view)) const {
  if (!text.written()) return;
  if (const auto fine = check(text.value); !fine) report_inside(Code::InvalidValue, text.node, fine.error().offset, fine.error().message, fine.error().hint);
}

void Reader::check_legal(const Spanned<std::string>& name, std::string_view what, Parsed<void> (*check)(std::string_view)) const {
  if (name.value.empty()) return;
  if (const auto legal = check(name.value); !legal) report(Code::InvalidValue, name.node, fmt::format("`{}` is no legal {}", shown(name.value), what), legal.error().hint);
}

std::string Reader::whole(NodeId id) const {
  const auto& node = (*this)[id];
  const auto& [document, file] = text_;
  const auto counted = [](std::string_view text) { return fmt::format("{}:{}", text.size(), text); };
  const auto type = node.kind == NodeKind::Scalar ? scalar_type(node, file) : ScalarType::Null;
  if (node.kind == NodeKind::Scalar && type != ScalarType::Null) return (type == ScalarType::String ? "s" : "n") + counted(node.value);
  std::string out;
  if (node.kind == NodeKind::Sequence)
    for (const auto item : document.children(id)) out += whole(item);
  for (const auto& entry : document.merged_entries(id)) out += counted((*this)[entry.key].value) + whole(entry.value);
  return fmt::format("({})", out);
}

void Reader::report(Code code, Span span, std::string message, std::string help) const {
  const Label label{.file = text_.file.id, .span = span, .kind = LabelKind::Primary, .text = {}};
  report({.code = code, .subject = {}, .message = std::move(message), .labels = {label}, .help = std::move(help), .notes = {}});
}

void Reader::report(Diagnostic diagnostic) const {
  if (full()) return;
  diagnostic.subject = subject_;
  diagnostics_.add(std::move(diagnostic));
}

}  // namespace s2a
