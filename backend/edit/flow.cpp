// Flow style and JSON: brackets, commas, entries on one line or each on its own.
#include <algorithm>

#include <fmt/format.h>

#include "backend/edit/lines.h"
#include "backend/edit/rewrite.h"

namespace s2a {
namespace {

class FlowEdits {
 public:
  FlowEdits(const Site& site, Collection collection)
      : site_(site), collection_(std::move(collection)), span_(site.document[collection_.node].span), style_(flow_style(site, collection_.node)) {
    style_.indent = lines::indentation(site.text, slots().front().span.begin);
  }

  Edits run() {
    if (std::ranges::none_of(slots(), &Slot::occupied)) return {{.span = {.begin = span_.begin + 1, .end = span_.end - 1}, .text = {}}};
    for (std::size_t i = 0; i < slots().size(); ++i) {
      if (!slots()[i].additions.empty()) add(i);
      if (!slots()[i].occupied()) i = remove_run(i);
    }
    return std::move(edits_);
  }

 private:
  std::vector<Slot>& slots() { return collection_.slots; }
  void put(std::uint32_t begin, std::uint32_t end, std::string text) { edits_.push_back({.span = {.begin = begin, .end = end}, .text = std::move(text)}); }

  /// Behind the comma that follows an entry; the entry's end where there is none.
  std::uint32_t comma_end(std::size_t i) {
    const auto at = lines::skip_space(site_.text, slots()[i].span.end);
    return site_.text.substr(at, 1) == "," ? at + 1 : slots()[i].span.end;
  }
  bool has_comma(std::size_t i) { return comma_end(i) != slots()[i].span.end; }

  /// Whether nothing but a comma and a comment follows on the entry's line.
  bool ends_line(std::size_t i) {
    const auto line_end = lines::end(site_.text, slots()[i].span.end);
    const auto rest = comma_end(i);
    return line_end < span_.end && rest <= line_end && (lines::blank(site_.text, rest, line_end) || lines::comment(site_.text, rest));
  }
  bool owns_lines(std::size_t i) { return lines::first_on_line(site_.text, slots()[i].span.begin) && ends_line(i); }

  std::string joined(const std::vector<Addition>& additions) {
    const bool is_map = site_.document[collection_.node].kind == NodeKind::Map;
    std::string out;
    for (const auto& [key, value] : additions) {
      if (!out.empty()) out += separator();
      out += is_map ? flow_entry_text(key, *value, style_) : flow_text(*value, style_);
    }
    return out;
  }
  std::string separator() const {
    if (style_.own_lines) return fmt::format(",{}{}", site_.eol, style_.indent);
    return style_.compact ? "," : ", ";
  }

  void add(std::size_t i) {
    const auto& [span, removed, additions] = slots()[i];
    const auto text = joined(additions);
    if (removed) {
      put(span.begin, span.end, text);
    } else if (style_.own_lines && ends_line(i)) {
      if (!has_comma(i)) put(span.end, span.end, ",");
      const auto line = lines::next(site_.text, std::max(span.end, comma_end(i)));
      put(line, line, fmt::format("{}{}{}{}", style_.indent, text, has_comma(i) ? "," : "", site_.eol));
    } else {
      put(span.end, span.end, separator() + text);
    }
  }

  /// Removes the entries from `first` on of which nothing stays; says which was the last.
  std::size_t remove_run(std::size_t first) {
    auto last = first;
    while (last + 1 < slots().size() && !slots()[last + 1].occupied()) ++last;
    if (last + 1 == slots().size()) {
      remove_end(first, last);
    } else if (owns_lines(first) && owns_lines(last)) {
      for (auto i = first; i <= last; ++i) put(lead(site_, collection_, i), lines::next(site_.text, comma_end(i)), {});
    } else {
      const auto next = slots()[last + 1].span.begin;
      const bool commented = !lines::blank(site_.text, comma_end(last), next);
      put(slots()[first].span.begin, commented ? comma_end(last) : next, {});
    }
    return last;
  }

  /// The last entries go, and with them the comma in front of them, unless the last one had a comma itself.
  void remove_end(std::size_t first, std::size_t last) {
    const auto before = slots()[first - 1].span.end;
    const auto begin = slots()[first].span.begin;
    const bool commented = site_.text.substr(before, begin - before).find('#') != std::string_view::npos;
    const auto stop = owns_lines(last) ? lines::end(site_.text, comma_end(last)) : comma_end(last);
    const bool keep_comma = has_comma(last);
    if (!commented) {
      put(keep_comma ? comma_end(first - 1) : before, stop, {});
      return;
    }
    if (!keep_comma) put(comma_end(first - 1) - 1, comma_end(first - 1), {});
    const bool whole_lines = owns_lines(last) && lines::first_on_line(site_.text, begin);
    put(whole_lines ? lead(site_, collection_, first) : begin, whole_lines ? lines::next(site_.text, stop) : stop, {});
  }

  const Site& site_;
  Collection collection_;
  Span span_;
  FlowStyle style_;  ///< of an entry: its indent is that of the line the entry stands on
  Edits edits_;
};

}  // namespace

Edits flow_edits(const Site& site, Collection collection) { return FlowEdits(site, std::move(collection)).run(); }

}  // namespace s2a
