// Sorted, disjoint edits: adding, applying, composing.
#include "backend/edit/edit_set.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace s2a {

bool EditSet::add(Edit edit) {
  if (edit.span.empty() && edit.text.empty()) return true;
  // The place behind all that ends at or before the edit, and behind the insertions at its own offset.
  const auto goes_before = [&](const Edit& other) { return other.span.begin < edit.span.begin || (other.span.begin == edit.span.begin && other.span.empty()); };
  const auto at = std::ranges::partition_point(edits_, goes_before);
  if (at != edits_.begin() && std::prev(at)->span.end > edit.span.begin) return false;
  if (at != edits_.end() && at->span.begin < edit.span.end) return *at == edit;
  edits_.insert(at, std::move(edit));
  return true;
}

std::string EditSet::apply(std::string_view text) const {
  std::string out;
  std::uint32_t from = 0;
  for (const auto& edit : edits_) {
    out.append(text.substr(from, edit.span.begin - from)).append(edit.text);
    from = edit.span.end;
  }
  return out.append(text.substr(from));
}

EditSet EditSet::trimmed(std::string_view text) const {
  EditSet out;
  for (auto [span, after] : edits_) {
    const auto before = text.substr(span.begin, span.size());
    const auto head = static_cast<std::uint32_t>(std::ranges::mismatch(before, after).in1 - before.begin());
    const auto room = std::min<std::size_t>(before.size(), after.size()) - head;
    std::uint32_t tail = 0;
    while (tail < room && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
    span = {.begin = span.begin + head, .end = span.end - tail};
    if (!span.empty() || after.size() > head + tail) out.edits_.push_back({.span = span, .text = after.substr(head, after.size() - head - tail)});
  }
  return out;
}

namespace {

/// A change of a text read from left to right: keep or drop so many bytes of the old text, or put in new ones.
struct Step {
  enum class Kind : std::uint8_t { Keep, Drop, Put };
  Kind kind = Kind::Keep;
  std::uint32_t size = 0;
  std::string_view text{};  ///< for Put

  Step take(std::uint32_t count) {
    Step front{.kind = kind, .size = count, .text = text.substr(0, kind == Kind::Put ? count : 0)};
    size -= count;
    if (kind == Kind::Put) text.remove_prefix(count);
    return front;
  }
};

/// Ends with a Keep of all that is left, taken as endless.
std::vector<Step> steps(const EditSet& set) {
  std::vector<Step> out;
  std::uint32_t from = 0;
  for (const auto& [span, text] : set.edits()) {
    if (span.begin > from) out.push_back({.kind = Step::Kind::Keep, .size = span.begin - from});
    if (!text.empty()) out.push_back({.kind = Step::Kind::Put, .size = static_cast<std::uint32_t>(text.size()), .text = text});
    if (!span.empty()) out.push_back({.kind = Step::Kind::Drop, .size = span.size()});
    from = span.end;
  }
  out.push_back({.kind = Step::Kind::Keep, .size = std::numeric_limits<std::uint32_t>::max()});
  return out;
}

/// Gathers the steps between two Keeps into one edit.
class Composer {
 public:
  void add(const Step& step) {
    switch (step.kind) {
      case Step::Kind::Keep:
        flush();
        at_.begin = at_.end = at_.end + step.size;
        break;
      case Step::Kind::Drop: at_.end += step.size; break;
      case Step::Kind::Put: text_ += step.text; break;
    }
  }
  EditSet take() {
    flush();
    return std::move(set_);
  }

 private:
  void flush() {
    (void)set_.add({.span = at_, .text = std::exchange(text_, {})});  // in order, so never an overlap
    at_.begin = at_.end;
  }

  EditSet set_;
  Span at_;
  std::string text_;
};

}  // namespace

EditSet compose(const EditSet& first, const EditSet& second) {
  const auto a = steps(first);
  const auto b = steps(second);
  auto left = a.begin();
  auto right = b.begin();
  Step one = *left;
  Step two = *right;
  Composer out;
  while (std::next(left) != a.end() || std::next(right) != b.end()) {
    if (one.kind == Step::Kind::Drop) {
      out.add(one.take(one.size));
    } else if (two.kind == Step::Kind::Put) {
      out.add(two.take(two.size));
    } else {
      const auto size = std::min(one.size, two.size);
      const auto front = one.take(size);
      const bool kept = two.take(size).kind == Step::Kind::Keep;
      if (kept) out.add(front);
      if (!kept && front.kind == Step::Kind::Keep) out.add({.kind = Step::Kind::Drop, .size = size});
    }
    if (one.size == 0) one = *++left;
    if (two.size == 0) two = *++right;
  }
  return out.take();
}

}  // namespace s2a
