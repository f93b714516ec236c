// Regular expressions of rewrites that do what the rewrite of a prefix does. routing.md 3.2
#pragma once

#include <optional>
#include <string>

#include "ir/mesh/virtual_service.h"

namespace s2a {

/// The prefix, with which the path begins, becomes `text`.
struct PrefixRegex {
  std::string text;
  bool drop_slash = false;  ///< and a slash behind the prefix goes
};

/// What the expression says of paths that begin with the prefix: `^/foo/(.*)$` and `/bar/\1` put `/bar/` for `/foo/`; nothing where it says something else.
[[nodiscard]] std::optional<PrefixRegex> prefix_regex(const HttpRewrite& rewrite, const std::string& prefix);

}  // namespace s2a
