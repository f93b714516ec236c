// Manifests -> a file -> the checker -> its words.
#include "tests/support/admission.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/files.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {

std::optional<std::string> rejected(const std::string& manifests) {
  const char* checker = std::getenv("S2A_ADMIT");  // NOLINT(concurrency-mt-unsafe)
  if (checker == nullptr) return std::nullopt;
  const TempTree tree;
  tree.write("manifests.yaml", manifests);
  const auto status =
      std::system(fmt::format("'{}' -q '{}' > '{}' 2>&1", checker, tree.at("manifests.yaml"), tree.at("words")).c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  auto words = bytes_of(tree.at("words"));
  if (status != 0 && words.empty()) words = fmt::format("{} could not be run\n", checker);
  return words;
}

}  // namespace s2a::test
