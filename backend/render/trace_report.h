// What `s2a trace` has to show.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "ir/mesh/store.h"
#include "ir/trace/trace.h"

namespace s2a {

struct TraceReport {
  std::unique_ptr<const Store> store;  ///< the files as they are, and as the Plan leaves them
  Trace now;
  std::optional<Trace> planned;                        ///< in the mesh that the Plan leads to; nothing where it changes nothing
  std::map<std::string, std::set<std::string>> stays;  ///< namespaces that stay on sidecars, and the codes that say why
  Diagnostics diagnostics;                             ///< of reading
};

}  // namespace s2a
