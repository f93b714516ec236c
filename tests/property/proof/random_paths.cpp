// Patterns that the texts of raw_request.cpp meet in every combination.
#include "tests/property/proof/random_paths.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/authz/message.h"
#include "ir/pattern/istio_values.h"
#include "tests/property/proof/draw.h"

namespace s2a::test {
namespace {

const std::vector<Attribute>& all_attributes() {
  static const std::vector<Attribute> kAttributes{Attribute::Identity,
                                                  Attribute::PeerAddress,
                                                  Attribute::WaypointAddress,
                                                  Attribute::RemoteAddress,
                                                  Attribute::PodAddress,
                                                  Attribute::ServiceAddress,
                                                  Attribute::Port,
                                                  Attribute::ServerName,
                                                  Attribute::Method,
                                                  Attribute::Path,
                                                  Attribute::Target,
                                                  Attribute::Host,
                                                  {Attribute::Header, "x-a"},
                                                  {Attribute::Header, "x-b"},
                                                  {Attribute::Header, "x-request-id"},
                                                  {Attribute::Header, "x-envoy-internal"},
                                                  {Attribute::Header, "origin"},
                                                  {Attribute::Header, "access-control-request-method"},
                                                  {Attribute::Header, std::string(kForwardedProto)},
                                                  {Attribute::Header, std::string(kForwardedProtoOverTls)},
                                                  Attribute::Token,
                                                  Attribute::RequestPrincipal,
                                                  {Attribute::Claim, "iss"},
                                                  {Attribute::Claim, "sub"},
                                                  {Attribute::ClaimWords, "sub"},
                                                  {Attribute::Claim, "c"},
                                                  {Attribute::ClaimWords, "c"},
                                                  {Attribute::Claim, "d][e"},
                                                  {Attribute::Authorizer, "p"}};
  return kAttributes;
}

/// Attributes that must fit together are drawn together more often than chance would.
const std::vector<std::set<Attribute>>& families() {
  static const std::vector<std::set<Attribute>> kFamilies{
      {Attribute::Method, {Attribute::Header, "origin"}, {Attribute::Header, "access-control-request-method"}, Attribute::RequestPrincipal},
      {Attribute::Method, {Attribute::Header, "origin"}, {Attribute::Header, "access-control-request-method"}, {Attribute::Claim, "c"}},
      {Attribute::Token, Attribute::RequestPrincipal, {Attribute::Claim, "iss"}},
      {Attribute::RequestPrincipal, {Attribute::Claim, "sub"}, {Attribute::ClaimWords, "sub"}},
      {{Attribute::Claim, "c"}, {Attribute::ClaimWords, "c"}},
      {Attribute::Token, {Attribute::Claim, "c"}, {Attribute::Claim, "d][e"}},
      {Attribute::Path, Attribute::Target},
      {Attribute::PeerAddress, Attribute::RemoteAddress},
      {{Attribute::Header, std::string(kForwardedProto)}, {Attribute::Header, std::string(kForwardedProtoOverTls)}}};
  return kFamilies;
}

std::vector<Pattern> patterns_of(const Attribute& attribute) {
  const std::vector<Pattern> texts{Exact{"a"}, Exact{"b"}, Exact{"ab"}, Prefix{"a"}, Suffix{"b"}, NonEmpty{}, never()};
  auto with = [&](std::vector<Pattern> more) {
    more.insert(more.end(), texts.begin(), texts.end());
    return more;
  };
  switch (attribute.kind) {
    case Attribute::Identity:
      return {principal("td/ns/a/sa/a"),
              principal("td/ns/a/*"),
              principal("*/sa/b"),
              principal("*"),
              namespace_at_envoy("a"),
              namespace_at_ztunnel("b"),
              namespace_at_envoy("*b"),
              namespace_at_ztunnel("a*"),
              trust_domain_at_envoy("td"),
              service_account_at_envoy("a", "a"),
              service_account_at_ztunnel("a", "b/a"),
              principal("*b"),
              identities("td"),
              never()};
    case Attribute::PeerAddress:
    case Attribute::WaypointAddress:
    case Attribute::RemoteAddress:
    case Attribute::PodAddress:
    case Attribute::ServiceAddress: return {*cidr("10.0.0.0/8"), *cidr("10.0.0.0/16"), *cidr("10.0.0.1"), *cidr("::/0"), *cidr("0.0.0.0/0"), never()};
    case Attribute::Port: return {*port("80"), PortRange{80, 90}, PortRange{90, 90}, never()};
    case Attribute::ServerName: return with({Exact{"A"}});
    case Attribute::Method: return with({Exact{"OPTIONS"}});
    case Attribute::Path: return {path("/a"), path("/a*"), path("*b"), path("*"), path("/{*}"), path("/{**}b"), path("/a?a"), path("a"), never()};
    case Attribute::Target: return {path("/a"), path("/a*"), path("*b"), path("*"), path("/a?a"), path("/?*"), path("/b?*"), never()};
    case Attribute::Host: return with({host("a"), host("AB"), host("*b"), host("a*")});
    case Attribute::Query: return with({Present{}});
    case Attribute::Header: return with({Present{}, Exact{" a"}, Exact{"http"}, Exact{"https"}});
    case Attribute::Token: return {Exact{"i"}, Exact{"j"}, Prefix{"i"}, Present{}, NonEmpty{}, never()};
    case Attribute::RequestPrincipal:
      return {request_principal("i/s"), request_principal("*"),  request_principal("i/*"), request_principal("*/s"),
              request_principal("i"),   request_principal("i*"), request_principal("*t"),  request_principal("j/t")};
    case Attribute::Claim:
    case Attribute::ClaimWords:
      if (attribute.name == "iss") return {Exact{"i"}, Prefix{"i"}, Exact{"j"}, Present{}};
      if (attribute.name == "sub") return {Exact{"s"}, Prefix{"s"}, Suffix{"t"}, NonEmpty{}, Present{}};
      return with({Exact{"a b"}, Present{}, Exact{""}});
    case Attribute::Authorizer: return {Exact{"allow"}, Exact{"deny"}, Present{}};
  }
  return {};
}

Literal random_literal(std::mt19937& random, const std::set<Attribute>& attributes) {
  const auto attribute = *std::next(attributes.begin(), static_cast<std::ptrdiff_t>(random() % attributes.size()));
  Literal out{.attribute = attribute, .set = {}, .negated = chance(random, 35)};
  const auto patterns = patterns_of(attribute);
  do out.set.any_of.push_back(pick(random, patterns));
  while (chance(random, 30));
  return out;
}

Row random_row(std::mt19937& random, const std::set<Attribute>& attributes) {
  Row row{.guard = {}, .outcome = chance(random, 50) ? Outcome::Allow : pick(random, std::vector{Outcome::Forbidden, Outcome::Unauthorized, Outcome::Reset}), .origin = {}};
  do {
    auto& clause = row.guard.all_of.emplace_back();
    while (chance(random, clause.any_of.empty() ? 97 : 35)) {
      auto& conjunction = clause.any_of.emplace_back();
      do conjunction.push_back(random_literal(random, attributes));
      while (chance(random, 30));
    }
  } while (chance(random, 35));
  return row;
}

Table random_table(std::mt19937& random, const std::set<Attribute>& attributes) {
  Table table{.rows = {}, .otherwise = chance(random, 50) ? Outcome::Allow : Outcome::Forbidden, .otherwise_origin = {}};
  while (chance(random, 60) && table.rows.size() < 4) table.rows.push_back(random_row(random, attributes));
  return table;
}

/// Some hop of the way.
Path& hop_of(std::mt19937& random, Path& path) {
  if (path.next.empty() || chance(random, 50)) return path;
  return hop_of(random, path.next[random() % path.next.size()]);
}

}  // namespace

std::set<Attribute> random_attributes(std::mt19937& random) {
  auto out = chance(random, 50) ? pick(random, families()) : std::set<Attribute>{};
  while (out.empty() || (out.size() < 4 && chance(random, 50))) out.insert(pick(random, all_attributes()));
  return out;
}

Path random_path_of_hops(std::mt19937& random, const std::set<Attribute>& attributes) {
  Path out{.engine = Engine::Sidecar, .table = random_table(random, attributes), .next = {}};
  while (chance(random, 25) && out.next.size() < 2) out.next.push_back(random_path_of_hops(random, attributes));
  return out;
}

Path changed(std::mt19937& random, Path path, const std::set<Attribute>& attributes) {
  auto& hop = hop_of(random, path);
  auto& rows = hop.table.rows;
  if (chance(random, 15)) hop.next.push_back({.engine = Engine::Waypoint, .table = hop.table, .next = {}});  // decided twice
  if (rows.empty()) return path;
  auto& row = rows[random() % rows.size()];
  switch (random() % 6) {
    case 0: rows.push_back(row); break;
    case 1: rows.insert(rows.begin(), row); break;
    case 2: std::swap(row, rows.front()); break;
    case 3: row.outcome = row.outcome == Outcome::Allow ? Outcome::Forbidden : Outcome::Allow; break;
    case 4: row = random_row(random, attributes); break;
    case 5:
      for (auto& clause : row.guard.all_of)
        for (auto& conjunction : clause.any_of) std::ranges::reverse(conjunction);
      break;
  }
  return path;
}

std::vector<Literal> literals_of(const Path& path) {
  std::vector<Literal> out;
  for (const auto& row : path.table.rows)
    for (const auto& clause : row.guard.all_of)
      for (const auto& conjunction : clause.any_of) out.insert(out.end(), conjunction.begin(), conjunction.end());
  for (const auto& next : path.next) {
    const auto more = literals_of(next);
    out.insert(out.end(), more.begin(), more.end());
  }
  return out;
}

std::string in_words(const Path& path) {
  std::string out = "(";
  for (const auto& row : path.table.rows) {
    out += row.outcome == Outcome::Allow ? "\n  allow" : "\n  deny";
    for (const auto& clause : row.guard.all_of) {
      out += " and [";
      for (const auto& conjunction : clause.any_of) {
        for (const auto& literal : conjunction) out += fmt::format("{} {} `{}`; ", to_string(literal.attribute), literal.negated ? "not" : "in", to_string(literal.set));
        out += "or ";
      }
      out += "]";
    }
  }
  out += path.table.otherwise == Outcome::Allow ? "\n  else allow" : "\n  else deny";
  for (const auto& next : path.next) out += in_words(next);
  return out + ")";
}

}  // namespace s2a::test
