// Two ways of a request compared over representatives: every value that a rule names, values in two rules at once, and one that occurs nowhere.
// The issue "Proof" replaces the representatives by classes that are exact; what is compared stays.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "ir/proof/verdict.h"
#include "ir/table/path.h"

namespace s2a {

/// What is known of the callers that are compared.
struct Callers {
  bool identified = true;  ///< mutual TLS; false: plaintext
  bool http = true;
  std::string trust_domain;       ///< of a caller that no rule names
  std::string host;               ///< what a request asks for that no rule on hosts names
  std::set<std::string> outside;  ///< identities outside the comparison: the waypoints' own. authorization.md 8.6
};

struct Difference {
  Request request;
  Decision before;
  Decision after;
};

/// Wider wins over narrower.
struct Comparison {
  Verdict verdict = Verdict::Equal;
  std::optional<Difference> difference;  ///< the plainest request that shows a Narrower or Wider
  std::string unknown;                   ///< why nothing can be said: more than `kMostRequests` kinds of requests, or values that could not be told apart
  std::size_t requests = 0;              ///< how many were evaluated
};

inline constexpr std::size_t kMostRequests = 200'000;

[[nodiscard]] Comparison compare(const Path& before, const Path& after, const Callers& callers);

}  // namespace s2a
