// Reading one document with yaml-cpp's events.
#pragma once

#include <cstdint>

#include <tl/expected.hpp>

#include "frontend/yaml/split.h"
#include "ir/source/diagnostic.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a::yaml {

/// In: a file and where one of its documents stands. Out: its nodes with their spans, or what is wrong with the text: MalformedYaml, TooBig or CarriageReturnsOnly.
[[nodiscard]] tl::expected<Document, Diagnostic> read_document(const SourceFile& file, const DocumentText& where, std::uint32_t ordinal);

}  // namespace s2a::yaml
