// Reading labels and rules for hints.
#include "ir/mesh/conventions.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "ir/mesh/rule_shape.h"
#include "ir/mesh/selection.h"
#include "ir/mesh/well_known.h"

namespace s2a {

namespace {

constexpr std::array<std::string_view, 3> kNamingLabels{"app", "app.kubernetes.io/name", "k8s-app"};
constexpr std::array<std::string_view, 5> kGatewayApps{"istio-egress", "istio-egressgateway", "istio-gateway", "istio-ingress", "istio-ingressgateway"};

void add_ports(const Match& match, std::set<std::uint16_t>& ports) {
  for (const auto* values : {&match.values, &match.not_values}) {
    for (const auto& [text, node] : *values) {
      std::uint16_t port = 0;
      const auto* end = text.data() + text.size();
      if (std::from_chars(text.data(), end, port).ptr == end && port != 0) ports.insert(port);
    }
  }
}

/// RFC 1035, as the API server asks of a Service.
bool service_name(std::string_view name) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view kAll = "abcdefghijklmnopqrstuvwxyz0123456789-";
  const auto only = [&](std::string_view allowed) { return name.find_first_not_of(allowed) == std::string_view::npos; };
  return !name.empty() && name.size() <= 63 && only(kAll) && kLetters.find(name.front()) != std::string_view::npos && name.back() != '-';
}

}  // namespace

void PortHints::add(const PortHints& other) {
  ports.insert(other.ports.begin(), other.ports.end());
  http = http || other.http;
}

PortHints hints_of(const AuthorizationPolicy& policy) {
  PortHints hints;
  for (const auto& rule : policy.rules) {
    hints.http = hints.http || reads_http(rule);
    for (const auto& operation : rule.to) add_ports(operation.ports, hints.ports);
    for (const auto& condition : rule.when) {
      if (condition.key.value == "destination.port") add_ports(condition.match, hints.ports);
    }
  }
  return hints;
}

std::string conventional_service(const Labels& labels) {
  for (const auto key : kNamingLabels) {
    if (const auto name = value_of(labels, key); service_name(name)) return std::string(name);
  }
  return {};
}

bool conventional_gateway(const Labels& labels) {
  return labels.contains("istio") || labels.contains("asm") || labels.contains(kGatewayName) || std::ranges::find(kGatewayApps, value_of(labels, "app")) != kGatewayApps.end();
}

}  // namespace s2a
