// One request as its sender sees it: the attributes that rules can ask about.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace s2a {

/// What a rule can read. Every attribute holds a set of strings: none where it is absent, one for most, several for header lines and list claims.
struct Attribute {
  enum Kind : std::uint8_t {
    Identity,     ///< the whole SPIFFE URI, so that trust domain, namespace and service account are never combined impossibly
    PeerAddress,  ///< who opened the connection; behind a waypoint the WaypointAddress
    WaypointAddress,
    RemoteAddress,   ///< the last entry of X-Forwarded-For where it is an address, else PeerAddress
    PodAddress,      ///< the pod's own
    ServiceAddress,  ///< what a waypoint sees as dialled
    Port,
    ServerName,  ///< SNI, in lower case
    Method,
    Path,              ///< normalised, without the query
    Target,            ///< the Path with the query: the header `:path`
    Host,              ///< :authority
    Header,            ///< `name` in lower case; each line by itself, trimmed
    Query,             ///< `name`: its first value in the query, as it is written
    Token,             ///< the issuer of a token that is well signed and in its time; any other text for one that is not
    RequestPrincipal,  ///< ISSUER, a line feed, SUBJECT; without a subject the issuer alone
    Claim,             ///< `name`: the keys on the way, joined by `][`; texts only
    ClaimWords,        ///< the same split at blanks
    Authorizer,        ///< `name`: a provider; `allow` where it lets the request pass
  };
  Kind kind = Identity;
  std::string name;  ///< empty for all but the last ones

  Attribute() = default;
  Attribute(Kind of, std::string named = {}) : kind(of), name(std::move(named)) {}  // NOLINT(google-explicit-constructor): most have no name
  auto operator<=>(const Attribute&) const = default;
};

/// For people: `path`, `header x-team`.
[[nodiscard]] std::string to_string(const Attribute& attribute);

using AttributeValues = std::vector<std::string>;

/// Attributes that are left out are absent.
using Request = std::map<Attribute, AttributeValues>;

/// The Query attributes that a path with its query has; those that the request had are gone. routing.md 3.3
void read_query(Request& request, std::string_view target);

/// `GET http://reviews/admin from spiffe://cluster.local/ns/web/sa/frontend`, for people.
[[nodiscard]] std::string describe(const Request& request);

}  // namespace s2a
