// The lowerings against the Python model (shared/model/decide.py): random meshes with every field of every kind that decides, at a sidecar, at ztunnel and at a waypoint.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "ir/authz/enforcement.h"
#include "ir/authz/message.h"
#include "tests/support/files.h"
#include "tests/support/mesh_from_yaml.h"
#include "tests/support/python_model.h"

namespace s2a::test::differential_test {

using Json = nlohmann::json;
using Texts = std::vector<std::string>;

struct Field {
  std::string name;
  Texts values;
};

const Texts kPrincipals{"cluster.local/ns/web/sa/frontend", "cluster.local/ns/shop/sa/*", "*/sa/api", "*", "old.td/ns/web/sa/frontend", "mesh.td/ns/web/sa/frontend"};
const Texts kNamespaces{"web", "shop", "*", "w*", "*p", "s*p", "*e*"};
const Texts kAccounts{"frontend", "web/frontend", "shop/api", "api"};
const Texts kTrustDomains{"cluster.local", "mesh.td", "old.td", "*", "*.td"};
const Texts kBlocks{"10.0.0.0/8", "10.0.5.5", "192.0.2.0/24", "0.0.0.0/0", "::/0", "10.63.0.1", "10.96.0.1"};
const Texts kRequestPrincipals{"*", "issuer.a/alice", "issuer.a/*", "*/alice", "issuer*", "*ce", "issuer.b/bob/x", "issuer.a"};
const Texts kHosts{"cart.shop", "CART*", "*.example.com", "*"};
const Texts kMethods{"GET", "POST", "G*", "*", "OPTIONS"};
const Texts kPaths{"/", "/admin", "/admin*", "*.css", "*", "/api/{*}/y", "/api/{**}", "/a/b"};
const Texts kPorts{"80", "8080", "9090", "7777"};
const Texts kServerNames{"*", "outbound_.80_._.cart.shop.svc.cluster.local", "*.example.com", "outbound_*"};

const std::vector<Field> kSource{{"principals", kPrincipals}, {"namespaces", kNamespaces}, {"trustDomains", kTrustDomains},
                                 {"ipBlocks", kBlocks},       {"remoteIpBlocks", kBlocks}, {"requestPrincipals", kRequestPrincipals}};
const std::vector<Field> kOperation{{"hosts", kHosts}, {"ports", kPorts}, {"methods", kMethods}, {"paths", kPaths}};
const std::vector<Field> kConditions{{"source.principal", kPrincipals},
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
                                     {"request.headers[:authority]", {"cart.shop", "CART.shop"}},
                                     {"request.headers[x-forwarded-proto]", {"https", "http"}},
                                     {"request.headers[x-forwarded-client-cert]", {"*"}}};
const Texts kIdentities{"cluster.local/ns/web/sa/frontend", "cluster.local/ns/shop/sa/api", "mesh.td/ns/web/sa/frontend", "old.td/ns/shop/sa/api", "far.td/ns/web/sa/frontend"};

class World {
 public:
  World(std::mt19937& random, bool ambient) : random_(random), ambient_(ambient) {
    mesh = {{"trustDomain", pick(Texts{"cluster.local", "mesh.td"})},
            {"pathNormalization", {{"normalization", pick(Texts{"NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"})}}}};
    if (chance(30)) mesh["caCertificates"] = Json::array({{{"pem", "x"}, {"trustDomains", {"far.td"}}}});
    if (chance(40)) mesh["trustDomainAliases"] = Json::array({"old.td"});
    if (chance(80)) mesh["extensionProviders"] = Json::array({{{"name", "checker"}, {chance(50) ? "envoyExtAuthzHttp" : "envoyExtAuthzGrpc", {{"service", "c"}, {"port", 80}}}}});
    yaml = base();
    for (int n = number(0, 2); n > 0; --n) add(peer_authentication(n));
    for (int n = number(0, 2); n > 0; --n) add(request_authentication(n));
    for (int n = number(1, 3); n > 0; --n) add(policy(n));
  }

  Json mesh;
  std::string yaml;

  /// `request` as both models read it.
  std::pair<Question, Request> ask(const MeshModel& model, Json& request) {
    Question question{.client = pick(std::vector{ClientClass::AmbientToService, ClientClass::AmbientToPod, ClientClass::Sidecar, ClientClass::Ingress, ClientClass::Plaintext}),
                      .workload = model.workloads().front().id};
    if (!ambient_ && (question.client == ClientClass::AmbientToService || question.client == ClientClass::AmbientToPod)) question.client = ClientClass::Sidecar;
    const bool by_service = question.client == ClientClass::AmbientToService || (question.client != ClientClass::AmbientToPod && chance(50));
    static const std::map<ClientClass, std::string> kNames{{ClientClass::AmbientToService, "ambient"},
                                                           {ClientClass::AmbientToPod, "ambient"},
                                                           {ClientClass::Sidecar, "sidecar"},
                                                           {ClientClass::Ingress, "ingress"},
                                                           {ClientClass::Plaintext, "plaintext"}};
    const auto& port = pick(model.services().front().spec.ports);
    question.container_port = by_service ? *model.container_port(port, question.workload) : number(0, 1) == 0 ? 8080 : 7777;
    if (by_service) question.service = model.services().front().id;
    question.service_port = by_service ? port.port : std::uint16_t{0};
    const auto protocol = by_service && ambient_ ? MeshModel::protocol(port) : model.protocol_at_sidecar(question.workload, question.container_port).value();
    question.http = protocol == AppProtocol::Http || chance(70);
    if (by_service && ambient_ && chance(20)) {
      question.service.reset();
      question.entry = model.all(Kind::ServiceEntry).front()->id;
      question.service_port = 80;
      question.http = true;
    }
    const auto source = pick(Texts{"10.0.5.5", "192.0.2.7", "2001:db8::7"});
    request = {{"client", kNames.at(question.client)},
               {"workload", "shop/cart-1"},
               {"src_ip", source},
               {"http", question.http},
               {"port", by_service ? question.service_port : question.container_port}};
    if (by_service) request["service"] = question.entry ? "shop/partner" : "shop/cart";
    if (question.entry) request.erase("workload");
    Request out{{Attribute::PeerAddress, {source}},
                {Attribute::PodAddress, {"10.63.0.1"}},
                {Attribute::ServiceAddress, {question.entry ? "10.97.1.1" : "10.96.0.1"}},
                {Attribute::WaypointAddress, {"10.0.9.9"}}};
    if (question.client != ClientClass::Plaintext) {
      const auto identity = pick(kIdentities);
      request["identity"] = identity;
      out[Attribute::Identity] = {"spiffe://" + identity};
    }
    const bool lets_pass = chance(50);
    request["ext"] = {{"checker", lets_pass}, {"other", lets_pass}};
    if (lets_pass) out[{Attribute::Authorizer, "checker"}] = out[{Attribute::Authorizer, "other"}] = {"allow"};
    if (question.http) add_http(request, out);
    return {question, out};
  }

 private:
  template <class T>
  T pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(number(0, static_cast<int>(from.size()) - 1))];
  }
  int number(int first, int last) { return std::uniform_int_distribution<int>(first, last)(random_); }
  bool chance(int percent) { return number(0, 99) < percent; }
  void add(const std::string& document) { yaml += "---\n" + document; }

  std::string base() {
    const auto labels = ambient_ ? "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint" : "istio-injection: enabled";
    const auto waypoint_for = pick(Texts{"service", "workload", "all"});
    auto out = fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{{}}}}}\n", labels);
    out += fmt::format(
        "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: cart-1\n  namespace: shop\n  labels: {{app: cart}}\n"
        "  annotations: {{traffic.sidecar.istio.io/excludeInboundPorts: \"{}\"}}\nspec: {{serviceAccountName: api, containers: [{{name: a, image: a}}]}}\nstatus: {{podIP: "
        "10.63.0.1}}\n",
        pick(Texts{"", "", "", "8080", "7777, 9090"}));
    out += fmt::format(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: cart, namespace: shop, labels: {{istio.io/ingress-use-waypoint: \"{}\"}}}}\nspec:\n  clusterIP: 10.96.0.1\n"
        "  selector: {{app: cart}}\n  ports: [{{name: http, port: 80, targetPort: 8080}}, {{name: tcp-x, port: 90, targetPort: 9090}}, {{name: any, port: 70, targetPort: "
        "7070}}]\n",
        chance(50));
    if (ambient_)
      out += fmt::format(
          "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: waypoint, namespace: shop, labels: {{istio.io/waypoint-for: {}}}}}\nspec:\n"
          "  gatewayClassName: istio-waypoint\n  listeners: [{{name: mesh, port: 15008, protocol: HBONE}}]\n{}"
          "---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {{name: partner, namespace: shop}}\nspec:\n  hosts: [partner.example]\n  addresses: [10.97.1.1]\n"
          "  ports: [{{name: web, number: 80, protocol: HTTP}}]\n",
          waypoint_for, chance(10) ? "status: {addresses: []}\n" : "");
    return out;
  }

  std::string list(const Texts& values) {
    auto out = Json::array();
    for (int n = number(1, 3); n > 0; --n)
      if (const auto value = pick(values); !value.empty()) out.push_back(value);
    return out.empty() ? Json::array({values.front()}).dump() : out.dump();
  }

  std::string fields(const std::vector<Field>& all) {
    std::string out;
    while (out.empty()) {
      for (const auto& [name, values] : all) {
        if (!chance(25)) continue;
        const auto written = chance(30) ? fmt::format("not{}{}", static_cast<char>(std::toupper(name.front())), name.substr(1)) : name;
        out += fmt::format("{}{}: {}", out.empty() ? "" : ", ", written, list(values));
      }
    }
    return "{" + out + "}";
  }

  std::string rule(bool identities) {
    std::string from;
    std::string to;
    std::string when;
    const std::vector<Field> without{{"ipBlocks", kBlocks}, {"remoteIpBlocks", kBlocks}};
    for (int n = number(0, 2); n > 0; --n) {
      const bool accounts = identities && chance(15);
      from += fmt::format("{}{{source: {}}}", from.empty() ? "" : ", ", accounts ? "{serviceAccounts: " + list(kAccounts) + "}" : fields(identities ? kSource : without));
    }
    for (int n = number(0, 2); n > 0; --n) to += fmt::format("{}{{operation: {}}}", to.empty() ? "" : ", ", fields(kOperation));
    for (int n = number(0, 2); n > 0; --n) {
      const auto field = pick(kConditions);
      const bool identity =
          field.name == "source.namespace" || field.name == "source.principal" || field.name == "source.serviceAccount" || field.name.starts_with("request.auth.");
      if (!identities && identity) continue;
      when += fmt::format("{}{{key: \"{}\", {}: {}}}", when.empty() ? "" : ", ", field.name, chance(30) ? "notValues" : "values", list(field.values));
    }
    std::string out;
    if (!from.empty()) out += "from: [" + from + "]";
    if (!to.empty()) out += (out.empty() ? "to: [" : ", to: [") + to + "]";
    if (!when.empty()) out += (out.empty() ? "when: [" : ", when: [") + when + "]";
    return "{" + out + "}";
  }

  std::string place() {
    if (ambient_ && chance(50))
      return pick(Texts{"targetRefs: [{kind: Service, group: \"\", name: cart}]", "targetRefs: [{kind: ServiceEntry, group: networking.istio.io, name: partner}]",
                        "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: waypoint}]"});
    return pick(Texts{"selector: {matchLabels: {app: cart}}", "selector: {matchLabels: {app: other}}", ""});
  }

  std::string policy(int n) {
    const auto action = pick(Texts{"ALLOW", "ALLOW", "DENY", "DENY", "CUSTOM", "AUDIT"});
    const auto where = place();
    const bool root = where.find("targetRefs") == std::string::npos && chance(15);
    const bool dry_run = (action == "ALLOW" || action == "DENY") && chance(10);
    std::string out = fmt::format("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p{}, namespace: {}{}}}\nspec:\n  action: {}\n", n,
                                  root ? "istio-system" : "shop", dry_run ? ", annotations: {istio.io/dry-run: \"true\"}" : "", action);
    if (!where.empty()) out += "  " + where + "\n";
    if (action == "CUSTOM") out += fmt::format("  provider: {{name: {}}}\n", chance(85) ? "checker" : "other");
    out += "  rules:\n";
    for (int rules = number(1, 2); rules > 0; --rules) out += "  - " + rule(action != "CUSTOM") + "\n";
    return out;
  }

  std::string peer_authentication(int n) {
    static const Texts kModes{"STRICT", "PERMISSIVE", "DISABLE", "UNSET"};
    const bool selects = chance(50);
    auto out = fmt::format(
        "apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: m{}, namespace: {}, creationTimestamp: \"2024-01-0{}T00:00:00Z\"}}\nspec:\n  mtls: {{mode: "
        "{}}}\n",
        n, selects || chance(50) ? "shop" : "istio-system", n, pick(kModes));
    if (selects)
      out += fmt::format("  selector: {{matchLabels: {{app: cart}}}}\n{}",
                         chance(50) ? fmt::format("  portLevelMtls: {{8080: {{mode: {}}}, 7777: {{mode: {}}}}}\n", pick(kModes), pick(kModes)) : "");
    return out;
  }

  std::string request_authentication(int n) {
    const auto where = place();
    return fmt::format(
        "apiVersion: security.istio.io/v1\nkind: RequestAuthentication\nmetadata: {{name: j{}, namespace: shop}}\nspec:\n{}  jwtRules: [{{issuer: issuer.{}, jwksUri: "
        "\"https://a/k\"{}}}]\n",
        n, where.empty() ? "" : "  " + where + "\n", n == 1 ? "a" : "b", chance(50) ? ", spaceDelimitedClaims: [team]" : "");
  }

  void add_http(Json& request, Request& out) {
    Message message{
        .method = pick(Texts{"GET", "POST", "OPTIONS"}),
        .host = pick(Texts{"cart.shop", "CART.shop:80", "www.example.com"}),
        .target = pick(Texts{"/", "/admin", "/admin?q=1", "/x/../admin", "/%61dmin", "/a//b", "/a%2Fb", "/api/x/y", "/style.css", "/a\\b", "/%00", "http://cart.shop/admin"}),
        .headers = {}};
    auto headers = Json::object();
    const auto header = [&](const std::string& name, const std::string& value) {
      headers[name] = value;
      message.headers.emplace_back(name, value);
    };
    if (chance(40)) header("x-team", pick(Texts{"red", "", "blue", "red,blue"}));
    if (chance(20)) header("x-debug", "1");
    if (chance(20)) header("x-forwarded-for", pick(Texts{"192.0.2.9", "10.0.0.1, 192.0.2.9", "192.0.2.9:80", "x"}));
    if (chance(10)) header("x-forwarded-proto", "https");
    if (chance(10)) header("x-forwarded-client-cert", "By=me");
    if (message.method == "OPTIONS") header("origin", "https://a");
    if (message.method == "OPTIONS" && chance(70)) header("access-control-request-method", "GET");
    request.update({{"method", message.method}, {"host", message.host}, {"path", message.target}, {"headers", headers}, {"jwt", nullptr}});
    const auto token = chance(60) ? std::optional(this->token(request)) : std::nullopt;
    understood = add_message(out, message, token, path_normalization(mesh.at("pathNormalization").at("normalization").get<std::string>()));
  }

  Token token(Json& request) {
    if (chance(15)) {
      request["jwt"] = {{"invalid", true}};
      return {.holds = false, .claims = {}};
    }
    Token out;
    auto claims = Json::object();
    const auto add = [&](const std::string& name, const std::string& text) {
      claims[name] = text;
      out.claims[name] = {.texts = {text}};
    };
    add("iss", pick(Texts{"issuer.a", "issuer.b", "issuer.c"}));
    if (chance(90)) add("sub", pick(Texts{"alice", "bob/x", ""}));
    if (chance(50)) add("aud", pick(Texts{"shop", "web"}));
    if (chance(50)) add("azp", "app");
    if (chance(50)) add("team", pick(Texts{"red", "red blue"}));
    if (chance(50)) add("scope", pick(Texts{"read", "read write"}));
    if (chance(50)) {
      claims["groups"] = {"admin", "developer"};
      out.claims["groups"] = {.texts = {"admin", "developer"}, .list = true};
    }
    if (chance(50)) {
      claims["realm"] = {{"roles", Json::array({"owner"})}};
      out.claims["realm][roles"] = {.texts = {"owner"}, .list = true};
    }
    request["jwt"] = claims;
    return out;
  }

  std::mt19937& random_;
  bool ambient_;

 public:
  bool understood = true;  ///< of the last request: Envoy's codec does not answer 400 itself
};

TEST(Differential, TheModelsDecideAsThePythonModel) {
  const auto seed = number_from("S2A_SEED", 20261124);
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 24'000);
  std::mt19937 random(seed);
  std::vector<Json> lines;
  std::vector<bool> ours;
  Texts worlds;
  std::map<std::string, int> tally;
  while (lines.size() < wanted) {
    const bool ambient = worlds.size() % 2 == 1;
    World world(random, ambient);
    const auto mesh = mesh_from_yaml(world.yaml + "---\n" + mesh_config_map(world.mesh.dump()));
    ASSERT_FALSE(mesh.diagnostics.has(Severity::Error)) << mesh.diagnostics.all().front().message << '\n' << world.yaml;
    worlds.push_back(world.yaml + world.mesh.dump());
    for (int n = 0; n < 40; ++n) {
      Json request;
      world.understood = true;
      const auto [question, asked] = world.ask(*mesh, request);
      const auto path = enforcement(*mesh, question);
      ASSERT_TRUE(path) << world.yaml;
      const auto decision = evaluate(*path, asked);
      // a request that the first Envoy on its way answers with 400 reaches nobody; ztunnel alone does not read it
      const bool read_by_envoy = ambient ? path->engine == Engine::Waypoint : mesh->captured_by_sidecar(question.workload, question.container_port);
      const bool tcp = !request["http"].get<bool>() || (question.service && question.service_port == 90) || (!ambient && question.container_port == 9090);
      ours.push_back(decision.allowed() && (world.understood || !read_by_envoy || tcp));
      Json line{{"mode", ambient ? "ambient" : "sidecar"}, {"request", request}};
      if (n == 0) line["world"] = {{"objects", kubernetes_objects(world.yaml)}, {"mesh", world.mesh}};
      lines.push_back(std::move(line));
      ++tally[fmt::format("{} {}: {}", ambient ? "ambient" : "sidecar", to_string(question.client), ours.back() ? "allowed" : "denied")];
    }
  }
  const auto theirs = decide_in_python(lines);
  if (theirs.empty()) GTEST_SKIP() << "no python3 or no shared/model";
  std::size_t differing = 0;
  for (std::size_t i = 0; i < theirs.size() && differing < 3; ++i) {
    if (theirs[i] == ours[i]) continue;
    ++differing;
    ADD_FAILURE() << "the Python model says " << theirs[i] << ": " << lines[i].dump().substr(0, 1500) << '\n' << worlds[i / 40];
  }
  fmt::print("seed {}, {} requests, {} meshes\n", seed, lines.size(), worlds.size());
  for (const auto& [what, count] : tally) fmt::print("  {:<40} {}\n", what, count);
}

}  // namespace s2a::test::differential_test
