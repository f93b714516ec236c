// A pair -> both trees in one store -> verify -> verdicts beside recorded decisions.
#include "tests/support/verified_pairs.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/verification.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// The trees only: neither what was asked nor what was decided.
Verification verify_pair(const Json& before_tree, const Json& after_tree, const Json& mesh) {
  Store store;
  Diagnostics told;
  const auto before = MeshModel::build(store, read_yaml(store, recorded_manifests(before_tree, mesh), "before.yaml", told), {});
  const auto after = before.rebuilt(read_yaml(store, recorded_manifests(after_tree, mesh), "after.yaml", told));
  return verify(before, after, {});
}

/// What the requests tried show, for each class of client on its way to the pod's workload.
Verdict recorded(const Json& asked) {
  const bool before = asked.at("before");
  const bool after = asked.at("after");
  return before == after ? Verdict::Equal : after ? Verdict::Wider : Verdict::Narrower;
}

/// Whether the request that a finding shows is decided on both sides as its verdict says.
bool shows_its_verdict(const Finding& finding) {
  const auto has = [&](std::string_view words) { return finding.witness.find(words) != std::string::npos; };
  switch (finding.verdict) {
    case Verdict::Equal: return finding.witness.empty();
    case Verdict::Narrower: return has(": allowed at the ") && has(", then denied at the ");
    case Verdict::Wider: return has(": denied at the ") && has(", then allowed at the ");
    case Verdict::Unknown: return !finding.witness.empty();
  }
  return false;
}

}  // namespace

VerifiedPairs verify_pairs(const PairFile& file) {
  VerifiedPairs out{.file = file.name, .cases = static_cast<int>(file.cases.size()), .verdicts = {}, .weaker = {}, .unknown = {}, .mute = {}};
  for (const auto& c : file.cases) {
    const std::string id = c.at("id");
    const auto found = verify_pair(c.at("before"), c.at("after"), c.at("mesh"));
    auto worst = Verdict::Equal;
    for (const auto& finding : found.findings) {
      worst = std::max(worst, finding.verdict);
      if (!shows_its_verdict(finding))
        out.mute.push_back(fmt::format("{}: {}, {}: {} is not shown by `{}`", id, finding.subject, to_string(finding.client), to_string(finding.verdict), finding.witness));
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
  out += fmt::format(" {} weaker, {} unknown, {} without a witness of their kind\n", verified.weaker.size(), verified.unknown.size(), verified.mute.size());
  for (const auto* lines : {&verified.weaker, &verified.unknown, &verified.mute})
    for (const auto& line : *lines) out += "    " + line + "\n";
  return out;
}

}  // namespace s2a::test
