// A pair -> the verdict on all requests, and what the models decide about the recorded ones and about the witness.
#include "tests/support/routing_pairs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>

#include "ir/proof/route_effect.h"
#include "tests/support/decisions.h"
#include "tests/support/routed.h"
#include "tests/support/routed_trees.h"
#include "tests/support/routing_vectors.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// Services of the rig that have the pods of a subset.
const StandIns kStandIns{{"shop/reviews-v1", "shop/reviews v1"}, {"shop/reviews-v2", "shop/reviews v2"}, {"shop/reviews-v3", "shop/reviews v3"}};

/// One side of a pair, asked as the record was made.
RoutedCase side_of(const Json& pair, const char* side, const char* point) {
  auto out = pair;
  out["manifests"] = pair.at(side);
  out["point"] = point;
  return RoutedCase(out);
}

/// The witness in the words of the record.
Json as_asked(const Request& request) {
  const auto first = [&](const Attribute& attribute) {
    const auto found = request.find(attribute);
    return found == request.end() || found->second.empty() ? std::string() : found->second.front();
  };
  auto path = request.contains(Attribute::Target) ? first(Attribute::Target) : first(Attribute::Path);
  auto headers = Json::array();
  for (const auto& [attribute, lines] : request)
    for (const auto& line : lines) {
      if (attribute.kind == Attribute::Header) headers.push_back({attribute.name, line});
      if (attribute.kind == Attribute::Query) path += fmt::format("{}{}={}", path.find('?') == std::string::npos ? '?' : '&', attribute.name, line);
    }
  return {{"method", first(Attribute::Method)}, {"path", std::move(path)}, {"host", first(Attribute::Host)}, {"headers", std::move(headers)}};
}

bool same_request(const Json& recorded, const Json& witness) {
  auto headers = Json::array();
  for (const auto& [name, value] : recorded.at("headers").items()) headers.push_back(recorded.at("headers").is_array() ? value : Json{name, value});
  for (const auto* field : {"method", "path", "host"})
    if (recorded.at(field) != witness.at(field)) return false;
  return headers == witness.at("headers");
}

/// To whom it gives leave is compared as a whole; only a request with an origin shows it.
std::optional<Cors> cors_of(const Decision& decision) {
  const auto action = action_of(decision);
  return action ? action->cors : std::nullopt;
}

class PairCheck {
 public:
  PairCheck(const Json& pair, RoutingPairTally& tally)
      : pair_(pair), tally_(tally), before_(side_of(pair, "before", "client-sidecar")), after_(side_of(pair, "after", "waypoint")) {}

  void check() {
    ++tally_.pairs;
    tally_.requests += static_cast<int>(pair_.at("requests").size());
    RoutedTrees trees(pair_.at("before").get<std::string>(), pair_.at("after").get<std::string>());
    const auto found = trees.worst(pair_.at("service").get<std::string>(), pair_.at("port").get<std::uint16_t>());
    if (found.ways == 0) return wrong("nothing is compared");
    if (found.comparison.verdict == Verdict::Unknown) return wrong(found.comparison.unknown);
    pair_.at("equal").get<bool>() ? check_equal(found) : check_different(found);
  }

 private:
  void wrong(const std::string& what) { tally_.mismatches.push_back(fmt::format("{}: {}", pair_.at("id").get<std::string>(), what)); }

  /// The facts in which our models tell the two sides apart.
  [[nodiscard]] std::set<std::string> differ(const Json& asked) const {
    return differing_facts(canonical(before_.decide(asked), kStandIns), canonical(after_.decide(asked), kStandIns));
  }

  void check_equal(const RoutesCompared& found) {
    for (const auto& asked : pair_.at("requests"))
      if (const auto facts = differ(asked); !facts.empty()) wrong(fmt::format("recorded as equal, our models differ in {} for {}", fmt::join(facts, ", "), asked.dump()));
    if (found.comparison.verdict == Verdict::Equal) {
      ++tally_.equal;
      return;
    }
    const auto witness = as_asked(found.comparison.difference->request);
    if (found.comparison.verdict != Verdict::Wider) return wrong("narrower: " + found.witness);
    if (std::ranges::any_of(pair_.at("requests"), [&](const Json& asked) { return same_request(asked, witness); })) return wrong("was tried: " + found.witness);
    if (differ(witness).empty()) return wrong("our models do not tell it apart: " + found.witness);
    ++tally_.untried;
  }

  void check_different(const RoutesCompared& found) {
    const auto& recorded = pair_.at("witness");
    for (const auto& [decided, side] : {std::pair(&before_, "before"), {&after_, "after"}})
      if (const auto facts = routing_differences(decided->decide(recorded), recorded.at(side)); !facts.empty())
        wrong(fmt::format("our model decides the recorded witness otherwise {}: {}", side, fmt::join(facts, ", ")));
    if (found.comparison.verdict == Verdict::Equal) return wrong("recorded as different, found equal");
    auto ours = differ(as_asked(found.comparison.difference->request));
    if (cors_of(found.comparison.difference->before) != cors_of(found.comparison.difference->after)) ours.insert("responseHeaders");
    const auto theirs = differ(recorded);
    if (ours != theirs) return wrong(fmt::format("the recorded witness shows {}, ours {}: {}", fmt::join(theirs, ", "), fmt::join(ours, ", "), found.witness));
    ++tally_.different;
  }

  const Json& pair_;
  RoutingPairTally& tally_;
  RoutedCase before_;
  RoutedCase after_;
};

}  // namespace

std::vector<RoutingPairTally> check_routing_pairs(const std::filesystem::path& folder) {
  std::vector<RoutingPairTally> out;
  if (!std::filesystem::exists(folder)) return out;
  std::set<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.insert(entry.path());
  for (const auto& path : files) {
    auto& tally = out.emplace_back();
    tally.file = path.filename().string();
    const auto recorded = Json::parse(std::ifstream(path));
    for (const auto& pair : recorded.at("pairs")) PairCheck(pair, tally).check();
  }
  return out;
}

std::string to_string(const RoutingPairTally& tally) {
  auto out = fmt::format("{:<36} {:>4} pairs, {:>5} requests: {} equal, {} differ where nobody tried, {} different, {} mismatches\n", "routing-pairs/" + tally.file, tally.pairs,
                         tally.requests, tally.equal, tally.untried, tally.different, tally.mismatches.size());
  for (const auto& mismatch : tally.mismatches) out += "    " + mismatch + "\n";
  return out;
}

}  // namespace s2a::test
