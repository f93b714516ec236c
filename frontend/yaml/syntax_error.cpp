// The words for each of yaml-cpp's messages, and the narrowest place for them.
#include "frontend/yaml/syntax_error.h"

#include <yaml-cpp/exceptions.h>

#include <algorithm>

namespace s2a::yaml {
namespace {

constexpr std::string_view kColumns = "entries of one map or list start in the same column, further right than what holds them";
constexpr std::string_view kQuote = "put the value in quotes";
constexpr std::string_view kAnchors = "an anchor is `&name`, an alias `*name`; put a value that merely starts with `&` or `*` in quotes";
constexpr std::string_view kEscapes = R"(write a backslash as `\\`, or use single quotes)";
constexpr std::size_t kMaxTokens = 16U << 20U;  ///< yaml-cpp keeps those of one flow collection in memory all at once

constexpr Wording kTab{.message = "a tab stands in the indentation", .help = "indent with spaces; YAML does not allow tabs there"};
constexpr Wording kByte{.message = "a byte that no YAML text has", .help = "save the file as UTF-8 text without control characters"};
constexpr Wording kLoneReturn{.code = Code::CarriageReturnsOnly, .message = "a line ends in a carriage return alone", .help = "convert the line ends, for example with `mac2unix`"};
constexpr Wording kTooManyTokens{.code = Code::TooBig, .message = "the document is too large", .help = "split it into several documents"};

struct Row {
  std::string_view yaml_cpp;
  std::string_view message;
  std::string_view help;
  Offset back = 0;
};

/// By the start of yaml-cpp's message.
const Row kRows[] = {
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "the map that starts with `{` does not go on like this", "separate its entries by `,` and close it with `}`"},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "the list that starts with `[` does not go on like this", "separate its items by `,` and close it with `]`"},
    {YAML::ErrorMsg::END_OF_MAP, "this is no entry of the map around it", kColumns},
    {YAML::ErrorMsg::END_OF_SEQ, "this is no item of the list around it", kColumns},
    {YAML::ErrorMsg::MAP_VALUE, "a `:` where no value can start", "check the indentation, and put a text that contains `: ` in quotes"},
    {YAML::ErrorMsg::MAP_KEY, "a `?` where no key can start", kColumns},
    {YAML::ErrorMsg::BLOCK_ENTRY, "a list item where no list can start", "start the list on a line of its own"},
    {YAML::ErrorMsg::FLOW_END, "a closing bracket without its opening one", "remove it, or put the value in quotes"},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "no value can start with this character", kQuote},
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, "the alias stands for nothing: its anchor is not defined before it in this document", kAnchors},
    {YAML::ErrorMsg::DOC_IN_SCALAR, "a document ends inside a quoted text", "close the quote"},
    {YAML::ErrorMsg::EOF_IN_SCALAR, "the document ends inside a quoted text", "close the quote"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, kTab.message, kTab.help},
    {YAML::ErrorMsg::INVALID_ESCAPE, R"(a `\` and a character that it does not escape)", kEscapes, 2},
    {YAML::ErrorMsg::INVALID_HEX, R"(an escape that needs hexadecimal digits)", kEscapes},
    {YAML::ErrorMsg::INVALID_UNICODE, R"(an escape that is no Unicode character)", kEscapes},
    {YAML::ErrorMsg::ALIAS_NOT_FOUND, "a `*` without a name", kAnchors},
    {YAML::ErrorMsg::ANCHOR_NOT_FOUND, "a `&` without a name", kAnchors},
    {YAML::ErrorMsg::CHAR_IN_ALIAS, "a character that cannot stand in an alias", kAnchors},
    {YAML::ErrorMsg::CHAR_IN_ANCHOR, "a character that cannot stand in an anchor", kAnchors},
    {YAML::ErrorMsg::MULTIPLE_ANCHORS, "a second anchor for the same value", "remove one of the two"},
    {YAML::ErrorMsg::MULTIPLE_TAGS, "a second tag for the same value", "remove one of the two"},
    {YAML::ErrorMsg::ZERO_INDENT_IN_BLOCK, "a block text cannot be indented by 0", "use a digit from 1 to 9, or none"},
    {YAML::ErrorMsg::CHAR_IN_BLOCK, "text behind a `|` or `>`", "start the text on the next line"},
    {YAML::ErrorMsg::TAG_WITH_NO_SUFFIX, "a tag without a name", "put a value that starts with `!` in quotes"},
    {YAML::ErrorMsg::END_OF_VERBATIM_TAG, "a tag that starts with `!<` and is not closed", "close it with `>`"},
};

bool forbidden(char c) {
  const auto byte = static_cast<unsigned char>(c);
  const bool control = byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
  return control || byte == 0x7F || byte == 0xC0 || byte == 0xC1 || byte >= 0xF5;
}

bool structural(char c) { return c == '[' || c == '{' || c == ',' || c == ':'; }

/// A tab in the indentation of the line, if there is one.
std::optional<Offset> tab_before(std::string_view text, Span document, Offset at) {
  const auto line = std::max(std::size_t{document.begin}, text.substr(0, at).rfind('\n') + 1);  // npos + 1 == 0
  const auto tab = text.substr(0, skip_blanks(text, static_cast<Offset>(line))).find('\t', line);
  return tab == std::string_view::npos ? std::nullopt : std::optional(static_cast<Offset>(tab));
}

/// What is meant: the alias, the anchor or the one character there; at the end of the document the place behind its last character.
Span narrow(std::string_view text, Span document, Offset at) {
  const auto last = text.find_last_not_of(" \t\r\n");
  const auto behind = std::max(document.begin, last == std::string_view::npos ? 0 : static_cast<Offset>(last + 1));
  if (at >= behind) return {.begin = behind, .end = behind};
  Offset end = at + 1;
  if (text[at] == '*' || text[at] == '&') end = alias_end(text, at);
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  return {.begin = at, .end = end};
}

}  // namespace

Wording reword(std::string_view yaml_cpp_message) {
  const auto row = std::ranges::find_if(kRows, [&](const Row& r) { return yaml_cpp_message.starts_with(r.yaml_cpp); });
  if (row == std::end(kRows)) return {.message = yaml_cpp_message, .help = "see the YAML 1.2 specification"};
  return {.message = row->message, .help = row->help, .back = row->back};
}

std::optional<Refused> unreadable(std::string_view text, Span document) {
  const auto own = text.substr(document.begin);
  const auto offset = [&](std::size_t at) { return document.begin + static_cast<Offset>(at); };
  if (const auto byte = std::ranges::find_if(own, forbidden); byte != own.end()) return Refused{.wording = kByte, .at = offset(static_cast<std::size_t>(byte - own.begin()))};
  for (auto at = own.find('\r'); at != std::string_view::npos; at = own.find('\r', at + 1)) {
    if (own.substr(at + 1, 1) != "\n") return Refused{.wording = kLoneReturn, .at = offset(at)};
  }
  if (own.size() > kMaxTokens && static_cast<std::size_t>(std::ranges::count_if(own, structural)) > kMaxTokens) return Refused{.wording = kTooManyTokens, .at = document.begin};
  return std::nullopt;
}

Diagnostic syntax_error(FileId file, std::string_view text, Span document, const Refused& refused) {
  const auto tab = refused.wording.code == Code::MalformedYaml ? tab_before(text, document, refused.at) : std::nullopt;
  const Wording& wording = tab ? kTab : refused.wording;
  const Span place = refused.end > 0 ? Span{.begin = refused.at, .end = refused.end} : narrow(text, document, tab.value_or(refused.at - wording.back));
  return {.code = wording.code, .message = std::string(wording.message), .labels = {{.file = file, .span = place}}, .help = std::string(wording.help)};
}

}  // namespace s2a::yaml
