// Decodes a text and tells what came out in one line each.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/decode/decode.h"
#include "frontend/yaml/parse.h"

namespace s2a::test {

struct ReadText {
  std::unique_ptr<SourceFile> file;
  std::vector<Document> documents;
  std::vector<Resource> resources;
  Diagnostics diagnostics;

  /// The bytes of a node of the document that the resource stands in.
  [[nodiscard]] std::string at(const Resource& resource, NodeId node) const {
    if (node == kNoNode) return "(none)";
    return std::string(file->at(documents[static_cast<std::size_t>(resource.document)][node].span));
  }
  /// `UnknownField 4:3 «form» unknown field ... (did you mean ...)`, in order of place.
  [[nodiscard]] std::vector<std::string> said() const {
    std::vector<std::string> out;
    for (const auto& d : diagnostics.sorted()) {
      const auto span = d.labels.front().span;
      const auto place = line_column(*file, span.begin);
      out.push_back(fmt::format("{} {}:{} «{}» {}{}", info(d.code).name, place.line, place.column, file->at(span), d.message, d.help.empty() ? "" : fmt::format(" ({})", d.help)));
    }
    return out;
  }
};

inline ReadText read_text(std::string_view text, std::string_view path = "test.yaml") {
  ReadText out;
  out.file = std::make_unique<SourceFile>(SourceFile{.path = std::string(path), .text = std::string(text)});
  auto parsed = parse(*out.file);
  out.documents = std::move(parsed.documents);
  out.diagnostics = std::move(parsed.diagnostics);
  for (std::uint32_t i = 0; i < out.documents.size(); ++i) {
    auto decoded = decode(out.documents[i], DocumentId{i}, *out.file);
    out.resources.insert(out.resources.end(), decoded.resources.begin(), decoded.resources.end());
    out.diagnostics.append(decoded.diagnostics);
  }
  return out;
}

/// `first second`.
inline std::string values_of(const std::vector<Spanned<std::string>>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : " ") + value.value;
  return out;
}

/// `a=b c=d`.
inline std::string labels_of(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) out += (out.empty() ? "" : " ") + name + "=" + value.value;
  return out;
}

}  // namespace s2a::test
