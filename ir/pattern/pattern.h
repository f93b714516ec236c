// A set of the values that one attribute of a request can take, as a policy writes it.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ir/pattern/address.h"
#include "ir/pattern/glob.h"
#include "ir/pattern/regex.h"

namespace s2a {

/// Every value, the empty one too.
struct Present {
  auto operator<=>(const Present&) const = default;
};

struct NonEmpty {
  auto operator<=>(const NonEmpty&) const = default;
};

struct Exact {
  std::string text;
  bool ignore_case = false;
  auto operator<=>(const Exact&) const = default;
};

struct Prefix {
  std::string text;
  bool ignore_case = false;
  auto operator<=>(const Prefix&) const = default;
};

struct Suffix {
  std::string text;
  bool ignore_case = false;
  auto operator<=>(const Suffix&) const = default;
};

struct Contains {
  std::string text;
  bool ignore_case = false;
  auto operator<=>(const Contains&) const = default;
};

/// Both ends count.
struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;
  auto operator<=>(const PortRange&) const = default;
};

struct Set;

/// The texts that begin with `matched` and are in the inner set once that is replaced: what a hop asks of a path that the hop before it has rewritten.
struct AfterRewrite {
  std::string matched;
  std::string replacement;
  bool drop_slash = false;  ///< what follows `matched` loses its first character, if that is a `/`
  std::shared_ptr<const Set> inner;

  bool operator==(const AfterRewrite& other) const;
  std::strong_ordering operator<=>(const AfterRewrite& other) const;
};

[[nodiscard]] AfterRewrite after_rewrite(std::string matched, std::string replacement, bool drop_slash, Set inner);

/// Values with a total order. Text that policies write becomes a Pattern in istio_values.h.
using Pattern = std::variant<Present, NonEmpty, Exact, Prefix, Suffix, Contains, Glob, Regex, AfterRewrite, Cidr, PortRange>;

/// Whether the subject is in the set; a Cidr asks for an address (`10.0.0.1`), a PortRange for a decimal number.
[[nodiscard]] bool matches(const Pattern& pattern, std::string_view subject);

/// The number of a port, 0 to 65535; leading zeros do not count.
[[nodiscard]] std::optional<std::uint16_t> port_number(std::string_view text);

/// The same set as pieces; nothing for a Regex, an AfterRewrite, a Cidr and a PortRange.
[[nodiscard]] std::optional<Glob> as_glob(const Pattern& pattern);

/// For people: `/admin*`, `*.css`, `10.0.0.0/8`, `8080`, `regex a|b`, `/admin* once /v1 is /`.
[[nodiscard]] std::string to_string(const Pattern& pattern);

/// The values of one field: a value that is in any of the patterns. Empty: no value.
struct Set {
  std::vector<Pattern> any_of;
  auto operator<=>(const Set&) const = default;

  [[nodiscard]] bool contains(std::string_view subject) const;
};

[[nodiscard]] std::string to_string(const Set& set);

}  // namespace s2a
