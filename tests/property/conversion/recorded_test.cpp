// Routes decide as the VirtualService did from which they were made, on every recorded case of a client's sidecar.
#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "tests/property/conversion/alike.h"
#include "tests/support/files.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// Whether requests were sent, about a Service, and the objects are good.
bool comparable(const Json& recorded) {
  const auto service = recorded.value("service", Json());
  const bool good = recorded.value("rejected", Json()).is_null() && recorded.value("nack", Json()).is_null();
  return good && recorded.value("point", "") == "client-sidecar" && recorded.contains("requests") && service.is_string() &&
         service.get<std::string>().find('/') != std::string::npos;
}

TEST(Conversion, DecidesTheRecordedCasesAlike) {
  Tally tally;
  const auto directory = shared_files() / "vectors/routing";
  if (!std::filesystem::exists(directory)) GTEST_SKIP() << "no vectors in " << shared_files();
  std::set<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(directory)) files.insert(file.path());
  for (const auto& file : files) {
    const auto parsed = Json::parse(bytes_of(file));
    for (const auto& recorded : parsed.at("cases"))
      if (comparable(recorded)) check_alike(recorded, recorded.at("requests"), tally);
  }
  std::cout << to_string(tally);
  EXPECT_EQ(tally.differences, 0);
  EXPECT_GT(tally.requests, 500);
}

}  // namespace
}  // namespace s2a::test
