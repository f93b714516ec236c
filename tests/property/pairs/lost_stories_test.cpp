// Every request of stories.json that sidecars allowed and our mesh denies: the paragraph of authorization.md 9 that makes it inexpressible, found by reading each.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/support/files.h"
#include "tests/support/translated_pairs.h"

namespace s2a::test::lost_stories_test {

struct LostStory {
  std::string_view story;
  std::string_view client;
  std::string_view paragraph;
  std::string_view why;
};

constexpr std::array kLost = {
    LostStory{"bookinfo", "ambient", "9.1", "ALLOW by method, and the pod is called by its address"},
    LostStory{"bookinfo", "plaintext", "9.2", "ALLOW by method alone, and the caller is outside the mesh"},
    LostStory{"bookinfo", "sidecar", "9.1", "ALLOW by method, and a caller with a sidecar meets no waypoint"},
    LostStory{"payments", "ambient", "9.1", "ALLOW by path, and the pod is called by its address"},
    LostStory{"payments", "sidecar", "9.1", "ALLOW by path, and a caller with a sidecar meets no waypoint"},
    LostStory{"metrics", "ambient", "9.1", "ALLOW by path, and the pod is called by its address"},
    LostStory{"metrics", "plaintext", "9.2", "ALLOW by path alone, and the caller is outside the mesh"},
    LostStory{"token-gate", "ambient", "9.1", "tokens, and the pod is called by its address"},
    LostStory{"token-gate", "plaintext", "9.1", "tokens, and the caller is outside the mesh"},
    LostStory{"ingress-admin", "ambient", "9.1", "DENY by path, and the pod is called by its address"},
    LostStory{"ingress-admin", "plaintext", "9.1", "DENY by path, and the caller is outside the mesh"},
    LostStory{"ingress-admin", "sidecar", "9.1", "DENY by path, and a caller with a sidecar meets no waypoint"},
    LostStory{"two-services", "ambient", "9.1", "ALLOW by method on this port, and the pod is called by its address"},
    LostStory{"two-services", "plaintext", "9.2", "ALLOW by method alone on this port, and the caller is outside the mesh"},
    LostStory{"two-services", "sidecar", "9.1", "ALLOW by method on this port, and a caller with a sidecar meets no waypoint"},
    LostStory{"external", "ambient", "9.1", "CUSTOM, and the pod is called by its address"},
    LostStory{"external", "plaintext", "9.1", "CUSTOM, and the caller is outside the mesh"},
    LostStory{"external", "sidecar", "9.1", "CUSTOM, and a caller with a sidecar meets no waypoint"},
    LostStory{"trust-domain", "ambient", "9.8", "the caller's certificate is of an alias, which ztunnel's TLS refuses; nothing in the namespace needs a waypoint"},
    LostStory{"canary", "ambient", "9.3", "DENY for some pods of the Service, and the waypoint cannot know which of them is chosen"},
    LostStory{"grpc", "ambient", "9.1", "ALLOW by path, and the pod is called by its address"},
    LostStory{"grpc", "sidecar", "9.1", "ALLOW by path, and a caller with a sidecar meets no waypoint"},
    LostStory{"shared-waypoint", "ambient", "9.1", "ALLOW by host, and the pod is called by its address"},
    LostStory{"shared-waypoint", "sidecar", "9.1", "ALLOW by host, and a caller with a sidecar meets no waypoint"},
    LostStory{"mesh-deny", "ambient", "9.1", "DENY by path, and the pod is called by its address"},
    LostStory{"mesh-deny", "plaintext", "9.1", "DENY by path, and the caller is outside the mesh"},
    LostStory{"mesh-deny", "sidecar", "9.1", "DENY by path, and a caller with a sidecar meets no waypoint"},
};

TEST(LostStories, EachIsInexpressible) {
  const auto files = read_pairs(shared_files() / "vectors/authz-pairs/stories.json");
  if (files.empty()) GTEST_SKIP() << "no recorded pairs in " << shared_files();
  std::array<int, kLost.size()> met{};
  const auto tally = translate_pairs(files).front();
  for (const auto& [tree, lost] : tally.trees) {
    EXPECT_EQ(lost.refused, 0) << lost.about;
    for (const auto& [request, elsewhere] : lost.requests) {
      const auto row = std::ranges::find_if(kLost, [&, &trees_lost = lost, &sent = request](const LostStory& l) {
        return trees_lost.cases.begin()->starts_with(fmt::format("{}-", l.story)) && sent.starts_with(fmt::format("{} ", l.client));
      });
      ASSERT_NE(row, kLost.end()) << lost.about << ": " << request;
      ++met.at(static_cast<std::size_t>(row - kLost.begin()));
      fmt::print("{:<4} {}: {}\n       {}\n", row->paragraph, row->story, row->why, request);
    }
  }
  for (std::size_t i = 0; i < kLost.size(); ++i) EXPECT_GT(met.at(i), 0) << kLost.at(i).story << ", " << kLost.at(i).client << " is not lost any more";
}

}  // namespace s2a::test::lost_stories_test
