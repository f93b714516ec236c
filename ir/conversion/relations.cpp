// Most patterns are a text and what may follow it; two of these are compared character by character.
#include "ir/conversion/relations.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ir/conversion/texts.h"
#include "ir/pattern/glob.h"
#include "ir/pattern/samples.h"

namespace s2a {
namespace {

/// Pairs that automata compare, some tens of microseconds each; what is left is not known. More than a VirtualService that people write asks for.
constexpr std::size_t kMostCompared = 2'000;

/// What may follow the head: nothing; anything; nothing or a slash and anything; anything that begins with another character.
enum class Tail : std::uint8_t { Nothing, Anything, Below, Beside };

struct Shape {
  std::string_view head;
  Tail tail = Tail::Anything;
  bool ignore_case = false;
};

/// Nothing for what has another form.
std::optional<Shape> shape_of(const Pattern& pattern) {
  if (std::holds_alternative<Present>(pattern)) return Shape{};
  if (const auto* exact = std::get_if<Exact>(&pattern)) return Shape{.head = exact->text, .tail = Tail::Nothing, .ignore_case = exact->ignore_case};
  if (const auto* prefix = std::get_if<Prefix>(&pattern)) return Shape{.head = prefix->text, .tail = Tail::Anything, .ignore_case = prefix->ignore_case};
  if (const auto* segment = segment_of(pattern)) return Shape{.head = *segment, .tail = Tail::Below};
  if (const auto* segment = beside_segment_of(pattern)) return Shape{.head = *segment, .tail = Tail::Beside};
  return std::nullopt;
}

bool begins_with(std::string_view text, std::string_view head, bool fold) {
  if (!fold) return text.starts_with(head);
  return text.size() >= head.size() && std::ranges::equal(text.substr(0, head.size()), head, [](char a, char b) { return lower(a) == lower(b); });
}

/// Whether a text that goes on like this behind the head is in the shape.
bool takes(Tail tail, char next) { return tail == Tail::Anything || (tail == Tail::Below && next == '/') || (tail == Tail::Beside && next != '/'); }

bool lies_within(const Shape& inner, const Shape& outer) {
  if ((inner.ignore_case && !outer.ignore_case) || !begins_with(inner.head, outer.head, outer.ignore_case)) return false;
  if (inner.head.size() > outer.head.size()) return takes(outer.tail, inner.head[outer.head.size()]);
  return outer.tail == Tail::Anything || outer.tail == inner.tail || (outer.tail == Tail::Below && inner.tail == Tail::Nothing);
}

bool lie_apart(const Shape& a, const Shape& b) {
  if (a.head.size() > b.head.size()) return lie_apart(b, a);
  if (!begins_with(b.head, a.head, a.ignore_case || b.ignore_case)) return true;
  if (b.head.size() > a.head.size()) return !takes(a.tail, b.head[a.head.size()]);
  const auto beside = [](Tail x, Tail y) { return x == Tail::Beside && (y == Tail::Nothing || y == Tail::Below); };
  return beside(a.tail, b.tail) || beside(b.tail, a.tail);
}

/// A text that everything in the pattern begins with: the first thing to look at where one of two patterns has no shape.
std::string head_of(const Pattern& pattern) {
  if (const auto* regex = std::get_if<Regex>(&pattern)) return literal_head(regex->text());
  const auto shape = shape_of(pattern);
  return shape && !shape->ignore_case ? std::string(shape->head) : std::string();
}

bool heads_differ(const Pattern& a, const Pattern& b) {
  const auto x = head_of(a);
  const auto y = head_of(b);
  return !x.starts_with(y) && !y.starts_with(x);
}

}  // namespace

bool Relations::within(const Pattern& inner, const Pattern& outer, const Pattern& domain) {
  if (std::holds_alternative<Present>(outer)) return true;
  const auto in = shape_of(inner);
  const auto out = shape_of(outer);
  if (in && out) return lies_within(*in, *out);
  if (const auto* text = one_text(inner)) return matches(outer, *text);
  if (inner == outer) return true;
  if (heads_differ(inner, outer)) return false;
  if (out && out->tail == Tail::Anything && begins_with(head_of(inner), out->head, out->ignore_case)) return true;
  return inner < outer ? compared(inner, outer, domain).within : compared(outer, inner, domain).contains;
}

bool Relations::disjoint(const Pattern& a, const Pattern& b, const Pattern& domain) {
  const auto x = shape_of(a);
  const auto y = shape_of(b);
  if (x && y) return lie_apart(*x, *y);
  if (const auto* text = one_text(a)) return !matches(b, *text);
  if (const auto* text = one_text(b)) return !matches(a, *text);
  if (heads_differ(a, b)) return true;
  return a < b ? compared(a, b, domain).disjoint : compared(b, a, domain).disjoint;
}

const Relations::Relation& Relations::compared(const Pattern& a, const Pattern& b, const Pattern& domain) {
  static const Relation kUnknown;
  const auto found = known_.find(std::tie(a, b, domain));
  if (found != known_.end()) return found->second;
  if (known_.size() == kMostCompared) return kUnknown;
  const auto sides = partition(std::array{a, b}, domain);
  const auto none = [&](bool in_a, bool in_b) { return sides.complete && std::ranges::find(sides.signs, std::vector{in_a, in_b}) == sides.signs.end(); };
  return known_.emplace(std::tuple(a, b, domain), Relation{.within = none(true, false), .contains = none(false, true), .disjoint = none(true, true)}).first->second;
}

}  // namespace s2a
