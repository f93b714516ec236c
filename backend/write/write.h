// Files on disk: replaced whole or not at all, and only if they are still what was read.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "ir/source/codes.h"

namespace s2a {

struct WriteError {
  Code code{};  ///< ChangedOnDisk or NotWritten
  std::string path{};
  std::string message{};  ///< as a diagnostic's: lower case, no full stop
};

/// Puts `new_text` in place of a file that holds `expected_old`. Mode, and where possible owner, are kept; of a symbolic link the target is replaced, and only
/// once the new bytes were read back. Errors: ChangedOnDisk where the file holds something else by now, NotWritten. No temporary file is left in any case.
[[nodiscard]] tl::expected<void, WriteError> replace_file(const std::filesystem::path& path, std::string_view expected_old, std::string_view new_text);

/// Makes a new file, and the directories above it. Errors: NotWritten, also where something stands there already.
[[nodiscard]] tl::expected<void, WriteError> create_file(const std::filesystem::path& path, std::string_view text,
                                                         std::filesystem::perms mode = static_cast<std::filesystem::perms>(0644));

/// Deletes a file that holds `expected_old`; of a symbolic link the link alone. Errors: ChangedOnDisk where the file holds something else by now, NotWritten.
[[nodiscard]] tl::expected<void, WriteError> delete_file(const std::filesystem::path& path, std::string_view expected_old);

/// Every byte of a file; nothing where it cannot be read.
[[nodiscard]] std::optional<std::string> bytes_of(const std::filesystem::path& path);

/// A file of a tree that is written as a copy.
struct CopiedFile {
  std::filesystem::path path{};  ///< below the directory; no `..`
  std::string_view text{};
  std::filesystem::perms mode = static_cast<std::filesystem::perms>(0644);
};

/// Writes every file below `directory`, over what stands there. Errors: NotWritten; a path that leads out of the directory is refused before anything is written.
[[nodiscard]] tl::expected<void, WriteError> write_tree(const std::filesystem::path& directory, std::span<const CopiedFile> files);

}  // namespace s2a
