// Block style: entries and items are whole lines, except a first one behind `- `.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "backend/edit/lines.h"
#include "backend/edit/quote.h"
#include "backend/edit/rewrite.h"

namespace s2a {
namespace {

class BlockEdits {
 public:
  BlockEdits(const Site& site, Collection collection)
      : site_(site), collection_(std::move(collection)), column_(lines::column(site.text, slots().front().span.begin)), style_(block_style(site, slots().front().span.begin)) {
    leading_ = static_cast<std::size_t>(std::ranges::find_if(slots(), &Slot::occupied) - slots().begin());
  }

  Edits run() {
    const bool emptied = std::ranges::none_of(slots(), &Slot::occupied);
    const bool is_root = site_.document[collection_.node].parent == kNoNode;
    const bool own_line = lines::first_on_line(site_.text, slots().front().span.begin);
    if (leading_ > 0 && (!own_line || (emptied && is_root))) {
      fill_first(emptied);
    } else if (emptied) {
      const auto& tag = site_.document[collection_.node].property;
      edits_.push_back({.span = at(tag.empty() ? value_point(site_, collection_.node) : tag.end), .text = " " + empty_text()});
    }
    for (auto i = from_; i < slots().size(); ++i) {
      const auto& slot = slots()[i];
      if (!slot.occupied())
        edits_.push_back({.span = {.begin = lead(site_, collection_, i), .end = tail(site_, slot)}, .text = {}});
      else if (slot.removed)
        put_in_place(i);
    }
    for (const auto& slot : slots()) add_behind(slot);
    return std::move(edits_);
  }

 private:
  std::vector<Slot>& slots() { return collection_.slots; }
  static Span at(std::uint32_t offset) { return {.begin = offset, .end = offset}; }
  bool is_map() const { return site_.document[collection_.node].kind == NodeKind::Map; }
  std::string empty_text() const { return is_map() ? "{}" : "[]"; }

  std::string text_of(const Addition& addition) const {
    if (is_map()) return entry_text(addition.key, *addition.value, column_, style_);
    return item_text(*addition.value, column_, style_, item_quotes(site_, collection_.node));
  }

  std::uint32_t line_end_behind(const Slot& slot) const { return lines::without_eol(site_.text, tail(site_, slot)); }

  /// What is added in the place of a removed entry becomes its key and its value: the comments around them stay.
  void put_in_place(std::size_t i) {
    auto& slot = slots()[i];
    const auto children = site_.document.children(collection_.node);
    const auto value = is_map() ? children[2 * i + 1] : children[i];
    const auto& node = site_.document[value];
    const auto& addition = slot.additions.front();
    if (node.style == NodeStyle::Block && !node.property.empty()) {  // a tag would stay
      edits_.push_back({.span = {.begin = slot.span.begin, .end = line_end_behind(slot)}, .text = text_of(addition)});
    } else {
      if (is_map()) edits_.push_back({.span = outer_span(site_.document, children[2 * i]), .text = scalar_text(addition.key, NodeStyle::Plain)});
      std::ranges::move(replace_edits(site_, value, *addition.value), std::back_inserter(edits_));
    }
    slot.additions.erase(slot.additions.begin());
  }

  /// The first entry stands behind `- ` and goes: the next one moves up, or nothing is left on that line.
  void fill_first(bool emptied) {
    const auto& first = slots().front().span;
    const auto last_line_end = line_end_behind(slots().front());
    from_ = 1;
    if (emptied) {
      edits_.push_back({.span = {.begin = first.begin, .end = last_line_end}, .text = empty_text()});
    } else if (only_blank_between_removed()) {
      edits_.push_back({.span = {.begin = first.begin, .end = slots()[leading_].span.begin}, .text = {}});
      from_ = leading_;
    } else {
      const auto dash_end = static_cast<std::uint32_t>(site_.text.find_last_not_of(' ', first.begin - 1) + 1);
      edits_.push_back({.span = {.begin = dash_end, .end = last_line_end}, .text = {}});
    }
  }

  /// Whether the next entry that stays can move up behind the `- ` without any comment being lost.
  bool only_blank_between_removed() {
    for (std::size_t i = 0; i < leading_; ++i) {
      const auto next = i + 1 < leading_ ? lead(site_, collection_, i + 1) : slots()[leading_].span.begin;
      if (!lines::blank(site_.text, tail(site_, slots()[i]), next)) return false;
    }
    return true;
  }

  void add_behind(const Slot& slot) {
    std::string text;
    for (const auto& addition : slot.additions) text += fmt::format("{:{}}{}{}", "", column_, text_of(addition), site_.eol);
    if (!text.empty()) edits_.push_back({.span = at(tail(site_, slot)), .text = std::move(text)});
  }

  const Site& site_;
  Collection collection_;
  std::uint32_t column_;
  BlockStyle style_;
  std::size_t leading_ = 0;  ///< how many slots at the beginning are removed
  std::size_t from_ = 0;     ///< the first slot whose own lines are to be removed
  Edits edits_;
};

}  // namespace

Edits block_edits(const Site& site, Collection collection) { return BlockEdits(site, std::move(collection)).run(); }

}  // namespace s2a
