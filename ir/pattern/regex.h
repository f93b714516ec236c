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

struct Nfa;
struct RegexNode;

/// Always valid: it only comes from compile(). Two are equal when their texts are.
class Regex {
 public:
  /// The tree is what the text says, as parse_regex (frontend/grammar/regex.h) reads it. Nothing where RE2 refuses the text.
  [[nodiscard]] static std::optional<Regex> compile(std::string text, const RegexNode& tree);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Whether the whole subject matches, as Envoy does it.
  [[nodiscard]] bool matches(std::string_view subject) const;
  /// The same set as places, for the automaton.
  [[nodiscard]] const Nfa& nfa() const { return *nfa_; }

  bool operator==(const Regex& other) const { return text_ == other.text_; }
  auto operator<=>(const Regex& other) const { return text_ <=> other.text_; }

 private:
  Regex(std::string text, std::shared_ptr<const re2::RE2> compiled, std::shared_ptr<const Nfa> nfa)
      : text_(std::move(text)), compiled_(std::move(compiled)), nfa_(std::move(nfa)) {}

  std::string text_;
  std::shared_ptr<const re2::RE2> compiled_;
  std::shared_ptr<const Nfa> nfa_;
};

/// The subject with every match replaced, as RE2's GlobalReplace does it: `\0` to `\9` stand for groups. Unchanged where RE2 refuses the text.
[[nodiscard]] std::string replace_all(const std::string& regex, std::string subject, const std::string& substitution);
/// Whether the whole subject matches; false where RE2 refuses the text.
[[nodiscard]] bool full_match(const std::string& regex, std::string_view subject);

}  // namespace s2a
