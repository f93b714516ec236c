// Merging delegates into their root.
//
//   root:  - match: [{uri: {prefix: /p}}]                            - match: [{uri: {prefix: /p/a}}]
//            timeout: 3s                                        ->      timeout: 3s
//            delegate: {name: sub}                                      route: [...]
//   sub:   - match: [{uri: {prefix: /p/a}}, {uri: {prefix: /q}}]
//            route: [...]
#include "ir/routing/delegates.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/host_name.h"

namespace s2a {
namespace {

bool without_value(const StringMatch& match) { return match.kind == StringMatch::Kind::Present || match.text.empty(); }

/// Whether no value can satisfy both, as istiod tells it: a regex may with nothing, and a match without a value neither. routing.md 1.4
bool conflict(const StringMatch& root, const StringMatch& sub) {
  if (without_value(root) || without_value(sub)) return true;
  if (root.kind == StringMatch::Kind::Regex || sub.kind == StringMatch::Kind::Regex) return true;
  if (root.kind == StringMatch::Kind::Exact) return sub.kind != StringMatch::Kind::Exact || sub.text != root.text;
  return !sub.text.starts_with(root.text);
}

bool conflict(const std::optional<StringMatch>& root, const std::optional<StringMatch>& sub) { return root && sub && conflict(*root, *sub); }

bool conflict(const StringMatches& root, const StringMatches& sub) {
  return std::ranges::any_of(sub, [&](const auto& entry) {
    const auto same = root.find(entry.first);
    return same != root.end() && conflict(same->second, entry.second);
  });
}

bool conflict(const Labels& root, const Labels& sub) {
  return std::ranges::any_of(sub, [&](const auto& entry) {
    const auto same = root.find(entry.first);
    return same != root.end() && same->second.value != entry.second.value;
  });
}

/// The sub's gateways have to be among the root's.
bool gateways_conflict(const std::vector<std::string>& root, const std::vector<std::string>& sub) {
  if (root.empty() || sub.empty()) return false;
  return root.size() < sub.size() || std::ranges::any_of(sub, [&](const std::string& g) { return std::ranges::find(root, g) == root.end(); });
}

bool conflict(const HttpMatch& root, const HttpMatch& sub) {
  return conflict(root.uri, sub.uri) || conflict(root.scheme, sub.scheme) || conflict(root.method, sub.method) || conflict(root.authority, sub.authority) ||
         conflict(root.headers, sub.headers) || conflict(root.without_headers, sub.without_headers) || conflict(root.query_params, sub.query_params) ||
         root.ignore_uri_case != sub.ignore_uri_case || (root.port && sub.port && *root.port != *sub.port) ||
         (!root.source_namespace.empty() && root.source_namespace != sub.source_namespace) || conflict(root.source_labels, sub.source_labels) ||
         gateways_conflict(root.gateways, sub.gateways);
}

template <class T>
void fill(std::optional<T>& field, const std::optional<T>& from) {
  if (!field) field = from;
}

template <class T>
void fill(T& field, const T& from) {
  if (field.empty()) field = from;
}

HttpMatch merged(const HttpMatch& root, const HttpMatch& sub) {
  auto out = sub;
  fill(out.uri, root.uri);
  fill(out.scheme, root.scheme);
  fill(out.method, root.method);
  fill(out.authority, root.authority);
  fill(out.port, root.port);
  fill(out.source_namespace, root.source_namespace);
  fill(out.gateways, root.gateways);
  fill(out.stat_prefix, root.stat_prefix);
  out.headers.insert(root.headers.begin(), root.headers.end());
  out.without_headers.insert(root.without_headers.begin(), root.without_headers.end());
  out.query_params.insert(root.query_params.begin(), root.query_params.end());
  out.source_labels.insert(root.source_labels.begin(), root.source_labels.end());
  return out;
}

/// False: one of the sub's matches conflicts with every match of the root, and the whole rule goes. routing.md 1.4
bool merge_matches(const HttpRule& root, FlatRule& flat) {
  auto& matches = flat.rule.matches;
  if (root.matches.empty()) return true;
  if (matches.empty()) {
    matches = root.matches;
    flat.inherited.insert("match");
    return true;
  }
  std::vector<HttpMatch> out;
  for (const auto& sub : matches) {
    const auto before = out.size();
    for (const auto& match : root.matches)
      if (!conflict(match, sub)) out.push_back(merged(match, sub));
    if (out.size() == before) return false;
  }
  matches = std::move(out);
  return true;
}

/// Each action as a whole: the sub's, else the root's. What answers by itself inherits nothing that is about a destination. routing.md 1.4
void merge_actions(const HttpRule& root, FlatRule& flat) {
  auto& rule = flat.rule;
  const auto answers = rule.redirect || rule.direct_response;
  const auto inherit = [&flat](auto& field, const auto& from, std::string_view name) {
    const auto given = [](const auto& f) {
      if constexpr (requires { f.has_value(); })
        return f.has_value();
      else
        return !f.empty();
    };
    if (given(field) || !given(from)) return;
    field = from;
    flat.inherited.insert(name);
  };
  if (!answers) {
    inherit(rule.rewrite, root.rewrite, "rewrite");
    inherit(rule.fault, root.fault, "fault");
    inherit(rule.mirrors, root.mirrors, "mirrors");
  }
  inherit(rule.direct_response, root.direct_response, "directResponse");
  inherit(rule.timeout, root.timeout, "timeout");
  inherit(rule.retries, root.retries, "retries");
  inherit(rule.cors, root.cors, "corsPolicy");
  inherit(rule.headers, root.headers, "headers");
  if (rule.name.value.empty())
    rule.name.value = root.name.value;
  else if (!root.name.value.empty())
    rule.name.value = fmt::format("{}-{}", root.name.value, rule.name.value);
}

HttpRule resolved(HttpRule rule, const Resource& holder, std::string_view cluster_domain) {
  const auto resolve = [&](RouteDestination& to) { to.host.value = resolved_host(to.host.value, holder.ns.value, cluster_domain); };
  for (auto& to : rule.route) resolve(to.destination);
  for (auto& to : rule.mirrors) resolve(to.destination);
  return rule;
}

bool exports_to(const VirtualService& spec, const std::string& own, const std::string& ns) {
  const auto& to = spec.export_to;
  const auto has = [&](std::string_view text) { return std::ranges::find(to, text) != to.end(); };
  return to.empty() || has("*") || has(ns) || (own == ns && has("."));
}

/// Whether `delegate` is what `ref`, written in `root`, asks for.
bool asks_for(const DelegateRef& ref, const Resource& root, const Resource& delegate) {
  const auto* spec = std::get_if<VirtualService>(&delegate.spec);
  return spec != nullptr && spec->delegate() && delegate.name.value == ref.name && delegate.ns.value == (ref.ns.empty() ? root.ns.value : ref.ns) &&
         exports_to(*spec, delegate.ns.value, root.ns.value);
}

}  // namespace

std::vector<FlatRule> flattened(const Resource& root, std::span<const Resource* const> all, std::string_view cluster_domain) {
  std::vector<FlatRule> out;
  for (const auto& rule : std::get<VirtualService>(root.spec).http) {
    if (!rule.delegate) {
      out.push_back({.rule = resolved(rule, root, cluster_domain), .holder = &root, .root = &root, .root_node = rule.node});
      continue;
    }
    const auto found = std::ranges::find_if(all, [&](const Resource* r) { return asks_for(*rule.delegate, root, *r); });
    if (found == all.end()) continue;
    const auto from_root = resolved(rule, root, cluster_domain);
    for (const auto& sub : std::get<VirtualService>((*found)->spec).http) {
      FlatRule flat{.rule = resolved(sub, **found, cluster_domain), .holder = *found, .root = &root, .root_node = rule.node};
      if (!merge_matches(rule, flat)) continue;
      merge_actions(from_root, flat);
      out.push_back(std::move(flat));
    }
  }
  return out;
}

bool includes(const Resource& root, const Resource& delegate) {
  const auto* spec = std::get_if<VirtualService>(&root.spec);
  return spec != nullptr && std::ranges::any_of(spec->http, [&](const HttpRule& rule) { return rule.delegate && asks_for(*rule.delegate, root, delegate); });
}

}  // namespace s2a
