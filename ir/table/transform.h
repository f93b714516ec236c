// What a route makes of a request on its way to a backend, as a value: two that do the same have the same fields. routing.md 1.3, 3.2
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ir/mesh/virtual_service.h"
#include "ir/table/request.h"

namespace s2a {

/// What becomes of the path; the query stays behind it. routing.md 3.2
struct PathRewrite {
  enum class Kind : std::uint8_t {
    None,
    Prefix,  ///< `matched`, with which every path of the row begins, is replaced by `value`; where nothing is left, `/`
    Full,    ///< `value`
    Regex,   ///< every match of `matched` by `value`, in which `\0` to `\9` stand for groups
  };
  Kind kind = Kind::None;
  std::string matched;
  std::string value;
  bool folded = false;  ///< the path's letters may have another case than those of `matched`
  auto operator<=>(const PathRewrite&) const = default;
};

/// Prefix `matched` to `value`, without what both end in, so that equal functions have equal text.
[[nodiscard]] PathRewrite prefix_rewrite(std::string matched, std::string value, bool folded = false);
/// RE2's global replacement; one that takes any whole path is a Full or a Prefix. routing.md 3.2
[[nodiscard]] PathRewrite regex_rewrite(std::string pattern, std::string substitution);

struct Transform {
  PathRewrite path;
  std::optional<std::string> host;
  std::vector<HeaderOperations> request;   ///< in the order of the engine: of each, what is removed, then set, then added. Names in lower case
  std::vector<HeaderOperations> response;  ///< likewise
  bool operator==(const Transform&) const = default;
};

/// Several operations after each other as the shortest list that does the same: one, or as many as there are where values are made of the request's headers (`%REQ(x)%`).
[[nodiscard]] std::vector<HeaderOperations> in_order(const std::vector<HeaderOperations>& levels);

/// The request as the backend sees it.
[[nodiscard]] Request applied(const Transform& transform, const Request& request);
/// The path after it.
[[nodiscard]] std::string applied(const PathRewrite& rewrite, const std::string& path);
/// The headers that a response carries after it, `%REQ(x)%` read from the request. `response`: those that it had; without them only what is written here.
[[nodiscard]] Request response_headers(const std::vector<HeaderOperations>& levels, const Request& request, Request response = {});
/// Every header that operations write, remove or, with `%REQ(x)%`, read; in lower case.
[[nodiscard]] std::set<std::string> names_in(const std::vector<HeaderOperations>& levels);

}  // namespace s2a
