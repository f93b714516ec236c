// What a match of a VirtualService or a route asks, as literals: the same words mean the same to Envoy. routing.md 1.2, 2.6, 3
#pragma once

#include <optional>
#include <string>

#include "ir/mesh/virtual_service.h"
#include "ir/table/table.h"

namespace s2a {

/// The texts that a StringMatch takes; one that is no regular expression takes none (the webhook refuses it before).
[[nodiscard]] Pattern pattern_of(const StringMatch& match);
[[nodiscard]] Pattern pattern_of(const std::optional<Regex>& regex);

/// Some line of the header is one of these texts; `:method`, `:authority` and `host`, `:path` (with the query) and `:scheme` are read like headers. routing.md 1.2
void add_header(Conjunction& out, const std::string& name, const StringMatch& match);
/// No line is; a header that is not there counts as an empty line, except where only its presence is asked for. routing.md 2.6
void add_without_header(Conjunction& out, const std::string& name, const StringMatch& match);
/// The first value of the query parameter, undecoded. routing.md 3.3
void add_query(Conjunction& out, const std::string& name, const StringMatch& match);
/// Holds where everything in the conjunction does.
[[nodiscard]] Guard guard_of(Conjunction conjunction);

}  // namespace s2a
