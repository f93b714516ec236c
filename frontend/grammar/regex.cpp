// RE2's verdict, then the tree from the words: groups on a stack, flags worked into the characters.
#include "frontend/grammar/regex.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "frontend/grammar/regex_token.h"
#include "frontend/grammar/unicode_class.h"
#include "ir/pattern/regex_syntax.h"

namespace s2a {
namespace {

using Kind = RegexNode::Kind;

RegexNode one_of(Runes set) { return {.kind = Kind::Runes, .runes = std::move(set)}; }

RegexNode joined(Kind kind, std::vector<RegexNode> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  return {.kind = kind, .parts = std::move(parts)};
}

class TreeBuilder {
 public:
  RegexNode build(const std::vector<regex_token::Token>& tokens) {
    for (const auto& token : tokens) std::visit([&](const auto& t) { add(t); }, token);
    return std::move(groups_.back()).node();
  }

 private:
  struct Flags {
    bool ignore_case = false;
    bool multi_line = false;
    bool dot_takes_line_feed = false;
  };
  struct Group {
    Flags outside;  ///< to come back to
    std::vector<RegexNode> alternatives{};
    std::vector<RegexNode> sequence{};

    void next_alternative() { alternatives.push_back(joined(Kind::Concatenation, std::exchange(sequence, {}))); }
    RegexNode node() && {
      next_alternative();
      return joined(Kind::Alternation, std::move(alternatives));
    }
  };

  void push(RegexNode node) { groups_.back().sequence.push_back(std::move(node)); }

  void add(const regex_token::Character& token) {
    const auto set = runes({{token.rune, token.rune}});
    if (!flags_.ignore_case) return push(one_of(set));
    push(one_of(is_ascii(set) ? in_any_case(set) : runes_by_re2(fmt::format("(?i)\\x{{{:X}}}", static_cast<std::uint32_t>(token.rune)))));
  }

  void add(const regex_token::AnyCharacter&) { push(one_of(all_but(flags_.dot_takes_line_feed ? Runes{} : runes({{'\n', '\n'}})))); }

  void add(const regex_token::AnyByte&) { push({.kind = Kind::Byte}); }

  void add(const regex_token::Class& token) {
    const bool ascii = std::ranges::all_of(token.items, [](const auto& item) { return is_ascii(item.set); });
    if (token.unicode || (flags_.ignore_case && !ascii)) return push(one_of(runes_by_re2((flags_.ignore_case ? "(?i)" : "") + token.text)));
    Runes set;
    for (const auto& item : token.items) {
      const auto cased = flags_.ignore_case ? in_any_case(item.set) : item.set;
      set = either(set, item.negated ? all_but(cased) : cased);
    }
    push(one_of(token.negated ? all_but(set) : std::move(set)));
  }

  void add(regex_token::Anchor token) { push({.kind = Kind::Assertion, .assertion = assertion_of(token)}); }

  [[nodiscard]] Assertion assertion_of(regex_token::Anchor token) const {
    switch (token) {
      case regex_token::Anchor::Caret: return flags_.multi_line ? Assertion::LineBegins : Assertion::TextBegins;
      case regex_token::Anchor::Dollar: return flags_.multi_line ? Assertion::LineEnds : Assertion::TextEnds;
      case regex_token::Anchor::TextBegins: return Assertion::TextBegins;
      case regex_token::Anchor::TextEnds: return Assertion::TextEnds;
      case regex_token::Anchor::WordBoundary: return Assertion::WordBoundary;
      case regex_token::Anchor::NoWordBoundary: return Assertion::NoWordBoundary;
    }
    return {};
  }

  void add(const regex_token::Flags& token) {
    if (token.opens) groups_.push_back({.outside = flags_});
    for (const auto& [letters, value] : {std::pair(&token.set, true), std::pair(&token.clear, false)}) {
      for (const char letter : *letters) {
        if (letter == 'i') flags_.ignore_case = value;
        if (letter == 'm') flags_.multi_line = value;
        if (letter == 's') flags_.dot_takes_line_feed = value;
      }
    }
  }

  void add(regex_token::Mark token) {
    switch (token) {
      case regex_token::Mark::Open: groups_.push_back({.outside = flags_}); break;
      case regex_token::Mark::Or: groups_.back().next_alternative(); break;
      case regex_token::Mark::Close: {
        auto closed = std::move(groups_.back());
        groups_.pop_back();
        flags_ = closed.outside;
        push(std::move(closed).node());
        break;
      }
    }
  }

  void add(const regex_token::Repeat& token) {
    auto& last = groups_.back().sequence.back();
    last = {.kind = Kind::Repetition, .least = token.least, .most = token.most, .parts = {std::move(last)}};
  }

  Flags flags_;
  std::vector<Group> groups_{1};
};

}  // namespace

Parsed<Regex> parse_regex(std::string_view text) {
  const re2::RE2 compiled(re2::StringPiece(text.data(), text.size()), re2::RE2::Quiet);
  if (!compiled.ok()) {
    const auto at = text.find(compiled.error_arg());
    return grammar_error(at == std::string_view::npos ? 0 : at, "not a regular expression of RE2: " + compiled.error(), "Envoy uses RE2: no look-around, no back-references");
  }
  return regex_token::parse(text).map([&](const auto& tokens) { return *Regex::compile(std::string(text), TreeBuilder().build(tokens)); });
}

std::optional<Regex> regex_of(std::string_view text) {
  auto parsed = parse_regex(text);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

Parsed<void> check_regex(std::string_view text) {
  return parse_regex(text).map([](const Regex&) {});
}

}  // namespace s2a
