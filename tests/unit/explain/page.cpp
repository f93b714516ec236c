// Reads a page line by line.
#include "tests/unit/explain/page.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace s2a::test {
namespace {

Block read_block(const std::string& fence, std::istream& in) {
  Block block;
  std::istringstream words(fence.substr(3));
  words >> block.language >> block.role >> block.file;
  if (block.file.empty()) block.file = "input.yaml";
  for (std::string line; std::getline(in, line) && line != "```";) block.text += line + "\n";
  return block;
}

}  // namespace

std::vector<Block> Page::blocks_of(std::string_view role) const {
  std::vector<Block> out;
  std::ranges::copy_if(blocks, std::back_inserter(out), [&](const Block& block) { return block.role == role; });
  return out;
}

Page read_page(std::string_view text) {
  Page page;
  std::istringstream in{std::string(text)};
  std::getline(in, page.title);
  bool empty = false;
  const auto end_section = [&] {
    if (empty) page.empty_sections.push_back(page.headings.back());
  };
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) {
      end_section();
      page.headings.push_back(line.substr(3));
      empty = true;
      continue;
    }
    if (!line.empty()) empty = false;
    if (line.starts_with("```")) page.blocks.push_back(read_block(line, in));
  }
  end_section();
  return page;
}

}  // namespace s2a::test
