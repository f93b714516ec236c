// `./dev corpus`: what becomes of the policies of public repositories: each repository as one mesh, each folder with a policy, each file with one.
// Exit 1 where something that is written would not be taken by an API server, or is not finished.
#include "tests/support/corpus.h"

#include <fmt/format.h>

#include "tests/support/admission.h"
#include "tests/support/files.h"

int main() {
  using namespace s2a::test;
  const auto repositories = corpus_repositories();
  if (repositories.empty()) fmt::print(stderr, "there is no corpus in {}: set S2A_SHARED\n", shared_files().string());
  if (!has_checker()) fmt::print(stderr, "S2A_ADMIT names no checker: no API server is asked\n");
  bool good = !repositories.empty();
  for (const auto& [title, paths] : {std::pair("every repository as one mesh", repositories), std::pair("every folder with a policy as one mesh", corpus_policy_folders()),
                                     std::pair("every file with a policy as one mesh", corpus_policy_files())}) {
    const auto tally = plan_corpus(paths);
    fmt::print("{}: {}\n", title, to_string(tally));
    good = good && tally.rejected.empty() && tally.unfinished.empty();
  }
  return good ? 0 : 1;
}
