// The properties over real files; skipped where the shared corpus is not there.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/property/yaml/properties.h"

namespace s2a::test::corpus_test {

namespace fs = std::filesystem;

constexpr std::array kKinds = {
    RelevantKind{.kind = "AuthorizationPolicy"}, RelevantKind{.kind = "ConfigMap", .needle = "name: istio"},
    RelevantKind{.kind = "Deployment"},          RelevantKind{.kind = "Gateway"},
    RelevantKind{.kind = "Namespace"},           RelevantKind{.kind = "Service"},
    RelevantKind{.kind = "VirtualService"},
};

std::vector<fs::path> corpus() {
  const char* shared = std::getenv("S2A_SHARED");
  const fs::path root = fs::path(shared != nullptr ? shared : S2A_SOURCE_DIR "/../shared") / "corpus/files";
  std::vector<fs::path> out;
  if (!fs::is_directory(root)) return out;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const auto extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".yaml" || extension == ".yml" || extension == ".json")) out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

TEST(Corpus, IsReadAsYamlCppReadsItAndSpansAreExact) {
  const auto paths = corpus();
  if (paths.empty()) GTEST_SKIP() << "no ../shared/corpus/files here";
  std::mt19937 engine(1);
  Counts counts;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    auto file = source({std::istreambuf_iterator<char>(in), {}});
    file.path = path.string();
    const auto parsed = parse(file);
    ++counts.texts;
    counts.documents += parsed.documents.size();
    expect_same_events(file, parsed);
    expect_scan_is_parse(file, parsed, kKinds);
    for (const Document& document : parsed.documents) {
      counts.nodes += document.nodes.size();
      expect_nested(file, document);
      if (document.nodes.size() < 5000) expect_replaceable(file, document, engine, 3, counts);
    }
  }
  std::cout << "seed 1: " << counts.texts << " files, " << counts.documents << " documents, " << counts.nodes << " nodes, " << counts.replaced << " replaced\n";
}

}  // namespace s2a::test::corpus_test
