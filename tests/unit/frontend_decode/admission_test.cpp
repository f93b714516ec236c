// What a real API server and istiod's webhook said to each of these objects: what they took must be clean, and most of what they refused must be found.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/files.h"
#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::admission_test {

/// The least that must be found of the refused, by kind. Of the others only that what is accepted is clean.
constexpr std::array<std::pair<std::string_view, double>, 10> kFound = {{{"AuthorizationPolicy", 0.95},
                                                                         {"PeerAuthentication", 1.0},
                                                                         {"RequestAuthentication", 0.85},
                                                                         {"VirtualService", 1.0},
                                                                         {"DestinationRule", 1.0},
                                                                         {"HTTPRoute", 0.85},
                                                                         {"GRPCRoute", 1.0},
                                                                         {"TCPRoute", 0.55},
                                                                         {"TLSRoute", 0.6},
                                                                         {"ReferenceGrant", 0.85}}};

TEST(Admission, AcceptedIsCleanAndRefusedIsFound) {
  const auto path = shared_files() / "vectors/admission/cases.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
  struct Count {
    int refused = 0, found = 0, accepted = 0;
  };
  std::map<std::string, Count> counts;
  for (const auto& item : nlohmann::json::parse(bytes_of(path))) {
    const auto read = read_text(item["manifest"].get<std::string>());
    if (read.resources.size() != 1) continue;
    const auto& resource = read.resources.front();
    auto& count = counts[std::string(to_string(resource.kind))];
    if (item["accepted"]) {
      ++count.accepted;
      const bool nothing_checks_it = item["about"].get<std::string>().find("nothing checks it at admission") != std::string::npos;  // Envoy refuses it
      EXPECT_FALSE(read.diagnostics.has(Severity::Warning) && item["about"].get<std::string>().find("never matches") == std::string::npos && !nothing_checks_it)
          << testing::PrintToString(read.said()) << item["id"] << ": " << item["about"] << '\n'
          << item["manifest"].get<std::string>();
      continue;
    }
    if (item["istio"] == "1.24") continue;  // an old release lacks fields of the newest
    ++count.refused;
    count.found += resource.translatable ? 0 : 1;
    const bool counts_here = std::ranges::find(kFound, to_string(resource.kind), &std::pair<std::string_view, double>::first) != kFound.end();
    if (resource.translatable && counts_here) std::cout << "not found: " << item["id"] << ' ' << item["message"] << '\n';
  }
  for (const auto& [kind, count] : counts) std::cout << kind << ": " << count.accepted << " accepted, " << count.found << " of " << count.refused << " refused ones found\n";
  for (const auto& [kind, share] : kFound) EXPECT_GE(counts[std::string(kind)].found, share * counts[std::string(kind)].refused) << kind;
}

}  // namespace s2a::test::admission_test
