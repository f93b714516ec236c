// What becomes of a request, in words, part by part, so that only what differs need be said.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "ir/proof/route_effect.h"

namespace s2a {
namespace {

constexpr std::int64_t kWhole = 1'000'000;  ///< shares are millionths

std::string in_words(const Cluster& cluster) {
  if (cluster.service.empty()) return "nobody";
  return fmt::format("{}{}{} port {}", cluster.service, cluster.subset.empty() ? "" : " ", cluster.subset, cluster.port);
}

/// What follows the name of a cluster.
std::string_view in_words(Endpoints::Reach reach) {
  switch (reach) {
    case Endpoints::Reach::Reached: return "";
    case Endpoints::Reach::NoEndpoint: return ", which has no pods";
    case Endpoints::Reach::NoCluster: return ", which is not known";
  }
  return "";
}

std::string in_words(const std::vector<Destination>& destinations) {
  const auto sum = std::accumulate(destinations.begin(), destinations.end(), std::int64_t{0}, [](std::int64_t all, const Destination& d) { return all + d.weight; });
  std::vector<std::string> out;
  for (const auto& to : destinations)
    out.push_back(fmt::format("{}{}{}{}{}", in_words(to.cluster), destinations.size() > 1 ? fmt::format(" ({} of {})", to.weight, sum) : "",
                              to.hash.empty() ? "" : " by " + to.hash, to.endpoints.tls ? " over TLS" : "", in_words(to.endpoints.reach)));
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string in_words(const std::vector<HeaderOperations>& levels) {
  std::vector<std::string> out;
  for (const auto& level : levels) {
    for (const auto& name : level.remove) out.push_back("-" + name);
    for (const auto& [name, value] : level.set) out.push_back(fmt::format("{}={}", name, value));
    for (const auto& [name, value] : level.add) out.push_back(fmt::format("+{}={}", name, value));
  }
  return fmt::format("{}", fmt::join(out, " "));
}

std::string in_words(const Cors& cors) {
  std::vector<std::string> origins;
  for (const auto& origin : cors.origins) origins.push_back(origin.kind == StringMatch::Kind::Present ? "*" : origin.text);
  return fmt::format("{} {} {} {} {}{}", fmt::join(origins, " "), cors.methods, cors.headers, cors.expose, cors.max_age, cors.credentials ? " with credentials" : "") +
         (cors.answers_all ? ", every preflight answered" : "");
}

std::string in_words(const Fault& fault) {
  std::vector<std::string> out;
  const auto percent = [](std::int64_t share) { return static_cast<double>(share) * 100 / static_cast<double>(kWhole); };
  if (fault.abort)
    out.push_back(fmt::format("{} for {} %", fault.abort->grpc_status.empty() ? std::to_string(fault.abort->status) : fault.abort->grpc_status, percent(fault.abort->share)));
  if (fault.delay) out.push_back(fmt::format("{} ms for {} %", fault.delay->fixed.count(), percent(fault.delay->share)));
  return fmt::format("{}", fmt::join(out, ", "));
}

std::string in_words(const RetryPolicy& retries) {
  auto out = fmt::format("{} on {}{}{}", retries.attempts, retries.on, retries.codes.empty() ? "" : " ", fmt::join(retries.codes, " "));
  if (retries.per_try) out += fmt::format(" after {} ms", retries.per_try->count());
  if (retries.backoff) out += fmt::format(" backing off {} ms", retries.backoff->count());
  return out + (retries.other_hosts ? "" : " at the same host") + (retries.remote_localities ? " anywhere" : "");
}

constexpr std::string_view kGoesTo = "goes to";
constexpr std::string_view kMirroredTo = "mirrored to";

using Parts = std::vector<std::pair<std::string_view, std::string>>;

/// What one destination sees of the request, and what its answers get.
Transform effect_at(const Destination& destination, const Request& request) {
  RouteAction alone;
  alone.destinations = {destination};
  return effect_on(alone, request).destinations.front().transform;
}

/// Once where it is the same at every destination.
template <class Part>
std::string at_each(const std::vector<Destination>& destinations, const Request& request, Part part) {
  std::vector<std::string> texts;
  for (const auto& to : destinations) texts.push_back(part(effect_at(to, request)));
  if (std::ranges::all_of(texts, [&](const std::string& text) { return text == texts.front(); })) return texts.front();
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] = fmt::format("{} at {}", texts[i].empty() ? "nothing" : texts[i], in_words(destinations[i].cluster));
  return fmt::format("{}", fmt::join(texts, ", "));
}

Parts parts_of(const RouteAction& action, const Request& request) {
  Parts out;
  const auto add = [&](std::string_view what, std::string text) { out.emplace_back(what, std::move(text)); };
  if (action.redirect) add("redirected with", fmt::format("{} to {}", action.redirect->code, location(*action.redirect, request)));
  if (action.direct) add("answered with", fmt::format("{}{}{}", action.direct->status, action.direct->body.empty() ? "" : " ", action.direct->body));
  if (const auto headers = in_words(effect_on(action, request).answer); action.destinations.empty() && !headers.empty()) add("headers of answers", headers);
  if (const auto& to = action.destinations; !to.empty()) {
    add(kGoesTo, in_words(to));
    add("path", at_each(to, request, [](const Transform& there) { return there.path.value; }));
    add("host", at_each(to, request, [](const Transform& there) { return there.host.value_or(""); }));
    add("headers", at_each(to, request, [](const Transform& there) { return in_words(there.request); }));
    add("headers of answers", at_each(to, request, [](const Transform& there) { return in_words(there.response); }));
  }
  for (const auto& mirror : action.mirrors) add(kMirroredTo, fmt::format("{} ({} of {})", in_words(mirror.cluster), mirror.share, kWhole));
  if (action.timeout) add("timeout", fmt::format("{} ms", action.timeout->count()));
  if (const auto retries = normalised(action).retries) add("retries", in_words(*retries));
  if (action.cors) add("CORS", in_words(*action.cors));
  if (action.fault) add("fault", in_words(*action.fault));
  return out;
}

/// The pods, whatever they are called and whatever becomes of requests on the way.
RouteAction destinations_of(const RouteAction& action) {
  RouteAction out;
  for (const auto& to : action.destinations) out.destinations.push_back({.cluster = to.cluster, .endpoints = to.endpoints, .weight = to.weight, .transform = {}, .hash = to.hash});
  return comparable(out);
}

RouteAction mirrors_of(const RouteAction& action) {
  RouteAction out;
  out.mirrors = action.mirrors;
  return comparable(out);
}

/// The same pods are no difference under another name, and other pods are one under the same.
void tell_by_pods(std::string_view what, bool same_pods, Parts& one, Parts& other) {
  const auto told = [&](const auto& part) { return part.first == what; };
  if (same_pods) {
    std::erase_if(one, told);
    std::erase_if(other, told);
  } else {
    for (auto& part : other)
      if (told(part) && std::ranges::find(one, part) != one.end()) part.second += ", other pods";
  }
}

/// Beside an answer it is enough that the other goes somewhere: what becomes of the request on the way is no difference of its own.
void tell_of_answers(Parts& one, Parts& other) {
  const auto goes = [](const Parts& parts) { return std::ranges::find(parts, kGoesTo, &Parts::value_type::first) != parts.end(); };
  if (one.empty() || other.empty() || goes(one) == goes(other)) return;
  std::erase_if(goes(one) ? one : other, [](const auto& part) { return part.first != kGoesTo; });
}

std::string those_not_in(const Parts& parts, const Parts& other) {
  std::vector<std::string> out;
  for (const auto& part : parts)
    if (std::ranges::find(other, part) == other.end()) out.push_back(fmt::format("{} {}", part.first, part.second.empty() ? "nothing" : part.second));
  return out.empty() ? "nothing of that" : fmt::format("{}", fmt::join(out, "; "));
}

}  // namespace

std::pair<std::string, std::string> differences(const std::optional<RouteAction>& one, const std::optional<RouteAction>& other, const Request& request) {
  const auto parts = [&](const std::optional<RouteAction>& action) { return action ? parts_of(*action, request) : Parts{}; };
  auto a = parts(one);
  auto b = parts(other);
  if (one && other) {
    tell_by_pods(kGoesTo, destinations_of(*one) == destinations_of(*other), a, b);
    tell_by_pods(kMirroredTo, mirrors_of(*one) == mirrors_of(*other), a, b);
    tell_of_answers(a, b);
  }
  return {those_not_in(a, b), those_not_in(b, a)};
}

}  // namespace s2a
