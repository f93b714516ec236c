// The generator: two namespaces, a handful of pods that share labels, Services with ports of every protocol, policies at all levels.
#include "tests/property/translation/worlds.h"

#include <fmt/format.h>

namespace s2a::test {
namespace {

using Texts = std::vector<std::string>;

const Texts kNamespaces{"shop", "web"};
const Texts kApps{"a", "b", "c"};
const Texts kVersions{"v1", "v2"};
const Texts kAccounts{"a", "frontend", "waypoint"};
const Texts kPrincipals{"cluster.local/ns/web/sa/frontend",  "cluster.local/ns/shop/sa/a", "*", "*/sa/a", "cluster.local/ns/shop/*",
                        "cluster.local/ns/shop/sa/waypoint", "td2/ns/web/sa/frontend"};
const Texts kPolicyNamespaces{"shop", "web", "other", "*", "sh*", "*p", "*a", "*dev*", "s*p"};
const Texts kServiceAccounts{"a", "frontend", "web/frontend", "shop/a"};
const Texts kMethods{"GET", "POST", "*", "G*", "DELETE"};
const Texts kPaths{"/", "/admin", "/admin*", "*/x", "*", "/api/{*}/y", "/api/{**}"};
const Texts kHosts{"cart.shop", "*.example.com", "CART*", "*"};
const Texts kTeams{"red", "*", "r*", "*d", "blue"};
const Texts kContainerPorts{"8080", "9090", "7777", "65000"};

const std::vector<std::pair<std::string, Texts>> kConditions{{"source.principal", kPrincipals},           {"source.namespace", kPolicyNamespaces},
                                                             {"source.serviceAccount", kServiceAccounts}, {"destination.port", kContainerPorts},
                                                             {"request.headers[x-team]", kTeams},         {"request.headers[X-Debug]", kTeams}};

/// One to three values, in flow style.
std::string list(std::mt19937& random, const Texts& values) {
  std::string out;
  for (int n = std::uniform_int_distribution<int>(1, 3)(random); n > 0; --n) out += fmt::format("{}\"{}\"", out.empty() ? "" : ", ", pick(random, values));
  return "[" + out + "]";
}

std::string fields(std::mt19937& random, const std::vector<std::pair<std::string, const Texts*>>& all) {
  std::string out;
  while (out.empty()) {
    for (const auto& [name, values] : all) {
      if (!chance(random, 40)) continue;
      const auto negated = chance(random, 30) ? fmt::format("not{}{}", static_cast<char>(std::toupper(name[0])), name.substr(1)) : name;
      out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", negated, list(random, *values));
    }
  }
  return "{" + out + "}";
}

std::string source(std::mt19937& random) {
  if (chance(random, 20)) return fields(random, {{"serviceAccounts", &kServiceAccounts}});
  return fields(random, {{"principals", &kPrincipals}, {"namespaces", &kPolicyNamespaces}});
}

std::string operation(std::mt19937& random) {
  if (chance(random, 30)) return fields(random, {{"ports", &kContainerPorts}});
  return fields(random, {{"methods", &kMethods}, {"paths", &kPaths}, {"hosts", &kHosts}, {"ports", &kContainerPorts}});
}

std::string rule(std::mt19937& random) {
  std::string out;
  if (chance(random, 60)) {
    out += "\n    from:";
    for (int n = chance(random, 30) ? 2 : 1; n > 0; --n) out += fmt::format("\n    - source: {}", source(random));
  }
  if (chance(random, 60)) {
    out += "\n    to:";
    for (int n = chance(random, 40) ? 2 : 1; n > 0; --n) out += fmt::format("\n    - operation: {}", operation(random));
  }
  if (chance(random, 30)) {
    const auto& [key, values] = pick(random, kConditions);
    out += fmt::format("\n    when:\n    - {{key: \"{}\", {}: {}}}", key, chance(random, 50) ? "values" : "notValues", list(random, values));
  }
  return out.empty() ? "\n  - {}" : "\n  -" + out.substr(4);
}

std::string policy(std::mt19937& random, int number) {
  const bool root = chance(random, 15);
  const bool deny = chance(random, 45);
  std::string out = fmt::format("---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p{}, namespace: {}}}\nspec:\n  action: {}\n", number,
                                root ? "istio-system" : pick(random, kNamespaces), deny ? "DENY" : "ALLOW");
  if (chance(random, 70)) {
    out += fmt::format("  selector: {{matchLabels: {{app: {}{}}}}}\n", pick(random, kApps), chance(random, 20) ? ", version: " + pick(random, kVersions) : "");
  } else if (chance(random, 10)) {
    out += "  selector: {}\n";
  }
  if (!deny && chance(random, 10)) return out;  // allows nothing
  out += "  rules:";
  for (int n = chance(random, 35) ? 2 : 1; n > 0; --n) out += rule(random);
  return out + "\n";
}

std::string pod(std::mt19937& random, int number) {
  const auto app = pick(random, kApps);
  return fmt::format(
      "---\napiVersion: v1\nkind: Pod\nmetadata: {{name: pod-{}, namespace: {}, labels: {{app: {}, version: {}}}}}\nspec:\n  serviceAccountName: {}\n  containers:\n"
      "  - {{name: c, image: i, ports: [{{name: web, containerPort: {}}}, {{containerPort: 9090}}]}}\n",
      number, pick(random, kNamespaces), app, pick(random, kVersions), app, chance(random, 70) ? 8080 : 7777);
}

std::string service(std::mt19937& random, int number) {
  static const Texts kPortNames{"http", "tcp", "raw", "grpc"};
  const auto selector = chance(random, 75) ? fmt::format("app: {}", pick(random, kApps)) : fmt::format("version: {}", pick(random, kVersions));
  std::string out = fmt::format("---\napiVersion: v1\nkind: Service\nmetadata: {{name: s{}, namespace: {}}}\nspec:\n{}  selector: {{{}}}\n  ports:\n", number,
                                pick(random, kNamespaces), chance(random, 12) ? "  clusterIP: None\n" : "", selector);
  out += fmt::format("  - {{name: {}-1, port: 80, targetPort: {}}}\n", chance(random, 70) ? "http" : pick(random, kPortNames), chance(random, 25) ? "web" : "8080");
  if (chance(random, 40))
    out += fmt::format("  - {{name: {}-2, port: {}, targetPort: {}}}\n", pick(random, kPortNames), chance(random, 50) ? 8080 : 9091, chance(random, 75) ? 9090 : 8080);
  return out;
}

}  // namespace

std::string random_world(std::mt19937& random) {
  std::string out;
  for (const auto& ns : kNamespaces) out += fmt::format("---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: {}, labels: {{istio-injection: enabled}}}}\n", ns);
  for (int n = std::uniform_int_distribution<int>(1, 4)(random); n > 0; --n) out += pod(random, n);
  for (int n = std::uniform_int_distribution<int>(1, 3)(random); n > 0; --n) out += service(random, n);
  for (int n = std::uniform_int_distribution<int>(1, 4)(random); n > 0; --n) out += policy(random, n);
  if (chance(random, 30))
    out += fmt::format("---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: default, namespace: {}}}\nspec: {{mtls: {{mode: {}}}}}\n",
                       chance(random, 50) ? "istio-system" : pick(random, kNamespaces), chance(random, 70) ? "STRICT" : "PERMISSIVE");
  return out;
}

std::string random_identity(std::mt19937& random) {
  static const Texts kDomains{"cluster.local", "cluster.local", "cluster.local", "td2"};
  static const Texts kCallers{"shop", "web", "other", "team-dev-1", "sa", "istio-system"};
  const auto ns = pick(random, kCallers);
  auto account = pick(random, kAccounts);
  if (account == "waypoint") account = "waypoint-not";  // a waypoint's own identity is outside the comparison
  return fmt::format("spiffe://{}/ns/{}/sa/{}", pick(random, kDomains), ns, account);
}

std::string random_method(std::mt19937& random) { return pick(random, Texts{"GET", "POST", "DELETE", "PUT"}); }
std::string random_path(std::mt19937& random) { return pick(random, Texts{"/", "/admin", "/admin/x", "/y/x", "/api/1/y", "/api/1/2", "/other"}); }
std::vector<std::string> random_header(std::mt19937& random) {
  std::vector<std::string> out;
  for (int n = std::uniform_int_distribution<int>(0, 2)(random); n > 0; --n) out.push_back(pick(random, Texts{"red", "blue", "", "rd", "x"}));
  return out;
}
std::string random_host(std::mt19937& random) { return pick(random, Texts{"cart.shop", "a.example.com", "cart", "else"}); }

}  // namespace s2a::test
