// YAML and JSON text -> Documents with exact byte spans; everything yaml-cpp can throw ends here as a Diagnostic.
#pragma once

#include <span>
#include <vector>

#include "frontend/yaml/scan.h"
#include "ir/source/diagnostic.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

struct ParsedFile {
  std::vector<Document> documents;  ///< in order; an unreadable one is there without a root, and locked
  Diagnostics diagnostics;
};

/// In: a UTF-8 file. Out: every document of it. One that cannot be read does not hide the others.
/// Errors: MalformedYaml, TooBig (depth, alias expansion, 64 MiB a file), CarriageReturnsOnly, DuplicateKey (the document is locked),
/// Template (once a file, and all its documents are locked). See style.md 4.
[[nodiscard]] ParsedFile parse(const SourceFile& file);

/// The same for the documents alone that scan() finds relevant, or for all of a kustomization: equal to what parse() gives for them, ordinals, spans and locks included.
[[nodiscard]] ParsedFile parse_relevant(const SourceFile& file, std::span<const RelevantKind> kinds);

/// The relevant documents of a file that is no text, `problem` says why; the whole file where it cannot even be scanned.
[[nodiscard]] ParsedFile unread_file(const SourceFile& file, std::span<const RelevantKind> kinds, const Diagnostic& problem);

}  // namespace s2a
