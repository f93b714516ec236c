// The bytes of every file of a run, kept unchanged, and the way from a byte offset to a line and a column.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "ir/source/span.h"

namespace s2a {

/// Context files are read (`--context`) and never changed.
enum class Access : std::uint8_t { Edit, Context };

struct SourceFile {
  FileId id{};
  std::string path;  ///< as the user sees it: relative to where the run started or as given, `/` between parts; `-` is standard input
  std::string text;  ///< every byte, a BOM included
  Access access = Access::Edit;
  bool made = false;                       ///< by the Plan: the input has no such file
  std::string mesh_root;                   ///< the PATH argument through which the file was found
  std::vector<std::uint32_t> line_starts;  ///< filled in by SourceSet::add

  /// The line end that most lines have: "\n" or "\r\n".
  [[nodiscard]] std::string_view eol() const;
  [[nodiscard]] std::string_view at(Span span) const { return std::string_view(text).substr(span.begin, span.size()); }
};

/// 1-based; the column counts code points, as people do.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// The line and column of a byte offset; an offset behind the end counts as the end. Quick for the files of a SourceSet; others are searched for line ends each time.
[[nodiscard]] LineColumn line_column(const SourceFile& file, std::uint32_t offset);

/// The directory part of a path, the slash behind it included; empty where there is none.
[[nodiscard]] std::string_view directory_of(std::string_view path);

/// Every version of every file of a run. Append-only, and a file never moves: views into its text stay good as long as the set lives.
class SourceSet {
 public:
  /// Takes the file over, gives it its id and finds its lines.
  FileId add(SourceFile file);
  [[nodiscard]] const SourceFile& operator[](FileId id) const { return files_[static_cast<std::uint32_t>(id)]; }
  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] auto begin() const { return files_.begin(); }
  [[nodiscard]] auto end() const { return files_.end(); }

 private:
  std::deque<SourceFile> files_;
};

}  // namespace s2a
