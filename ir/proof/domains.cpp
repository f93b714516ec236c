// Domains as Globs, and what stands around a part.
#include "ir/proof/domains.h"

#include <algorithm>
#include <optional>

#include "ir/pattern/regex_syntax.h"

namespace s2a::domain {
namespace {

using Sequence = std::vector<Piece>;

constexpr Star kPath{.chars = Chars::InPath};
constexpr Star kQuery{.chars = Chars::InTarget};
constexpr Star kLine{.chars = Chars::NotLineFeed};

Sequence operator+(Sequence a, const Sequence& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// What the sequence spells with such characters only; nothing where it always has others. Every run that policies write is of such characters, or of any.
std::optional<Sequence> restricted(Sequence sequence, Chars chars) {
  for (auto& piece : sequence) {
    if (auto* star = std::get_if<Star>(&piece)) {
      if (!within(star->chars, chars)) star->chars = chars;
    } else if (!std::ranges::all_of(std::get<std::string>(piece), [&](char c) { return contains(chars, c); })) {
      return std::nullopt;
    }
  }
  return sequence;
}

/// One of `before`, a part in the set of such characters, one of `behind`. A pattern that is no Glob stays as it is: a guess.
Set surrounded(const std::vector<Sequence>& before, const Set& set, Chars chars, const std::vector<Sequence>& behind) {
  Set out;
  for (const auto& pattern : set.any_of) {
    const auto glob = as_glob(pattern);
    Glob whole{.any_of = {}, .ignore_case = glob && glob->ignore_case};
    for (const auto& sequence : glob ? glob->any_of : std::vector<Sequence>{}) {
      const auto part = restricted(sequence, chars);
      if (!part) continue;
      for (const auto& left : before)
        for (const auto& right : behind) whole.any_of.push_back(left + *part + right);
    }
    out.any_of.push_back(glob ? Pattern(std::move(whole)) : pattern);
  }
  return out;
}

}  // namespace

Pattern server_names() { return Glob{{{Star{.chars = Chars::NotCapital, .empty_too = false}}}}; }
Pattern paths() { return Glob{{{"/", kPath}}}; }
Pattern targets() { return Glob{{{"/", kPath}, {"/", kPath, "?", kQuery}}}; }
Pattern query_values() { return Glob{{{kQuery}}}; }
Pattern principals() { return Glob{{{kLine}, {kLine, "\n", kLine}}}; }
Pattern claims() { return Glob{{{kLine}}}; }

Pattern header_lines() {
  constexpr Star kEnd{.chars = Chars::NotBlank, .empty_too = false};
  return Glob{{{}, {kEnd}, {kEnd, kLine, kEnd}}};
}

Pattern header_lines_in_utf8() {
  using How = RegexNode::Kind;
  const auto one = [](const char* except) {
    std::vector<RuneRange> ranges;
    for (; *except != '\0'; ++except) ranges.push_back({.first = static_cast<char32_t>(*except), .last = static_cast<char32_t>(*except)});
    return RegexNode{.kind = How::Runes, .runes = all_but(runes(std::move(ranges)))};
  };
  const auto end = one(" \t\n");
  const RegexNode middle{.kind = How::Repetition, .parts = {one("\n")}};
  const RegexNode longer{.kind = How::Concatenation, .parts = {end, middle, end}};
  return *Regex::compile(R"(|[^ \t\n]|[^ \t\n][^\n]*[^ \t\n])", {.kind = How::Alternation, .parts = {RegexNode{}, end, longer}});
}

Pattern hosts(const std::vector<std::string>& names) {
  constexpr Star kPort{.chars = Chars::Digit, .empty_too = false};
  Glob out;
  for (const auto& name : names) out.any_of.insert(out.any_of.end(), {{name}, {name + ":", kPort}});
  return out;
}

Set targets_by_path(const Set& set) { return surrounded({{}}, set, Chars::InPath, {{}, {"?", kQuery}}); }
Set claims_by_word(const Set& set) { return surrounded({{}, {kLine, " "}}, set, Chars::NotSpace, {{}, {" ", kLine}}); }
Set principals_by_issuer(const Set& set) { return surrounded({{}}, set, Chars::NotLineFeed, {{}, {"\n", kLine}}); }
Set principals_by_subject(const Set& set) { return surrounded({{kLine, "\n"}}, set, Chars::NotLineFeed, {{}}); }

}  // namespace s2a::domain
