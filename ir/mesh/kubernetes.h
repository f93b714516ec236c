// Core Kubernetes objects, as far as they decide who serves what: Services, pods and what makes pods.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ir/source/span.h"
#include "ir/value.h"

namespace s2a {

/// Labels, annotations and selectors: key -> value and the value's node, in order of key.
using Labels = std::map<std::string, Spanned<std::string>, std::less<>>;

struct ServicePort {
  Spanned<std::string> name;
  std::uint16_t port = 0;
  std::variant<std::uint16_t, std::string> target_port{std::uint16_t{0}};  ///< the same as `port` where not written; a name is looked up in the pod
  std::string protocol = "TCP";                                            ///< TCP, UDP, SCTP
  std::string app_protocol;                                                ///< appProtocol, empty where not written
  NodeId node = kNoNode;
};

struct Service {
  std::string type;        ///< ClusterIP where not written
  std::string cluster_ip;  ///< `None` makes it headless
  Labels selector;         ///< empty: a Service without a selector
  std::vector<ServicePort> ports;
  Value::Map settings;  ///< what else a Service for a part of the same pods must say too. routing.md 4.2

  [[nodiscard]] bool headless() const { return cluster_ip == "None"; }
  [[nodiscard]] bool external_name() const { return type == "ExternalName"; }
};

struct ContainerPort {
  std::string name;
  std::uint16_t port = 0;
  std::string protocol = "TCP";
};

/// A Pod, or the pod template of a Deployment and its kin. Its node positions are where pod labels can be edited.
struct Workload {
  Labels pod_labels;
  Labels pod_annotations;
  Labels selector;                          ///< `spec.selector.matchLabels`, which never changes; empty for a Pod
  std::vector<std::string> proxy_settings;  ///< what annotation proxy.istio.io/config sets: `tracing`, `proxyMetadata.NAME`; an empty one where it cannot be read
  std::string service_account = "default";
  bool host_network = false;
  std::vector<ContainerPort> ports;
  std::string address;            ///< status.podIP of a Pod that runs
  NodeId pod_metadata = kNoNode;  ///< the map that holds the pod labels, kNoNode where the template has no metadata
  bool has_replicas = true;       ///< false where `replicas: 0` is written
};

/// Read for `15008`, and for who may be at the other end.
struct NetworkPolicy {
  Labels pod_selector;
  NodeId ports = kNoNode;  ///< the first list of ports, of what may come in or go out, that leaves 15008 out
  NodeId peers = kNoNode;  ///< the first `from` or `to` that names anybody
};

/// kustomization.yaml: which files its `namespace:` counts for, and where a new file is listed.
struct Kustomization {
  Spanned<std::string> ns;
  NodeId resources = kNoNode;  ///< the sequence under `resources`, kNoNode where there is none
  std::vector<Spanned<std::string>> resource_paths;
  std::vector<Spanned<std::string>> patch_paths;  ///< patches, patchesStrategicMerge, patchesJson6902: the files named
};

}  // namespace s2a
