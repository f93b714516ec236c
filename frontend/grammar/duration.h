// Durations: Go's time.ParseDuration (Istio's fields) and GEP-2257 (the Gateway API's). routing.md
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// `1.5s`, `1h2m`, `-1ms`, `0`: numbers with the units ns us ms s m h, as Go reads them.
[[nodiscard]] Parsed<std::chrono::nanoseconds> parse_go_duration(std::string_view text);

/// One of these that a CRD of Istio takes: 1ms or more.
[[nodiscard]] Parsed<void> check_timeout(std::string_view text);

/// `^([0-9]{1,5}(h|m|s|ms)){1,4}$`
[[nodiscard]] Parsed<std::chrono::nanoseconds> parse_gateway_duration(std::string_view text);

/// The same in milliseconds, which is all that istiod takes of them; nothing where the text is no duration.
[[nodiscard]] std::optional<std::chrono::milliseconds> milliseconds_of_go(std::string_view text);
[[nodiscard]] std::optional<std::chrono::milliseconds> milliseconds_of_gateway(std::string_view text);

}  // namespace s2a
