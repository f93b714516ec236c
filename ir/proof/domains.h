// The texts that attributes of a request can have, and sets of parts of a text (the path of a target, the issuer of a principal) as sets of whole texts.
#pragma once

#include <string>
#include <vector>

#include "ir/pattern/pattern.h"

namespace s2a::domain {

/// Server names: without capitals.
[[nodiscard]] Pattern server_names();
[[nodiscard]] Pattern paths();
/// Paths, and paths with a query.
[[nodiscard]] Pattern targets();
/// Values of a parameter in a query.
[[nodiscard]] Pattern query_values();
/// Lines of a header, which are trimmed.
[[nodiscard]] Pattern header_lines();
/// Those that are UTF-8: no regular expression of RE2 takes others. routing.md 3.3
[[nodiscard]] Pattern header_lines_in_utf8();
/// Any of these names, with or without a port.
[[nodiscard]] Pattern hosts(const std::vector<std::string>& names);
/// An issuer; or an issuer, a line feed and a subject.
[[nodiscard]] Pattern principals();
/// What a token says of anything: no line feed.
[[nodiscard]] Pattern claims();

/// The targets whose path is in the set.
[[nodiscard]] Set targets_by_path(const Set& set);
/// The claims of which a word, between spaces, is in the set.
[[nodiscard]] Set claims_by_word(const Set& set);
/// The principals whose issuer, or whose subject, is in the set.
[[nodiscard]] Set principals_by_issuer(const Set& set);
[[nodiscard]] Set principals_by_subject(const Set& set);

}  // namespace s2a::domain
