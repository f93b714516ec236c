// A mesh with one Service `reviews` of three versions, in front of which tests put a VirtualService.
#pragma once

#include <string>

#include "tests/support/conversions.h"

namespace s2a::test {

/// Gateway API 1.6, experimental channel: what a test asks for unless it is about releases.
[[nodiscard]] ConversionOptions newest();

/// The mesh before the VirtualService, and a waypoint for it.
extern const std::string kShop;
extern const std::string kWaypoint;

/// Services reviews (80) and ratings (80, 9090) in namespace shop, one (80) in namespace far, a DestinationRule with subsets v1 to v3 of reviews, and these documents.
[[nodiscard]] TestMesh shop(const std::string& documents);

/// `VirtualService reviews` for host reviews with this `http`, in flow style, as routes.
[[nodiscard]] ConvertedMesh http_routes_of(const std::string& http, const ConversionOptions& options = newest());
/// The same with the whole spec and other documents.
[[nodiscard]] ConvertedMesh routes_of(const std::string& spec, const std::string& documents = {}, const ConversionOptions& options = newest());

/// In flow style, without quotes.
[[nodiscard]] std::string flow(const Value& value);
/// What the first rule of the first route that a rule becomes has in a field, in flow style; the refusals where there is no route.
[[nodiscard]] std::string field_of_rule(const std::string& rule, const std::string& field, const ConversionOptions& options = newest());

/// The route of a rule to a subset of reviews.
[[nodiscard]] std::string to(const std::string& subset);

}  // namespace s2a::test
