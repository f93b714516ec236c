// The words of each obstacle.
#include "ir/conversion/refusal.h"

#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace s2a {
namespace {

/// In the order of the enum.
constexpr std::array kInfos{
    ObstacleInfo{Obstacle::WildcardHost, "wildcard-host", "hosts", "a route names each of its parents"},
    ObstacleInfo{Obstacle::UnknownHost, "unknown-host", "hosts", "no Service and no ServiceEntry has this host, so that no waypoint serves it"},
    ObstacleInfo{Obstacle::HeadlessHost, "headless-host", "hosts", "a headless Service has no address that a waypoint could serve"},
    ObstacleInfo{Obstacle::ExternalName, "external-name", "hosts", "an ExternalName Service has no address that a waypoint could serve"},
    ObstacleInfo{Obstacle::PartOfServiceEntry, "part-of-service-entry", "hosts", "a route on a ServiceEntry counts for each of its hosts"},
    ObstacleInfo{Obstacle::LimitedExport, "limited-export", "exportTo", "routes count for every client"},
    ObstacleInfo{Obstacle::SeveralVirtualServices, "several-virtual-services", "hosts", "which of several VirtualServices of one host counts depends on their age"},
    ObstacleInfo{Obstacle::OtherRoutes, "other-routes", "hosts", "other routes of this Service would be sorted together with the new ones"},
    ObstacleInfo{Obstacle::MixedHosts, "mixed-hosts", "gateways", "some hosts have routes and others keep the rules, which gateways need for all of them"},
    ObstacleInfo{Obstacle::SchemeMatch, "scheme", "http.match.scheme", "routes do not match the scheme"},
    ObstacleInfo{Obstacle::SourceLabelsMatch, "source-labels", "match.sourceLabels", "a waypoint does not know the caller's labels"},
    ObstacleInfo{Obstacle::SourceNamespaceMatch, "source-namespace", "match.sourceNamespace", "a waypoint does not know the caller's namespace"},
    ObstacleInfo{Obstacle::MethodMatch, "method", "http.match.method", "routes match only the nine methods that the CRD lists"},
    ObstacleInfo{Obstacle::HeaderMatch, "header", "http.match.headers", "routes cannot match this header"},
    ObstacleInfo{Obstacle::AuthorityMatch, "authority", "http.match.authority", "one match of a route has one condition on the Host"},
    ObstacleInfo{Obstacle::WithoutHeaderMatch, "without-header", "http.match.withoutHeaders", "routes cannot say that such a header is missing or different"},
    ObstacleInfo{Obstacle::InvalidRegex, "invalid-regex", "http.match", "this is no regular expression of RE2"},
    ObstacleInfo{Obstacle::MatchLimit, "match-limit", "http.match", "the match is beyond the limits of the CRD"},
    ObstacleInfo{Obstacle::NeverMatches, "never-matches", "http.match", "no rule for this port can match: every request is answered with 404, which routes cannot say"},
    ObstacleInfo{Obstacle::FaultAction, "fault", "http.fault", "routes inject no faults"},
    ObstacleInfo{Obstacle::RegexRewrite, "regex-rewrite", "http.rewrite.uriRegexRewrite", "routes replace a prefix or the whole path"},
    ObstacleInfo{Obstacle::PrefixRewrite, "prefix-rewrite", "http.rewrite.uri", "routes replace whole segments"},
    ObstacleInfo{Obstacle::HostRewrite, "host-rewrite", "http.rewrite.authority", "the Host is set and rewritten"},
    ObstacleInfo{Obstacle::RedirectAction, "redirect", "http.redirect", "routes cannot redirect like this"},
    ObstacleInfo{Obstacle::DirectResponseAction, "direct-response", "http.directResponse", "routes answer only 500 without a body by themselves"},
    ObstacleInfo{Obstacle::MirrorAction, "mirror", "http.mirrors", "routes cannot mirror this share"},
    ObstacleInfo{Obstacle::RetriesAction, "retries", "http.retries", "routes retry on other conditions"},
    ObstacleInfo{Obstacle::RetriesChannel, "retries-channel", "http.retries", "retries of routes need the experimental channel of the Gateway API"},
    ObstacleInfo{Obstacle::CorsAction, "cors", "http.corsPolicy", "the CORS filter of routes answers differently"},
    ObstacleInfo{Obstacle::CorsChannel, "cors-channel", "http.corsPolicy", "the CORS filter needs a later release of the Gateway API"},
    ObstacleInfo{Obstacle::HeaderAction, "header-change", "http.headers", "routes cannot change this header like this"},
    ObstacleInfo{Obstacle::HeaderTwice, "header-twice", "http.route.headers",
                 "the rule and its only destination with a weight change the same header, and routes do it in the other order"},
    ObstacleInfo{Obstacle::WeightAction, "weights", "http.route", "the weights are beyond the limits of the CRD"},
    ObstacleInfo{Obstacle::NestedDelegate, "nested-delegate", "http.delegate", "a delegate of a delegate is refused by istiod"},
    ObstacleInfo{Obstacle::NoDestination, "no-destination", "http.route", "the rule says nothing to do"},
    ObstacleInfo{Obstacle::TimeoutAction, "timeout", "http.timeout", "the duration cannot be written in a route"},
    ObstacleInfo{Obstacle::UnknownDestination, "unknown-destination", "route.destination.host", "no Service and no ServiceEntry has this host"},
    ObstacleInfo{Obstacle::DestinationPort, "destination-port", "route.destination.port",
                 "the destination has no such port, so that the sidecar answers 503 and a route would 500"},
    ObstacleInfo{Obstacle::UndefinedSubset, "undefined-subset", "route.destination.subset",
                 "no DestinationRule defines the subset, so that the sidecar answers 503 and a route would 500"},
    ObstacleInfo{Obstacle::SubsetOfServiceEntry, "subset-of-service-entry", "route.destination.subset", "a ServiceEntry has no Services for its subsets"},
    ObstacleInfo{Obstacle::SubsetWithoutSelector, "subset-without-selector", "route.destination.subset", "a Service without a selector cannot be narrowed to a subset"},
    ObstacleInfo{Obstacle::SubsetLabels, "subset-labels", "subsets.labels", "a Service cannot select what the subset does"},
    ObstacleInfo{Obstacle::SubsetPolicy, "subset-policy", "subsets.trafficPolicy", "settings of single ports cannot hold all that the subset has"},
    ObstacleInfo{Obstacle::HashOfPort, "hash-of-port", "trafficPolicy.portLevelSettings", "a route names the port, so that its consistentHash would begin to count"},
    ObstacleInfo{Obstacle::UncoveredComplement, "uncovered", "http.match", "what the match leaves out meets no later rule: 404, which routes cannot say"},
    ObstacleInfo{Obstacle::ComplementIntersection, "intersection", "http.match", "what two matches have in common cannot be said in one match"},
    ObstacleInfo{Obstacle::OrderOfRewrites, "order-of-rewrites", "http.rewrite", "rewritten prefixes need PathPrefix, and the other matches need regular expressions"},
    ObstacleInfo{Obstacle::PathLength, "path-length", "http.match.uri", "keeping the order takes a regular expression of more than 1024 characters"},
    ObstacleInfo{Obstacle::ObjectTie, "object-tie", "http", "the rules need several routes, and the age of these would decide between two matches"},
    ObstacleInfo{Obstacle::DestinationSubnets, "destination-subnets", "match.destinationSubnets", "a waypoint does not look at the address"},
    ObstacleInfo{Obstacle::SniHosts, "sni-hosts", "tls.match.sniHosts", "a waypoint does not look at the server name"},
    ObstacleInfo{Obstacle::L4Channel, "l4-channel", "tcp", "TCPRoute and TLSRoute need other releases of Istio and the Gateway API"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kInfos.size(); ++i)
    if (kInfos[i].obstacle != static_cast<Obstacle>(i)) return false;
  return true;
}
static_assert(in_order());

}  // namespace

const ObstacleInfo& obstacle_info(Obstacle obstacle) { return kInfos[static_cast<std::size_t>(obstacle)]; }

tl::unexpected<RouteRefusal> refused(Obstacle obstacle, std::string detail) { return tl::make_unexpected(RouteRefusal{.obstacle = obstacle, .detail = std::move(detail)}); }

std::string to_string(const RouteRefusal& refusal) {
  const auto& info = obstacle_info(refusal.obstacle);
  return fmt::format("{}: {}{}", info.field, info.reason, refusal.detail.empty() ? std::string() : fmt::format(" ({})", refusal.detail));
}

}  // namespace s2a
