// One run of the program over an input and a good neighbour.
#pragma once

#include <string>
#include <vector>

#include "tests/property/malformed/row.h"

namespace s2a::test {

/// A diagnostic about the input itself (00xx) with its place in the bad file.
struct Told {
  std::string code, message;
  std::size_t line = 0, column = 0;
};

struct Trial {
  int exit = 0;
  double seconds = 0;               ///< of the slower of the two runs
  std::vector<Told> told;           ///< in the order of the report
  std::vector<std::string> faults;  ///< what must never be, whatever the input

  /// `exit  code line:column message`, in one line.
  [[nodiscard]] std::string summary() const;
};

/// `plan DIR` as text on the input alone, and `plan DIR -o json` with the neighbour beside it.
[[nodiscard]] Trial try_input(const Row& row);

/// The byte offset of a line and a column; nothing where the text has no such place. The place behind the last character of a line counts.
[[nodiscard]] std::optional<std::size_t> offset_of(std::string_view text, std::size_t line, std::size_t column);

}  // namespace s2a::test
