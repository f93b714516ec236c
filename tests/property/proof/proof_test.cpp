// The prover on random ways of a request, against every request of small alphabets and against random ones.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/property/proof/random_paths.h"
#include "tests/property/proof/trial.h"
#include "tests/support/files.h"

namespace s2a::test::proof_test {

constexpr int kDraws = 30;

Trial random_trial(std::mt19937& random) {
  Trial out{.attributes = random_attributes(random), .before = {}, .after = {}, .callers = {}, .plain = {}};
  out.before = random_path_of_hops(random, out.attributes);
  out.after = random() % 3 == 0 ? random_path_of_hops(random, out.attributes) : changed(random, out.before, out.attributes);
  out.callers = {.identified = random() % 8 != 0, .http = random() % 8 != 0, .trust_domain = "td", .host = "host", .outside = {}};
  if (random() % 3 == 0) out.callers.outside = {"spiffe://td/ns/a/sa/a"};
  if (random() % 2 == 0)
    out.callers.known = std::make_shared<const std::set<std::string>>(std::set<std::string>{"spiffe://td/ns/a/sa/a", "spiffe://td/ns/a/sa/b", "spiffe://td/ns/b/sa/a"});
  out.plain = plain_request(out.callers);
  if (!out.callers.identified) out.attributes.erase(Attribute::Identity);
  return out;
}

TEST(Proof, AgreesWithEveryRequest) {
  const auto seed = number_from("S2A_SEED", 20261124);
  const auto pairs = number_from("S2A_PROOF_PAIRS", 3'000);
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  std::map<Verdict, std::size_t> tally;
  for (std::size_t n = 0; n < pairs; ++n) {
    const auto trial = random_trial(random);
    const auto comparison = compare(trial.before, trial.after, trial.callers);
    ASSERT_NO_FATAL_FAILURE(check(trial, comparison, random, kDraws));
    ++tally[comparison.verdict];
  }
  fmt::print("seed {}, {} pairs: {} equal, {} narrower, {} wider; {} random requests to equal ones\n", seed, pairs, tally[Verdict::Equal], tally[Verdict::Narrower],
             tally[Verdict::Wider], kDraws * tally[Verdict::Equal]);
}

}  // namespace s2a::test::proof_test
