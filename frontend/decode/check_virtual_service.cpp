// The rules of istiod's webhook and of the CRD for a VirtualService as a whole; check_http_rule.cpp has those for its HTTP rules. routing.md 1.1
#include <fmt/format.h>

#include <set>

#include "frontend/decode/check_traffic.h"
#include "frontend/grammar/object_name.h"

namespace s2a {
namespace {

void check_hosts(const Reader& reader, const VirtualService& service) {
  std::set<std::string_view> seen;
  for (const auto& host : service.hosts) {
    if (!seen.insert(host.value).second)
      reader.report(Code::InvalidValue, host.node, fmt::format("the host `{}` is listed twice", shown(host.value)), "remove one of the two");
    else if (host.value == "*" && service.in_mesh())
      reader.report(Code::InvalidValue, host.node, "`*` is no host for the mesh: only gateways take it", "name the hosts, or the gateways that are meant");
  }
}

/// Others include it: it has HTTP rules and nothing else.
void check_delegate(const Reader& reader, NodeId spec) {
  for (const std::string_view field : {"gateways", "tls", "tcp"}) {
    if (!reader.items(spec, field).empty())
      reader.report(Code::InvalidValue, reader.key(spec, field), fmt::format("`{}` without `hosts`: a VirtualService that others include takes none", field),
                    "add the `hosts`, or remove it");
  }
}

void check_l4_rules(const Reader& reader, std::string_view protocol, const std::vector<L4Rule>& rules) {
  const bool tls = protocol == "tls";
  for (const auto& rule : rules) {
    if (rule.route.empty()) reader.report(Code::InvalidValue, rule.node, fmt::format("a {} rule without `route` is refused", protocol), "add its destinations");
    check_weights(reader, rule.node, rule.route);
    for (const auto& match : rule.matches) {
      if (tls && match.sni_hosts.empty() && reader.get(match.node, "sniHosts") != kNoNode)
        reader.report(Code::InvalidValue, reader.get(match.node, "sniHosts"), "empty `sniHosts` are refused", "name the server names that are meant");
    }
  }
}

}  // namespace

void check_export_to(const Reader& reader, NodeId spec) {
  const auto names = reader.strings(spec, "exportTo");
  for (const auto& name : names) {
    if (name.value == "~") {
      reader.report(Code::InvalidValue, name.node, "`~` (nobody) is refused here", "use `.` for its own namespace");
    } else if (name.value == "*" && names.size() > 1) {
      reader.report(Code::InvalidValue, name.node, "`*` beside other namespaces is refused", "let it stand alone, or remove it");
    } else if (name.value != "*" && name.value != ".") {
      if (const auto legal = check_dns_label(name.value); !legal) reader.report(Code::InvalidValue, name.node, fmt::format("`{}` is no namespace, `.` or `*`", shown(name.value)));
    }
  }
}

void check_weights(const Reader& reader, NodeId rule, const std::vector<WeightedDestination>& route) {
  std::int64_t sum = 0;
  for (const auto& destination : route) {
    if (destination.weight < 0) return;  // told by the field's limits
    sum += destination.weight;
  }
  if (route.size() > 1 && sum == 0)
    reader.report(Code::InvalidValue, reader.key(rule, "route"), "several destinations whose weights are 0 together are refused", "give each its `weight`");
}

void check_virtual_service(const Reader& reader, NodeId spec, const VirtualService& service) {
  if (spec == kNoNode) return;
  check_export_to(reader, spec);
  check_hosts(reader, service);
  if (service.delegate()) check_delegate(reader, spec);
  check_l4_rules(reader, "tls", service.tls);
  check_l4_rules(reader, "tcp", service.tcp);
  for (const auto& rule : service.http) check_http_rule(reader, rule, service.delegate());
  const bool any = !reader.items(spec, "http").empty() || !reader.items(spec, "tls").empty() || !reader.items(spec, "tcp").empty();
  if (!any)
    reader.report(Code::InvalidValue, service.hosts.empty() ? spec : reader.key(spec, "hosts"), "neither `http` nor `tls` nor `tcp`: a VirtualService without rules is refused");
}

}  // namespace s2a
