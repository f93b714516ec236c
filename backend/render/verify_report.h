// What `s2a verify` has to show.
#pragma once

#include <memory>
#include <string>

#include "ir/mesh/store.h"
#include "ir/verification.h"

namespace s2a {

struct VerifyReport {
  std::string before;  ///< the PATHs
  std::string after;
  std::unique_ptr<const Store> store;  ///< of both
  std::size_t files = 0;               ///< that were read
  Verification verification;           ///< its diagnostics include those of reading
  bool brief = false;                  ///< text: errors and the sum
};

}  // namespace s2a
