// Conditions on path, method, headers and parameters compared one by one.
#include "ir/conversion/region.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/conversion/texts.h"
#include "ir/pattern/glob.h"

namespace s2a {
namespace {

tl::expected<Pattern, NoRegion> common(const Pattern& a, const Pattern& b, const Pattern& domain, Relations& relations) {
  if (relations.within(a, b, domain)) return a;
  if (relations.within(b, a, domain)) return b;
  return tl::make_unexpected(relations.disjoint(a, b, domain) ? NoRegion::Empty : NoRegion::Inexpressible);
}

/// Of one header: two lines may satisfy two conditions that no single line does.
tl::expected<Pattern, NoRegion> common_lines(const std::string& key, const Pattern& a, const Pattern& b, Relations& relations) {
  auto out = common(a, b, Present{}, relations);
  if (!out && key != kHostHeader) return tl::make_unexpected(NoRegion::Inexpressible);
  return out;
}

const Pattern& value_of(const HeaderTest& test) { return test.value; }
const Pattern& value_of(const Pattern& pattern) { return pattern; }

template <class Tests>
bool asks(const Tests& tests, const std::string& key, const Pattern& value, Relations& relations) {
  const auto same = tests.find(key);
  return same != tests.end() && relations.within(value_of(same->second), value);
}

}  // namespace

bool includes(const Region& outer, const Region& inner, Relations& relations) { return includes_common(outer, inner, inner, relations); }

bool includes_common(const Region& outer, const Region& a, const Region& b, Relations& relations) {
  const auto either = [&](const auto& holds) { return holds(a) || (&a != &b && holds(b)); };
  return (outer.method.empty() || either([&](const Region& r) { return r.method == outer.method; })) &&
         either([&](const Region& r) { return relations.within(r.path, outer.path, all_paths()); }) &&
         std::ranges::all_of(outer.headers, [&](const auto& h) { return either([&](const Region& r) { return asks(r.headers, h.first, h.second.value, relations); }); }) &&
         std::ranges::all_of(outer.query, [&](const auto& q) { return either([&](const Region& r) { return asks(r.query, q.first, q.second, relations); }); });
}

bool disjoint(const Region& a, const Region& b, Relations& relations) {
  if (!a.method.empty() && !b.method.empty() && a.method != b.method) return true;
  if (relations.disjoint(a.path, b.path, all_paths())) return true;
  const auto host = a.headers.find(kHostHeader);
  const auto other = b.headers.find(kHostHeader);
  if (host != a.headers.end() && other != b.headers.end() && relations.disjoint(host->second.value, other->second.value)) return true;
  return std::ranges::any_of(a.query, [&](const auto& entry) {
    const auto same = b.query.find(entry.first);
    return same != b.query.end() && relations.disjoint(entry.second, same->second);
  });
}

tl::expected<void, NoRegion> add_header(Region& region, const std::string& name, const Pattern& value, Relations& relations) {
  const auto key = lower(name);
  const auto [at, added] = region.headers.try_emplace(key, HeaderTest{.spelling = name, .value = value});
  if (added) return {};
  const auto both = common_lines(key, at->second.value, value, relations);
  if (!both) return tl::make_unexpected(both.error());
  at->second.value = *both;
  return {};
}

tl::expected<Region, NoRegion> intersection(const Region& a, const Region& b, Relations& relations) {
  if (disjoint(a, b, relations)) return tl::make_unexpected(NoRegion::Empty);
  auto out = a;
  const auto path = common(a.path, b.path, all_paths(), relations);
  if (!path) return tl::make_unexpected(path.error());
  out.path = *path;
  if (out.method.empty()) out.method = b.method;
  for (const auto& [key, test] : b.headers)
    if (const auto added = add_header(out, test.spelling, test.value, relations); !added) return tl::make_unexpected(added.error());
  for (const auto& [name, value] : b.query) {
    const auto [at, added] = out.query.try_emplace(name, value);
    if (added) continue;
    const auto both = common(at->second, value, Present{}, relations);
    if (!both) return tl::make_unexpected(both.error());
    at->second = *both;
  }
  return out;
}

std::string to_string(const Region& region) {
  const auto* segment = segment_of(region.path);
  auto out = fmt::format("{}{}", region.method.empty() ? "" : region.method + " ", segment != nullptr ? *segment + "[/...]" : to_string(region.path));
  for (const auto& [key, test] : region.headers) out += fmt::format(" {}: {}", test.spelling, to_string(test.value));
  for (const auto& [name, value] : region.query) out += fmt::format(" ?{}={}", name, to_string(value));
  return out;
}

}  // namespace s2a
