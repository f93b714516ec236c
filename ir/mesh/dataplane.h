// Who handles a pod's traffic, by Istio's rules for injection and for ambient mode. authorization.md 7, last paragraph
#pragma once

#include <string>

#include "ir/mesh/mesh_model.h"

namespace s2a {

struct DataplaneChoice {
  Dataplane dataplane{};
  std::string reason;     ///< in words
  bool presumed = false;  ///< for want of a Namespace manifest
};

/// `manifest`: the pod's Namespace, nullptr where the input has none; `host_network`: from the pod's spec; `behind_gateway`: an Istio Gateway's selector picks it.
[[nodiscard]] DataplaneChoice choose_dataplane(const MeshWorkload& pod, const Resource* manifest, bool host_network, bool behind_gateway);

}  // namespace s2a
