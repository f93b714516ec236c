// Evaluating both sides on every combination of representatives.
#include "ir/proof/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
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
std::string plain(const Attribute& attribute, const Callers& callers) {
  switch (attribute.kind) {
    case Attribute::Identity: return fmt::format("spiffe://{}/ns/anywhere/sa/anyone", callers.trust_domain);
    case Attribute::Method: return "GET";
    case Attribute::Path: return "/";
    case Attribute::Host: return callers.host;
    default: break;  // no axis
  }
  return {};
}

/// Every value that the attribute can have. Port is fixed by every View.
Pattern domain(const Attribute& attribute) {
  switch (attribute.kind) {
    case Attribute::Identity: return identities();
    case Attribute::Path: return Prefix{"/"};
    default: break;
  }
  return NonEmpty{};
}

struct Axis {
  Attribute attribute{};
  std::vector<AttributeValues> values;  ///< the plain one first: a request is the plainer, the more of its values come first
  bool complete = false;                ///< one for each combination of patterns that a value can match
};

/// An identity outside the comparison is told apart by a pattern of its own, so that leaving it out leaves out nobody else.
Axis axis(const Attribute& attribute, std::vector<Pattern> patterns, const Callers& callers) {
  if (attribute == Attribute::Identity)
    for (const auto& identity : callers.outside) patterns.push_back(Exact{.text = identity, .ignore_case = false});
  std::sort(patterns.begin(), patterns.end());
  patterns.erase(std::unique(patterns.begin(), patterns.end()), patterns.end());
  auto found = partition(patterns, domain(attribute));
  Axis out{.attribute = attribute, .values = {{plain(attribute, callers)}}, .complete = found.complete};
  for (auto& value : found.values) {
    if (!callers.outside.contains(value) && value != out.values.front().front()) out.values.push_back({std::move(value)});
  }
  return out;
}

/// A header may be absent, be there once, or several times: one line, and each pair of lines, for each combination of patterns that a line can match.
Axis header_axis(const Attribute& attribute, std::vector<Pattern> patterns) {
  const auto found = partition(patterns, Present{});
  Axis out{.attribute = attribute, .values = {AttributeValues{}}, .complete = found.complete};
  for (const auto& line : found.values) out.values.push_back({line});
  for (std::size_t i = 0; i < found.values.size(); ++i)
    for (std::size_t j = i + 1; j < found.values.size(); ++j) out.values.push_back({found.values[i], found.values[j]});
  return out;
}

constexpr std::array kHttpAxes = {Attribute::Method, Attribute::Path, Attribute::Host};

/// An attribute that a rule asks about and that no axis varies yet.
std::optional<Attribute> without_axis(const Patterns& patterns) {
  for (const auto& [attribute, listed] : patterns)
    if (attribute.kind != Attribute::Identity && attribute.kind != Attribute::Header && std::ranges::find(kHttpAxes, attribute.kind) == kHttpAxes.end()) return attribute;
  return std::nullopt;
}

std::vector<Axis> axes(Patterns patterns, const Callers& callers) {
  std::vector<Axis> out;
  if (callers.identified) out.push_back(axis(Attribute::Identity, std::move(patterns[Attribute::Identity]), callers));
  if (!callers.http) return out;
  for (const auto attribute : kHttpAxes) out.push_back(axis(attribute, std::move(patterns[attribute]), callers));
  for (auto& [attribute, listed] : patterns)
    if (attribute.kind == Attribute::Header) out.push_back(header_axis(attribute, std::move(listed)));
  return out;
}

}  // namespace

Comparison compare(const Path& before, const Path& after, const Callers& callers) {
  Patterns patterns;
  collect(before, patterns);
  collect(after, patterns);
  Comparison out;
  if (const auto missing = without_axis(patterns)) {
    out.verdict = Verdict::Unknown;
    out.unknown = fmt::format("the rules ask about the {}, which is not compared yet", to_string(*missing));
    return out;
  }
  const auto all = axes(std::move(patterns), callers);
  std::size_t combinations = 1;
  for (const auto& axis : all) {
    combinations *= axis.values.size();
    if (!axis.complete)
      out.unknown = fmt::format("the rules tell more values of the {} apart than can be listed", to_string(axis.attribute));
    else if (combinations > kMostRequests)
      out.unknown = fmt::format("the rules tell more than {} kinds of requests apart", kMostRequests);
    if (out.unknown.empty()) continue;
    out.verdict = Verdict::Unknown;
    return out;
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
      request[axis.attribute] = axis.values[choice];
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
