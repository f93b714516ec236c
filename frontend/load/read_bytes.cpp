// POSIX open, fstat and read: std::ifstream tells neither a directory nor a pipe from a file.
#include "frontend/load/read_bytes.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <system_error>

namespace s2a {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{64} << 20U;

tl::expected<std::string, ReadError> read_all_of(int descriptor, std::size_t expected_size) {
  std::string bytes;
  std::size_t used = 0;
  bytes.resize(std::min(expected_size, kMaxBytes) + 1);
  for (;;) {
    const auto got = ::read(descriptor, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tl::unexpected(ReadError{.why = reason(errno)});
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > kMaxBytes) return tl::unexpected(ReadError{.code = Code::TooBig, .why = "it is larger than 64 MiB", .help = "split it, or leave it out with `--exclude`"});
    if (used == bytes.size()) bytes.resize(std::min(bytes.size() * 2, kMaxBytes + 1));
  }
  bytes.resize(used);
  return bytes;
}

}  // namespace

std::string reason(int error_number) {
  auto text = std::generic_category().message(error_number);
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

Diagnostic about_path(Code code, std::string_view path, std::string_view why, std::string help) {
  return {.code = code, .message = fmt::format("`{}` cannot be read: {}", path, why), .help = std::move(help)};
}

tl::expected<std::string, ReadError> read_bytes(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);  // NONBLOCK: a pipe without a writer must not hold us
  if (descriptor < 0) return tl::unexpected(ReadError{.why = reason(errno)});
  tl::expected<std::string, ReadError> bytes = tl::unexpected(ReadError{.why = "it is not a regular file", .help = "for the output of a command use `-`, standard input"});
  struct stat info {};
  if (::fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode)) bytes = read_all_of(descriptor, static_cast<std::size_t>(info.st_size));
  ::close(descriptor);
  return bytes;
}

tl::expected<std::string, ReadError> read_standard_input() { return read_all_of(STDIN_FILENO, std::size_t{1} << 16U); }

}  // namespace s2a
