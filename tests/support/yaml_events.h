// The tree that yaml-cpp sees in a text, as a list of strings: the oracle for everything that says how text is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/source/document.h"

namespace s2a::test {

/// One string an event: `doc`, `~`, `*1`, `=scalar`, `[`, `]`, `{`, `}`, with `&1` in front where it has an anchor. Nothing where yaml-cpp refuses the text.
[[nodiscard]] std::optional<std::vector<std::string>> yaml_events(std::string_view text);

/// The same list from a Document, beginning with `doc`: what yaml_events must give for its text.
[[nodiscard]] std::vector<std::string> events_of(const Document& document);

}  // namespace s2a::test
