// Which lines of the input each line of a new text comes from. product.md 7
#pragma once

#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "backend/edit/edit_set.h"
#include "ir/change.h"
#include "ir/mesh/store.h"

namespace s2a {

/// A document of a new version of a file and what it was made of: an older one and changes of it, or a value.
struct MadeDocument {
  DocumentId now{};
  std::optional<DocumentId> old;
  std::span<const Change> changes{};
  const Value* value = nullptr;
};

/// One version of a file made from another, or from nothing.
struct MadeVersion {
  FileId now{};
  std::optional<FileId> old;
  const EditSet& edits;
  std::vector<MadeDocument> documents;
};

/// Knows every version of every file. The store must outlive it.
class LineOrigins {
 public:
  using Points = std::set<SourcePoint>;  ///< where lines of input files begin

  explicit LineOrigins(const Store& store) : store_(store) {}

  /// Every value in the changes must have an origin; what stands in it without one has the same.
  void add(const MadeVersion& version);
  /// Of the line that holds the byte. A line of the input is its own origin.
  [[nodiscard]] Points of(SourcePoint point) const;
  /// Of every line of a file.
  [[nodiscard]] std::vector<Points> lines_of(FileId file) const;

 private:
  const Store& store_;
  std::map<FileId, std::vector<Points>> made_;
};

}  // namespace s2a
