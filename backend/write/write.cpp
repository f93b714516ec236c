// A temporary file beside the target, synced, read back, and then renamed or linked over it.
#include "backend/write/write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include <fmt/format.h>

namespace s2a {
namespace {

namespace fs = std::filesystem;

using Written = tl::expected<void, WriteError>;

tl::unexpected<WriteError> refuse(Code code, const fs::path& path, std::string message) {
  return tl::unexpected(WriteError{.code = code, .path = path.string(), .message = std::move(message)});
}

tl::unexpected<WriteError> failed(const fs::path& path, std::string_view what, int error) {
  return refuse(Code::NotWritten, path, fmt::format("{}: {}", what, std::generic_category().message(error)));
}

fs::path directory_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

/// So that a name that is new or gone is so after a crash; where a file system cannot do it, nothing is lost but that.
void sync_directory_of(const fs::path& path) {
  const int directory = ::open(directory_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
  if (directory < 0) return;
  (void)::fsync(directory);
  ::close(directory);
}

/// A file beside the target that is gone at the end unless it took the target's place.
class Temporary {
 public:
  explicit Temporary(const fs::path& target)
      : target_(target), name_((directory_of(target) / ".s2a-XXXXXX").string()), descriptor_(::mkostemp(name_.data(), O_CLOEXEC)), error_(errno) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    if (!taken_) ::unlink(name_.c_str());
  }

  /// Writes, syncs and reads back.
  Written fill(std::string_view text, mode_t mode) {
    if (descriptor_ < 0) return failed(target_, "no temporary file can be made beside it", error_);
    for (auto rest = text; !rest.empty();) {
      const auto count = ::write(descriptor_, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed(target_, "it cannot be written", errno);
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    if (::fchmod(descriptor_, mode) != 0) return failed(target_, "its mode cannot be set", errno);
    if (::fsync(descriptor_) != 0) return failed(target_, "it cannot be synced", errno);
    if (bytes_of(name_) != text) return refuse(Code::NotWritten, target_, "what was written does not read back the same");
    return {};
  }

  /// A changed owner is not worth a failure: only root may give a file away.
  void give_to(const struct stat& old) { (void)!::fchown(descriptor_, old.st_uid, old.st_gid); }

  Written take_place() {
    if (::rename(name_.c_str(), target_.c_str()) != 0) return failed(target_, "it cannot be replaced", errno);
    taken_ = true;
    sync_directory_of(target_);
    return {};
  }

  /// Like take_place(), but never over another file.
  Written take_free_place() {
    if (::link(name_.c_str(), target_.c_str()) != 0) return failed(target_, "it cannot be made", errno);
    sync_directory_of(target_);
    return {};
  }

 private:
  fs::path target_;
  std::string name_;
  int descriptor_;
  int error_;
  bool taken_ = false;
};

Written make_directories(const fs::path& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return refuse(Code::NotWritten, directory, fmt::format("the directory cannot be made: {}", error.message()));
  return {};
}

}  // namespace

std::optional<std::string> bytes_of(const fs::path& path) {
  // not a stream: those throw from inside on a bad disk
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
  if (file < 0) return std::nullopt;
  std::string bytes;
  std::array<char, 65536> part{};
  ssize_t count = 0;
  while ((count = ::read(file, part.data(), part.size())) > 0 || (count < 0 && errno == EINTR)) bytes.append(part.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
  ::close(file);
  if (count < 0) return std::nullopt;
  return bytes;
}

Written replace_file(const fs::path& path, std::string_view expected_old, std::string_view new_text) {
  std::error_code error;
  const auto target = fs::canonical(path, error);
  if (error) return refuse(Code::ChangedOnDisk, path, fmt::format("the file cannot be found any more: {}", error.message()));
  struct stat old {};
  if (::stat(target.c_str(), &old) != 0) return failed(path, "its mode cannot be read", errno);
  if (!S_ISREG(old.st_mode)) return refuse(Code::NotWritten, path, "only a regular file can be replaced");

  Temporary temporary(target);
  if (auto filled = temporary.fill(new_text, old.st_mode & 07777U); !filled) return filled;
  temporary.give_to(old);
  // as late as possible: what somebody else wrote meanwhile must not be lost
  if (bytes_of(target) != expected_old) return refuse(Code::ChangedOnDisk, path, "the file changed since it was read");
  return temporary.take_place();
}

Written create_file(const fs::path& path, std::string_view text, fs::perms mode) {
  if (auto made = make_directories(directory_of(path)); !made) return made;
  Temporary temporary(path);
  return temporary.fill(text, static_cast<mode_t>(mode)).and_then([&] { return temporary.take_free_place(); });
}

Written delete_file(const fs::path& path, std::string_view expected_old) {
  if (bytes_of(path) != expected_old) return refuse(Code::ChangedOnDisk, path, "the file changed since it was read");
  if (::unlink(path.c_str()) != 0) return failed(path, "it cannot be deleted", errno);
  sync_directory_of(path);
  return {};
}

Written write_tree(const fs::path& directory, std::span<const CopiedFile> files) {
  std::error_code error;
  const auto root = fs::weakly_canonical(directory, error);
  const auto inside = [&](const CopiedFile& file) {
    if (!file.path.is_relative() || !file.path.has_filename() || std::ranges::find(file.path, "..") != file.path.end()) return false;
    const auto parent = fs::weakly_canonical(directory_of(directory / file.path), error);  // a link below the directory may lead out of it too
    return !error && std::ranges::mismatch(root, parent).in1 == root.end();
  };
  const auto outside = std::ranges::find_if_not(files, inside);
  if (outside != files.end()) return refuse(Code::NotWritten, outside->path, fmt::format("it would stand outside of `{}`", directory.string()));
  for (const auto& file : files) {
    const auto path = directory / file.path;
    if (auto made = make_directories(directory_of(path)); !made) return made;
    Temporary temporary(path);
    if (auto written = temporary.fill(file.text, static_cast<mode_t>(file.mode)).and_then([&] { return temporary.take_place(); }); !written) return written;
  }
  return {};
}

}  // namespace s2a
