// Kubernetes labels and label selectors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// `name` or `dns.subdomain/name`: a name of at most 63 letters, digits, `-`, `_` and `.`, letters or digits at its ends.
[[nodiscard]] Parsed<void> check_label_key(std::string_view text);
/// Like a key's name; may be empty.
[[nodiscard]] Parsed<void> check_label_value(std::string_view text);

enum class LabelOperator : std::uint8_t { In, NotIn, Exists, DoesNotExist };

/// `a=b` is `a in (b)`, `a!=b` is `a notin (b)`.
struct LabelRequirement {
  std::string key;
  LabelOperator op{};
  std::vector<std::string> values;
  bool operator==(const LabelRequirement&) const = default;
};

/// Reads `a=b,c!=d,e in (f, g),h notin (i),j,!k` as kubectl does; an empty text has no requirements. Keys and values are checked as above.
[[nodiscard]] Parsed<std::vector<LabelRequirement>> parse_label_selector(std::string_view text);

}  // namespace s2a
