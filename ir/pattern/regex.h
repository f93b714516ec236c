// A regular expression in RE2's syntax, compiled once and shared by its copies.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace s2a {

/// Always valid: it only comes from compile(). Two are equal when their texts are.
class Regex {
 public:
  /// Nothing where RE2 refuses the text.
  [[nodiscard]] static std::optional<Regex> compile(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Whether the whole subject matches, as Envoy does it.
  [[nodiscard]] bool matches(std::string_view subject) const;
  /// A string that matches, where one is easily found.
  [[nodiscard]] std::optional<std::string> example() const;

  bool operator==(const Regex& other) const { return text_ == other.text_; }
  auto operator<=>(const Regex& other) const { return text_ <=> other.text_; }

 private:
  Regex(std::string text, std::shared_ptr<const re2::RE2> compiled) : text_(std::move(text)), compiled_(std::move(compiled)) {}

  std::string text_;
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace s2a
