// The prover on pairs of meshes: every address of a pod, and what becomes of the verdict when one field of one policy changes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>

#include "ir/proof/both_sides.h"
#include "tests/property/proof/random_paths.h"
#include "tests/property/proof/random_worlds.h"
#include "tests/property/proof/trial.h"
#include "tests/support/files.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test::worlds_test {

constexpr int kDraws = 5;
constexpr std::array kClients = {ClientClass::AmbientToService, ClientClass::AmbientToPod, ClientClass::Sidecar, ClientClass::Ingress, ClientClass::Plaintext};

/// What the engines decide on both sides of one question, without a word of the prover's.
Trial trial_of(const MeshModel& before, const MeshModel& after, const Question& question, bool waypoint) {
  auto by_sidecar = question;
  if (question.client == ClientClass::AmbientToService || question.client == ClientClass::AmbientToPod) by_sidecar.client = ClientClass::Sidecar;
  Trial out{.attributes = {},
            .before = *enforcement(before, by_sidecar),
            .after = *enforcement(after, question),
            .callers = {.identified = question.client != ClientClass::Plaintext, .http = question.http, .trust_domain = "td", .host = "a.a", .outside = {}},
            .plain = {}};
  if (waypoint) out.callers.outside = {"spiffe://td/ns/a/sa/b"};
  out.plain = plain_request(out.callers);
  for (const auto* path : {&out.before, &out.after})
    for (const auto& literal : literals_of(*path))
      if (out.callers.identified || literal.attribute.kind != Attribute::Identity) out.attributes.insert(literal.attribute);
  return out;
}

/// The verdicts for every address, each of them checked.
std::vector<Verdict> verdicts(const World& before, const World& after, ClientClass client, std::mt19937& random) {
  Store store;
  Diagnostics told;
  const auto was = MeshModel::build(store, read_yaml(store, before.yaml(), "before.yaml", told), {});
  const auto is = was.rebuilt(read_yaml(store, after.yaml(), "after.yaml", told));
  EXPECT_TRUE(told.all().empty()) << told.all().front().message << "\n" << before.yaml() << after.yaml();
  std::vector<Verdict> out;
  BothSides sides(was, is, {.any_caller = true});
  for (const auto& [question, address, labels, comparison] : sides.compare_all(was.workloads().front().id, client)) {
    const auto trial = trial_of(was, is, question, before.waypoint || after.waypoint);
    check(trial, *comparison, random, kDraws);
    if (::testing::Test::HasFatalFailure()) return out;
    out.push_back(comparison->verdict);
  }
  return out;
}

TEST(Proof, AgreesWithEveryRequestInWorlds) {
  const auto seed = number_from("S2A_SEED", 20261130);
  const auto worlds = number_from("S2A_PROOF_WORLDS", 500);
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  std::map<Verdict, std::size_t> tally;
  std::size_t changed_verdicts = 0;
  for (std::size_t n = 0; n < worlds; ++n) {
    const auto before = random_world(random);
    const auto after = migrated(random, before);
    const auto mutant = mutated(random, after);
    const auto client = kClients.at(random() % kClients.size());
    SCOPED_TRACE(fmt::format("pair {} for {}\n{}\n=== after\n{}\n=== mutant\n{}", n, to_string(client), before.yaml(), after.yaml(), mutant.yaml()));
    const auto of_pair = verdicts(before, after, client, random);
    const auto of_mutant = verdicts(before, mutant, client, random);  // checked as well: the verdict changes when and only when enumeration does
    if (HasFatalFailure()) return;
    for (const auto* found : {&of_pair, &of_mutant})
      for (const auto verdict : *found) ++tally[verdict];
    changed_verdicts += of_pair != of_mutant ? 1 : 0;
  }
  EXPECT_GT(changed_verdicts, worlds / 50);
  fmt::print("seed {}, {} pairs of worlds, each with a mutant that changed {} of the verdicts: {} equal, {} narrower, {} wider addresses\n", seed, worlds, changed_verdicts,
             tally[Verdict::Equal], tally[Verdict::Narrower], tally[Verdict::Wider]);
}

}  // namespace s2a::test::worlds_test
