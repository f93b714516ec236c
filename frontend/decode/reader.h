// Reads fields of one object through its Document and reports what is wrong with them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/grammar/grammar_error.h"
#include "ir/mesh/kubernetes.h"
#include "ir/source/diagnostic.h"
#include "ir/source/document.h"
#include "ir/source/source_file.h"

namespace s2a {

/// Where a document's nodes and bytes are.
struct Text {
  const Document& document;
  const SourceFile& file;

  /// The node, or what it is an alias of; a null node for kNoNode.
  [[nodiscard]] const Node& operator[](NodeId id) const;
};

/// A value for a message: no control characters, and cut where it is long.
[[nodiscard]] std::string shown(std::string_view value, std::size_t limit = 60);

/// Values of the wrong type read as absent, nulls too: as Kubernetes does, and check.h has reported them.
class Reader {
 public:
  Reader(Text text, std::string subject, Diagnostics& diagnostics) : text_(text), subject_(std::move(subject)), diagnostics_(diagnostics) {}

  [[nodiscard]] const Text& text() const { return text_; }
  [[nodiscard]] const Node& operator[](NodeId id) const { return text_[id]; }

  /// The value of a field, kNoNode where it is missing or null. `map` may be kNoNode or no map.
  [[nodiscard]] NodeId get(NodeId map, std::string_view field) const;
  /// The value at the end of a path of fields.
  [[nodiscard]] NodeId get(NodeId map, std::initializer_list<std::string_view> path) const;
  /// The key of a field whose value is not null, kNoNode where there is none.
  [[nodiscard]] NodeId key(NodeId map, std::string_view field) const;
  [[nodiscard]] Spanned<std::string> string(NodeId map, std::string_view field) const;
  /// A list of strings.
  [[nodiscard]] std::vector<Spanned<std::string>> strings(NodeId map, std::string_view field) const;
  /// Their texts alone.
  [[nodiscard]] std::vector<std::string> texts(NodeId map, std::string_view field) const;
  [[nodiscard]] std::optional<std::int64_t> integer(NodeId map, std::string_view field) const;
  /// The same of a node itself, as an item of a list.
  [[nodiscard]] std::optional<std::int64_t> integer(NodeId node) const;
  /// A port: 0 where it is missing or no integer; reported where it is none of 1 to 65535.
  [[nodiscard]] std::uint16_t port(NodeId map, std::string_view field) const;
  /// The same, nothing where it is 0: what is 0 in a protobuf is not set, and is not reported.
  [[nodiscard]] std::optional<std::uint16_t> optional_port(NodeId map, std::string_view field) const;
  [[nodiscard]] std::optional<double> number(NodeId map, std::string_view field) const;
  [[nodiscard]] bool flag(NodeId map, std::string_view field) const;
  /// A map from strings to strings, merges followed.
  [[nodiscard]] Labels labels(NodeId map, std::string_view field) const;
  /// A node and all below it as one text: the same where the values are, and nowhere else.
  [[nodiscard]] std::string whole(NodeId node) const;
  /// The items of a list.
  [[nodiscard]] std::span<const NodeId> items(NodeId map, std::string_view field) const;

  /// Whether as much has been reported as anybody reads: further reports are dropped.
  [[nodiscard]] bool full() const { return diagnostics_.all().size() >= kMaxReports; }
  /// Adds a diagnostic that points at a node.
  void report(Code code, NodeId node, std::string message, std::string help = {}) const;
  /// The same at the bytes of a scalar from an offset of its value on, where they can be told: not behind an escape or a line end.
  void report_inside(Code code, NodeId scalar, std::size_t offset, std::string message, std::string help = {}) const;
  /// Reports what a grammar has against a text (InvalidValue), at its place; one that is not written is fine.
  void check_text(const Spanned<std::string>& text, Parsed<void> (*check)(std::string_view)) const;
  /// Reports a name that the grammar refuses; an empty one counts as absent. Names become parts of file names: none that leads elsewhere may get there.
  void check_legal(const Spanned<std::string>& name, std::string_view what, Parsed<void> (*check)(std::string_view)) const;
  /// Adds a diagnostic as it is, but for its subject.
  void report(Diagnostic diagnostic) const;

 private:
  void report(Code code, Span span, std::string message, std::string help) const;

  static constexpr std::size_t kMaxReports = 100;

  Text text_;
  std::string subject_;
  Diagnostics& diagnostics_;
};

}  // namespace s2a
