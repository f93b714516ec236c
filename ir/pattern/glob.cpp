// Matching a Glob: the places of the subject that each piece can end at, piece after piece.
#include "ir/pattern/glob.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace s2a {
namespace {

bool is_segment_char(char c) {
  const bool alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return alphanumeric || (c != '\0' && std::string_view("-._~%!$&'()*+,;:@=").find(c) != std::string_view::npos);
}

/// places[i]: the pieces so far can spell the first i characters of the subject.
using Places = std::vector<bool>;

Places after(const std::string& text, const Places& before, std::string_view subject) {
  Places out(before.size(), false);
  for (std::size_t i = 0; i + text.size() <= subject.size(); ++i) {
    if (before[i] && subject.substr(i, text.size()) == text) out[i + text.size()] = true;
  }
  return out;
}

Places after(const Star& star, const Places& before, std::string_view subject) {
  Places out(before.size(), false);
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool goes_on = i > 0 && contains(star.chars, subject[i - 1]) && (out[i - 1] || before[i - 1]);
    out[i] = goes_on || (star.empty_too && before[i]);
  }
  return out;
}

bool spells(const std::vector<Piece>& sequence, std::string_view subject) {
  Places places(subject.size() + 1, false);
  places.front() = true;
  for (const auto& piece : sequence) places = std::visit([&](const auto& p) { return after(p, places, subject); }, piece);
  return places.back();
}

std::string to_text(const Piece& piece) {
  if (const auto* text = std::get_if<std::string>(&piece)) return *text;
  switch (std::get<Star>(piece).chars) {
    case Chars::Any:
    case Chars::NotSlash:
    case Chars::NotLineFeed:
    case Chars::NotBlank:
    case Chars::NotSpace:
    case Chars::NotCapital:
    case Chars::InTarget:
    case Chars::InPath:
    case Chars::Digit: return "*";
    case Chars::Segment: return "{*}";
    case Chars::SegmentOrSlash: return "{**}";
  }
  return "";
}

Glob lowered(Glob glob) {
  for (auto& sequence : glob.any_of) {
    for (auto& piece : sequence) {
      if (auto* text = std::get_if<std::string>(&piece)) *text = lower(*text);
    }
  }
  glob.ignore_case = false;
  return glob;
}

}  // namespace

bool contains(Chars chars, char c) {
  switch (chars) {
    case Chars::Any: return true;
    case Chars::NotSlash: return c != '/';
    case Chars::Segment: return is_segment_char(c);
    case Chars::SegmentOrSlash: return c == '/' || is_segment_char(c);
    case Chars::NotLineFeed: return c != '\n';
    case Chars::NotBlank: return c != ' ' && c != '\t' && c != '\n';
    case Chars::NotSpace: return c != ' ' && c != '\n';
    case Chars::NotCapital: return c < 'A' || c > 'Z';
    case Chars::InTarget: return c > ' ' && c <= '~' && c != '#';
    case Chars::InPath: return c > ' ' && c <= '~' && c != '#' && c != '?';
    case Chars::Digit: return c >= '0' && c <= '9';
  }
  return false;
}

bool within(Chars inner, Chars outer) {
  for (int c = 0; c < 256; ++c)
    if (contains(inner, static_cast<char>(c)) && !contains(outer, static_cast<char>(c))) return false;
  return true;
}

bool matches(const Glob& glob, std::string_view subject) {
  if (glob.ignore_case) return matches(lowered(glob), lower(subject));
  return std::ranges::any_of(glob.any_of, [&](const auto& sequence) { return spells(sequence, subject); });
}

std::string to_string(const Glob& glob) {
  std::vector<std::string> alternatives;
  for (const auto& sequence : glob.any_of) {
    std::string text;
    for (const auto& piece : sequence) text += to_text(piece);
    alternatives.push_back(std::move(text));
  }
  return alternatives.empty() ? "nothing" : fmt::format("{}", fmt::join(alternatives, " or "));
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}

}  // namespace s2a
