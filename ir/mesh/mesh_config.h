// Istio's MeshConfig, as far as it decides: from ConfigMap `istio`, key `mesh`, IstioOperator spec.meshConfig, or the Sail operator's Istio.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/virtual_service.h"
#include "ir/source/span.h"

namespace s2a {

/// An external authorizer of the mesh. authorization.md 2.7
struct ExtensionProvider {
  std::string name;
  bool http = false;      ///< envoyExtAuthzHttp: it cannot judge what is not HTTP
  bool presumed = false;  ///< no MeshConfig in the input says what it is: it may judge either way, and may be one for HTTP
};

struct MeshConfig {
  std::optional<std::string> root_namespace;
  std::optional<std::string> trust_domain;
  std::vector<std::string> trust_domain_aliases;
  std::optional<std::string> path_normalization;  ///< pathNormalization.normalization
  std::vector<ExtensionProvider> extension_providers;
  std::vector<std::string> ca_trust_domains;                   ///< trustDomains of all caCertificates: Envoy proxies take certificates of these too
  bool registry_only = false;                                  ///< outboundTrafficPolicy.mode REGISTRY_ONLY
  bool auto_mtls = true;                                       ///< enableAutoMtls
  std::optional<HttpRetries> default_retries;                  ///< defaultHttpRetryPolicy
  std::vector<std::string> default_virtual_service_export_to;  ///< empty: `*`
  std::vector<std::string> default_destination_rule_export_to;
};

}  // namespace s2a
