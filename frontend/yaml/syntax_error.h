// What is wrong with a text that is not YAML, in plain words.
#pragma once

#include <optional>
#include <string_view>

#include "frontend/yaml/text.h"
#include "ir/source/diagnostic.h"

namespace s2a::yaml {

struct Wording {
  Code code = Code::MalformedYaml;
  std::string_view message;
  std::string_view help;
  Offset back = 0;  ///< the place is that many bytes before the one reported
};

/// Why a document is refused, and where that was seen.
struct Refused {
  Wording wording;
  Offset at = 0;
  Offset end = 0;  ///< of what is meant, where it is more than a character
};

inline constexpr Wording kTextBehindEnd{.message = "the document is complete before this text",
                                        .help = "entries of one map or list start in the same column; documents are separated by a `---` line"};
inline constexpr Wording kUnclosedQuote{.message = "the quote that opens here is never closed", .help = "close it, or double a `'` that is meant as text"};
inline constexpr Wording kKeyWithoutColon{.message = "a key without a `:`", .help = "write `key: value`, and check the indentation"};
inline constexpr Wording kKeyMissing{.message = "a `?` without a key", .help = "write `key: value`"};
inline constexpr Wording kMisread{.message = "this value is not understood", .help = "put the value in quotes"};
inline constexpr Wording kAddressInFlow{.message = "between brackets this address is read as a map, because it ends in `:`",
                                        .help = "put IPv6 addresses in a list with brackets in quotes, as in `[\"001:db8::\"]`"};
inline constexpr Wording kTooDeep{
    .code = Code::TooBig, .message = "the document is nested more than 100 levels deep", .help = "no Kubernetes object is; check the brackets and the indentation"};
inline constexpr Wording kTooManyAliases{.code = Code::TooBig, .message = "aliases expand the document by more than 1,000,000 nodes", .help = "write out what is meant"};
inline constexpr Wording kEndlessAlias{
    .code = Code::TooBig, .message = "the alias stands inside what it is an alias of, so the document never ends", .help = "write out what is meant"};

/// yaml-cpp's message in our words.
[[nodiscard]] Wording reword(std::string_view yaml_cpp_message);
/// What makes a text unfit for the parser: bytes that no YAML has, lone carriage returns, far too many brackets.
[[nodiscard]] std::optional<Refused> unreadable(std::string_view text, Span document);
/// The diagnostic; its label is on the one character or name that is meant. `text` ends where the document ends.
[[nodiscard]] Diagnostic syntax_error(FileId file, std::string_view text, Span document, const Refused& refused);

}  // namespace s2a::yaml
