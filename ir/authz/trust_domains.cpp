// Trust domains and the connections that end before any policy is asked.
#include "ir/authz/trust_domains.h"

#include <algorithm>

#include "ir/mesh/split.h"
#include "ir/pattern/istio_values.h"

namespace s2a {
namespace {

/// The trust domain part of a value may carry a leading or trailing `*`, and so may a configured domain.
bool same_domain(std::string_view part, std::string_view domain) {
  const auto matches = [](const std::string_view pattern, const std::string_view text) { return s2a::matches(istio_string(pattern), text); };
  return matches(part, domain) || matches(domain, part);
}

Row refuse(Conjunction when, std::string text) {
  Guard guard;
  for (auto& literal : when) guard.all_of.push_back({.any_of = {{std::move(literal)}}});
  return {.guard = std::move(guard), .outcome = Outcome::Reset, .origin = {.resource = std::nullopt, .node = kNoNode, .text = std::move(text)}};
}

Literal has_identity() { return {.attribute = Attribute::Identity, .set = {.any_of = {NonEmpty{}}}, .negated = false}; }

}  // namespace

std::vector<std::string> trust_domains(const MeshModel& mesh) {
  std::vector domains{mesh.trust_domain()};
  domains.insert(domains.end(), mesh.trust_domain_aliases().begin(), mesh.trust_domain_aliases().end());
  return domains;
}

std::vector<std::string> expand_principals(const std::vector<std::string>& values, const std::vector<std::string>& domains) {
  std::vector<std::string> out;
  const auto add = [&](std::string value) {
    if (std::ranges::find(out, value) == out.end()) out.push_back(std::move(value));
  };
  for (const auto& value : values) {
    const auto parts = split(value, '/');
    const auto own = parts.front();
    const bool ours = parts.size() == 5 && own != "*" && (own == "cluster.local" || std::ranges::any_of(domains, [&](const auto& d) { return same_domain(own, d); }));
    if (!ours)
      add(value);
    else
      for (const auto& domain : domains) {
        const bool covered = domain == own || (own.starts_with('*') && domain.ends_with(own.substr(1)));
        add(covered ? value : domain + value.substr(own.size()));
      }
  }
  return out;
}

std::vector<std::string> expand_trust_domains(const std::vector<std::string>& values, const std::vector<std::string>& domains) {
  std::vector<std::string> out;
  for (const auto& value : values) {
    if (std::ranges::find(domains, value) == domains.end())
      out.push_back(value);
    else
      out.insert(out.end(), domains.begin(), domains.end());
  }
  return out;
}

Row refuse_foreign_at_envoy(const MeshModel& mesh) {
  Set ours;
  for (const auto& domain : trust_domains(mesh)) ours.any_of.push_back(trust_domain_at_envoy(domain));
  for (const auto& domain : mesh.ca_trust_domains()) ours.any_of.push_back(trust_domain_at_envoy(domain));
  return refuse({has_identity(), {.attribute = Attribute::Identity, .set = std::move(ours), .negated = true}}, "the client certificate's trust domain is not one of the mesh");
}

Row refuse_foreign_at_ztunnel(std::string_view trust_domain) {
  return refuse({has_identity(), {.attribute = Attribute::Identity, .set = {.any_of = {identities(trust_domain)}}, .negated = true}},
                "the client certificate is not of ztunnel's own trust domain");
}

Row refuse_plaintext(std::string text) {
  auto literal = has_identity();
  literal.negated = true;
  return refuse({std::move(literal)}, std::move(text));
}

Row refuse_mutual_tls(std::string text) { return refuse({has_identity()}, std::move(text)); }

}  // namespace s2a
