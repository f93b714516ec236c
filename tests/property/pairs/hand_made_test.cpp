// Policies and routes that people migrated by hand (shared/pairs): as the documents show them, and in the mesh that they presume. What differs, and why, found by reading each.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>

#include "cli/run.h"
#include "ir/proof/both_sides.h"
#include "tests/support/files.h"
#include "tests/support/mesh_from_yaml.h"
#include "tests/support/temp_tree.h"

namespace s2a::test::hand_made_test {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Counts {
  int equal = 0, narrower = 0, wider = 0, unknown = 0;
  bool operator==(const Counts&) const = default;
};

struct Judged {
  Counts counts;
  std::string_view said;  ///< in the report; empty: nothing differs
  std::string_view why;
};

struct HandMade {
  std::string_view name;
  Judged alone;
  std::string_view ns;               ///< of the mesh that the document presumes
  bool waypoint = false;             ///< whether it has the namespace's Services behind one
  std::optional<Judged> presumed{};  ///< in that mesh; nothing where routes are what changes
  Verdict routes{};                  ///< for callers of Service reviews
};

// clang-format off
constexpr Judged kNothingInCommon{{}, "no workload, and no Service with routes, is in both trees", "one of the files names no pods and no policy that selects any"};

const std::array kPairs = {
    HandMade{"eitansuez-bookinfo", {{.wider = 3}, "allowed at the sidecar", "the policies that the tool wrote are named in the document and not shown: nothing guards the pods"}, "default", true,
             Judged{{.equal = 3, .wider = 4}, "productpage-authz: no ALLOW rule holds), then allowed at the ztunnel", "reviews never had a policy; the other three lost theirs, and reviews its HTTPRoute"}},
    HandMade{"istio-io-l4-authz-unchanged", {{.equal = 1}, "", "the policy is the same"}, "bookinfo", false,
             Judged{{.equal = 6}, "", "without a waypoint ztunnel sees the callers that the sidecars saw"}},
    HandMade{"istio-io-l4-authz-unchanged", {{.equal = 1}, "", "the policy is the same"}, "bookinfo", true,
             Judged{{.equal = 3, .narrower = 3}, "ambient via Service, narrower", "behind a waypoint it is the waypoint that ztunnel sees, and the policy does not name it"}},
    HandMade{"istio-io-l7-authz", {{.wider = 1}, "wider: POST http://reviews.bookinfo/", "no file shows a waypoint that would enforce the targetRefs"}, "bookinfo", true,
             Judged{{.equal = 3, .narrower = 3}, "deny-waypoint-bypass", "GET past the waypoint was allowed, and ztunnel cannot tell it from other methods"}},
    HandMade{"istio-io-virtualservice", {{.equal = 1, .wider = 1}, "then goes to bookinfo/reviews port", "no file shows a waypoint that would follow the route"}, "bookinfo", true, {}, Verdict::Equal},
    HandMade{"sail-operator-authz", kNothingInCommon, "bookinfo", true,
             Judged{{.narrower = 6}, "unknown condition key `source.workload_name`", "istiod knows no such key: the two DENY policies with it refuse everybody, and sidecars had no policy"}},
    HandMade{"sail-operator-virtualservice", {{.equal = 1, .wider = 1}, "then goes to bookinfo/reviews port", "no file shows a waypoint that would follow the route"}, "bookinfo", true, {}, Verdict::Wider},  // the route is attached to a Gateway only: calls in the mesh go to all versions
};
// clang-format on

fs::path pairs() { return shared_files() / "pairs"; }

/// Bookinfo with sidecars, or ambient.
std::string bookinfo(const HandMade& pair, bool ambient) {
  const auto* const labels = !ambient        ? "istio-injection: enabled"
                             : pair.waypoint ? "istio.io/dataplane-mode: ambient, istio.io/use-waypoint: waypoint"
                                             : "istio.io/dataplane-mode: ambient";
  auto out = fmt::format("apiVersion: v1\nkind: Namespace\nmetadata: {{name: {}, labels: {{{}}}}}\n", pair.ns, labels);
  const auto add = [&](std::string_view app, std::string_view version) {
    out += fmt::format(
        "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {0}-{1}, namespace: {2}}}\nspec: {{selector: {{matchLabels: {{app: {0}, version: {1}}}}}, template: "
        "{{metadata: "
        "{{labels: {{app: {0}, version: {1}}}}}, spec: {{serviceAccountName: bookinfo-{0}, containers: [{{name: a, image: a, ports: [{{containerPort: 9080}}]}}]}}}}}}\n",
        app, version, pair.ns);
  };
  for (const auto* app : {"productpage", "details", "ratings", "reviews"}) {
    out += fmt::format("---\napiVersion: v1\nkind: Service\nmetadata: {{name: {0}, namespace: {1}}}\nspec: {{selector: {{app: {0}}}, ports: [{{name: http, port: 9080}}]}}\n", app,
                       pair.ns);
    add(app, "v1");
  }
  for (const auto* version : {"v2", "v3"}) add("reviews", version);
  out += fmt::format(
      "---\napiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {{name: reviews, namespace: {}}}\nspec: {{host: reviews, subsets: [{{name: v1, labels: {{version: "
      "v1}}}}, {{name: v2, labels: {{version: v2}}}}]}}\n",
      pair.ns);
  if (ambient && pair.waypoint && pair.name != "sail-operator-authz")  // it brings its own
    out += fmt::format(
        "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {{name: waypoint, namespace: {}}}\nspec: {{gatewayClassName: istio-waypoint, listeners: [{{name: "
        "mesh, port: 15008, protocol: HBONE}}]}}\n",
        pair.ns);
  return out;
}

std::string verified(const std::string& before, const std::string& after, const HandMade& pair, const std::string& format) {
  std::ostringstream out;
  std::ostringstream err;
  (void)run(std::vector<std::string>{"verify", "-o", format, "--namespace", std::string(pair.ns), before, after}, out, err, {});
  EXPECT_EQ(err.str(), "");
  return out.str();
}

void expect_judged(const std::string& before, const std::string& after, const HandMade& pair, const Judged& wanted) {
  const auto sum = Json::parse(verified(before, after, pair, "json")).at("summary");
  const Counts counts{.equal = sum.at("equal"), .narrower = sum.at("narrower"), .wider = sum.at("wider"), .unknown = sum.at("unknown")};
  auto text = verified(before, after, pair, "text");
  EXPECT_EQ(counts, wanted.counts) << text;
  std::erase(text, '\n');
  std::string words;  // lines are broken at blanks
  for (const char c : text)
    if (c != ' ' || !words.ends_with(' ')) words += c;
  EXPECT_NE(words.find(wanted.said), std::string::npos) << wanted.said << "\n" << text;
  fmt::print("{}: {} equal, {} narrower, {} wider, {} unknown: {}\n", pair.name, counts.equal, counts.narrower, counts.wider, counts.unknown, wanted.why);
}

class HandMadePairs : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(pairs())) GTEST_SKIP() << "there is no " << pairs();
  }
};

TEST_F(HandMadePairs, AreAllHere) {
  std::set<std::string> here;
  for (const auto& entry : fs::directory_iterator(pairs()))
    if (entry.is_directory()) here.insert(entry.path().filename());
  std::set<std::string> judged;
  for (const auto& pair : kPairs) judged.emplace(pair.name);
  EXPECT_EQ(judged, here);
}

TEST_F(HandMadePairs, AreJudgedAsTheyStand) {
  for (const auto& pair : kPairs) {
    const auto folder = pairs() / pair.name;
    expect_judged(folder / "before.yaml", folder / "after.yaml", pair, pair.alone);
  }
}

TEST_F(HandMadePairs, AreJudgedInTheMeshThatTheyPresume) {
  for (const auto& pair : kPairs) {
    if (!pair.presumed) continue;
    const TempTree tree;
    for (const bool after : {false, true}) {
      const std::string side = after ? "after" : "before";
      tree.write(side + "/pair.yaml", bytes_of(pairs() / pair.name / (side + ".yaml")));
      tree.write(side + "/mesh.yaml", bookinfo(pair, after));
    }
    expect_judged(tree.at("before"), tree.at("after"), pair, *pair.presumed);
  }
}

TEST_F(HandMadePairs, RouteAsTheyDid) {
  for (const auto& pair : kPairs) {
    if (pair.presumed) continue;
    Store store;
    Diagnostics told;
    const auto read = [&](bool after) {
      const std::string side = after ? "after" : "before";
      auto text = bytes_of(pairs() / pair.name / (side + ".yaml"));
      if (const std::string bare = "  name: reviews\nspec:"; text.find(bare) != std::string::npos)
        text.replace(text.find(bare), bare.size(), "  name: reviews\n  namespace: bookinfo\nspec:");
      return read_yaml(store, bookinfo(pair, after) + "---\n" + text, side + ".yaml", told);
    };
    const auto before = MeshModel::build(store, read(false), {});
    const auto after = before.rebuilt(read(true));
    BothSides sides(before, after, {.callers_move = true});
    const auto& services = before.services();
    const auto reviews = std::ranges::find(services, "reviews", &MeshService::name);
    auto worst = Verdict::Equal;
    std::size_t compared = 0;
    for (const auto& port : sides.compare_routes(reviews->id, ClientClass::AmbientToService)) {
      const auto& comparison = port.comparison;
      ASSERT_TRUE(comparison) << pair.name;
      ++compared;
      if (comparison->verdict <= worst) continue;
      worst = comparison->verdict;
      fmt::print("{}: {} {}\n", pair.name, to_string(worst), comparison->difference ? sides.witness(port) : comparison->unknown);
    }
    EXPECT_GT(compared, 0U) << pair.name;
    EXPECT_EQ(worst, pair.routes) << pair.name;
  }
}

}  // namespace s2a::test::hand_made_test
