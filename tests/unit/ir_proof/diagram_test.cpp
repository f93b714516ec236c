// Diagrams: what decides alike is the same node, and the lightest way is the lightest.
#include "ir/proof/diagram.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace s2a::diagram_test {

using Node = Diagrams::Node;

/// Three variables of three values; the later values weigh more.
class DiagramTest : public ::testing::Test {
 protected:
  DiagramTest() {
    for (auto& variable : variables_) variable = diagrams_.add_variable({0, 10, 11});
  }

  Node is(std::size_t variable, std::size_t value) {
    std::vector<bool> holds(3, false);
    holds[value] = true;
    return diagrams_.where(variables_.at(variable), holds);
  }

  Diagrams diagrams_;
  std::array<Diagrams::Variable, 3> variables_{};
};

TEST_F(DiagramTest, WhatDecidesAlikeIsTheSameNode) {
  const auto a = is(0, 1);
  const auto b = is(1, 2);
  EXPECT_EQ(diagrams_.both(a, b), diagrams_.both(b, a));
  EXPECT_EQ(diagrams_.negation(diagrams_.either(a, b)), diagrams_.both(diagrams_.negation(a), diagrams_.negation(b)));
  EXPECT_EQ(diagrams_.without(a, b), diagrams_.both(a, diagrams_.negation(b)));
  EXPECT_EQ(diagrams_.any_of(std::array{is(0, 0), is(0, 1), is(0, 2)}), Diagrams::kAlways);
  EXPECT_EQ(diagrams_.both(is(0, 0), is(0, 1)), Diagrams::kNever);
  EXPECT_EQ(diagrams_.all_of({}), Diagrams::kAlways);
  EXPECT_EQ(diagrams_.any_of({}), Diagrams::kNever);
  EXPECT_EQ(diagrams_.either(diagrams_.both(a, b), diagrams_.without(a, b)), a);
}

TEST_F(DiagramTest, TheLightestAssignmentIsFound) {
  using Values = std::vector<std::size_t>;
  EXPECT_EQ(diagrams_.lightest(Diagrams::kAlways), (Values{0, 0, 0}));
  EXPECT_EQ(diagrams_.lightest(diagrams_.negation(is(1, 0))), (Values{0, 1, 0}));
  const auto two = diagrams_.both(is(0, 1), is(1, 1));
  EXPECT_EQ(diagrams_.lightest(diagrams_.either(two, is(2, 2))), (Values{0, 0, 2}));
  EXPECT_EQ(diagrams_.lightest(two), (Values{1, 1, 0}));
}

TEST_F(DiagramTest, AgreesWithTruthTables) {
  std::mt19937 random(41);
  using Table = std::vector<bool>;  // of all 27 assignments
  std::vector<std::pair<Node, Table>> known{{Diagrams::kNever, Table(27, false)}, {Diagrams::kAlways, Table(27, true)}};
  const std::array<std::size_t, 3> stride{9, 3, 1};
  for (std::size_t variable = 0; variable < 3; ++variable)
    for (std::size_t value = 0; value < 3; ++value) {
      Table table(27);
      for (std::size_t i = 0; i < 27; ++i) table[i] = i / stride.at(variable) % 3 == value;
      known.emplace_back(is(variable, value), table);
    }
  for (int round = 0; round < 3000; ++round) {
    const auto& [a, of_a] = known[random() % known.size()];
    const auto& [b, of_b] = known[random() % known.size()];
    const auto operation = random() % 3;
    const auto node = operation == 0 ? diagrams_.both(a, b) : operation == 1 ? diagrams_.either(a, b) : diagrams_.without(a, b);
    Table table(27);
    for (std::size_t i = 0; i < 27; ++i) table[i] = operation == 0 ? of_a[i] && of_b[i] : operation == 1 ? of_a[i] || of_b[i] : of_a[i] && !of_b[i];
    for (const auto& [other, of_other] : known) ASSERT_EQ(node == other, table == of_other);
    if (known.size() < 300) known.emplace_back(node, table);
  }
}

/// Every rule in turn, the last one first, and each way to end looked at by itself.
TEST_F(DiagramTest, TellsEndsApart) {
  std::mt19937 random(42);
  for (int round = 0; round < 300; ++round) {
    const std::array ends{diagrams_.add_end(), diagrams_.add_end(), Diagrams::kNever};
    std::vector<std::pair<Node, Node>> rules;  // condition and end
    const auto one = [&] { return is(random() % 3, random() % 3); };
    for (auto left = random() % 5; left > 0; --left) rules.emplace_back(diagrams_.either(one(), diagrams_.both(one(), one())), ends.at(random() % 3));
    auto decided = ends[0];
    for (auto rule = rules.rbegin(); rule != rules.rend(); ++rule) decided = diagrams_.choose(rule->first, rule->second, decided);
    std::array<Node, 2> expected{Diagrams::kNever, Diagrams::kNever};
    auto open = Diagrams::kAlways;
    for (const auto& [condition, end] : rules) {
      for (std::size_t i = 0; i < 2; ++i)
        if (end == ends.at(i)) expected.at(i) = diagrams_.either(expected.at(i), diagrams_.both(open, condition));
      open = diagrams_.without(open, condition);
    }
    expected[0] = diagrams_.either(expected[0], open);
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(diagrams_.where_it_ends(decided, ends.at(i)), expected.at(i));
  }
}

TEST(Diagrams, GiveUpInsteadOfGrowing) {
  Diagrams diagrams;
  std::vector<Node> first;
  std::vector<Node> second;
  std::vector<Node> pairs;
  for (auto* half : {&first, &second})
    for (int i = 0; i < 40; ++i) half->push_back(diagrams.where(diagrams.add_variable({0, 1}), {false, true}));
  EXPECT_FALSE(diagrams.exhausted());
  for (std::size_t i = 0; i < first.size(); ++i) pairs.push_back(diagrams.both(first[i], second[i]));
  (void)diagrams.any_of(pairs);
  EXPECT_TRUE(diagrams.exhausted());
}

}  // namespace s2a::diagram_test
