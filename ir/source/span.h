// Where something stands: byte ranges in one file, and the ids that name files and nodes.
#pragma once

#include <cstdint>

namespace s2a {

enum class FileId : std::uint32_t {};
enum class NodeId : std::uint32_t {};

inline constexpr NodeId kNoNode{0xFFFFFFFF};

/// A half-open range of bytes in one SourceFile, the BOM counted.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  auto operator<=>(const Span&) const = default;
};

/// A byte of one version of a file.
struct SourcePoint {
  FileId file{};
  std::uint32_t offset = 0;
  auto operator<=>(const SourcePoint&) const = default;
};

/// A decoded value and the node that it was read from; kNoNode where it was not written.
template <class T>
struct Spanned {
  T value{};
  NodeId node = kNoNode;

  [[nodiscard]] bool written() const { return node != kNoNode; }
};

}  // namespace s2a
