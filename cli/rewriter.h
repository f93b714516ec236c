// The Plan's round trip in memory: changes of nodes -> edits of bytes -> text -> parsed again -> the mesh that it is then.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "backend/render/report.h"
#include "cli/line_origins.h"
#include "frontend/read.h"
#include "ir/pipeline.h"

namespace s2a {

/// A mesh as it was read.
struct Reading {
  Store& store;
  Snapshot snapshot;
  Diagnostics diagnostics;
  ReadOptions options;
};

/// Holds, for every file that the Plan so far touches, the edits from what is on disk to what it is to be. The reading and the model must outlive it.
class Rewrites {
 public:
  Rewrites(const Reading& reading, const MeshModel& before);

  /// For make_plan().
  [[nodiscard]] Rewriter rewriter();
  /// The files as they are now, by path.
  [[nodiscard]] std::vector<FileChange> changes() const;
  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }
  /// Where new resources go that would make a file: the end of standard input, where the mesh comes from there; nullopt: files of their own.
  [[nodiscard]] std::optional<FileId> stream() const { return stream_; }

 private:
  struct Version {
    std::optional<FileId> original;  ///< nullopt: a new file
    FileId current{};
    EditSet edits;  ///< from the original, or from nothing, to `current`
  };
  /// What the changes at hand make of a file.
  struct Step {
    std::optional<FileId> current;  ///< nullopt: a new file
    EditSet edits;
    std::optional<Value> made;  ///< what a new file holds
    bool removes = false;       ///< a resource
  };
  using Steps = std::map<std::string, Step>;  ///< by path

  void reset();
  const MeshModel* apply(std::span<const Action> proposed, Rewriter::Units& refused, Diagnostics& diagnostics);
  [[nodiscard]] std::vector<Action> placed(std::span<const Action> actions) const;
  [[nodiscard]] std::optional<Diagnostic> add_edits(std::span<const Change> changes, DocumentId document, Steps& steps) const;
  using Changes = std::map<DocumentId, std::vector<Change>>;
  [[nodiscard]] const MeshModel* read_back(const Steps& steps, const Changes& changes, Diagnostics& diagnostics);
  void note_origins(const Steps& steps, const Changes& changes, std::size_t first_document);
  [[nodiscard]] std::optional<std::string> root_for(const std::string& path) const;

  const Reading& reading_;
  const MeshModel& before_;
  std::optional<FileId> stream_;
  Snapshot snapshot_;
  std::map<std::string, Version> versions_;  ///< by path
  std::optional<MeshModel> now_;
  LineOrigins origins_;
};

}  // namespace s2a
