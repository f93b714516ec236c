// The public repositories of shared/corpus, planned: what becomes of every AuthorizationPolicy, and whether what is written can be applied and leaves nothing to do.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace s2a::test {

/// What becomes of an AuthorizationPolicy.
enum class Fate : std::uint8_t { Translated, Kept, Refused, NoSidecar };

/// Why policies stay as they are, in one wording.
struct RefusalTally {
  std::size_t policies = 0;
  std::string example;  ///< the first place
};

struct CorpusTally {
  std::size_t meshes = 0;
  std::size_t in_text = 0;  ///< policies that a search for their kind finds
  std::size_t read = 0;     ///< of these as resources; the others stand in templates, patches and prose
  std::array<std::size_t, 4> fates{};
  std::map<std::string, std::size_t> codes;     ///< refused policies by code: one may have several
  std::map<std::string, RefusalTally> reasons;  ///< the same by code and message, names left out
  std::size_t written = 0;                      ///< files
  std::vector<std::string> rejected;            ///< what an API server takes no longer
  std::vector<std::string> unfinished;          ///< meshes whose result asks for a change once more
};

/// Every repository; empty without shared/corpus.
[[nodiscard]] std::vector<std::filesystem::path> corpus_repositories();
/// Every file that holds an AuthorizationPolicy, and every folder with such a file: repositories of samples hold many meshes.
[[nodiscard]] std::vector<std::filesystem::path> corpus_policy_files();
[[nodiscard]] std::vector<std::filesystem::path> corpus_policy_folders();

/// Each file or folder as a mesh of its own.
[[nodiscard]] CorpusTally plan_corpus(const std::vector<std::filesystem::path>& paths);
/// A table; the ten most frequent reasons, each with an example.
[[nodiscard]] std::string to_string(const CorpusTally& tally);

}  // namespace s2a::test
