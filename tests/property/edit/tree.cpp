// Documents and changes on plain trees.
#include "tests/property/edit/tree.h"

#include <re2/re2.h>

#include <fmt/format.h>

namespace s2a::test {
namespace {

/// What YAML 1.1 or 1.2 reads as something else than a string when it stands there without quotes: the resolver tables of both specifications.
bool resolves_to_other(const std::string& text) {
  static const RE2 kOther(
      "~|null|Null|NULL|"
      "y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|"
      "[-+]?[0-9][0-9_]*|[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+|"
      "[-+]?([0-9][0-9_]*)?\\.[0-9._]*([eE][-+]?[0-9]+)?|[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*|"
      "[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|<<|=");
  return text.empty() || RE2::FullMatch(text, kOther);
}

Tree tree_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value.content)) return {.kind = NodeKind::Scalar, .text = *text, .is_string = true};
  if (const auto* number = std::get_if<std::int64_t>(&value.content)) return {.kind = NodeKind::Scalar, .text = fmt::format("{}", *number)};
  Tree out{.kind = NodeKind::Sequence};
  if (const auto* items = std::get_if<Value::Sequence>(&value.content)) {
    for (const auto& item : *items) out.children.push_back(tree_of(item));
    return out;
  }
  out.kind = NodeKind::Map;
  for (const auto& [key, member] : std::get<Value::Map>(value.content)) {
    out.children.push_back(tree_of(Value(key)));
    out.children.push_back(tree_of(member));
  }
  return out;
}

/// Makes the changes while it walks the document.
class Maker {
 public:
  Maker(const Document& document, std::span<const Change> changes) : document_(document), changes_(changes) {}

  Tree make(NodeId id) const {
    for (const auto& change : changes_) {
      const auto* replace = std::get_if<ReplaceValue>(&change);
      if (replace != nullptr && replace->node == id) return tree_of(replace->value);
    }
    const Node& node = document_[id];
    Tree out{.kind = node.kind, .text = node.value, .quoted = node.kind == NodeKind::Scalar && node.style != NodeStyle::Plain};
    const auto children = node.kind == NodeKind::Alias ? std::span<const NodeId>() : document_.children(id);
    const std::size_t width = node.kind == NodeKind::Map ? 2 : 1;
    for (std::size_t i = 0; i < children.size(); i += width) {
      if (!removed(children[i])) {
        for (std::size_t part = 0; part < width; ++part) out.children.push_back(make(children[i + part]));
      }
      add_behind(out, id, children[i], i + width == children.size());
    }
    if (children.empty()) add_behind(out, id, kNoNode, true);
    return out;
  }

 private:
  bool removed(NodeId child) const {
    return std::any_of(changes_.begin(), changes_.end(), [&](const Change& change) {
      const auto* entry = std::get_if<RemoveEntry>(&change);
      const auto* item = std::get_if<RemoveItem>(&change);
      return (entry != nullptr && entry->key == child) || (item != nullptr && item->item == child);
    });
  }

  void add_behind(Tree& out, NodeId parent, NodeId child, bool last) const {
    const auto here = [&](NodeId after) { return after == child || (last && after == kNoNode); };
    for (const auto& change : changes_) {
      if (const auto* entry = std::get_if<InsertEntry>(&change); entry != nullptr && entry->map == parent && here(entry->after)) {
        out.kind = NodeKind::Map;
        out.children.push_back(tree_of(Value(entry->key)));
        out.children.push_back(tree_of(entry->value));
      }
      if (const auto* item = std::get_if<InsertItem>(&change); item != nullptr && item->sequence == parent && here(item->after)) {
        out.kind = NodeKind::Sequence;
        out.children.push_back(tree_of(item->value));
      }
      if (const auto* next = std::get_if<AppendResource>(&change); next != nullptr && child != kNoNode && next->resource == child) out.children.push_back(tree_of(next->value));
    }
  }

  const Document& document_;
  std::span<const Change> changes_;
};

}  // namespace

Tree tree_of(const Document& document) { return intended(document, {}).front(); }

std::vector<Tree> intended(const Document& document, std::span<const Change> changes) {
  std::vector<Tree> out{document.root == kNoNode ? Tree{} : Maker(document, changes).make(document.root)};
  for (const auto& change : changes) {
    const auto* next = std::get_if<AppendResource>(&change);
    if (next != nullptr && next->resource == document.root) out.push_back(tree_of(next->value));
  }
  return out;
}

std::string difference(const Tree& wanted, const Tree& actual) {
  if (wanted.kind != actual.kind) return fmt::format("kind {} instead of {} (`{}`)", static_cast<int>(actual.kind), static_cast<int>(wanted.kind), wanted.text);
  if (wanted.text != actual.text) return fmt::format("`{}` instead of `{}`", actual.text, wanted.text);
  if (wanted.is_string ? !actual.quoted && resolves_to_other(actual.text) : wanted.quoted != actual.quoted) return fmt::format("`{}` is not read as it was meant", actual.text);
  if (wanted.children.size() != actual.children.size()) return fmt::format("{} children instead of {}", actual.children.size(), wanted.children.size());
  for (std::size_t i = 0; i < wanted.children.size(); ++i) {
    if (auto found = difference(wanted.children[i], actual.children[i]); !found.empty()) return fmt::format("[{}] {}", i, found);
  }
  return {};
}

}  // namespace s2a::test
