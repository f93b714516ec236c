// One request as its sender sees it: the attributes that rules can ask about.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace s2a {

/// What a rule can read. Every attribute holds a set of strings: none where it is absent, one for most, several for header lines and list claims.
/// Identity is the whole SPIFFE URI, so that trust domain, namespace and service account are never combined impossibly.
enum class Attribute : std::uint8_t { Identity, Method, Path, Host, Port };

[[nodiscard]] std::string_view to_string(Attribute attribute);

using AttributeValues = std::vector<std::string>;

/// Attributes that are left out are absent.
using Request = std::map<Attribute, AttributeValues>;

/// `GET http://reviews/admin from spiffe://cluster.local/ns/web/sa/frontend`, for people.
[[nodiscard]] std::string describe(const Request& request);

}  // namespace s2a
