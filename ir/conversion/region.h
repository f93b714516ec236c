// A set of requests that one match of a route can say, and how two of them lie to each other. routing.md 2.3, 2.4
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <tl/expected.hpp>

#include "ir/conversion/relations.h"

namespace s2a {

/// The key of the one header that a request has exactly once.
inline constexpr const char* kHostHeader = "host";

struct HeaderTest {
  std::string spelling;  ///< as the rule writes the name
  Pattern value;

  bool operator==(const HeaderTest& other) const { return value == other.value; }
};

/// Everything in it must hold.
struct Region {
  Pattern path = Present{};
  std::string method;                         ///< empty: any
  std::map<std::string, HeaderTest> headers;  ///< by name in lower case: some line of the header is in the set
  std::map<std::string, Pattern> query;       ///< by name: the parameter's first value is in the set

  bool operator==(const Region&) const = default;
};

/// Whether it is proven that every request of `inner` is in `outer`.
[[nodiscard]] bool includes(const Region& outer, const Region& inner, Relations& relations);
/// Whether it is proven that no request is in both. Two lines of one header can satisfy two conditions. routing.md 2.3
[[nodiscard]] bool disjoint(const Region& a, const Region& b, Relations& relations);
/// Whether it is proven that every request that is in both `a` and `b` is in `outer`.
[[nodiscard]] bool includes_common(const Region& outer, const Region& a, const Region& b, Relations& relations);

enum class NoRegion : std::uint8_t { Empty, Inexpressible };

/// What is in both, where one match can say it.
[[nodiscard]] tl::expected<Region, NoRegion> intersection(const Region& a, const Region& b, Relations& relations);
/// Adds a condition on a header, `host` too, likewise.
[[nodiscard]] tl::expected<void, NoRegion> add_header(Region& region, const std::string& name, const Pattern& value, Relations& relations);

/// For people: `GET /admin* with x-user: jason`.
[[nodiscard]] std::string to_string(const Region& region);

}  // namespace s2a
