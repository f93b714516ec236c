// A small tree of YAML to be written: what passes put into an edit, without any text layout.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "ir/source/span.h"

namespace s2a {

/// A comment of the input that goes where what it is about goes.
struct Comment {
  SourcePoint from;
  std::string text;     ///< from the `#` to the end of its line
  bool copied = false;  ///< written even if it stays in its place as well

  bool operator==(const Comment&) const = default;
};

/// A YAML string, a whole number (ports), a sequence or a map in the order given. An empty map or sequence is written `{}` or `[]`.
struct Value {
  using Sequence = std::vector<Value>;
  using Map = std::vector<std::pair<std::string, Value>>;

  std::variant<std::string, std::int64_t, Sequence, Map> content;
  bool plain = false;  ///< a text that was read without quotes: `true` is no string there, and must not become one. Two values are the same with or without
  std::optional<SourcePoint>
      origin{};                     ///< the text that it was copied from or stands in for; nothing: as what it stands in, or else as the place of its Action. Does not count either
  std::vector<Comment> comments{};  ///< above an item or a document in block style: those that the edit takes from their places. Do not count either

  Value() = default;
  Value(std::string text) : content(std::move(text)) {}         // NOLINT(google-explicit-constructor): literals read as YAML
  Value(std::string_view text) : content(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  Value(const char* text) : content(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  Value(int number) : content(std::int64_t{number}) {}          // NOLINT(google-explicit-constructor)
  Value(std::int64_t number) : content(number) {}               // NOLINT(google-explicit-constructor)
  Value(Sequence items) : content(std::move(items)) {}          // NOLINT(google-explicit-constructor)
  Value(Map entries) : content(std::move(entries)) {}           // NOLINT(google-explicit-constructor)
  bool operator==(const Value& other) const { return content == other.content; }
};

}  // namespace s2a
