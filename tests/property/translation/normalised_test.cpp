// The passes that write policies otherwise without a mesh to move to: what sidecars decide stays as it was. authorization.md 8.4, F7
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "cli/engine.h"
#include "ir/passes/passes.h"
#include "ir/passes/survey.h"
#include "tests/property/translation/requests.h"
#include "tests/property/translation/worlds.h"
#include "tests/support/files.h"
#include "tests/support/pairs.h"
#include "tests/support/recorded.h"
#include "tests/support/temp_tree.h"

namespace s2a::test::normalised_test {

constexpr int kRequestsToAWorld = 80;

/// The world's text behind these passes; the same text where they have nothing to do.
std::string normalised(const std::string& text) {
  const TempTree disk{{"mesh.yaml", text}};
  const auto input = read_input({disk.at("mesh.yaml")}, {});
  Rewrites rewrites(input.reading, input.mesh);
  const auto rewriter = rewrites.rewriter();
  const auto who = survey(input.mesh, {}, {});
  rewriter.reset();
  const auto* now = &input.mesh;
  Plan plan;
  const PassOptions options;
  for (const auto pass : {drop_empty_selectors, normalise_mtls}) {
    const auto first = plan.actions.size();
    PassContext ctx{.before = input.mesh, .now = *now, .options = options, .survey = who, .plan = plan};
    pass(ctx);
    Rewriter::Units refused;
    const std::span added(plan.actions.begin() + static_cast<std::ptrdiff_t>(first), plan.actions.end());
    if (!added.empty()) now = rewriter.apply(added, refused, plan.diagnostics);
    if (now == nullptr) {
      ADD_FAILURE() << plan.diagnostics.all().front().message << '\n' << text;
      return text;
    }
  }
  const auto changes = rewrites.changes();
  return changes.empty() ? text : changes.front().text;
}

TEST(NormalisedPolicies, DecideAsTheRawOnesAtSidecars) {
  const auto wanted = number_from("S2A_RANDOM_REQUESTS", 24'000);
  Random random(number_from("S2A_SEED", 20261124));
  std::size_t asked = 0;
  std::size_t changed = 0;
  for (std::size_t worlds = 0; asked < wanted && !HasFailure(); ++worlds) {
    const auto world = random_world(random);
    const auto raw = world.text();
    const auto now = normalised(raw);
    if (now == raw) continue;
    ++changed;
    const RecordedMesh before(raw, world.mesh_config);
    const RecordedMesh after(now, world.mesh_config);
    for (int n = 0; n < kRequestsToAWorld; ++n, ++asked) {
      const auto request = random_request(random, *before);
      const auto was = decide(before, request, Side::Before);
      const auto is = decide(after, request, Side::Before);
      ASSERT_EQ(was.has_value(), is.has_value()) << request << '\n' << raw;
      ASSERT_TRUE(!was || was->outcome == is->outcome) << request << '\n' << raw << "\n=== normalised ===\n" << now;
    }
  }
  fmt::print("{} worlds changed, {} requests\n", changed, asked);
}

}  // namespace s2a::test::normalised_test
