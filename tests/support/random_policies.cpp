// Fields at random, each a list of one to three of its values, now and then negated.
#include "tests/support/random_policies.h"

#include <fmt/format.h>

#include <cctype>
#include <nlohmann/json.hpp>

namespace s2a::test {
namespace {

using Json = nlohmann::json;

const Texts kPrincipals{"cluster.local/ns/web/sa/frontend", "cluster.local/ns/shop/sa/*", "*/sa/api", "*",  "old.td/ns/web/sa/frontend",
                        "mesh.td/ns/web/sa/frontend",       "cluster.local/ns/*",         "*i",       "*/*"};
const Texts kNamespaces{"web", "shop", "*", "w*", "*p", "s*p", "*e*", "*a", "*dev*"};
const Texts kAccounts{"frontend", "web/frontend", "shop/api", "api"};
const Texts kTrustDomains{"cluster.local", "mesh.td", "old.td", "*", "*.td"};
const Texts kBlocks{"10.0.0.0/8", "10.0.5.5", "192.0.2.0/24", "0.0.0.0/0", "::/0", "10.63.0.1", "10.96.0.1", "2001:db8::/32", "::ffff:10.0.5.5"};
const Texts kRequestPrincipals{"*", "issuer.a/alice", "issuer.a/*", "*/alice", "issuer*", "*ce", "issuer.b/bob/x", "issuer.a"};
const Texts kHosts{"cart.shop", "CART*", "*.example.com", "*"};
const Texts kMethods{"GET", "POST", "G*", "*", "OPTIONS"};
const Texts kPaths{"/", "/admin", "/admin*", "*.css", "*", "/api/{*}/y", "/api/{**}", "/a/b"};
const Texts kPorts{"80", "8080", "9090", "7777"};
const Texts kServerNames{"*", "outbound_.80_._.cart.shop.svc.cluster.local", "*.example.com", "outbound_*"};

std::string list(Random& random, const Texts& values) {
  auto out = Json::array();
  for (int n = random.number(1, 3); n > 0; --n)
    if (const auto value = random.pick(values); !value.empty()) out.push_back(value);
  return out.empty() ? Json::array({values.front()}).dump() : out.dump();
}

void append(std::string& to, const std::string& more) { to += (to.empty() ? "" : ", ") + more; }

std::string fields(Random& random, const std::vector<Field>& all, int percent) {
  std::string out;
  while (out.empty()) {
    for (const auto& [name, values] : all)
      if (random.chance(percent)) append(out, fmt::format("{}: {}", random.chance(30) ? negated(name) : name, list(random, values)));
  }
  return "{" + out + "}";
}

/// CUSTOM rules may not name who calls.
bool names_caller(const std::string& key) { return (key.starts_with("source.") && key != "source.ip") || key.starts_with("request.auth."); }

std::string source(Random& random, bool custom, const PolicyOdds& odds) {
  static const std::vector<Field> kAddresses{{"ipBlocks", kBlocks}, {"remoteIpBlocks", kBlocks}};
  if (custom) return fields(random, kAddresses, odds.field);
  return random.chance(15) ? fields(random, {{"serviceAccounts", kAccounts}}, odds.field) : fields(random, source_fields(), odds.field);
}

std::string rule(Random& random, bool custom, const PolicyOdds& odds) {
  std::string from;
  std::string to;
  std::string when;
  for (int n = random.number(0, odds.alternatives); n > 0; --n) append(from, fmt::format("{{source: {}}}", source(random, custom, odds)));
  for (int n = random.number(0, odds.alternatives); n > 0; --n) append(to, fmt::format("{{operation: {}}}", fields(random, operation_fields(), odds.field)));
  for (int n = random.number(0, odds.alternatives + 1); n > 0; --n) {
    const auto field = random.pick(random.chance(odds.proxy_headers) ? proxy_header_fields() : condition_fields());
    if (!custom || !names_caller(field.name))
      append(when, fmt::format("{{key: \"{}\", {}: {}}}", field.name, random.chance(45) ? "notValues" : "values", list(random, field.values)));
  }
  std::string out;
  for (const auto& [name, items] : {std::pair("from", from), std::pair("to", to), std::pair("when", when)})
    if (!items.empty()) append(out, fmt::format("{}: [{}]", name, items));
  return "{" + out + "}";
}

std::string line_of(const Place& place) { return place.where.empty() ? "" : "  " + place.where + "\n"; }

}  // namespace

std::string negated(const std::string& field) { return fmt::format("not{}{}", static_cast<char>(std::toupper(field.front())), field.substr(1)); }

const std::vector<Field>& source_fields() {
  static const std::vector<Field> kFields{{"principals", kPrincipals}, {"namespaces", kNamespaces}, {"trustDomains", kTrustDomains},
                                          {"ipBlocks", kBlocks},       {"remoteIpBlocks", kBlocks}, {"requestPrincipals", kRequestPrincipals}};
  return kFields;
}

const std::vector<Field>& operation_fields() {
  static const std::vector<Field> kFields{{"hosts", kHosts}, {"ports", kPorts}, {"methods", kMethods}, {"paths", kPaths}};
  return kFields;
}

const std::vector<Field>& condition_fields() {
  static const std::vector<Field> kFields{{"source.principal", kPrincipals},
                                          {"source.namespace", kNamespaces},
                                          {"source.serviceAccount", kAccounts},
                                          {"source.trustDomain", kTrustDomains},
                                          {"source.ip", kBlocks},
                                          {"remote.ip", kBlocks},
                                          {"destination.ip", kBlocks},
                                          {"destination.port", kPorts},
                                          {"connection.sni", kServerNames},
                                          {"request.auth.principal", kRequestPrincipals},
                                          {"request.auth.audiences", {"shop", "*", "web"}},
                                          {"request.auth.presenter", {"app", "*"}},
                                          {"request.auth.claims[groups]", {"admin", "dev*", "*"}},
                                          {"request.auth.claims[scope]", {"read", "write", "read write"}},
                                          {"request.auth.claims[team]", {"red", "blue", "red blue"}},
                                          {"request.auth.claims[realm][roles]", {"owner", "*er"}},
                                          {"request.headers[x-team]", {"red", "*", "r*", ""}},
                                          {"request.headers[X-Debug]", {"1", "*"}},
                                          {"request.headers[:method]", kMethods},
                                          {"request.headers[:path]", {"/admin*", "*q=1"}},
                                          {"request.headers[:authority]", {"cart.shop", "CART.shop"}}};
  return kFields;
}

const std::vector<Field>& proxy_header_fields() {
  static const std::vector<Field> kFields{{"request.headers[x-forwarded-proto]", {"https", "http"}}, {"request.headers[x-forwarded-client-cert]", {"*"}}};
  return kFields;
}

std::string random_policy(Random& random, const std::string& name, const Place& place, const PolicyOdds& odds) {
  const auto action = random.pick(Texts{"ALLOW", "ALLOW", "ALLOW", "DENY", "DENY", "DENY", "CUSTOM", "AUDIT"});
  const bool custom = action == "CUSTOM";
  const bool dry_run = (action == "ALLOW" || action == "DENY") && random.chance(10);
  auto out = fmt::format("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: {}, namespace: {}{}}}\nspec:\n  action: {}\n{}", name, place.ns,
                         dry_run ? ", annotations: {istio.io/dry-run: \"true\"}" : "", action, line_of(place));
  if (custom) out += fmt::format("  provider: {{name: {}}}\n", random.pick(Texts{"checker", "checker", "checker", "checker", "second", "unknown"}));
  if (action == "ALLOW" && random.chance(8)) return out;  // allows nothing
  out += "  rules:\n";
  for (int n = random.number(1, odds.alternatives); n > 0; --n) out += "  - " + rule(random, custom, odds) + "\n";
  return out;
}

std::string random_peer_authentication(Random& random, const std::string& name, const Place& place, bool selects, const Texts& modes) {
  auto out = fmt::format(
      "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: {}, namespace: {}, creationTimestamp: \"2024-01-01T{:02}:{:02}:{:02}Z\"}}\nspec:\n"
      "  mtls: {{mode: {}}}\n{}",
      name, place.ns, random.number(0, 23), random.number(0, 59), random.number(0, 59), random.pick(modes), line_of(place));
  if (selects && random.chance(50)) out += fmt::format("  portLevelMtls: {{8080: {{mode: {}}}, 7777: {{mode: {}}}}}\n", random.pick(modes), random.pick(modes));
  return out;
}

std::string random_request_authentication(Random& random, const std::string& name, const Place& place) {
  std::string rules;
  for (const auto* issuer : {"issuer.a", "issuer.b"})
    if (random.chance(50)) append(rules, fmt::format("{{issuer: {}, jwksUri: \"https://a/k\"{}}}", issuer, random.chance(30) ? ", spaceDelimitedClaims: [team]" : ""));
  if (rules.empty()) rules = "{issuer: issuer.a, jwksUri: \"https://a/k\"}";
  return fmt::format("apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {{name: {}, namespace: {}}}\nspec:\n{}  jwtRules: [{}]\n", name, place.ns,
                     line_of(place), rules);
}

}  // namespace s2a::test
