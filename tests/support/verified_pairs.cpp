// A pair -> both trees in one store -> verify -> verdicts beside recorded decisions.
#include "tests/support/verified_pairs.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/verification.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

Verification verify_pair(const Json& c) {
  Store store;
  Diagnostics told;
  const auto read = [&](const char* side) { return read_yaml(store, recorded_manifests(c.at(side), c.at("mesh")), fmt::format("{}.yaml", side), told); };
  const auto before = MeshModel::build(store, read("before"), {});
  const auto after = before.rebuilt(read("after"));
  return verify(before, after, {});
}

/// What the requests tried show, for each class of client on its way to the pod's workload.
Verdict recorded(const Json& asked) {
  const bool before = asked.at("before");
  const bool after = asked.at("after");
  return before == after ? Verdict::Equal : after ? Verdict::Wider : Verdict::Narrower;
}

}  // namespace

VerifiedPairs verify_pairs(const PairFile& file) {
  VerifiedPairs out{.file = file.name, .cases = static_cast<int>(file.cases.size()), .verdicts = {}, .weaker = {}, .unknown = {}};
  for (const auto& c : file.cases) {
    const std::string id = c.at("id");
    const auto found = verify_pair(c);
    auto worst = Verdict::Equal;
    for (const auto& finding : found.findings) {
      worst = std::max(worst, finding.verdict);
      if (finding.verdict == Verdict::Unknown) out.unknown.push_back(fmt::format("{}: {}, {}: {}", id, finding.subject, to_string(finding.client), finding.witness));
    }
    ++out.verdicts[{c.at("verdict"), worst}];
    for (const auto& asked : c.at("requests")) {
      const auto shown = recorded(asked);
      const auto client = client_of(asked, Side::After);
      const auto worst_of_client = [&] {
        auto verdict = Verdict::Equal;
        for (const auto& finding : found.findings)
          if (finding.client == client) verdict = std::max(verdict, finding.verdict);
        return verdict;
      }();
      if (worst_of_client < shown) out.weaker.push_back(fmt::format("{}: recorded {}, we say {}: {}", id, to_string(shown), to_string(worst_of_client), in_words(asked)));
    }
  }
  return out;
}

std::string to_string(const VerifiedPairs& verified) {
  auto out = fmt::format("{:<36} {:>4} cases:", "authz-pairs/" + verified.file, verified.cases);
  for (const auto& [kinds, count] : verified.verdicts) out += fmt::format(" {} {} -> {};", count, kinds.first, to_string(kinds.second));
  out += fmt::format(" {} weaker, {} unknown\n", verified.weaker.size(), verified.unknown.size());
  for (const auto* lines : {&verified.weaker, &verified.unknown})
    for (const auto& line : *lines) out += "    " + line + "\n";
  return out;
}

}  // namespace s2a::test
