// The one checker of all field lists.
#include "frontend/decode/check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "frontend/decode/scalar.h"
#include "ir/source/did_you_mean.h"

namespace s2a {
namespace {

constexpr std::size_t kShownPath = 200;

std::string expected(const FieldType& type) {
  switch (type.shape) {
    case Shape::Any: return "a value";
    case Shape::String: return "a string";
    case Shape::Bool: return "true or false";
    case Shape::Int: return "an integer";
    case Shape::Number: return "a number";
    case Shape::IntOrString: return "an integer or a string";
    case Shape::Enum: return fmt::format("one of {}", fmt::join(type.values, ", "));
    case Shape::List: return type.element->shape == Shape::String ? "a list of strings" : "a list";
    case Shape::Map:
    case Shape::Object: return "a map";
  }
  return "";
}

class Checker {
 public:
  Checker(const Reader& reader, UnknownFields unknown) : reader_(reader), unknown_(unknown) {}

  void check(NodeId node, const FieldType& type) const {
    if (reader_.full()) return;
    const auto& value = reader_[node];
    switch (type.shape) {
      case Shape::Any: return;
      case Shape::List:
        if (value.kind != NodeKind::Sequence) return wrong_type(node, type);
        check_count(node, type);
        for (const auto item : reader_.text().document.children(node)) check(item, *type.element);
        return;
      case Shape::Map:
        if (value.kind != NodeKind::Map) return wrong_type(node, type);
        for (const auto& entry : reader_.text().document.merged_entries(node)) {
          check_format(entry.key, type);
          check_entry(entry, *type.element);
        }
        return;
      case Shape::Object:
        if (value.kind != NodeKind::Map) return wrong_type(node, type);
        check_object(node, type);
        return;
      case Shape::Enum:
        if (!is(node, ScalarType::String)) return wrong_type(node, type);
        if (std::ranges::find(type.values, value.value) == type.values.end()) unknown_word(node, type);
        return;
      case Shape::String:
        if (!is(node, ScalarType::String)) return wrong_type(node, type);
        if (check_length(node, type)) check_format(node, type);
        return;
      case Shape::Bool:
        if (!is(node, ScalarType::Bool)) wrong_type(node, type);
        return;
      case Shape::Int:
        if (!is(node, ScalarType::Int) && !(is(node, ScalarType::Float) && integer_of(value))) return wrong_type(node, type);
        check_value(node, type);
        return;
      case Shape::Number:
        if (!is(node, ScalarType::Int) && !is(node, ScalarType::Float)) return wrong_type(node, type);
        check_value(node, type);
        return;
      case Shape::IntOrString:
        if (!is(node, ScalarType::Int) && !is(node, ScalarType::String)) wrong_type(node, type);
        return;
    }
  }

 private:
  void refuse(NodeId node, std::string message) const { reader_.report(Code::InvalidValue, node, std::move(message)); }

  /// Points at the first item that is too many.
  void check_count(NodeId list, const FieldType& type) const {
    const auto items = reader_.text().document.children(list);
    const auto count = std::ssize(items);
    if (count < type.least) refuse(list, "an empty list is refused here");
    if (count > type.most) refuse(items[static_cast<std::size_t>(type.most)], fmt::format("{} items, at most {} are taken", count, type.most));
  }

  [[nodiscard]] bool check_length(NodeId text, const FieldType& type) const {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    const auto& value = reader_[text].value;
    const auto length = std::ssize(value) - std::ranges::count_if(value, continues);
    if (length < type.least) refuse(text, "an empty value is refused here");
    if (length > type.most) refuse(text, fmt::format("{} characters, at most {} are taken", length, type.most));
    return length >= type.least && length <= type.most;
  }

  void check_value(NodeId node, const FieldType& type) const {
    const auto value = number_of(reader_[node]);
    if (value && (*value < static_cast<double>(type.least) || *value > static_cast<double>(type.most)))
      refuse(node, fmt::format("`{}` is not from {} to {}", shown(reader_[node].value), type.least, type.most));
  }

  void check_format(NodeId text, const FieldType& type) const {
    if (type.format == nullptr) return;
    if (const auto fits = type.format(reader_[text].value); !fits) reader_.report_inside(Code::InvalidValue, text, fits.error().offset, fits.error().message, fits.error().hint);
  }

  [[nodiscard]] bool is(NodeId node, ScalarType type) const {
    const auto& value = reader_[node];
    return (value.kind == NodeKind::Scalar || value.kind == NodeKind::Null) && scalar_type(value, reader_.text().file) == type;
  }

  [[nodiscard]] std::string path(NodeId node) const { return shown(reader_.text().document.path_of(node), kShownPath); }

  void check_object(NodeId node, const FieldType& type) const {
    const auto entries = reader_.text().document.merged_entries(node);
    for (const auto& entry : entries) {
      const auto field = std::ranges::find(type.fields, std::string_view(reader_[entry.key].value), &Field::name);
      if (field != type.fields.end()) {
        check_entry(entry, *field->type);
      } else if (unknown_ == UnknownFields::Report && !reader_.full()) {
        unknown_field(node, entry.key, type);
      }
    }
    if (unknown_ == UnknownFields::Ignore) return;
    for (const auto& field : type.fields) {
      if (!field.required || reader_.get(node, field.name) != kNoNode) continue;
      const bool block = reader_[node].style == NodeStyle::Block && !entries.empty();
      reader_.report(Code::InvalidValue, block ? entries.front().key : node,
                     path(node).empty() ? fmt::format("there is no `{}`", field.name) : fmt::format("`{}` has no `{}`", path(node), field.name),
                     fmt::format("give it a `{}`", field.name));
    }
  }

  void check_entry(const Entry& entry, const FieldType& type) const {
    if (reader_[entry.key].kind != NodeKind::Scalar) reader_.report(Code::WrongType, entry.key, fmt::format("a key of `{}` is {}, not a string", path(entry.key), seen(entry.key)));
    if (!is(entry.value, ScalarType::Null)) check(entry.value, type);
  }

  void unknown_field(NodeId map, NodeId key, const FieldType& type) const {
    const auto& name = reader_[key].value;
    const auto where = path(map);
    std::string help = fmt::format("the fields here are {}", fmt::join(names(type), ", "));
    if (const auto near = did_you_mean(name, names(type)); !near.empty()) help = fmt::format("did you mean `{}`?", near);
    for (const auto& field : type.fields) {
      const auto& below = field.type->shape == Shape::List ? *field.type->element : *field.type;
      if (std::ranges::find(below.fields, std::string_view(name), &Field::name) != below.fields.end()) help = fmt::format("`{}` is a field of `{}`", name, field.name);
    }
    reader_.report(Code::UnknownField, key, where.empty() ? fmt::format("unknown field `{}`", shown(name)) : fmt::format("unknown field `{}` in `{}`", shown(name), where), help);
  }

  void unknown_word(NodeId node, const FieldType& type) const {
    const auto& word = reader_[node].value;
    const auto near = did_you_mean(word, type.values);
    reader_.report(Code::InvalidValue, node, fmt::format("`{}` is `{}`, not {}", path(node), shown(word), expected(type)),
                   near.empty() ? "" : fmt::format("did you mean `{}`?", near));
  }

  void wrong_type(NodeId node, const FieldType& type) const {
    reader_.report(Code::WrongType, node, fmt::format("`{}` is {}, not {}", path(node), seen(node), expected(type)), hint(node, type));
  }

  [[nodiscard]] std::string seen(NodeId node) const {
    const auto& value = reader_[node];
    if (value.kind == NodeKind::Map) return "a map";
    if (value.kind == NodeKind::Sequence) return "a list";
    switch (scalar_type(value, reader_.text().file)) {
      case ScalarType::Null: return "null";
      case ScalarType::Bool: return fmt::format("the boolean `{}`", value.value);
      case ScalarType::Int: return fmt::format("the integer `{}`", value.value);
      case ScalarType::Float: return fmt::format("the number `{}`", value.value);
      case ScalarType::String: return fmt::format("the string `{}`", shown(value.value));
    }
    return "";
  }

  [[nodiscard]] std::string hint(NodeId node, const FieldType& type) const {
    const auto& value = reader_[node];
    if (is(node, ScalarType::Null)) return "remove it, or give it a value";
    if (value.kind != NodeKind::Scalar) return "";
    if (type.shape == Shape::List) return fmt::format("write it as a list: `[{}]`", shown(reader_.text().file.at(value.span)));
    const bool wants_text = type.shape == Shape::String || type.shape == Shape::Enum;
    if (wants_text && value.style == NodeStyle::Plain) return fmt::format("quote it: `\"{}\"`", shown(value.value));
    const bool wants_plain = type.shape == Shape::Int || type.shape == Shape::Number || type.shape == Shape::Bool;
    return wants_plain && value.style != NodeStyle::Plain && integer_of(value) ? "write it without quotes" : "";
  }

  static std::vector<std::string_view> names(const FieldType& type) {
    std::vector<std::string_view> out;
    for (const auto& field : type.fields) out.push_back(field.name);
    return out;
  }

  const Reader& reader_;
  UnknownFields unknown_;
};

}  // namespace

void check_fields(const Reader& reader, NodeId node, const FieldType& type, UnknownFields unknown) { Checker(reader, unknown).check(node, type); }

}  // namespace s2a
