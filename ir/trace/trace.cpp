// The questions that an inquiry stands for, asked one by one.
#include "ir/trace/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "ir/authz/enforcement.h"
#include "ir/pattern/address.h"
#include "ir/routing/routed_ways.h"
#include "ir/trace/hops.h"

namespace s2a {
namespace {

ClientClass class_of(CallerKind kind, bool to_service) {
  switch (kind) {
    case CallerKind::Ambient: return to_service ? ClientClass::AmbientToService : ClientClass::AmbientToPod;
    case CallerKind::Sidecar: return ClientClass::Sidecar;
    case CallerKind::Ingress: return ClientClass::Ingress;
    case CallerKind::Plaintext: return ClientClass::Plaintext;
  }
  return ClientClass::Plaintext;
}

/// What happens to the request at the last hop, as it comes back to the caller: a proxy on the way answers for a connection that is refused behind it.
std::string seen_by_caller(const Passage& passage, const Question& question) {
  const auto& last = passage.hops.back();
  if (!passage.answer.empty()) return passage.answer;
  if (last.outcome == Outcome::Allow) return question.http ? "200: the request goes on" : "the connection goes on";
  if (last.outcome == Outcome::Forbidden) return "403";
  if (last.outcome == Outcome::Unauthorized) return "401";
  if (!question.http) return "the connection is reset";
  if (passage.hops.front().engine == Engine::Waypoint && last.engine != Engine::Waypoint) return "503: the waypoint's connection is reset";
  if (question.client == ClientClass::Sidecar) return "503: the connection of the caller's sidecar is reset";
  if (question.client == ClientClass::Ingress) return "503: the connection of the gateway is reset";
  return "the connection is reset";
}

class Tracer {
 public:
  Tracer(const MeshModel& mesh, const Inquiry& inquiry, Caller caller, Callee callee)
      : mesh_(mesh), inquiry_(inquiry), caller_(std::move(caller)), callee_(std::move(callee)), ways_(mesh), client_{.ns = caller_.ns, .labels = caller_.labels} {}

  tl::expected<Trace, Unclear> run() {
    out_.caller = caller_.kind;
    out_.to = callee_.words;
    const auto plain = request({});
    if (!plain)
      return tl::unexpected(Unclear{.message = fmt::format("proxies answer 400 to `{}`, whatever the policies say", inquiry_.message->target), .help = "a path begins with `/`"});
    out_.request = in_words();
    if (!caller_.ns.empty()) out_.namespaces.insert(caller_.ns);
    for (const auto& question : questions()) ask(question);
    for (const auto& [name, attribute] : authorizers())
      if (asked_.contains(attribute) && !inquiry_.refused_by.contains(name)) out_.presumed.push_back(fmt::format("{} lets the request pass", name));
    const bool address_asked = std::ranges::any_of(asked_, [](const Attribute& a) { return a.kind == Attribute::PeerAddress || a.kind == Attribute::RemoteAddress; });
    if (host_is_foreign()) out_.presumed.push_back(fmt::format("the caller's sidecar routes it as if its host were {}", callee_.host));
    if (address_asked && caller_.address.empty()) out_.presumed.emplace_back("the caller has an address that no rule names");
    return std::move(out_);
  }

 private:
  /// One for each pod that the request can arrive at, and for a second waypoint that gets a part of the traffic; where a route decides, one for all pods.
  std::vector<Question> questions() const {
    const bool vip = callee_.service && !mesh_[*callee_.service].spec.headless();
    Question question{.client = class_of(caller_.kind, vip || callee_.entry.has_value()),
                      .workload = callee_.pod,
                      .service = callee_.service,
                      .entry = callee_.entry,
                      .entry_host = callee_.entry_host,
                      .service_port = callee_.port,
                      .container_port = callee_.port,
                      .http = inquiry_.message.has_value(),
                      .tunnel_taken = true};
    if (!callee_.service) return {question};
    std::vector<Question> out;
    for (const bool by_canary : {false, true}) {
      question.by_canary = by_canary;
      if (by_canary && mesh_.canary_of(*callee_.service) == nullptr) continue;
      if (routed(question)) {
        out.push_back(question);
        continue;
      }
      for (const auto& way : mesh_.reach(*callee_.service)) {
        if (way.service_port != callee_.port) continue;
        out.push_back(question);
        out.back().workload = way.workload;
        out.back().container_port = way.container_port;
      }
    }
    return out;
  }

  /// A client's sidecar routes by the host that the request names, whatever was dialled. routing.md 1.1
  bool host_is_foreign() const {
    const bool other = inquiry_.message && !inquiry_.message->host.empty() && inquiry_.message->host != callee_.host;
    return other && caller_.kind == CallerKind::Sidecar && std::ranges::any_of(questions(), [&](const Question& question) { return routed(question); });
  }

  bool routed(const Question& question) const { return ways_.routed(question, client_); }

  void ask(Question question) {
    const bool by_route = routed(question);
    const auto path = by_route ? ways_.to_host(question, client_) : enforcement(mesh_, question);
    if (!path) {
      Way way = way_to(question, !by_route && !question.entry);
      way.unknown = fmt::format("what {}port {} speaks is not known: Services disagree", by_route ? "some " : "", question.container_port);
      return add(std::move(way));
    }
    asked_.merge(asked_for(*path));
    const auto* waypoint = waypoint_on_the_way(mesh_, question);
    auto sent = *request(question);
    if (by_route) sent.erase(Attribute::PodAddress);
    for (auto& passage : passages(*path, sent, mesh_, waypoint == nullptr ? std::string() : fmt::format("{}/{}", waypoint->ns, waypoint->name))) {
      if (passage.pod) std::tie(question.workload, question.container_port) = *passage.pod;
      auto way = way_to(question, by_route ? passage.pod.has_value() : !question.entry);
      way.seen = seen_by_caller(passage, question);
      way.hops = std::move(passage.hops);
      way.allowed = way.hops.back().outcome == Outcome::Allow;
      const bool at_pod = !way.hops.back().route && way.hops.back().engine != Engine::Waypoint;
      if (way.allowed) way.past = way.pods.empty() ? "no pod of the input is there" : nobody_at(question);
      if (!way.past.empty() && at_pod) way.hops.pop_back();
      add(std::move(way));
    }
  }

  Way way_to(const Question& question, bool to_pod) {
    Way way{.pods = {}, .port = question.container_port, .hops = {}, .unknown = {}, .past = {}, .seen = {}};
    if (!to_pod) return way;
    way.pods.push_back(mesh_[question.workload].subject(mesh_.store()));
    out_.namespaces.insert(mesh_[question.workload].ns);
    return way;
  }

  void add(Way way) {
    const auto same = [&](const Way& other) {
      return other.hops == way.hops && other.port == way.port && other.unknown == way.unknown && other.past == way.past && other.pods.empty() == way.pods.empty();
    };
    const auto known = std::ranges::find_if(out_.ways, same);
    if (known == out_.ways.end())
      out_.ways.push_back(std::move(way));
    else if (!way.pods.empty() && std::ranges::find(known->pods, way.pods.front()) == known->pods.end())
      known->pods.push_back(way.pods.front());
  }

  /// Why neither a proxy nor ztunnel stands in front of the port; empty where one does.
  std::string nobody_at(const Question& question) const {
    if (mesh_.captured_by_sidecar(question.workload, question.container_port) || mesh_.captured_by_ztunnel(question.workload)) return {};
    const auto& pod = mesh_[question.workload];
    return pod.dataplane == Dataplane::Outside ? pod.dataplane_reason : fmt::format("its proxy does not take port {}", question.container_port);
  }

  std::string address_of(const MeshService& service) const { return parse_address(service.spec.cluster_ip) ? service.spec.cluster_ip : std::string(); }

  /// The attributes as the caller sends them; nothing where Envoy answers 400.
  std::optional<Request> request(const std::optional<Question>& question) const {
    Request out;
    const auto set = [&](Attribute::Kind kind, const std::string& value) {
      if (!value.empty()) out[kind] = {value};
    };
    set(Attribute::Identity, caller_.identity);
    set(Attribute::PeerAddress, caller_.address);
    if (callee_.service) set(Attribute::ServiceAddress, address_of(mesh_[*callee_.service]));
    if (question && !question->entry) set(Attribute::PodAddress, mesh_[question->workload].address);
    for (const auto& [name, attribute] : authorizers())
      if (!inquiry_.refused_by.contains(name)) out[attribute] = {"allow"};
    if (inquiry_.message && !add_message(out, message(), inquiry_.token, path_normalization(mesh_.path_normalization()))) return std::nullopt;
    return out;
  }

  Message message() const {
    auto out = *inquiry_.message;
    if (out.host.empty()) out.host = callee_.host;
    return out;
  }

  /// What was asked for, without what proxies add.
  std::string in_words() const {
    Request out{{Attribute::Identity, caller_.identity.empty() ? AttributeValues{} : AttributeValues{caller_.identity}}};
    if (!caller_.address.empty()) out[Attribute::PeerAddress] = {caller_.address};
    if (!inquiry_.message) return describe(out);
    const auto sent = message();
    out[Attribute::Method] = {sent.method};
    out[Attribute::Path] = {sent.target};
    out[Attribute::Host] = {sent.host};
    for (const auto& [name, value] : sent.headers) out[{Attribute::Header, name}].push_back(value);
    return describe(out);
  }

  /// Everybody whose answer is an attribute, by the name that an inquiry may use.
  std::vector<std::pair<std::string, Attribute>> authorizers() const {
    std::vector<std::pair<std::string, Attribute>> out;
    for (const auto& provider : mesh_.extension_providers()) out.emplace_back(provider.name, Attribute(Attribute::Authorizer, provider.name));
    for (const auto kind : {Kind::WasmPlugin, Kind::TrafficExtension})
      for (const auto* extension : mesh_.all(kind)) out.emplace_back(extension->subject(), Attribute(Attribute::Authorizer, extension->subject()));
    return out;
  }

  const MeshModel& mesh_;
  const Inquiry& inquiry_;
  Caller caller_;
  Callee callee_;
  RoutedWays ways_;
  RoutingProxy client_;
  Trace out_;
  std::set<Attribute> asked_;
};

}  // namespace

tl::expected<Trace, Unclear> trace(const MeshModel& mesh, const Inquiry& inquiry) {
  auto caller = find_caller(mesh, inquiry);
  if (!caller) return tl::unexpected(std::move(caller.error()));
  auto callee = find_callee(mesh, inquiry, *caller);
  if (!callee) return tl::unexpected(std::move(callee.error()));
  return Tracer(mesh, inquiry, std::move(*caller), std::move(*callee)).run();
}

}  // namespace s2a
