// What two trees decide otherwise, whoever wrote the second. product.md 3
#pragma once

#include <set>
#include <string>
#include <vector>

#include "ir/mesh/mesh_model.h"
#include "ir/plan.h"

namespace s2a {

/// The verdict for one address of a workload, or for one port of a Service with routes.
struct AddressVerdict {
  std::string subject;
  ClientClass client{};
  std::string address;  ///< `Service shop/cart port 80`
  bool http = true;     ///< what the caller speaks
  Verdict verdict{};
};

struct Verification {
  std::vector<Finding> findings;          ///< the worst of each class of client
  std::vector<AddressVerdict> addresses;  ///< every one that was compared
  Diagnostics diagnostics;                ///< one a workload or Service that differs, or a workload that stands on one side only
};

/// Compares every workload of `before`, and every Service with routes, with its counterpart in `after`, which shares its store. Ambient callers and gateways that dial pods are
/// asked about whether the input shows any or not. `unread`: namespaces of which something could not be read; nothing is said of their workloads.
[[nodiscard]] Verification verify(const MeshModel& before, const MeshModel& after, const std::set<std::string, std::less<>>& unread);

}  // namespace s2a
