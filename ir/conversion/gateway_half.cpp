// Taking out `mesh`, the matches that are for it alone, the rules that have no other, and lists that have no other rule.
#include "ir/conversion/gateway_half.h"

#include <algorithm>

namespace s2a {
namespace {

bool is_mesh(const std::string& gateway) { return gateway == "mesh"; }

class Stripper {
 public:
  Stripper(const Resource& resource, const Store& store) : document_(store[resource.document]), id_(resource.document) {}

  void remove_item(NodeId item) { changes_.emplace_back(RemoveItem{.document = id_, .item = item}); }

  /// Without the matches that are for the mesh alone. A rule must keep one, for without any it would take everything.
  template <class Rule>
  void add(const std::vector<Rule>& rules, NodeId spec, std::string_view key) {
    std::vector<NodeId> items;
    std::size_t gone = 0;
    for (const auto& rule : rules) {
      std::vector<NodeId> matches;
      for (const auto& match : rule.matches)
        if (!match.gateways.empty() && std::ranges::all_of(match.gateways, is_mesh)) matches.push_back(match.node);
      const bool whole = !matches.empty() && matches.size() == rule.matches.size();
      gone += whole ? 1 : 0;
      if (whole) matches = {rule.node};
      items.insert(items.end(), matches.begin(), matches.end());
    }
    left_ = left_ || gone < rules.size();
    const auto entry = document_.find(spec, key);
    if (entry && gone == rules.size())
      changes_.emplace_back(RemoveEntry{.document = id_, .key = entry->key});
    else
      std::ranges::for_each(items, [&](NodeId item) { remove_item(item); });
  }

  [[nodiscard]] bool left() const { return left_; }
  std::vector<Change> take() { return std::move(changes_); }

 private:
  const Document& document_;
  DocumentId id_;
  bool left_ = false;  ///< some rule
  std::vector<Change> changes_;
};

}  // namespace

std::optional<std::vector<Change>> gateway_half(const Resource& virtual_service, const Store& store) {
  const auto& spec = std::get<VirtualService>(virtual_service.spec);
  if (std::ranges::all_of(spec.gateways, [](const auto& gateway) { return is_mesh(gateway.value); })) return std::nullopt;
  Stripper stripper(virtual_service, store);
  for (const auto& gateway : spec.gateways)
    if (is_mesh(gateway.value)) stripper.remove_item(gateway.node);
  stripper.add(spec.http, spec.spec_node, "http");
  stripper.add(spec.tls, spec.spec_node, "tls");
  stripper.add(spec.tcp, spec.spec_node, "tcp");
  return stripper.left() ? std::optional(stripper.take()) : std::nullopt;
}

}  // namespace s2a
