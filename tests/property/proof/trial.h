// A proof put to the test: against every request of small alphabets, and against random ones.
#pragma once

#include <random>
#include <set>
#include <string>

#include "ir/proof/compare.h"
#include "tests/property/proof/raw_request.h"

namespace s2a::test {

struct Trial {
  std::set<Attribute> attributes;  ///< that differ among the requests tried
  Path before;
  Path after;
  Callers callers;
  RawRequest plain;

  /// For failures.
  [[nodiscard]] std::string text() const;
};

/// What a request of these callers is where no rule asks.
[[nodiscard]] RawRequest plain_request(const Callers& callers);

/// Of every request, each decided by `evaluate`.
[[nodiscard]] Verdict by_enumeration(const Trial& trial);

/// Fails the test unless the comparison says what enumeration does, and its witness can be sent and is decided so; draws this many requests against an Equal.
void check(const Trial& trial, const Comparison& comparison, std::mt19937& random, int draws);

}  // namespace s2a::test
