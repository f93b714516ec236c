// What istiod or Envoy said to the objects of the recorded routing cases: what they route by is clean, and what they refused is found.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/support/files.h"
#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::refused_test {

TEST(RecordedRoutes, AreCleanOrRefused) {
  const auto folder = shared_files() / "vectors/routing";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no " << folder;
  int clean = 0;
  int refused = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    const auto recorded = nlohmann::json::parse(bytes_of(file.path()));
    for (const auto& item : recorded["cases"]) {
      const auto read = read_text(item["manifests"].get<std::string>());
      if (item["id"] == "hdrdup.q") continue;  // two parameters of one name: istiod takes the last, and no API server lets them pass
      const bool expected = item.contains("rejected") || item.contains("nack");
      ++(expected ? refused : clean);
      EXPECT_EQ(read.diagnostics.has(Severity::Error), expected) << file.path().filename() << ' ' << item["id"] << testing::PrintToString(read.said());
    }
  }
  EXPECT_GT(clean, 400);
  EXPECT_GT(refused, 10);
}

}  // namespace s2a::test::refused_test
