// One request followed through a mesh, hop by hop: who decides, by which rule, and what the caller sees. product.md 3
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "ir/table/path.h"
#include "ir/trace/inquiry.h"

namespace s2a {

/// A rule that would have let the request on, was asked and did not hold.
struct MissedRule {
  std::string policy;
  std::string rule;  ///< `spec.rules[0]`
  Label place;
  std::vector<std::string> fails;  ///< the attributes of the first clause that does not hold: `method`; empty: it holds for no request
  bool operator==(const MissedRule&) const = default;
};

/// One enforcement point and what it decided.
struct Hop {
  Engine engine{};
  std::string waypoint;  ///< `shop/waypoint`; empty: the sidecar or the ztunnel of the way's pods
  Outcome outcome{};
  std::string policy;                ///< the resource that decided; empty: none did
  std::string rule;                  ///< `spec.rules[0]`; empty: no single rule
  std::optional<Label> place;        ///< of the rule, or of the resource
  std::string why;                   ///< what no rule says: `no ALLOW rule holds`
  std::optional<std::string> route;  ///< where it routes: where to, or what it answers; of an Engine::Sidecar that is the caller's
  std::vector<MissedRule> missed{};
  bool operator==(const Hop&) const = default;
};

/// The pods that a request can arrive at in the same way.
struct Way {
  std::vector<std::string> pods;  ///< subjects; empty where the request comes to none: behind a ServiceEntry, and where a proxy answers it
  std::uint16_t port = 0;         ///< of the container
  std::vector<Hop> hops;
  std::string unknown;  ///< why nothing can be said; then there are no hops
  std::string past;     ///< why nobody judges at the pod; empty: somebody does, or the request does not come so far
  std::string seen;     ///< by the caller: `403`
  bool allowed = false;
};

struct Trace {
  CallerKind caller{};
  std::string request;  ///< in words
  std::string to;       ///< `Service shop/cart port 80`
  std::vector<Way> ways;
  std::set<std::string> namespaces;   ///< of the caller and the pods
  std::vector<std::string> presumed;  ///< what neither the inquiry nor the input says and some rule asks for
};

/// The request in this mesh, to each pod where it can arrive. Where several decide alike, they share a Way.
[[nodiscard]] tl::expected<Trace, Unclear> trace(const MeshModel& mesh, const Inquiry& inquiry);

}  // namespace s2a
