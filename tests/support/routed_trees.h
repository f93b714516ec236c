// Two trees whose routes are compared: the worst for one class of client of one port, with its words.
#pragma once

#include <string>
#include <string_view>

#include "ir/proof/both_sides.h"
#include "ir/proof/gate.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {

struct RoutesCompared {
  Comparison comparison;
  std::string witness;  ///< where there is a difference
  int ways = 0;         ///< that were compared: kinds of clients, what they speak
};

class RoutedTrees {
 public:
  RoutedTrees(std::string_view before, std::string_view after, const MeshOptions& options = {});

  /// `to`: `shop/reviews`, or `ServiceEntry shop/partner`. What cannot be told is Unknown.
  [[nodiscard]] RoutesCompared worst(std::string_view to, std::uint16_t port, ClientClass client = ClientClass::AmbientToService);
  /// What the gate says where all that is ambient after moves.
  [[nodiscard]] Judgement judged(const std::vector<Acceptance>& accepted = {}) const;
  /// Errors of reading.
  [[nodiscard]] const Diagnostics& told() const { return told_; }

 private:
  Store store_;
  Diagnostics told_;
  MeshModel before_;
  MeshModel after_;
  BothSides sides_;
};

}  // namespace s2a::test
