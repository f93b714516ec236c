// Routes decide as the VirtualService did from which they were made, on every recorded case of a client's sidecar.
#include <gtest/gtest.h>

#include <iostream>
#include <set>
#include <vector>

#include "tests/property/conversion/alike.h"
#include "tests/support/files.h"

namespace s2a::test::recorded_test {

using Json = nlohmann::json;

/// Whether requests were sent, about a Service, and the objects are good.
bool comparable(const Json& recorded) {
  const auto service = recorded.value("service", Json());
  const bool good = recorded.value("rejected", Json()).is_null() && recorded.value("nack", Json()).is_null();
  return good && recorded.value("point", "") == "client-sidecar" && recorded.contains("requests") && service.is_string() &&
         service.get<std::string>().find('/') != std::string::npos;
}

/// What the files of a folder of the vectors hold under this key, in the order of their names; nothing without the vectors.
std::vector<Json> recorded(const std::string& folder, const std::string& key) {
  std::vector<Json> out;
  const auto directory = shared_files() / "vectors" / folder;
  if (!std::filesystem::exists(directory)) return out;
  std::set<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(directory)) files.insert(file.path());
  for (const auto& file : files) {
    const auto parsed = Json::parse(bytes_of(file));
    if (!parsed.contains(key)) continue;
    const auto& items = parsed.at(key);
    out.insert(out.end(), items.begin(), items.end());
  }
  return out;
}

TEST(Conversion, DecidesTheRecordedCasesAlike) {
  const auto cases = recorded("routing", "cases");
  if (cases.empty()) GTEST_SKIP() << "no vectors in " << shared_files();
  Tally tally;
  for (const auto& one : cases)
    if (comparable(one)) check_alike(one, one.at("requests"), tally);
  std::cout << to_string(tally);
  EXPECT_EQ(tally.differences, 0);
  EXPECT_GT(tally.requests, 500);
}

/// Whatever else somebody made of them.
TEST(Conversion, DecidesTheRecordedPairsAlike) {
  const auto pairs = recorded("routing-pairs", "pairs");
  if (pairs.empty()) GTEST_SKIP() << "no vectors in " << shared_files();
  Tally tally;
  for (auto pair : pairs) {
    pair["manifests"] = pair.at("before");
    pair["point"] = "client-sidecar";
    check_alike(pair, pair.at("requests"), tally);
  }
  std::cout << to_string(tally);
  EXPECT_EQ(tally.differences, 0);
  EXPECT_GT(tally.requests, 150);
}

}  // namespace s2a::test::recorded_test
