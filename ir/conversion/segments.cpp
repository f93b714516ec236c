// Proving that a string prefix and a segment prefix do the same.
//
//   - match: [{uri: {exact: /foo}}, {uri: {prefix: /foo/}}]       ->       - matches: [{path: {type: PathPrefix, value: /foo}}]
#include "ir/conversion/segments.h"

#include <algorithm>

#include "ir/conversion/texts.h"

namespace s2a {
namespace {

const Prefix* plain_prefix(const Pattern& path) {
  const auto* prefix = std::get_if<Prefix>(&path);
  return prefix != nullptr && !prefix->ignore_case ? prefix : nullptr;
}

bool same_but_path(const Region& a, const Region& b) { return a.method == b.method && a.headers == b.headers && a.query == b.query; }

/// Whether `moved` can stand at the place of `first`: nothing between them decides otherwise about its requests.
bool movable(const std::vector<Candidate>& candidates, std::size_t first, std::size_t moved, Relations& relations) {
  for (auto k = first + 1; k < moved; ++k)
    if (candidates[k].action != candidates[moved].action && !disjoint(candidates[k].region, candidates[moved].region, relations)) return false;
  return true;
}

/// `/foo` and `/foo/`* with one action.
bool joins(const Candidate& a, const Candidate& b) {
  if (a.action != b.action || !a.without.empty() || !b.without.empty() || !same_but_path(a.region, b.region)) return false;
  for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    const auto* exact = one_text(one->region.path);
    const auto* prefix = plain_prefix(other->region.path);
    if (exact != nullptr && prefix != nullptr && exact->size() > 1 && prefix->text == *exact + "/") return true;
  }
  return false;
}

void join(std::vector<Candidate>& candidates, Relations& relations) {
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    for (auto j = i + 1; j < candidates.size(); ++j) {
      if (!joins(candidates[i], candidates[j]) || !movable(candidates, i, j, relations)) continue;
      const auto* exact = one_text(candidates[i].region.path);
      candidates[i].region.path = segment_prefix(exact != nullptr ? *exact : *one_text(candidates[j].region.path));
      candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(j));
      break;
    }
  }
}

/// Whether what the candidate takes as a string prefix and would not as a segment prefix meets the same action later on.
bool rest_is_equal(const std::vector<Candidate>& candidates, std::size_t at, const std::string& prefix, Relations& relations) {
  auto rest = candidates[at].region;
  rest.path = beside_segment(prefix);
  for (auto k = at + 1; k < candidates.size(); ++k) {
    const auto& later = candidates[k];
    if (disjoint(later.region, rest, relations)) continue;
    if (later.action != candidates[at].action) return false;
    if (later.without.empty() && includes(later.region, rest, relations)) return true;
  }
  return false;
}

const Prefix* without_slash(const Candidate& candidate) {
  const auto* prefix = plain_prefix(candidate.region.path);
  return prefix != nullptr && !prefix->text.ends_with('/') && is_crd_path(prefix->text) ? prefix : nullptr;
}

void set_path(Candidate& candidate, const Pattern& path) {
  for (auto& left : candidate.without)
    if (left.path == candidate.region.path) left.path = path;
  candidate.region.path = path;
}

}  // namespace

bool is_crd_path(std::string_view path) {
  constexpr std::string_view kOthers = "-/._~!$&'()*+,;=:@";
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  if (!path.starts_with('/') || path.size() > kLongestPath || path.ends_with("/.") || path.ends_with("/..")) return false;
  for (const std::string_view never : {"//", "/./", "/../", "%2f", "%2F"})
    if (path.find(never) != std::string_view::npos) return false;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const char c = path[at];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos) continue;
    const auto hex = path.substr(at + 1, 2);
    if (c != '%' || hex.size() != 2 || hex.find_first_not_of(kHex) != std::string_view::npos) return false;
  }
  return true;
}

bool fits_exact(const Pattern& path) {
  const auto* text = one_text(path);
  return text != nullptr && is_crd_path(*text);
}

void prefer_segments(std::vector<Candidate>& candidates, Relations& relations) {
  join(candidates, relations);
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (const auto* prefix = without_slash(candidates[i]); prefix != nullptr && rest_is_equal(candidates, i, prefix->text, relations))
      set_path(candidates[i], segment_prefix(prefix->text));
}

std::vector<std::size_t> changed_by_segments(const std::vector<Candidate>& candidates, Relations& relations) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    if (candidates[i].as_segment && !rest_is_equal(candidates, i, *segment_of(candidates[i].region.path), relations)) out.push_back(i);
  return out;
}

bool fit_path_prefix(const std::vector<Candidate>& candidates) {
  return std::ranges::all_of(candidates, [](const Candidate& candidate) {
    const auto& path = candidate.region.path;
    if (std::holds_alternative<Present>(path) || fits_exact(path)) return true;
    if (const auto* segment = segment_of(path)) return is_crd_path(*segment);
    const auto* prefix = plain_prefix(path);
    return prefix != nullptr && prefix->text.ends_with('/') && is_crd_path(prefix->text.substr(0, prefix->text.size() - 1));
  });
}

}  // namespace s2a
