// Mirrors. routing.md 1.3
//
//   mirror: {host: reviews, subset: v2}                - type: RequestMirror
//   mirrorPercentage: {value: 0.5}              ->       requestMirror: {backendRef: {...}, fraction: {numerator: 5, denominator: 1000}}
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ir/conversion/rule_action.h"

namespace s2a {
namespace {

constexpr std::int64_t kAll = 1'000'000;
constexpr std::int64_t kOnePercent = 10'000;

/// As istiod reckons: in percent, then cut off to millionths.
std::int64_t share_of(std::int64_t numerator, std::int64_t denominator) {
  return static_cast<std::int64_t>(100.0 * static_cast<double>(numerator) / static_cast<double>(denominator) * 10000);
}

std::optional<Value> fraction(std::int64_t share) {
  for (const std::int64_t denominator : {1'000, 10'000, 100'000, 1'000'000}) {
    const auto near = share * denominator / kAll;
    for (const auto numerator : {near, near + 1})
      if (share_of(numerator, denominator) == share) return Value(Value::Map{{"numerator", numerator}, {"denominator", denominator}});
  }
  return std::nullopt;
}

}  // namespace

OrRefused<Value::Sequence> mirror_filters(const FlatRule& rule, const ConversionPlace& place, Needs& needs) {
  Value::Sequence out;
  for (const auto& mirror : rule.rule.mirrors) {
    if (mirror.share <= 0) continue;
    auto ref = backend_ref(mirror.destination, rule, "mirrors", place, needs);
    if (!ref) return tl::make_unexpected(ref.error());
    Value::Map filter{{"backendRef", *std::move(ref)}};
    if (mirror.share < kAll) {
      const auto part = mirror.share % kOnePercent == 0 ? std::optional<Value>() : fraction(mirror.share);
      const bool writable = place.options.gateway_api.mirror_shares() && (part || mirror.share % kOnePercent == 0);
      if (!writable) {
        return tl::make_unexpected(RouteRefusal{
            .obstacle = Obstacle::MirrorAction, .resource = &rule.holder_of("mirrors"), .node = mirror.destination.node, .detail = fmt::format("{} of a million", mirror.share)});
      }
      if (part)
        filter.emplace_back("fraction", *part);
      else
        filter.emplace_back("percent", mirror.share / kOnePercent);
    }
    out.emplace_back(Value::Map{{"type", "RequestMirror"}, {"requestMirror", std::move(filter)}});
  }
  return out;
}

}  // namespace s2a
