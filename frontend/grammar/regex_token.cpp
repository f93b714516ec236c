// RE2's syntax page as a grammar. What is no word of it is a character.
#include "frontend/grammar/regex_token.h"

#include <boost/fusion/include/at_c.hpp>

#include "frontend/grammar/whole.h"

namespace s2a::regex_token {
namespace {

const Runes kDigit = runes({{'0', '9'}});
const Runes kLower = runes({{'a', 'z'}});
const Runes kUpper = runes({{'A', 'Z'}});
const Runes kAlpha = either(kLower, kUpper);
const Runes kAlnum = either(kAlpha, kDigit);
const Runes kWord = either(kAlnum, runes({{'_', '_'}}));

struct NamedClass {
  std::string_view name;
  Runes set;
};

const std::vector<NamedClass>& perl_classes() {
  static const std::vector<NamedClass> kClasses{{"d", kDigit}, {"w", kWord}, {"s", runes({{'\t', '\n'}, {'\f', '\r'}, {' ', ' '}})}};
  return kClasses;
}

const std::vector<NamedClass>& posix_classes() {
  static const std::vector<NamedClass> kClasses{{"alnum", kAlnum},
                                                {"alpha", kAlpha},
                                                {"ascii", runes({{0, kLastAscii}})},
                                                {"blank", runes({{'\t', '\t'}, {' ', ' '}})},
                                                {"cntrl", runes({{0, 0x1F}, {0x7F, 0x7F}})},
                                                {"digit", kDigit},
                                                {"graph", runes({{'!', '~'}})},
                                                {"lower", kLower},
                                                {"print", runes({{' ', '~'}})},
                                                {"punct", runes({{'!', '/'}, {':', '@'}, {'[', '`'}, {'{', '~'}})},
                                                {"space", runes({{'\t', '\r'}, {' ', ' '}})},
                                                {"upper", kUpper},
                                                {"word", kWord},
                                                {"xdigit", runes({{'0', '9'}, {'A', 'F'}, {'a', 'f'}})}};
  return kClasses;
}

/// `\d` and `\D`.
x3::symbols<ClassItem> perl_symbols() {
  x3::symbols<ClassItem> out;
  for (const auto& [name, set] : perl_classes()) {
    out.add(fmt::format("\\{}", name), ClassItem{set, false});
    out.add(fmt::format("\\{}", static_cast<char>(name.front() - 'a' + 'A')), ClassItem{set, true});
  }
  return out;
}

/// `[:alpha:]` and `[:^alpha:]`.
x3::symbols<ClassItem> posix_symbols() {
  x3::symbols<ClassItem> out;
  for (const auto& [name, set] : posix_classes()) {
    out.add(fmt::format("[:{}:]", name), ClassItem{set, false});
    out.add(fmt::format("[:^{}:]", name), ClassItem{set, true});
  }
  return out;
}

/// The one code point that the bytes of UTF-8 spell.
char32_t decode(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes.front());
  char32_t out = bytes.size() == 1 ? lead : lead & (0x7FU >> bytes.size());
  for (const char c : bytes.substr(1)) out = (out << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  return out;
}

template <class Range>
std::string text_of(const Range& range) {
  return {range.begin(), range.end()};
}

}  // namespace

Parsed<std::vector<Token>> parse(std::string_view text) {
  using boost::fusion::at_c;
  std::vector<Token> out;
  Class now;  // the class that is being read
  const auto add = [&](const Token& token) { return [&out, token](auto&) { out.push_back(token); }; };

  const auto rune = x3::rule<class Rune, char32_t>{"a character"} =
      x3::raw[x3::char_ >> *x3::char_('\x80', '\xBF')][([](auto& context) { x3::_val(context) = decode(text_of(x3::_attr(context))); })];
  x3::symbols<char32_t> control;
  control.add("a", '\a')("f", '\f')("n", '\n')("r", '\r')("t", '\t')("v", '\v');
  const auto octal = (&x3::lit('0') >> x3::uint_parser<char32_t, 8, 1, 3>()) | x3::uint_parser<char32_t, 8, 2, 3>();
  const auto hexadecimal = x3::lit('x') >> (x3::uint_parser<char32_t, 16, 2, 2>() | ('{' >> x3::uint_parser<char32_t, 16>() >> '}'));
  const auto escaped = x3::rule<class Escaped, char32_t>{"an escape"} = x3::lit('\\') >> (octal | hexadecimal | control | (rune - x3::char_("a-zA-Z0-9")));
  const auto character = x3::rule<class AnyOne, char32_t>{"a character"} = escaped | (rune - '\\');

  const auto perl = perl_symbols();
  const auto posix = posix_symbols();
  const auto unicode = x3::lit('\\') >> x3::char_("pP") >> (('{' >> +(x3::char_ - '}') >> '}') | x3::omit[rune]);
  const auto add_item = [&](auto& context) { now.items.push_back(x3::_attr(context)); };
  const auto add_range = [&](auto& context) {
    const char32_t first = at_c<0>(x3::_attr(context));
    now.items.push_back({runes({{first, at_c<1>(x3::_attr(context)).value_or(first)}}), false});
  };
  const auto add_unicode = [&](auto&) { now.unicode = true; };
  const auto item_of = [&](const auto& first) {
    return posix[add_item] | perl[add_item] | x3::omit[unicode][add_unicode] | (first >> -('-' >> !x3::lit(']') >> character))[add_range];
  };
  const auto take_class = [&](auto& context) {
    now.text = text_of(x3::_attr(context));
    out.push_back(std::exchange(now, {}));
  };
  const auto brackets = x3::raw['[' >> -x3::lit('^')[([&](auto&) { now.negated = true; })] >> item_of(character) >> *item_of(character - ']') > ']'][take_class];
  const auto alone = x3::raw[perl[add_item] | x3::omit[unicode][add_unicode]][take_class];

  x3::symbols<Anchor> anchors;
  anchors.add("^", Anchor::Caret)("$", Anchor::Dollar)("\\A", Anchor::TextBegins)("\\z", Anchor::TextEnds)("\\b", Anchor::WordBoundary)("\\B", Anchor::NoWordBoundary);
  const auto anchor = anchors[([&](auto& context) { out.push_back(x3::_attr(context)); })];

  const auto add_character = [&](auto& context) { out.push_back(Character{x3::_attr(context)}); };
  const auto quoted = "\\Q" >> *(rune - "\\E")[add_character] >> ("\\E" | x3::eoi);
  const auto name = "(?" >> -x3::lit('P') >> '<' >> +x3::char_("0-9A-Za-z_") >> '>';
  const auto letters = x3::rule<class Letters, std::string>{"flags"} = *x3::char_("imsU");
  const auto flags = ("(?" >> letters >> -('-' >> letters) >> x3::char_(":)"))[([&](auto& context) {
    const auto& [set, clear, end] = std::tie(at_c<0>(x3::_attr(context)), at_c<1>(x3::_attr(context)), at_c<2>(x3::_attr(context)));
    out.push_back(Flags{set, clear.value_or(""), end == ':'});
  })];

  const auto number = x3::rule<class Number, std::uint32_t>{"a number"} = (&x3::char_("1-9") >> x3::uint32) | ('0' >> !x3::digit >> x3::attr(0U));
  const auto exactly = ('{' >> number >> '}')[([&](auto& context) { out.push_back(Repeat{x3::_attr(context), x3::_attr(context)}); })];
  const auto at_least = ('{' >> number >> ",}")[([&](auto& context) { out.push_back(Repeat{x3::_attr(context), std::nullopt}); })];
  const auto between = ('{' >> number >> ',' >> number >> '}')[([&](auto& context) { out.push_back(Repeat{at_c<0>(x3::_attr(context)), at_c<1>(x3::_attr(context))}); })];
  const auto sign = x3::lit('*')[add(Repeat{0, std::nullopt})] | x3::lit('+')[add(Repeat{1, std::nullopt})] | x3::lit('?')[add(Repeat{0, 1})];
  const auto repeat = (sign | exactly | at_least | between) >> -x3::lit('?');

  const auto mark = x3::omit[name][add(Mark::Open)] | flags | x3::lit('(')[add(Mark::Open)] | x3::lit(')')[add(Mark::Close)] | x3::lit('|')[add(Mark::Or)];
  const auto single = x3::lit('.')[add(AnyCharacter{})] | x3::lit("\\C")[add(AnyByte{})] | character[add_character];
  return check_whole(text, *(quoted | anchor | alone | brackets | mark | repeat | single), "a regular expression").map([&] { return std::move(out); });
}

}  // namespace s2a::regex_token
