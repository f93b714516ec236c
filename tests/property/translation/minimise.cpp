// Greedy: whatever can go, goes, until nothing can.
#include "tests/property/translation/minimise.h"

#include <re2/re2.h>

#include <array>

namespace s2a::test {
namespace {

/// Every text with one match of the pattern taken out.
std::vector<std::string> without_one(const std::string& text, const RE2& pattern) {
  std::vector<std::string> out;
  re2::StringPiece rest(text);
  re2::StringPiece match;
  while (RE2::FindAndConsume(&rest, pattern, &match)) {
    if (match.find("namespace") != re2::StringPiece::npos || match.find("networking.istio.io/tunnel") != re2::StringPiece::npos) continue;
    const auto at = static_cast<std::size_t>(match.data() - text.data());
    out.push_back(text.substr(0, at) + text.substr(at + match.size()));
  }
  return out;
}

std::vector<std::string> smaller(const std::string& text) {
  static const std::array<RE2, 8> kParts{RE2(R"((?m)(^ .*\n))"),
                                         RE2(R"(((from|to|when): \[(\{[^\[\]]*(\["[^\]]*\][^\[\]]*)*\})\],? ?))"),
                                         RE2(R"((\{(source|operation): \{[^\[\]]*(\["[^\]]*\][^\[\]]*)*?\}\},? ?))"),
                                         RE2(R"((\{key: [^\[]*\["[^\]]*\]\},? ?))"),
                                         RE2(R"((\w+: \["[^\]]*\],? ?))"),
                                         RE2(R"(("[^",\[\]]*",))"),
                                         RE2(R"((,"[^",\[\]]*"))"),
                                         RE2(R"((, (version|[\w.-]+/[\w-]+): [\w."-]+))")};
  std::vector<std::string> out;
  for (const auto& part : kParts)
    for (auto& shorter : without_one(text, part)) out.push_back(std::move(shorter));
  return out;
}

bool shrink_once(World& world, const std::function<bool(const World&)>& fails) {
  for (std::size_t i = 0; i < world.documents.size(); ++i) {
    auto without = world;
    without.documents.erase(without.documents.begin() + static_cast<std::ptrdiff_t>(i));
    if (fails(without)) return world = std::move(without), true;
  }
  for (std::size_t i = 0; i < world.documents.size(); ++i) {
    for (auto& text : smaller(world.documents[i].text)) {
      auto shorter = world;
      shorter.documents[i].text = std::move(text);
      if (fails(shorter)) return world = std::move(shorter), true;
    }
  }
  for (const auto& entry : world.mesh_config.items()) {
    auto without = world;
    without.mesh_config.erase(entry.key());
    if (fails(without)) return world = std::move(without), true;
  }
  return false;
}

}  // namespace

World minimised(World world, const std::function<bool(const World&)>& fails) {
  while (shrink_once(world, fails)) {
  }
  return world;
}

}  // namespace s2a::test
