// Random policies with every field that decides, and the values of each that make trouble. Documents of one line a field, in flow style where it is shorter.
#pragma once

#include <string>
#include <vector>

#include "tests/support/random.h"

namespace s2a::test {

/// A field of a rule or the key of a condition, and what policies write there.
struct Field {
  std::string name;
  Texts values;
};

[[nodiscard]] const std::vector<Field>& source_fields();
[[nodiscard]] const std::vector<Field>& operation_fields();
[[nodiscard]] const std::vector<Field>& condition_fields();
/// Conditions on headers that proxies write: sidecars and waypoints read different ones. authorization.md 9.13
[[nodiscard]] const std::vector<Field>& proxy_header_fields();
/// As rules write it: `principals`, `notPrincipals`.
[[nodiscard]] std::string negated(const std::string& field);

/// Where a policy stands.
struct Place {
  std::string ns;
  std::string where;  ///< one line of its spec: `selector: ...`, `targetRefs: ...`; empty: the whole namespace
};

struct PolicyOdds {
  int field = 25;          ///< percent, for each field of a source or operation
  int proxy_headers = 10;  ///< percent of the conditions
  int alternatives = 2;    ///< at most: sources, operations, conditions, rules
};

[[nodiscard]] std::string random_policy(Random& random, const std::string& name, const Place& place, const PolicyOdds& odds);
/// `modes`: to choose from, `UNSET` included. `selects`: whether `place` picks some pods only, so that ports may be named.
[[nodiscard]] std::string random_peer_authentication(Random& random, const std::string& name, const Place& place, bool selects, const Texts& modes);
[[nodiscard]] std::string random_request_authentication(Random& random, const std::string& name, const Place& place);

}  // namespace s2a::test
