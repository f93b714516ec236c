// Evaluating both sides on every combination of representatives.
#include "ir/proof/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "ir/pattern/istio_values.h"
#include "ir/pattern/samples.h"

namespace s2a {
namespace {

using Patterns = std::map<Attribute, std::vector<Pattern>>;

void collect(const Path& path, Patterns& out) {
  for (const auto& row : path.table.rows)
    for (const auto& clause : row.guard.all_of)
      for (const auto& conjunction : clause.any_of)
        for (const auto& literal : conjunction) {
          auto& patterns = out[literal.attribute];
          patterns.insert(patterns.end(), literal.set.any_of.begin(), literal.set.any_of.end());
        }
  for (const auto& next : path.next) collect(next, out);
}

/// A value that a plain request has.
std::string plain(Attribute attribute, const Callers& callers) {
  switch (attribute) {
    case Attribute::Identity: return fmt::format("spiffe://{}/ns/anywhere/sa/anyone", callers.trust_domain);
    case Attribute::Method: return "GET";
    case Attribute::Path: return "/";
    case Attribute::Host: return "example.internal";
    case Attribute::Port: break;  // fixed by every View
  }
  return {};
}

/// Every value that the attribute can have. Port is fixed by every View.
Pattern domain(Attribute attribute) {
  switch (attribute) {
    case Attribute::Identity: return identities();
    case Attribute::Path: return Prefix{"/"};
    case Attribute::Method:
    case Attribute::Host:
    case Attribute::Port: break;
  }
  return NonEmpty{};
}

/// The plain value first: a request is the plainer, the more of its values come first.
std::vector<std::string> representatives(Attribute attribute, std::vector<Pattern> patterns, const Callers& callers) {
  std::ranges::sort(patterns);
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  std::vector values{plain(attribute, callers)};
  for (auto& value : samples(patterns, domain(attribute))) {
    if (!callers.outside.contains(value) && std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
  }
  return values;
}

struct Axis {
  Attribute attribute{};
  std::vector<std::string> values;
};

std::vector<Axis> axes(const Path& before, const Path& after, const Callers& callers) {
  Patterns patterns;
  collect(before, patterns);
  collect(after, patterns);
  std::vector<Axis> out;
  const auto add = [&](Attribute attribute) { out.push_back({attribute, representatives(attribute, std::move(patterns[attribute]), callers)}); };
  if (callers.identified) add(Attribute::Identity);
  if (callers.http)
    for (const auto attribute : {Attribute::Method, Attribute::Path, Attribute::Host}) add(attribute);
  return out;
}

}  // namespace

Comparison compare(const Path& before, const Path& after, const Callers& callers) {
  const auto all = axes(before, after, callers);
  Comparison out;
  std::size_t combinations = 1;
  for (const auto& axis : all) {
    combinations *= axis.values.size();
    if (combinations > kMostRequests) return {.verdict = Verdict::Unknown, .difference = std::nullopt, .requests = 0};
  }
  std::size_t best = all.size() + 1;  // how many values of the difference at hand are not plain
  for (std::size_t n = 0; n < combinations; ++n) {
    Request request;
    std::size_t unusual = 0;
    std::size_t rest = n;
    for (const auto& axis : all) {
      const auto choice = rest % axis.values.size();
      rest /= axis.values.size();
      unusual += choice == 0 ? 0 : 1;
      request[axis.attribute] = {axis.values[choice]};
    }
    ++out.requests;
    auto was = evaluate(before, request);
    auto is = evaluate(after, request);
    if (was.allowed() == is.allowed()) continue;
    const auto verdict = is.allowed() ? Verdict::Wider : Verdict::Narrower;
    if (out.verdict == Verdict::Wider && verdict == Verdict::Narrower) continue;
    if (verdict == out.verdict && unusual >= best) continue;
    out.verdict = verdict;
    best = unusual;
    out.difference = Difference{.request = std::move(request), .before = std::move(was), .after = std::move(is)};
  }
  return out;
}

}  // namespace s2a
