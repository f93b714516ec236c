// Any bytes as a file: every node lies inside its parent, and the scan hides no document that the parser would have found a resource in.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>

#include "frontend/decode/decode.h"
#include "frontend/load/text.h"
#include "frontend/read.h"
#include "frontend/screen/templates.h"
#include "frontend/yaml/parse.h"

namespace {

using namespace s2a;

void require(bool holds) {
  if (!holds) std::abort();
}

void check(const Document& document, const SourceFile& file) {
  for (const auto& node : document.nodes) {
    require(node.span.begin <= node.span.end && node.span.end <= file.text.size());
    if (node.parent == kNoNode) continue;
    const auto& parent = document[node.parent].span;
    require(parent.begin <= node.span.begin && node.span.end <= parent.end);
  }
}

/// Nothing for a template that the screens tell by its values: the parser alone knows of none.
std::optional<std::size_t> resources_by_parser_alone(const SourceFile& file) {
  std::size_t out = 0;
  const auto parsed = parse(file);
  if (find_template(file, parsed.documents, {})) return std::nullopt;
  for (std::uint32_t i = 0; i < parsed.documents.size(); ++i) {
    check(parsed.documents[i], file);
    out += decode(parsed.documents[i], DocumentId{i}, file).resources.size();
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const SourceFile file{.path = "a.yaml", .text = std::string(data, data + size)};
  const auto content = read_file(file);
  const auto was_read = [&](const Resource& resource) { return !content.documents[static_cast<std::size_t>(resource.document)].unread; };  // what is broken has a stand-in
  if (not_text(file)) return 0;
  const auto expected = resources_by_parser_alone(file);
  require(!expected || static_cast<std::size_t>(std::ranges::count_if(content.resources, was_read)) == *expected);
  return 0;
}
