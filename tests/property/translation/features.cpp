// A table of names and of the texts that tell them.
#include "tests/property/translation/features.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>

#include "tests/support/random_policies.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

struct Feature {
  std::string name;
  std::string kind;  ///< of the document
  std::unique_ptr<RE2> text;
};

std::vector<Feature> table() {
  std::vector<Feature> out;
  const auto add = [&](std::string name, std::string kind, const std::string& text) {
    out.push_back({.name = std::move(name), .kind = std::move(kind), .text = std::make_unique<RE2>("(?s)" + text)});
  };
  const std::string policy = "AuthorizationPolicy";
  for (const auto* part : {&source_fields(), &operation_fields()})
    for (const auto& field : *part)
      for (const auto& name : {field.name, negated(field.name)}) add(name, policy, fmt::format(R"(\b{}:)", name));
  for (const auto& name : {"serviceAccounts", "notServiceAccounts"}) add(name, policy, fmt::format(R"(\b{}:)", name));
  for (const auto& field : condition_fields())
    for (const auto* values : {"values", "notValues"}) add(fmt::format("when {} {}", field.name, values), policy, RE2::QuoteMeta(fmt::format("\"{}\", {}:", field.name, values)));
  for (const auto* action : {"ALLOW", "DENY", "CUSTOM", "AUDIT"}) add(fmt::format("{}", action), policy, fmt::format("action: {}", action));
  add("dry-run", policy, "dry-run");
  add("provider unknown", policy, "name: unknown");
  add("in the root namespace", policy, "namespace: istio-system");
  add("root and selector", policy, "namespace: istio-system.*selector: .matchLabels: .[a-z]");
  add("selector {}", policy, "selector: {}");
  add("matchLabels {}", policy, "matchLabels: {}");
  add("selector by version", policy, "version:");
  add("no selector", policy, R"(action: [A-Z]+\n(  provider[^\n]*\n)?(  rules|$))");
  add("no rules", policy, R"(action: ALLOW\n(  selector[^\n]*\n)?$)");
  add("targetRefs Service", policy, "kind: Service");
  add("targetRefs Gateway", policy, "kind: Gateway");
  for (const auto* value : {"*a", "*dev*", "s*p", "*e*", "*/sa/api", "*i", "*/*", "::ffff:10.0.5.5", "::/0", "0.0.0.0/0", "*"})
    add(fmt::format("value {}", value), policy, RE2::QuoteMeta(fmt::format("\"{}\"", value)));
  add("value of another trust domain", policy, R"("(old|mesh)\.td/)");
  add("value template", policy, R"(\{\*)");
  add("several rules", policy, R"(\n  - .*\n  - )");
  add("several alternatives", policy, R"(\}\}, \{(source|operation))");
  add("PeerAuthentication", "PeerAuthentication", "STRICT|PERMISSIVE|UNSET");
  add("PeerAuthentication by port", "PeerAuthentication", "portLevelMtls");
  add("PeerAuthentication STRICT", "PeerAuthentication", "mtls: .mode: STRICT");
  add("PeerAuthentication of the mesh", "PeerAuthentication", "namespace: istio-system");
  add("RequestAuthentication", "RequestAuthentication", "issuer");
  add("RequestAuthentication of two issuers", "RequestAuthentication", "issuer.a.*issuer.b");
  add("RequestAuthentication of the mesh", "RequestAuthentication", "namespace: istio-system");
  for (const auto* serves : {"service", "workload", "all"}) add(fmt::format("waypoint-for {}", serves), "Gateway", fmt::format("waypoint-for: {}", serves));
  add("waypoint not ready", "Gateway", "addresses: ..");
  add("use-waypoint of the namespace", "Namespace", "use-waypoint: way");
  add("use-waypoint of a Service", "Service", "istio.io/use-waypoint: way");
  add("use-waypoint of a pod", "Pod", "istio.io/use-waypoint: way");
  add("use-waypoint none", "Service", "istio.io/use-waypoint: none");
  add("ingress-use-waypoint", "Service", "ingress-use-waypoint");
  add("HTTPRoute", "HTTPRoute", "");
  add("ServiceEntry", "ServiceEntry", "");
  add("EnvoyFilter", "EnvoyFilter", "");
  add("WasmPlugin", "WasmPlugin", "");
  add("TrafficExtension", "TrafficExtension", "");
  add("headless", "Service", "clusterIP: None");
  add("named target port", "Service", "targetPort: web");
  add("ports to one", "Service", "targetPort: 8080.*targetPort: 8080");
  for (const auto* spoken : {"http", "tcp", "raw", "grpc"}) add(fmt::format("port {}", spoken), "Service", fmt::format("name: {}-", spoken));
  add("creationTimestamp", "Service", "creationTimestamp");
  add("excludeInboundPorts", "Pod", "excludeInboundPorts");
  add("includeInboundPorts", "Pod", "includeInboundPorts");
  add("inject false elsewhere", "Pod", "inject: \"false\"");
  add("host network elsewhere", "Pod", "hostNetwork");
  add("pod without labels", "Pod", R"(namespace: [a-z]+\n(spec|  annotations))");
  add("gateway elsewhere", "Pod", "templates: gateway");
  add("trustDomain", "", "mesh\\.td");
  add("trustDomainAliases", "", "trustDomainAliases");
  add("pathNormalization", "", "pathNormalization");
  return out;
}

const std::vector<Feature>& features() {
  static const auto kAll = table();
  return kAll;
}

const std::vector<std::string> kOfRequests{"several Services to the pod",
                                           "pod shares a Service",
                                           "through a route",
                                           "through a headless Service",
                                           "to a pod address",
                                           "to an undeclared port",
                                           "to an uncaptured port",
                                           "bytes",
                                           "server name",
                                           "repeated header",
                                           "x-forwarded-for",
                                           "no token",
                                           "token",
                                           "token invalid",
                                           "token with a list",
                                           "caller of another trust domain",
                                           "caller at an IPv6 address",
                                           "preflight"};

/// Of these every one in the namespace or for the mesh counts; the others have to reach the pod.
bool counts_by_place(std::string_view kind) { return kind != "AuthorizationPolicy" && kind != "RequestAuthentication" && kind != "Service" && kind != "Pod"; }

std::string subject(const Resource& resource) { return fmt::format("{} {}/{}", to_string(resource.kind), resource.ns.value, resource.name.value); }

}  // namespace

std::vector<std::string> all_features() {
  std::vector<std::string> out;
  for (const auto& feature : features()) out.push_back(feature.name);
  out.insert(out.end(), kOfRequests.begin(), kOfRequests.end());
  return out;
}

std::set<std::string> features_of(const World& world, const MeshModel& mesh, const MeshWorkload& pod) {
  std::set<std::string> reaching{"Pod " + pod.ns + "/" + pod.name};
  for (const auto& resources : {mesh.policies_at_sidecar(pod.id), mesh.authentications_at_sidecar(pod.id)})
    for (const auto* resource : resources) reaching.insert(subject(*resource));
  for (const auto id : mesh.services_of(pod.id)) reaching.insert(fmt::format("Service {}/{}", mesh[id].ns, mesh[id].name));
  std::set<std::string> out;
  for (const auto& document : world.documents) {
    const auto kind = document.subject.substr(0, document.subject.find(' '));
    const auto ns = document.subject.substr(kind.size() + 1, document.subject.find('/') - kind.size() - 1);
    const bool near = ns == pod.ns || ns == "istio-system" || document.subject == "Namespace /" + pod.ns;
    const bool targets = near && document.text.find("targetRefs") != std::string::npos;
    for (const auto& feature : features()) {
      const bool counts = reaching.contains(document.subject) || (near && counts_by_place(kind)) || targets || feature.name.ends_with(" elsewhere");
      if (feature.kind == kind && counts && RE2::PartialMatch(document.text, *feature.text)) out.insert(feature.name);
    }
  }
  for (const auto& feature : features())
    if (feature.kind.empty() && RE2::PartialMatch(world.mesh_config.dump(), *feature.text)) out.insert(feature.name);
  return out;
}

std::set<std::string> features_of(const Json& asked, const RecordedMesh& before) {
  std::set<std::string> out;
  const auto note = [&](bool is, const char* name) {
    if (is) out.insert(name);
  };
  const auto question = before.question(asked.at("to"), {}, asked.at("protocol") == "http");
  if (!question) return out;
  const auto declared = before->ports_of(question->workload);
  const auto services = before->services_of(question->workload);
  const bool has_front = question->service && std::ranges::find(services, *question->service) != services.end();
  note(services.size() > 1, "several Services to the pod");
  note(std::ranges::any_of(services, [&](ServiceId id) { return (*before)[id].backends.size() > 1; }), "pod shares a Service");
  note(question->service && !has_front, "through a route");
  note(question->service && (*before)[*question->service].spec.headless(), "through a headless Service");
  note(!question->service, "to a pod address");
  note(std::ranges::find(declared, question->container_port) == declared.end(), "to an undeclared port");
  note(!before->captured_by_sidecar(question->workload, question->container_port), "to an uncaptured port");
  note(!question->http, "bytes");
  note(asked.contains("sni"), "server name");
  note(asked.at("principal").is_string() && !asked.at("principal").get<std::string>().starts_with("spiffe://" + before->trust_domain() + "/"), "caller of another trust domain");
  note(asked.at("ip").get<std::string>().find(':') != std::string::npos, "caller at an IPv6 address");
  if (!question->http) return out;
  const auto& http = asked.at("http");
  const auto& jwt = http.at("jwt");
  note(std::ranges::any_of(http.at("headers"), [](const Json& value) { return value.is_array(); }), "repeated header");
  note(http.at("headers").contains("x-forwarded-for"), "x-forwarded-for");
  note(http.at("headers").contains("access-control-request-method"), "preflight");
  note(jwt.is_null(), "no token");
  note(jwt.is_object(), "token");
  note(jwt.is_string(), "token invalid");
  note(jwt.is_object() && jwt.contains("groups"), "token with a list");
  return out;
}

}  // namespace s2a::test
