// For each comment the match and the rule that it is about, then the place of what they became.
#include "ir/passes/carry_comments.h"

#include <algorithm>
#include <array>

#include "ir/passes/reconcile.h"
#include "ir/routing/delegates.h"
#include "ir/source/comments.h"

namespace s2a {
namespace {

/// One VirtualService, the root or a delegate.
struct Holder {
  const Resource& resource;
  const SourceFile& file;
  const Document& document;

  [[nodiscard]] Span spec() const { return document[std::get<VirtualService>(resource.spec).spec_node].span; }

  /// The item of a list under a key of `map` that the comment is about; kNoNode: none.
  [[nodiscard]] NodeId item(NodeId map, std::string_view key, const Comment& comment) const {
    const auto entry = document.find(map, key);
    if (!entry || comment.from.offset < document[entry->key].span.end) return kNoNode;
    const auto list = document.resolve(entry->value);
    return document[list].kind == NodeKind::Sequence ? item_about(file, document, list, comment) : kNoNode;
  }

  /// The match, then its rule; as much of that as the comment is about.
  [[nodiscard]] std::vector<NodeId> about(const Comment& comment) const {
    for (const std::string_view key : {"http", "tls", "tcp"}) {
      const auto rule = item(std::get<VirtualService>(resource.spec).spec_node, key, comment);
      if (rule == kNoNode) continue;
      const auto match = item(document.resolve(rule), "match", comment);
      return match == kNoNode ? std::vector{rule} : std::vector{match, rule};
    }
    return {};
  }
};

bool stands_for(const RouteOrigins& origins, const Holder& holder, NodeId node) {
  return std::ranges::any_of(origins.stands_for,
                             [&](const RouteOrigin& from) { return from.resource == &holder.resource && holder.document.resolve(from.node) == holder.document.resolve(node); });
}

/// The first rule that stands for a node; nullptr where there is none.
Value* rule_for(const Holder& holder, NodeId node, std::vector<ConvertedObject>& objects) {
  for (auto& object : objects) {
    const auto found = std::ranges::find_if(object.origins, [&](const RouteOrigins& origins) { return stands_for(origins, holder, node); });
    if (found == object.origins.end()) continue;
    auto* rules = find(child(object.value, "spec"), "rules");
    return &std::get<Value::Sequence>(rules->content)[static_cast<std::size_t>(found - object.origins.begin())];
  }
  return nullptr;
}

/// The rule for a comment, or the first object.
Value& place_for(const Holder& holder, const std::vector<NodeId>& about, std::vector<ConvertedObject>& objects) {
  for (const auto node : about)
    if (auto* rule = rule_for(holder, node, objects)) return *rule;
  return objects.front().value;
}

}  // namespace

void carry_comments(const MeshModel& mesh, const Resource& virtual_service, std::vector<ConvertedObject>& objects) {
  const auto& store = mesh.store();
  const bool flow = store[virtual_service.document][std::get<VirtualService>(virtual_service.spec).spec_node].style == NodeStyle::Flow;  // no lines between rules
  const auto carry = [&](const Resource& resource, bool delegate) {
    const Holder holder{.resource = resource, .file = store.file_of(resource), .document = store[resource.document]};
    for (auto& comment : comments_in(holder.file, holder.document, {.begin = holder.spec().begin, .end = holder.document.span.end})) {
      auto about = holder.about(comment);
      if (delegate && about.empty() && comment.from.offset >= holder.spec().end) continue;  // behind the delegate
      comment.copied = delegate;
      if (flow) about.clear();
      place_for(holder, about, objects).comments.push_back(comment);
    }
  };
  carry(virtual_service, false);
  for (const auto* resource : mesh.all(Kind::VirtualService))
    if (includes(virtual_service, *resource)) carry(*resource, true);
}

}  // namespace s2a
