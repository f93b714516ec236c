// A set of disjoint byte edits of one text, and how two of them in a row become one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/source/span.h"

namespace s2a {

/// Puts `text` where the bytes of `span` stand; an empty span inserts.
struct Edit {
  Span span;
  std::string text;

  bool operator==(const Edit&) const = default;
};

/// Sorted and disjoint. Insertions at one offset keep the order in which they were added and stand before a replacement that begins there.
class EditSet {
 public:
  /// False, and nothing added, where the edit overlaps another. Touching is no overlap; the same replacement twice counts once; an edit that does nothing is dropped.
  [[nodiscard]] bool add(Edit edit);
  [[nodiscard]] const std::vector<Edit>& edits() const { return edits_; }
  [[nodiscard]] bool empty() const { return edits_.empty(); }
  /// The text that `text` becomes. Every span must lie within it.
  [[nodiscard]] std::string apply(std::string_view text) const;
  /// The same change of `text` in fewer bytes: equal beginnings and ends of an edit and what it replaces are left out.
  [[nodiscard]] EditSet trimmed(std::string_view text) const;

 private:
  std::vector<Edit> edits_;
};

/// `first`, then `second` (in offsets of the text that `first` makes), as one set: apply(compose(a, b), t) == apply(b, apply(a, t)). Edits that touch are merged.
[[nodiscard]] EditSet compose(const EditSet& first, const EditSet& second);

}  // namespace s2a
