// How what is allowed after compares with what was allowed before.
#pragma once

#include <cstdint>
#include <string_view>

namespace s2a {

/// From best to worst: of two the greater one counts. Narrower is told; what is Unknown or Wider is not written.
enum class Verdict : std::uint8_t { Equal, Narrower, Unknown, Wider };
[[nodiscard]] std::string_view to_string(Verdict verdict);

}  // namespace s2a
