// Requests through tables, and what is told of it.
#include "tests/support/routed.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <set>

#include "ir/authz/message.h"
#include "ir/pattern/glob.h"
#include "tests/support/recorded.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// The rig gave Services addresses in the order of the manifests.
std::string with_addresses(const std::string& manifests) {
  static const RE2 kService(R"((?m)^kind: Service\n)");
  static const RE2 kSpec(R"((?m)^spec:\n)");
  std::string out;
  int given = 1;
  for (std::size_t at = 0; at < manifests.size();) {
    const auto end = std::min(manifests.find("\n---\n", at), manifests.size());
    auto document = manifests.substr(at, end - at + 5);
    if (RE2::PartialMatch(document, kService) && document.find("clusterIP") == std::string::npos)
      RE2::Replace(&document, kSpec, fmt::format("spec:\n  clusterIP: 10.96.0.{}\n", ++given));
    out += document;
    at = end + 5;
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> lines_of(const Json& headers) {
  std::vector<std::pair<std::string, std::string>> out;
  if (headers.is_object())
    for (const auto& [name, value] : headers.items()) out.emplace_back(name, value);
  else if (headers.is_array())
    for (const auto& line : headers) out.emplace_back(line.at(0), line.at(1));
  return out;
}

/// What the codec lets through; nothing where it answers 400. routing.md 3.1, 3.3
std::optional<Request> request_of(const Json& asked) {
  const std::string method = asked.at("method");
  const std::string target = asked.at("path");
  if (!std::ranges::all_of(method, [](char c) { return c >= 'A' && c <= 'Z'; })) return std::nullopt;
  Message message{.method = method, .host = asked.at("host"), .target = target.substr(0, target.find('#')), .headers = lines_of(asked.value("headers", Json()))};
  Request out;
  if (!add_message(out, message, std::nullopt, PathNormalization::Base)) return std::nullopt;
  if (!target.starts_with('/')) out[Attribute::Path] = out[Attribute::Target] = {target};  // OPTIONS *
  return out;
}

Json to_json(const Cluster& cluster) {
  return {{"service", cluster.service}, {"subset", cluster.subset.empty() ? Json() : Json(cluster.subset)}, {"port", cluster.port == 0 ? Json() : Json(cluster.port)}};
}

/// As the engines write durations: `0.200s`, `5s`.
std::string seconds(Milliseconds time) {
  const auto count = time.count();
  return count % 1000 == 0 ? fmt::format("{}s", count / 1000) : fmt::format("{}.{:03}s", count / 1000, count % 1000);
}

Json to_json(const std::optional<RetryPolicy>& retries) {
  if (!retries) return nullptr;
  Json out{{"on", retries->on}, {"attempts", retries->attempts}};
  if (!retries->codes.empty()) out["codes"] = retries->codes;
  if (retries->per_try) out["perTry"] = seconds(*retries->per_try);
  if (retries->backoff) out["backoff"] = {{"baseInterval", seconds(*retries->backoff)}};
  return out;
}

Json share(std::int64_t millionths) { return {{"numerator", millionths}, {"denominator", "MILLION"}}; }

Json to_json(const std::optional<Fault>& fault) {
  if (!fault) return nullptr;
  auto out = Json::object();
  if (fault->abort) out["abort"] = {{"httpStatus", fault->abort->status}, {"percentage", share(fault->abort->share)}};
  if (fault->delay) out["delay"] = {{"fixedDelay", seconds(fault->delay->fixed)}, {"percentage", share(fault->delay->share)}};
  return out;
}

/// What proxies take out of every request.
constexpr std::array<std::string_view, 6> kOwnHeaders{"x-envoy-retry-on",
                                                      "x-envoy-retry-grpc-on",
                                                      "x-envoy-max-retries",
                                                      "x-envoy-retriable-status-codes",
                                                      "x-envoy-upstream-rq-timeout-ms",
                                                      "x-envoy-upstream-rq-per-try-timeout-ms"};

std::string joined(const AttributeValues& lines) { return fmt::format("{}", fmt::join(lines, ",")); }

/// The request as one destination sees it, against what was sent; of a header that is sent twice the record compares with the last line.
Json seen(const Transform& transform, const Request& request, const Json& asked) {
  const auto after = applied(transform, request);
  std::map<std::string, std::string> sent;
  for (const auto& [name, value] : lines_of(asked.value("headers", Json()))) sent[lower(name)] = value;
  auto added = Json::object();
  std::set<std::string> there;
  for (const auto& [attribute, lines] : after) {
    if (attribute.kind != Attribute::Header || std::ranges::find(kOwnHeaders, attribute.name) != kOwnHeaders.end()) continue;
    there.insert(attribute.name);
    const auto before = request.find(attribute);
    const bool untouched = before != request.end() && before->second == lines && !sent.contains(attribute.name);
    const auto was = sent.find(attribute.name);
    if (!untouched && (was == sent.end() || was->second != joined(lines))) added[attribute.name] = joined(lines);
  }
  auto removed = Json::array();
  for (const auto& [name, value] : sent)
    if (!there.contains(name)) removed.push_back(name);
  return {{"path", after.at(Attribute::Target).front()}, {"host", after.at(Attribute::Host).front()}, {"headersAdded", added}, {"headersRemoved", removed}};
}

/// What the record keeps of the headers of a response.
bool kept(const std::string& name, const std::string& value) {
  return name.starts_with("x-r") || name.starts_with("access-control") || name == "r" || (name == "server" && value == "mine");
}

Json response(const std::vector<HeaderOperations>& levels, const RouteAction& action, const Request& request) {
  auto out = Json::object();
  for (const auto& [attribute, lines] : response_headers(levels, request))
    if (attribute.name != "server" && kept(attribute.name, joined(lines))) out[attribute.name] = joined(lines);  // Envoy writes `server` itself
  if (action.cors)
    for (const auto& [name, value] : cors_headers(*action.cors, request)) out[name] = value;
  return out;
}

bool has_word(const std::string& list, std::string_view word) { return ("," + list + ",").find(fmt::format(",{},", word)) != std::string::npos; }

/// Whether an attempt that ends so is made again. Envoy's conditions, as far as the echo server can bring them about.
bool tried_again(const RetryPolicy& retries, const Json& failure) {
  const auto on = [&](std::string_view word) { return has_word(retries.on, word); };
  if (failure == "grpc14") return on("unavailable");
  if (failure == "reset" || failure == "timeout") return on("5xx") || on("gateway-error") || (failure == "reset" && on("reset"));
  return on("5xx") || (on("retriable-status-codes") && std::ranges::find(retries.codes, failure.get<int>()) != retries.codes.end());
}

int status_of(const Json& failure) {
  if (failure == "grpc14") return 200;
  if (failure == "reset") return 503;
  return failure == "timeout" ? 504 : failure.get<int>();
}

/// The status that comes back from a server that fails, or is slow.
int status_from(const Json& upstream, const RouteAction& action) {
  const auto delay = Milliseconds(upstream.value("delayMs", 0));
  const auto& retries = action.retries;
  const bool slow = (action.timeout && delay > *action.timeout) || (retries && retries->per_try && delay > *retries->per_try);
  if (slow) return 504;
  const int failing = upstream.value("fail", 0);
  if (failing == 0) return 200;
  const auto& failure = upstream.at("failStatus");
  const auto attempts = retries && tried_again(*retries, failure) ? retries->attempts + 1 : 1;
  return failing < attempts ? 200 : status_of(failure);
}

}  // namespace

RoutedCase::RoutedCase(const Json& recorded)
    : case_(recorded),
      mesh_(mesh_from_yaml(fmt::format("{}\n---\n{}", with_addresses(recorded.at("manifests")), mesh_config_map(recorded.value("mesh", Json::object()).dump())),
                           {.segment_prefixes = recorded.value("segments", false)})),
      routing_(mesh_.mesh) {
  if (case_.at("point") == "waypoint") {
    const auto& to = host(case_.at("service")).is;
    if (const auto* service = std::get_if<ServiceId>(&to)) waypoint_ = mesh_->waypoint_of(*service);
    if (const auto* entry = std::get_if<ResourceId>(&to)) waypoint_ = mesh_->waypoint_of(*entry);
    if (waypoint_ == nullptr) waypoint_ = &mesh_->waypoints().front();
    proxy_ = routing_proxy(*waypoint_);
  } else {
    proxy_ = routing_proxy(mesh_.mesh[mesh_.workload(case_.at("client").at("pod").get<std::string>())]);
  }
  http_ = table(Chain::Http);
}

const RoutedHost& RoutedCase::host(const std::string& name) const {
  return std::ranges::find_if(routing_.hosts().all(), [&](const auto& entry) { return entry.second.name == name; })->second;
}

TrafficPolicy::Settings RoutedCase::policy(const std::string& service, const std::string& subset, std::uint16_t port) const {
  return routing_.destinations().policy(host(service).host, subset, port, proxy_);
}

std::map<Cluster, std::string> RoutedCase::hashes() const {
  std::map<Cluster, std::string> out;
  for (const auto& action : http_.actions)
    for (const auto& destination : action.destinations)
      if (!destination.hash.empty()) out[destination.cluster] = destination.hash;
  return out;
}

Table RoutedCase::table(Chain chain) const {
  const auto& to = host(case_.at("service"));
  const std::uint16_t port = case_.at("port");
  if (waypoint_ == nullptr && chain == Chain::Http) return routing_.outbound(proxy_, port);
  auto out = waypoint_ != nullptr ? routing_.at_waypoint(*waypoint_, to, port, chain) : routing_.at_sidecar(proxy_, to, port, chain);
  if (out) return std::move(*out);
  return waypoint_ != nullptr ? routing_.default_at_waypoint(*waypoint_, to, port, chain) : routing_.default_at_sidecar(proxy_, to, port, chain);
}

Json RoutedCase::decide(const Json& asked) const { return asked.contains("method") ? decide_http(asked) : decide_connection(asked); }

Json RoutedCase::decide_connection(const Json& asked) const {
  Request request{{Attribute::ServiceAddress, {"10.96.0.2"}}};
  const auto sni = asked.value("sni", Json());
  if (sni.is_string() && sni != "") request[Attribute::ServerName] = {lower(sni.get<std::string>())};
  const auto step = evaluate(Engine::Sidecar, table(Chain::Tcp), request);
  if (step.outcome != Outcome::Allow) return {{"cluster", nullptr}, {"closed", true}};
  auto cluster = step.action->destinations.front().cluster;
  if (cluster.service == "passthrough") cluster.service = "PassthroughCluster";
  return {{"cluster", to_json(cluster)}, {"closed", false}};
}

Json RoutedCase::decide_http(const Json& asked) const {
  Json out{{"to", Json::array()},      {"seen", Json::array()}, {"redirect", nullptr}, {"direct", nullptr}, {"timeoutMs", nullptr},
           {"mirrors", Json::array()}, {"retries", nullptr},    {"fault", nullptr},    {"status", 404},     {"responseHeaders", Json::array()}};
  const auto request = request_of(asked);
  if (!request) {
    out["status"] = 400;
    return out;
  }
  const auto step = evaluate(Engine::Sidecar, http_, *request);
  if (!step.action) return out;
  const auto& action = *step.action;
  const bool by_cors = action.cors && answers(*action.cors, *request);
  const auto answered = [&](std::int64_t status, const Json& headers) {
    out["status"] = status;
    out["responseHeaders"].push_back(headers);
  };
  if (action.redirect) {
    out["redirect"] = {{"code", action.redirect->code}, {"location", location(*action.redirect, *request)}};
    answered(by_cors ? 200 : action.redirect->code, response(action.answer, action, *request));
    return out;
  }
  if (action.direct) {
    out["direct"] = {{"status", action.direct->status}, {"body", asked.at("method") == "HEAD" ? "" : action.direct->body}};
    answered(by_cors ? 200 : action.direct->status, response(action.answer, action, *request));
    return out;
  }
  if (action.timeout) out["timeoutMs"] = action.timeout->count();
  out["retries"] = to_json(action.retries);
  out["fault"] = to_json(action.fault);
  for (const auto& mirror : action.mirrors) {
    out["mirrors"].push_back(to_json(mirror.cluster));
    out["mirrors"].back()["percent"] = static_cast<double>(mirror.share) / 10'000;
  }
  std::set<Json> statuses;
  for (const auto& destination : action.destinations) {
    out["to"].push_back(to_json(destination.cluster));
    out["to"].back()["weight"] = destination.weight;
    const auto reach = destination.endpoints.reach;
    statuses.insert(reach == Endpoints::Reach::Reached ? 200 : reach == Endpoints::Reach::NoEndpoint ? 503 : action.missing);
  }
  if (step.outcome == Outcome::Answered) {  // a preflight, or an abort of every request
    answered(by_cors ? 200 : action.fault->abort->status, by_cors ? response({}, action, *request) : Json::object());
    return out;
  }
  out["status"] = statuses.size() == 1 ? *statuses.begin() : Json();
  if (step.outcome != Outcome::Allow) return out;
  for (const auto& destination : action.destinations) {
    out["seen"].push_back(seen(destination.transform, *request, asked));
    out["responseHeaders"].push_back(response(destination.transform.response, action, applied(destination.transform, *request)));
  }
  if (asked.contains("upstream")) out["status"] = status_from(asked.at("upstream"), action);
  return out;
}

}  // namespace s2a::test
