// `./dev bench [TOPIC...]`: measures, one line for people and one JSON line a figure; exit 1 where a promise is not kept.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>
#include <vector>

#include "tests/bench/topics.h"

namespace {

struct Topic {
  std::string_view name;
  bool (*measure)();
};

constexpr std::array kTopics{Topic{"reading", s2a::bench::reading}, Topic{"corpus", s2a::bench::proof_of_corpus}, Topic{"meshes", s2a::bench::proof_of_generated_meshes},
                             Topic{"routes", s2a::bench::proof_of_generated_routes}, Topic{"worst", s2a::bench::worst_cases}};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string_view> wanted(argv + 1, argv + argc);
  bool kept = true;
  bool any = false;
  for (const auto& topic : kTopics) {
    if (!wanted.empty() && std::ranges::find(wanted, topic.name) == wanted.end()) continue;
    any = true;
    fmt::print("\n{}\n", topic.name);
    kept &= topic.measure();
  }
  if (!any) fmt::print(stderr, "the topics are reading, corpus, meshes, routes and worst\n");
  return any && kept ? 0 : 1;
}
