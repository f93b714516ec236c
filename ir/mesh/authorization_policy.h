// security.istio.io AuthorizationPolicy, as written. authorization.md 1, 2.3
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ir/mesh/kubernetes.h"
#include "ir/pattern/condition_key.h"

namespace s2a {

/// `selector`: absent, or a map that may be empty. Absent and empty differ at ztunnel (authorization.md F7).
struct Selector {
  NodeId node = kNoNode;               ///< the selector's own map
  std::optional<Labels> match_labels;  ///< nullopt: `selector: {}`
  NodeId key = kNoNode;                ///< the key `selector` in spec

  /// Whether it picks pods with these labels; an empty one picks all.
  [[nodiscard]] bool empty() const { return !match_labels || match_labels->empty(); }
};

struct TargetRef {
  Spanned<std::string> group;
  Spanned<std::string> kind;
  Spanned<std::string> name;
  std::string ns;
  NodeId node = kNoNode;
};

/// A field of a source or an operation, or a condition: any of `values`, none of `not_values`. Nothing written = no constraint; so is an empty list, which reads as not written.
struct Match {
  std::vector<Spanned<std::string>> values;
  std::vector<Spanned<std::string>> not_values;
  NodeId values_node = kNoNode;  ///< the sequence
  NodeId not_values_node = kNoNode;

  [[nodiscard]] bool written() const { return values_node != kNoNode || not_values_node != kNoNode; }
};

struct Source {
  Match principals, request_principals, namespaces, service_accounts, trust_domains, ip_blocks, remote_ip_blocks;
  NodeId node = kNoNode;
};

struct Operation {
  Match hosts, ports, methods, paths;
  NodeId node = kNoNode;
};

struct Condition {
  Spanned<std::string> key;             ///< `source.principal`, `request.headers[x-id]` ...; its grammar is frontend/grammar
  std::optional<ConditionKey> reads{};  ///< nothing: no such key, and the policy is refused
  Match match;
  NodeId node = kNoNode;
};

struct Rule {
  std::vector<Source> from;   ///< empty: any source
  std::vector<Operation> to;  ///< empty: any operation
  std::vector<Condition> when;
  NodeId node = kNoNode;
};

enum class AuthorizationAction : std::uint8_t { Allow, Deny, Audit, Custom };

struct AuthorizationPolicy {
  std::optional<Selector> selector;
  std::vector<TargetRef> target_refs;  ///< targetRef counts like a targetRefs of one
  bool has_target_refs = false;        ///< `targetRefs: []` means no target
  AuthorizationAction action = AuthorizationAction::Allow;
  Spanned<std::string> action_text;  ///< as written
  std::string provider;
  std::vector<Rule> rules;      ///< empty: never matches
  NodeId spec_node = kNoNode;   ///< kNoNode where `spec` is not written
  NodeId rules_node = kNoNode;  ///< the sequence; kNoNode where not written
  bool dry_run = false;         ///< annotation istio.io/dry-run, Go's ParseBool (authorization.md 2.6)
};

[[nodiscard]] std::string_view to_string(AuthorizationAction action);

}  // namespace s2a
