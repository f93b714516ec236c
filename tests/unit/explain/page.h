// An explain page taken apart: its headings and its fenced blocks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace s2a::test {

/// What stands between "```yaml before [FILE]" and "```".
struct Block {
  std::string language;  ///< `yaml`
  std::string role;      ///< `before`, `after`, or nothing for a block that is only shown
  std::string file;      ///< `input.yaml` where the fence names none
  std::string text;
};

struct Page {
  std::string title;                        ///< the first line
  std::vector<std::string> headings;        ///< of the second level, in order
  std::vector<std::string> empty_sections;  ///< headings without a text
  std::vector<Block> blocks;

  [[nodiscard]] std::vector<Block> blocks_of(std::string_view role) const;
};

[[nodiscard]] Page read_page(std::string_view text);

}  // namespace s2a::test
