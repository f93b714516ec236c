// The prover against every request of small alphabets, and against random ones.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "ir/proof/compare.h"
#include "tests/property/proof/random_paths.h"
#include "tests/property/proof/raw_request.h"
#include "tests/support/files.h"

namespace s2a::test {
namespace {

struct Trial {
  std::set<Attribute> attributes;
  Path before;
  Path after;
  Callers callers;
  RawRequest plain;

  [[nodiscard]] std::string text() const {
    return fmt::format("{}, {}\nbefore {}\nafter {}", callers.identified ? "identified" : "plaintext", callers.http ? "HTTP" : "TCP", in_words(before), in_words(after));
  }
};

Trial random_trial(std::mt19937& random) {
  Trial out{.attributes = random_attributes(random), .before = {}, .after = {}, .callers = {}, .plain = {}};
  out.before = random_path_of_hops(random, out.attributes);
  out.after = random() % 3 == 0 ? random_path_of_hops(random, out.attributes) : changed(random, out.before, out.attributes);
  out.callers = {.identified = random() % 8 != 0, .http = random() % 8 != 0, .trust_domain = "td", .host = "host", .outside = {}};
  if (random() % 3 == 0) out.callers.outside = {"spiffe://td/ns/a/sa/a"};
  for (const auto kind : {Attribute::PeerAddress, Attribute::WaypointAddress, Attribute::PodAddress, Attribute::ServiceAddress}) out.plain.connection[kind] = "192.0.2.7";
  out.plain.connection[Attribute::Port] = "1";
  if (out.callers.identified) out.plain.connection[Attribute::Identity] = "spiffe://td/ns/x/sa/x";
  out.plain.http = out.callers.http;
  out.plain.message = {.method = "GET", .host = "host", .target = "/", .headers = {}};
  if (!out.callers.identified) out.attributes.erase(Attribute::Identity);
  return out;
}

std::string all_of(const Request& request) {
  std::string out;
  for (const auto& [attribute, values] : request)
    for (const auto& value : values) out += fmt::format("{} `{}`; ", to_string(attribute), value);
  return out;
}

Verdict by_enumeration(const Trial& trial) {
  auto literals = literals_of(trial.before);
  const auto more = literals_of(trial.after);
  literals.insert(literals.end(), more.begin(), more.end());
  auto out = Verdict::Equal;
  for (const auto& request : all_requests(trial.plain, trial.attributes, literals, trial.callers.outside)) {
    const bool was = evaluate(trial.before, request).allowed();
    const bool is = evaluate(trial.after, request).allowed();
    if (was != is) out = std::max(out, is ? Verdict::Wider : Verdict::Narrower);
  }
  return out;
}

/// Somebody can send this request, and it is decided as the comparison says.
void confirm(const Trial& trial, const Comparison& comparison) {
  const auto& [request, before, after] = *comparison.difference;
  ASSERT_NE(before.allowed(), after.allowed());
  ASSERT_EQ(after.allowed(), comparison.verdict == Verdict::Wider);
  const auto raw = sent_as(request);
  auto sent = request_of(*raw);
  for (const auto& [attribute, value] : trial.plain.connection) sent.try_emplace(attribute, AttributeValues{value});
  ASSERT_EQ(evaluate(trial.before, sent).allowed(), before.allowed()) << all_of(request);
  ASSERT_EQ(evaluate(trial.after, sent).allowed(), after.allowed()) << all_of(request);
  for (const auto& attribute : trial.attributes) {
    const auto found = request.find(attribute);
    if (found == request.end()) continue;
    ASSERT_EQ(std::set(found->second.begin(), found->second.end()), std::set(sent[attribute].begin(), sent[attribute].end())) << to_string(attribute) << " of " << all_of(request);
  }
}

TEST(Proof, AgreesWithEveryRequest) {
  const auto seed = number_from("S2A_SEED", 20261124);
  const auto pairs = number_from("S2A_PROOF_PAIRS", 3'000);
  std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
  std::map<Verdict, std::size_t> tally;
  std::size_t drawn = 0;
  for (std::size_t n = 0; n < pairs; ++n) {
    const auto trial = random_trial(random);
    const auto comparison = compare(trial.before, trial.after, trial.callers);
    ASSERT_EQ(to_string(comparison.verdict), to_string(by_enumeration(trial))) << comparison.unknown << "\n"
                                                                               << trial.text() << (comparison.difference ? all_of(comparison.difference->request) : "");
    ++tally[comparison.verdict];
    if (comparison.difference) {
      ASSERT_NO_FATAL_FAILURE(confirm(trial, comparison)) << trial.text();
    }
    for (int i = 0; comparison.verdict == Verdict::Equal && i < 30; ++i, ++drawn) {
      const auto request = random_request(random, trial.plain, trial.attributes, trial.callers.outside);
      ASSERT_EQ(evaluate(trial.before, request).allowed(), evaluate(trial.after, request).allowed()) << all_of(request) << "\n" << trial.text();
    }
  }
  fmt::print("seed {}, {} pairs: {} equal, {} narrower, {} wider; {} random requests to equal ones\n", seed, pairs, tally[Verdict::Equal], tally[Verdict::Narrower],
             tally[Verdict::Wider], drawn);
}

}  // namespace
}  // namespace s2a::test
