// Proofs by content: where the same rules meet the same kind of callers again, nothing is proven again.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "ir/proof/compare.h"

namespace s2a {

class Proofs {
 public:
  /// `everyone`: what all callers have in common, which is their trust domain and who is left out.
  explicit Proofs(Callers everyone) : callers_(std::move(everyone)) {}

  /// As s2a::compare() says. The rows are known by what they ask and decide; who wrote them, and the host where no rule asks for it, makes no other proof.
  [[nodiscard]] Comparison compare(const Path& before, const Path& after, bool identified, bool http, const std::string& host);

  /// How many different ones there were.
  [[nodiscard]] std::size_t size() const { return known_.size(); }

 private:
  /// What does not depend on who wrote the rows.
  struct Proof {
    Verdict verdict{};
    std::optional<Request> request;
    std::string unknown;
  };

  Callers callers_;
  std::unordered_map<std::string, Proof> known_;
};

}  // namespace s2a
