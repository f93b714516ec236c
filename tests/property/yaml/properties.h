// What must hold for every text that is read: each function fails the running test and says why.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "frontend/yaml/parse.h"

namespace s2a::test {

/// What was looked at, printed at the end of a test.
struct Counts {
  std::size_t texts = 0;
  std::size_t documents = 0;
  std::size_t nodes = 0;
  std::size_t replaced = 0;
};

[[nodiscard]] SourceFile source(std::string text);

/// The documents hold exactly what yaml-cpp sees in the whole text (where yaml-cpp can read all of it).
void expect_same_events(const SourceFile& file, const ParsedFile& parsed);
/// Children lie within their parents, in order, and do not overlap; flow collections start and end with their brackets; all lies within the document.
void expect_nested(const SourceFile& file, const Document& document);
/// A scalar or null, replaced by a word through its span alone, changes this one event and no other. Tries `samples` nodes of the document.
void expect_replaceable(const SourceFile& file, const Document& document, std::mt19937& engine, int samples, Counts& counts);
/// scan + parse give what parse gives, for every document whose kind matters.
void expect_scan_is_parse(const SourceFile& file, const ParsedFile& parsed, std::span<const RelevantKind> kinds);

}  // namespace s2a::test
