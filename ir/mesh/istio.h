// Istio's other resources, as far as it must be known that and where they decide.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

struct JwtRule {
  std::string issuer;
  std::vector<std::string> space_delimited_claims;
  std::string text;  ///< all that is written: two rules of one issuer with other texts may take other tokens
};

struct RequestAuthentication {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;
  std::vector<JwtRule> jwt_rules;
};

enum class MtlsMode : std::uint8_t { Unset, Disable, Permissive, Strict };

struct PeerAuthentication {
  std::optional<Selector> selector;
  Spanned<MtlsMode> mode;
  std::map<std::uint16_t, MtlsMode> port_modes;
};

/// An endpoint that a ServiceEntry names itself.
struct EntryEndpoint {
  std::string address;
  Labels labels;
};

struct ServiceEntry {
  std::vector<Spanned<std::string>> hosts;
  std::optional<Labels> workload_selector;
  std::string location;
  std::string resolution;  ///< STATIC, DNS ...; empty: NONE
  std::vector<ServicePort> ports;
  std::vector<EntryEndpoint> endpoints;
  std::vector<std::string> addresses;  ///< that stand for it: single ones, or ranges
  std::vector<std::string> export_to;
};

struct WorkloadEntry {
  Labels labels;
  std::string service_account;
};

struct IngressListener {
  std::uint16_t port = 0;
  std::string protocol;  ///< as written: HTTP, TCP ...
};

struct Sidecar {
  std::optional<Labels> workload_selector;
  NodeId ingress = kNoNode;  ///< the sequence, when it has items
  std::vector<IngressListener> listeners;
  NodeId egress = kNoNode;
  Spanned<std::string> outbound_mode;  ///< outboundTrafficPolicy.mode
};

/// One patch of an EnvoyFilter, as far as it tells what of a proxy it touches. Names of fields are as protobuf has them: `access_log`, also where `accessLog` is written.
struct EnvoyPatch {
  Spanned<std::string> apply_to;             ///< HTTP_FILTER, CLUSTER ...
  std::string context;                       ///< GATEWAY, SIDECAR_INBOUND ...; empty: any
  std::string operation;                     ///< MERGE, ADD ...
  Spanned<std::string> filter;               ///< the name of the filter that `match` leads to
  Spanned<std::string> added;                ///< the type of the filter in `value`, without `type.googleapis.com/`; its name where it has no settings
  std::vector<Spanned<std::string>> fields;  ///< what `value` sets: `access_log`, `route.timeout`
};

struct EnvoyFilter {
  std::optional<Labels> workload_selector;
  std::vector<TargetRef> target_refs;
  std::vector<EnvoyPatch> patches;
};

struct ProxyConfig {
  std::optional<Selector> selector;
  Labels environment;
};

/// Istio's own Gateway: which gateway pods it configures.
struct IstioGateway {
  Labels selector;
};

struct Telemetry {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;
};

enum class ExtensionPhase : std::uint8_t { Unspecified, Authn, Authz, Stats };

/// Of which connections an extension gets to see something.
struct ExtensionMatch {
  bool inbound = true;
  std::vector<std::uint16_t> ports;  ///< empty: all
  NodeId node = kNoNode;
};

/// A WasmPlugin or a TrafficExtension: what runs, where among the filters of a proxy, and on what.
struct Extension {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;
  ExtensionPhase phase = ExtensionPhase::Unspecified;
  bool network = false;               ///< type NETWORK: before HTTP is read
  std::vector<ExtensionMatch> match;  ///< one must hold; empty: everything
  std::string program;                ///< the code and its settings as text: two that have the same answer alike
  std::string image_pull_secret;      ///< the name of a Secret of its own namespace
  NodeId local_file = kNoNode;        ///< a `url` that names a file beside the proxy
  NodeId host_environment = kNoNode;  ///< the first variable that it takes from the proxy's environment

  /// Whether it may authenticate or authorize: also what names no phase.
  [[nodiscard]] bool decides() const { return phase != ExtensionPhase::Stats; }
  /// Whether it may refuse requests that come in. authorization.md 7
  [[nodiscard]] bool may_refuse() const;
  /// Whether it sees what comes in at this port.
  [[nodiscard]] bool sees(std::uint16_t port) const;
  /// Whether a waypoint that it targets runs it for all of HTTP: not what looks at outgoing traffic only, or is bound to ports. 7
  [[nodiscard]] bool runs_at_waypoints() const;
  /// Whether it is worth a waypoint that it runs at: one that only counts is not.
  [[nodiscard]] bool asks_for_waypoint() const { return runs_at_waypoints() && phase != ExtensionPhase::Stats; }
};

}  // namespace s2a
