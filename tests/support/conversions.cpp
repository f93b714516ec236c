// Converting host by host.
#include "tests/support/conversions.h"

#include <fmt/format.h>

#include <algorithm>

#include "backend/edit/emit.h"
#include "ir/routing/routes.h"

namespace s2a::test {
namespace {

std::string document(const Value& value) { return "---\n" + to_yaml(value); }

std::string backends_of(const RouteRule& rule) {
  std::string out;
  if (rule.filters.redirect) out += fmt::format(" redirect {}", rule.filters.redirect->code);
  for (const auto& backend : rule.backends) out += fmt::format(" {}{}", backend.ref.name.value, rule.backends.size() > 1 ? fmt::format("*{}", backend.weight) : "");
  return out;
}

std::string text_of(const RouteItem& item) {
  constexpr std::array<std::string_view, 3> kTypes{"Exact", "PathPrefix", "RegularExpression"};
  auto out = fmt::format("{} {}", kTypes.at(static_cast<std::size_t>(item.match->path_type)), item.match->path);
  if (!item.match->method.empty()) out += " " + item.match->method;
  for (const auto& header : item.match->headers) out += fmt::format(" {}{}{}", header.name, header.regex ? "~" : "=", header.value);
  for (const auto& query : item.match->query_params) out += fmt::format(" ?{}{}{}", query.name, query.regex ? "~" : "=", query.value);
  return fmt::format("{} ->{}", out, backends_of(*item.rule));
}

}  // namespace

bool ConvertedMesh::refused() const {
  return std::ranges::any_of(hosts, [](const ConvertedHost& h) { return !h.refusals.empty(); });
}

ConvertedMesh convert_all(const TestMesh& mesh, const ConversionOptions& options) {
  ConvertedMesh out;
  const RoutingContext routing(mesh.mesh, options.istio);
  const Subsets subsets(routing);
  auto taken = taken_names(mesh.mesh);
  std::set<SubsetKey> needed;
  for (const auto* resource : mesh->all(Kind::VirtualService)) {
    const auto* spec = std::get_if<VirtualService>(&resource->spec);
    if (spec == nullptr || spec->delegate() || !spec->in_mesh()) continue;
    for (const auto& host : spec->hosts) {
      auto result = converted(*resource, host, routing, subsets, options, taken);
      auto& told = out.hosts.emplace_back();
      told.subject = resource->subject();
      told.host = routing.hosts.resolved(host.value, resource->ns.value);
      for (const auto& refusal : result.refusals) {
        told.refusals.push_back(to_string(refusal));
        told.obstacles.emplace_back(obstacle_info(refusal.obstacle).name);
      }
      told.orders = result.orders;
      needed.merge(result.needs.subsets);
      for (auto& object : result.objects) {
        out.added += document(object.value);
        out.routes.push_back(std::move(object));
      }
    }
  }
  for (const auto& key : needed) {
    const auto objects = subsets.objects(key);
    if (!objects) {
      out.hosts.push_back({.subject = "subset " + key.subset, .host = {}, .refusals = {to_string(objects.error())}, .obstacles = {}, .orders = {}});
      continue;
    }
    out.added += document(objects->service);
    if (objects->destination_rule) out.added += document(*objects->destination_rule);
  }
  for (const auto* rule : mesh->all(Kind::DestinationRule))
    for (const auto& subset : std::get<DestinationRule>(rule->spec).subsets) {
      const auto* host = routing.hosts.find(routing.hosts.resolved(std::get<DestinationRule>(rule->spec).host.value, rule->ns.value));
      const auto found = host == nullptr ? tl::make_unexpected(RouteRefusal{}) : subsets.find(*host, subset.name.value);
      if (found) out.stand_in[host->ns + "/" + found->name] = found->labels.empty() ? host->name : host->name + " " + subset.name.value;
    }
  return out;
}

std::vector<std::string> sorted_matches(const ConvertedMesh& converted) {
  Store store;
  Diagnostics told;
  const auto snapshot = read_yaml(store, converted.added, "routes.yaml", told);
  std::vector<const Resource*> routes;
  for (const auto id : snapshot)
    if (store[id].kind == Kind::HTTPRoute) routes.push_back(&store[id]);
  std::vector<std::string> out;
  for (const auto& item : sorted_items(routes)) out.push_back(text_of(item));
  return out;
}

std::string without_kinds(const std::string& manifests, const std::vector<std::string>& kinds) {
  std::string out;
  for (std::size_t at = 0; at < manifests.size();) {
    const auto end = std::min(manifests.find("\n---\n", at), manifests.size());
    const auto text = manifests.substr(at, end - at);
    const auto is = [&](const std::string& kind) { return text.find("kind: " + kind + "\n") != std::string::npos || text.find("\"kind\":\"" + kind + "\"") != std::string::npos; };
    if (std::ranges::none_of(kinds, is)) out += "---\n" + text + "\n";
    at = end + 5;
  }
  return out;
}

}  // namespace s2a::test
