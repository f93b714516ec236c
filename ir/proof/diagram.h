// Decision diagrams over variables with many values, in a fixed order: what the rules say of every request at once.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace s2a {

/// The nodes of all diagrams over the same variables. Two diagrams that decide alike are the same node, so that equality is a comparison of numbers.
/// A diagram ends in kNever and kAlways, or tells several ends apart: then choose() and where_it_ends() are for it, and nothing else is.
class Diagrams {
 public:
  using Node = std::uint32_t;
  using Variable = std::uint32_t;
  static constexpr Node kNever = 0;
  static constexpr Node kAlways = 1;

  /// How unusual each value of a variable is; the first is usual and weighs nothing.
  using Weights = std::vector<std::uint64_t>;

  Diagrams() = default;
  Diagrams(const Diagrams&) = delete;
  Diagrams& operator=(const Diagrams&) = delete;

  /// The next variable in the order, with one value for each weight.
  Variable add_variable(Weights weights);
  /// Holds where the variable has one of the values for which `holds` is true.
  Node where(Variable variable, const std::vector<bool>& holds);

  Node both(Node a, Node b) { return apply(Operation::Both, a, b); }
  Node either(Node a, Node b) { return apply(Operation::Either, a, b); }
  Node without(Node a, Node b) { return apply(Operation::Without, a, b); }
  Node negation(Node a) { return without(kAlways, a); }

  /// An end of its own.
  Node add_end();
  /// The one where the condition holds, the other where it does not.
  Node choose(Node condition, Node then, Node otherwise);
  /// Holds where the diagram ends there.
  Node where_it_ends(Node diagram, Node end) { return apply(Operation::Ends, diagram, end); }

  Node all_of(std::span<const Node> nodes) { return fold(Operation::Both, nodes, kAlways); }
  Node any_of(std::span<const Node> nodes) { return fold(Operation::Either, nodes, kNever); }

  /// Whether the work was given up: then no node means anything.
  [[nodiscard]] bool exhausted() const { return steps_ > kMostSteps; }
  /// The variable on which most nodes ask.
  [[nodiscard]] Variable busiest() const;

  /// For each variable the value in the lightest assignment for which the node holds. The node must not be kNever.
  [[nodiscard]] std::vector<std::size_t> lightest(Node node) const;

 private:
  static constexpr std::size_t kMostSteps = 20'000'000;  ///< about a second

  enum class Operation : std::uint8_t { Both, Either, Without, Choose, Ends };

  /// Asks for the value of one variable; `next` has a node for each value.
  struct Branch {
    Variable variable = 0;
    std::vector<Node> next;
    bool operator==(const Branch&) const = default;
  };
  struct Task {
    Operation operation{};
    Node a = 0;
    Node b = 0;
    Node c = 0;  ///< of Choose
    bool operator==(const Task&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Branch& branch) const;
    std::size_t operator()(const Task& task) const;
  };

  Node apply(Operation operation, Node a, Node b);
  /// Value by value of the variable that any of them asks about first, remembered.
  template <class Inner>
  Node expand(const Task& task, Inner&& inner);
  [[nodiscard]] Variable variable_of(Node node) const;
  Node fold(Operation operation, std::span<const Node> nodes, Node neutral);
  Node make(Branch branch);

  std::vector<Weights> weights_;  ///< by variable
  std::unordered_map<Branch, Node, Hash> known_;
  std::vector<const Branch*> branches_{nullptr, nullptr};  ///< by node; the keys of known_, nullptr for an end
  std::unordered_map<Task, Node, Hash> done_;
  std::size_t steps_ = 0;
};

}  // namespace s2a
