// What stands below `command`, `args` and `env`: a placeholder there may be the shell's or Kubernetes' own.
#pragma once

#include <vector>

#include "ir/source/document.h"

namespace s2a {

class ShellValues {
 public:
  explicit ShellValues(const Document& document);
  [[nodiscard]] bool hold(const Node& node) const;

 private:
  const Document& document_;
  std::vector<bool> values_;  ///< of the fields, by node
};

}  // namespace s2a
