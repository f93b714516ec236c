// One request as a person describes it, and what a mesh makes of its ends: who calls, and what is called. product.md 3
#pragma once

#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>

#include "ir/authz/message.h"
#include "ir/mesh/mesh_model.h"

namespace s2a {

/// How the caller takes part in the mesh.
enum class CallerKind : std::uint8_t { Ambient, Sidecar, Ingress, Plaintext };

struct Inquiry {
  std::string from;                  ///< `spiffe://...`, `shop/web` (namespace and service account), `Deployment shop/web` or `plaintext`
  std::optional<CallerKind> client;  ///< nothing: what the mesh says of the caller
  std::string to;                    ///< HOST:PORT, see find_callee
  std::string default_namespace;     ///< of short host names, where the caller has no namespace
  std::string address;               ///< the caller's; empty: the manifest's
  std::optional<Message> message;    ///< nothing: bytes that are not HTTP. Without a host, the one that was dialled
  std::optional<Token> token;
  std::set<std::string, std::less<>> refused_by;  ///< external authorizers and extensions that do not let it pass; all others do
};

/// What in an inquiry cannot be understood, in one line, and a hint.
struct Unclear {
  std::string message;
  std::string help;
};

struct Caller {
  CallerKind kind{};
  std::string identity;  ///< SPIFFE URI; empty: none
  std::string ns;
  std::string address;
  Labels labels{};  ///< of its pods, by which routes may tell clients apart
};

/// What is dialled: a Service, a ServiceEntry, or else a pod.
struct Callee {
  std::optional<ServiceId> service;
  std::optional<ResourceId> entry;
  std::string entry_host;  ///< which of its hosts
  WorkloadId pod{};
  std::uint16_t port = 0;
  std::string host;   ///< what a client would write into the request
  std::string words;  ///< `Service shop/cart port 80`
};

/// The caller's kind follows from the pods that run as it, then from its namespace, then from the mesh.
[[nodiscard]] tl::expected<Caller, Unclear> find_caller(const MeshModel& mesh, const Inquiry& inquiry);

/// `reviews.shop:9080`, `reviews:9080` from a caller of the same namespace, `reviews.shop.svc.cluster.local:9080`, `shop/reviews:9080`, the host of a ServiceEntry, an address of a
/// pod or a Service, `pod:reviews-v1.shop:9080`. The port may be left out where the Service has one only.
[[nodiscard]] tl::expected<Callee, Unclear> find_callee(const MeshModel& mesh, const Inquiry& inquiry, const Caller& caller);

[[nodiscard]] std::string_view to_string(CallerKind kind);

}  // namespace s2a
