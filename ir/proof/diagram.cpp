// Shannon's expansion, remembered.
#include "ir/proof/diagram.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace s2a {
namespace {

std::size_t mixed(std::size_t hash, std::size_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
  return hash ^ (hash >> 32U);
}

}  // namespace

std::size_t Diagrams::Hash::operator()(const Branch& branch) const {
  std::size_t hash = branch.variable;
  for (const auto node : branch.next) hash = mixed(hash, node);
  return hash;
}

std::size_t Diagrams::Hash::operator()(const Task& task) const { return mixed(mixed(mixed(static_cast<std::size_t>(task.operation), task.a), task.b), task.c); }

Diagrams::Variable Diagrams::add_variable(Weights weights) {
  weights_.push_back(std::move(weights));
  return static_cast<Variable>(weights_.size() - 1);
}

Diagrams::Node Diagrams::where(Variable variable, const std::vector<bool>& holds) {
  Branch branch{.variable = variable, .next = {}};
  for (const bool value : holds) branch.next.push_back(value ? kAlways : kNever);
  return make(std::move(branch));
}

Diagrams::Node Diagrams::make(Branch branch) {
  constexpr std::size_t kLookUp = 50;  // in steps, each of which looks at one value
  steps_ += kLookUp + branch.next.size();
  if (std::ranges::all_of(branch.next, [&](Node node) { return node == branch.next.front(); })) return branch.next.front();
  const auto [entry, fresh] = known_.try_emplace(std::move(branch), static_cast<Node>(branches_.size()));
  if (fresh) branches_.push_back(&entry->first);
  return entry->second;
}

Diagrams::Node Diagrams::apply(Operation operation, Node a, Node b) {
  switch (operation) {
    case Operation::Choose: break;  // choose()
    case Operation::Ends:
      if (branches_[a] == nullptr) return a == b ? kAlways : kNever;
      break;
    case Operation::Both:
      if (a > b) std::swap(a, b);
      if (a == kNever || a == b) return a;
      if (a == kAlways) return b;
      break;
    case Operation::Either:
      if (a > b) std::swap(a, b);
      if (a == kAlways || a == b) return a;
      if (a == kNever) return b;
      break;
    case Operation::Without:
      if (a == kNever || b == kAlways || a == b) return kNever;
      if (b == kNever) return a;
      break;
  }
  return expand({.operation = operation, .a = a, .b = b}, [this](const Task& task) { return apply(task.operation, task.a, task.b); });
}

Diagrams::Node Diagrams::choose(Node condition, Node then, Node otherwise) {
  if (condition == kAlways || then == otherwise) return then;
  if (condition == kNever) return otherwise;
  return expand({.operation = Operation::Choose, .a = condition, .b = then, .c = otherwise}, [this](const Task& task) { return choose(task.a, task.b, task.c); });
}

Diagrams::Node Diagrams::add_end() {
  branches_.push_back(nullptr);
  return static_cast<Node>(branches_.size() - 1);
}

Diagrams::Variable Diagrams::variable_of(Node node) const { return branches_[node] != nullptr ? branches_[node]->variable : std::numeric_limits<Variable>::max(); }

template <class Inner>
Diagrams::Node Diagrams::expand(const Task& task, Inner&& inner) {
  if (exhausted()) return kNever;
  if (const auto known = done_.find(task); known != done_.end()) return known->second;
  Branch out{.variable = std::min({variable_of(task.a), variable_of(task.b), variable_of(task.c)}), .next = {}};
  const auto next = [&](Node node, std::size_t value) { return variable_of(node) == out.variable ? branches_[node]->next[value] : node; };
  const auto values = weights_[out.variable].size();
  out.next.reserve(values);
  for (std::size_t value = 0; value < values; ++value)
    out.next.push_back(inner({.operation = task.operation, .a = next(task.a, value), .b = next(task.b, value), .c = next(task.c, value)}));
  const auto result = make(std::move(out));
  done_.emplace(task, result);
  return result;
}

/// Halves before wholes: the diagrams stay small for longer.
Diagrams::Node Diagrams::fold(Operation operation, std::span<const Node> nodes, Node neutral) {
  if (nodes.empty()) return neutral;
  if (nodes.size() == 1) return nodes.front();
  const auto half = nodes.size() / 2;
  return apply(operation, fold(operation, nodes.first(half), neutral), fold(operation, nodes.subspan(half), neutral));
}

Diagrams::Variable Diagrams::busiest() const {
  std::vector<std::size_t> nodes(weights_.size());
  for (const auto* branch : branches_)
    if (branch != nullptr) ++nodes[branch->variable];
  return static_cast<Variable>(std::ranges::max_element(nodes) - nodes.begin());
}

std::vector<std::size_t> Diagrams::lightest(Node node) const {
  struct Way {
    std::uint64_t weight = std::numeric_limits<std::uint64_t>::max();
    std::size_t value = 0;
  };
  std::vector<Way> ways(node + 1);  // a branch leads to earlier nodes only
  ways[kAlways].weight = 0;
  for (Node at = kAlways + 1; at <= node; ++at) {
    if (branches_[at] == nullptr) continue;
    const auto& [variable, next] = *branches_[at];
    for (std::size_t value = 0; value < next.size(); ++value) {
      if (next[value] == kNever) continue;
      const auto weight = ways[next[value]].weight + weights_[variable][value];
      if (weight < ways[at].weight) ways[at] = {.weight = weight, .value = value};
    }
  }
  std::vector<std::size_t> values(weights_.size(), 0);
  while (node > kAlways) {
    const auto& [variable, next] = *branches_[node];
    values[variable] = ways[node].value;
    node = next[ways[node].value];
  }
  return values;
}

}  // namespace s2a
