// The fields that a policy writes, each as a rule of its own: so that the models can be asked about it alone.
#pragma once

#include <vector>

#include "ir/audit/reason.h"

namespace s2a {

struct RuleField {
  Reason reason;
  Rule alone;  ///< holds for what the field asks for, whatever stands beside it
};

/// Every field with values, in order of place; a field and its negation are two. A condition is one, called as its key.
[[nodiscard]] std::vector<RuleField> fields_of(const Store& store, const Resource& policy);

}  // namespace s2a
