// Searching the text as it is.
#include "ir/audit/guide.h"

#include <algorithm>

namespace s2a {

bool found_by_guide(const Store& store, const Resource& resource) {
  const std::string_view file = store.file_of(resource).text;
  const auto span = store[resource.document][resource.node].span;
  const auto begin = file.rfind('\n', span.begin) + 1;  // npos + 1 is the beginning
  const auto lines = file.substr(begin, std::min(file.find('\n', span.end), file.size()) - begin);
  return std::ranges::any_of(kGuideWords, [&](std::string_view word) { return lines.find(word) != std::string_view::npos; });
}

}  // namespace s2a
