// Marks the fields' values once; a node then looks upwards.
#include "frontend/screen/shell_values.h"

#include <algorithm>
#include <array>

namespace s2a {

ShellValues::ShellValues(const Document& document) : document_(document), values_(document.nodes.size()) {
  static constexpr std::array<std::string_view, 3> kFields{"command", "args", "env"};
  for (const auto& map : document.nodes) {
    if (map.kind != NodeKind::Map) continue;
    for (std::uint32_t i = 0; i + 1 < map.link_count; i += 2) {
      const auto& key = document[document.links[map.first_link + i]];
      if (std::ranges::find(kFields, key.value) != kFields.end()) values_[static_cast<std::size_t>(document.links[map.first_link + i + 1])] = true;
    }
  }
}

bool ShellValues::hold(const Node& node) const {
  for (auto up = node.parent; up != kNoNode; up = document_[up].parent)
    if (values_[static_cast<std::size_t>(up)]) return true;
  return false;
}

}  // namespace s2a
