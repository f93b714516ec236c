// Which characters have to be told apart, and which of those that need not be is the plainest.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "ir/pattern/nfa.h"

namespace s2a {

/// Divides characters by the sets that they are in.
class Kinds {
 public:
  explicit Kinds(std::string_view letters) : letters_(letters), kind_of_(letters.size(), 0) {}

  void tell_apart(const Bytes& bytes);
  /// The first letter of each kind, in the order of the letters.
  [[nodiscard]] std::string first_of_each() const;
  /// How many letters are of the kind of this one, by place.
  [[nodiscard]] std::size_t size_of_kind(std::size_t letter) const;

 private:
  std::string_view letters_;
  std::vector<std::size_t> kind_of_;  ///< by letter
  std::size_t kinds_ = 1;
};

/// Of the readable characters one of each kind that the sets tell apart: the plainest of the biggest kind comes first, then those that are alone, then the others.
[[nodiscard]] std::string plainest_letters(std::span<const Bytes> sets, const Bytes& readable);

}  // namespace s2a
