// Compares names with fnmatch, and lists of names with `**`.
#include "frontend/load/excludes.h"

#include <fnmatch.h>

#include <algorithm>

namespace s2a {
namespace {

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> names;
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    if (slash > 0) names.emplace_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return names;
}

/// Greedy, with a way back to the last `**` only: no input takes more than glob times path steps.
bool match_names(const std::vector<std::string>& glob, const std::vector<std::string>& path) {
  std::size_t g = 0;
  std::size_t p = 0;
  std::size_t after_stars = std::string::npos;
  std::size_t retry = 0;
  while (p < path.size()) {
    if (g < glob.size() && glob[g] == "**") {
      after_stars = ++g;
      retry = p;
    } else if (g < glob.size() && ::fnmatch(glob[g].c_str(), path[p].c_str(), 0) == 0) {
      ++g;
      ++p;
    } else if (after_stars != std::string::npos) {
      g = after_stars;
      p = ++retry;
    } else {
      return false;
    }
  }
  return std::all_of(glob.begin() + static_cast<std::ptrdiff_t>(g), glob.end(), [](const std::string& name) { return name == "**"; });
}

}  // namespace

Excludes::Excludes(const std::vector<std::string>& globs) {
  for (const auto& glob : globs) {
    auto names = split(glob);
    if (names.empty()) continue;
    if (glob.find('/') == std::string::npos || (names.size() == 1 && glob.ends_with('/'))) names.insert(names.begin(), "**");
    globs_.push_back(std::move(names));
  }
}

bool Excludes::match(std::string_view path) const {
  const auto names = split(path);
  return std::ranges::any_of(globs_, [&](const auto& glob) { return match_names(glob, names); });
}

}  // namespace s2a
