// Nodes turned into Values.
#include "ir/source/to_value.h"

namespace s2a {
namespace {

Value without_origin(const Document& document, NodeId node) {
  const auto& n = document[document.resolve(node)];
  switch (n.kind) {
    case NodeKind::Null:
    case NodeKind::Alias:
    case NodeKind::Scalar: {
      Value out(n.kind == NodeKind::Scalar ? n.value : std::string());
      out.plain = n.style == NodeStyle::Plain && n.property.size() == 0;
      return out;
    }
    case NodeKind::Sequence: {
      Value::Sequence items;
      for (const auto item : document.children(node)) items.push_back(to_value(document, item));
      return items;
    }
    case NodeKind::Map: {
      Value::Map entries;
      for (const auto& entry : document.merged_entries(node)) {
        auto& value = entries.emplace_back(document[entry.key].value, to_value(document, entry.value)).second;
        value.origin = origin_of(document, entry.key);
      }
      return entries;
    }
  }
  return {};
}

}  // namespace

SourcePoint origin_of(const Document& document, NodeId node) { return {.file = document.file, .offset = document[node].span.begin}; }

Value to_value(const Document& document, NodeId node) {
  auto out = without_origin(document, node);
  out.origin = origin_of(document, node);
  return out;
}

}  // namespace s2a
