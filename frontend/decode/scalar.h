// What a YAML scalar is to Kubernetes, whose reader turns YAML 1.1 into JSON before any field is looked at.
#pragma once

#include <cstdint>
#include <optional>

#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

enum class ScalarType : std::uint8_t { Null, Bool, Int, Float, String };

/// `yes`, `1`, `~`, `1e3` are no strings when they stand plain; quoted, in a block scalar or tagged `!!str` everything is. A null counts as a scalar, a map or a sequence must not
/// be asked.
[[nodiscard]] ScalarType scalar_type(const Node& node, const SourceFile& file);

/// The value of a plain integer as Kubernetes reads it: `80`, `0x50`, `0120`, `1_000`; also of a float without a fraction, `1e3`.
[[nodiscard]] std::optional<std::int64_t> integer_of(const Node& node);

/// The value of a plain number, with or without a fraction.
[[nodiscard]] std::optional<double> number_of(const Node& node);

/// Whether a scalar of type Bool means true: `true`, `yes`, `on`, `y` in any of their three spellings.
[[nodiscard]] bool truth_of(const Node& node);

}  // namespace s2a
