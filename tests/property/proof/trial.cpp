// The evaluator alone decides here.
#include "tests/property/proof/trial.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/property/proof/random_paths.h"

namespace s2a::test {
namespace {

std::string all_of(const Request& request) {
  std::string out;
  for (const auto& [attribute, values] : request)
    for (const auto& value : values) out += fmt::format("{} `{}`; ", to_string(attribute), value);
  return out;
}

/// Somebody can send the request, and it is decided as the comparison says.
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

}  // namespace

std::string Trial::text() const {
  return fmt::format("{}, {}\nbefore {}\nafter {}", callers.identified ? "identified" : "plaintext", callers.http ? "HTTP" : "TCP", in_words(before), in_words(after));
}

RawRequest plain_request(const Callers& callers) {
  RawRequest out;
  for (const auto kind : {Attribute::PeerAddress, Attribute::WaypointAddress, Attribute::PodAddress, Attribute::ServiceAddress}) out.connection[kind] = "192.0.2.7";
  out.connection[Attribute::Port] = "1";
  if (callers.identified) out.connection[Attribute::Identity] = "spiffe://td/ns/x/sa/x";
  out.http = callers.http;
  out.message = {.method = "GET", .host = "host", .target = "/", .headers = {}};
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

void check(const Trial& trial, const Comparison& comparison, std::mt19937& random, int draws) {
  ASSERT_EQ(to_string(comparison.verdict), to_string(by_enumeration(trial))) << comparison.unknown << "\n"
                                                                             << trial.text() << (comparison.difference ? all_of(comparison.difference->request) : "");
  if (comparison.difference) {
    ASSERT_NO_FATAL_FAILURE(confirm(trial, comparison)) << trial.text();
  }
  for (int i = 0; comparison.verdict == Verdict::Equal && i < draws; ++i) {
    const auto request = random_request(random, trial.plain, trial.attributes, trial.callers.outside);
    ASSERT_EQ(evaluate(trial.before, request).allowed(), evaluate(trial.after, request).allowed()) << all_of(request) << "\n" << trial.text();
  }
}

}  // namespace s2a::test
