// Any bytes as a file: what parses is decoded, and nothing crashes, hangs or points outside of the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "frontend/decode/decode.h"
#include "frontend/yaml/parse.h"

namespace {

void check(const s2a::Diagnostics& diagnostics, const s2a::SourceFile& file) {
  for (const auto& diagnostic : diagnostics.all()) {
    for (const auto& label : diagnostic.labels) {
      if (label.span.begin > label.span.end || label.span.end > file.text.size()) std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const s2a::SourceFile file{.path = size % 2 == 0 ? "a.yaml" : "kustomization.yaml", .text = std::string(data, data + size)};
  const auto parsed = s2a::parse(file);
  for (std::uint32_t i = 0; i < parsed.documents.size(); ++i) check(s2a::decode(parsed.documents[i], s2a::DocumentId{i}, file).diagnostics, file);
  return 0;
}
