// The public repositories of shared/corpus, planned: what becomes of every AuthorizationPolicy and VirtualService, whether that can be applied, and whether anything is left to do.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/support/corpus_fates.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {

/// Files or folders, each a mesh of its own, below one root.
struct CorpusMeshes {
  std::filesystem::path root;
  std::vector<std::filesystem::path> paths;
};

struct CorpusTally {
  std::size_t meshes = 0;
  std::map<Kind, FateTally> kinds;
  std::size_t written = 0;              ///< files
  std::vector<std::string> rejected;    ///< what an API server takes no longer
  std::vector<std::string> unfinished;  ///< meshes whose result asks for a change once more
};

/// Every repository; empty without shared/corpus.
[[nodiscard]] CorpusMeshes corpus_repositories();
/// Every file that holds a policy or a VirtualService, and every folder with such a file: repositories of samples hold many meshes.
[[nodiscard]] CorpusMeshes corpus_files();
[[nodiscard]] CorpusMeshes corpus_folders();
/// Every VirtualService of the mesh with all that its file holds but other VirtualServices: samples have many for one host. Delegates stay where it includes any. Written into the
/// tree.
[[nodiscard]] CorpusMeshes corpus_virtual_services(const TempTree& tree);

[[nodiscard]] CorpusTally plan_corpus(const CorpusMeshes& meshes);
/// A table of each kind that is there.
[[nodiscard]] std::string to_string(const CorpusTally& tally);

}  // namespace s2a::test
