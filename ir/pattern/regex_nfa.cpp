// From a syntax tree to places: each node leads from one place to another, copies of a repeated part one after the other.
#include <algorithm>
#include <map>

#include "ir/pattern/assertions.h"
#include "ir/pattern/nfa.h"

namespace s2a {
namespace {

using PlaceId = Nfa::PlaceId;

class TreeReader {
 public:
  Nfa read(const RegexNode& tree) {
    const auto end = add_whole(tree);
    nfa_.places[end].end = true;
    return nfa_.whole ? without_assertions(nfa_, asserted_) : nfa_;
  }

 private:
  static bool is_end(const RegexNode& node) { return node.kind == RegexNode::Kind::Assertion && (node.assertion == Assertion::TextEnds || node.assertion == Assertion::LineEnds); }

  /// What stands at the end of the whole need not say that it ends.
  PlaceId add_whole(const RegexNode& tree) {
    if (tree.kind != RegexNode::Kind::Concatenation) return is_end(tree) ? 0 : add(tree, 0);
    const auto end = std::find_if_not(tree.parts.rbegin(), tree.parts.rend(), is_end).base();
    PlaceId at = 0;
    for (auto part = tree.parts.begin(); part != end; ++part) at = add(*part, at);
    return at;
  }

  /// The place behind the node, which begins at `from`. Nothing leads back to `from` that did not before.
  PlaceId add(const RegexNode& node, PlaceId from) {
    nfa_.whole &= nfa_.places.size() <= kMostPlaces;
    if (!nfa_.whole) return from;
    switch (node.kind) {
      case RegexNode::Kind::Runes:
      case RegexNode::Kind::Byte: return add_leaf(node, from, nfa_.add_place());
      case RegexNode::Kind::Assertion: return add_assertion(node.assertion, from);
      case RegexNode::Kind::Concatenation:
        for (const auto& part : node.parts) from = add(part, from);
        return from;
      case RegexNode::Kind::Alternation: return add_alternation(node, from);
      case RegexNode::Kind::Repetition: return add_repetition(node, from);
    }
    return from;
  }

  PlaceId add_leaf(const RegexNode& node, PlaceId from, PlaceId to) {
    if (node.kind == RegexNode::Kind::Byte) {
      nfa_.places[from].edges.push_back({Bytes().set(), to});
      return to;
    }
    Bytes alone;
    std::map<ByteSequence, PlaceId> behind{{{}, to}};  // sequences that end alike share their places
    for (const auto& sequence : in_utf8(node.runes)) {
      if (sequence.size() == 1)
        alone |= bytes_of(sequence.front());
      else
        add_sequence(sequence, from, behind);
    }
    if (alone.any()) nfa_.places[from].edges.push_back({alone, to});
    return to;
  }

  void add_sequence(ByteSequence sequence, PlaceId from, std::map<ByteSequence, PlaceId>& behind) {
    const auto first = bytes_of(sequence.front());
    sequence.erase(sequence.begin());
    auto known = behind.find(sequence);
    if (known == behind.end()) {
      const auto made = nfa_.add_place();
      add_sequence(sequence, made, behind);
      known = behind.emplace(std::move(sequence), made).first;
    }
    nfa_.places[from].edges.push_back({first, known->second});
  }

  static Bytes bytes_of(ByteRange range) {
    Bytes out;
    for (std::size_t c = range.first; c <= range.last; ++c) out.set(c);
    return out;
  }

  /// At the first place, to which nothing leads back, the text begins.
  PlaceId add_assertion(Assertion assertion, PlaceId from) {
    if (from == 0 && (assertion == Assertion::TextBegins || assertion == Assertion::LineBegins)) return from;
    const auto to = nfa_.add_place();
    asserted_.push_back({.from = from, .assertion = assertion, .to = to});
    return to;
  }

  PlaceId add_alternation(const RegexNode& node, PlaceId from) {
    const auto to = nfa_.add_place();
    for (const auto& part : node.parts) nfa_.places[add(part, from)].free.push_back(to);
    return to;
  }

  PlaceId add_repetition(const RegexNode& node, PlaceId from) {
    const auto& part = node.parts.front();
    for (std::uint32_t i = 0; i < node.least; ++i) from = add(part, from);
    if (!node.most) return add_loop(part, from);
    if (*node.most == node.least) return from;
    const auto to = nfa_.add_place();
    for (auto i = node.least; i < *node.most; ++i) {
      nfa_.places[from].free.push_back(to);
      from = add(part, from);
    }
    nfa_.places[from].free.push_back(to);
    return to;
  }

  PlaceId add_loop(const RegexNode& part, PlaceId from) {
    const auto loop = nfa_.add_place();
    nfa_.places[from].free.push_back(loop);
    if (part.kind == RegexNode::Kind::Runes || part.kind == RegexNode::Kind::Byte) return add_leaf(part, loop, loop);
    nfa_.places[add(part, loop)].free.push_back(loop);
    return loop;
  }

  Nfa nfa_;
  std::vector<AssertedEdge> asserted_;
};

}  // namespace

Nfa nfa_of(const RegexNode& tree) { return TreeReader().read(tree); }

}  // namespace s2a
