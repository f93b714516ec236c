// `./dev corpus`: what becomes of the policies and VirtualServices of public repositories: each repository as one mesh, each folder and each file with one, each VirtualService.
// Exit 1 where something that is written would not be taken by an API server, or is not finished.
#include "tests/support/corpus.h"

#include <fmt/format.h>

#include "tests/support/admission.h"
#include "tests/support/files.h"

int main(int argc, char** argv) {
  const bool listed = argc > 1 && std::string_view(argv[1]) == "--list";
  using namespace s2a::test;
  const auto repositories = corpus_repositories();
  if (repositories.paths.empty()) fmt::print(stderr, "there is no corpus in {}: set S2A_SHARED\n", shared_files().string());
  if (!has_checker()) fmt::print(stderr, "S2A_ADMIT names no checker: no API server is asked\n");
  const TempTree tree;
  bool good = !repositories.paths.empty();
  for (const auto& [title, meshes] :
       {std::pair("every repository as one mesh", repositories), std::pair("every folder with a policy or a VirtualService as one mesh", corpus_folders()),
        std::pair("every file with a policy or a VirtualService as one mesh", corpus_files()),
        std::pair("every VirtualService of the mesh, without the others of its file", corpus_virtual_services(tree))}) {
    const auto tally = plan_corpus(meshes);
    fmt::print("{}: {}\n", title, to_string(tally));
    for (const auto& [kind, fates] : tally.kinds)
      if (listed) fmt::print("{}\n", fmt::join(fates.each, "\n"));
    good = good && tally.rejected.empty() && tally.unfinished.empty();
  }
  return good ? 0 : 1;
}
