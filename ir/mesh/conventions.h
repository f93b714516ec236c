// What names and policies tell by convention about pods and Services that the input does not have. product.md 2
#pragma once

#include <set>
#include <string>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

/// What policies tell about the ports of the pods that they reach.
struct PortHints {
  std::set<std::uint16_t> ports;  ///< container ports that they name, in `ports` and destination.port, positive or negative
  bool http = false;              ///< a rule reads what only HTTP has. authorization.md 2.5

  void add(const PortHints& other);
};

[[nodiscard]] PortHints hints_of(const AuthorizationPolicy& policy);
/// The Service that pods with these labels belong to: the value of `app`, `app.kubernetes.io/name` or `k8s-app`; empty where none is a Service's name.
[[nodiscard]] std::string conventional_service(const Labels& labels);
/// Whether a selector means a gateway's proxies, by the labels that Istio's charts and the Gateway API give them.
[[nodiscard]] bool conventional_gateway(const Labels& labels);

}  // namespace s2a
