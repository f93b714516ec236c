// A draw among the changes that the route has a place for.
#include "tests/property/conversion/mutation.h"

#include <utility>
#include <vector>

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// An item of a list; nullptr of none.
Json* one_of(Random& random, Json& of, const char* list) {
  if (!of.contains(list) || of.at(list).empty()) return nullptr;
  return &of[list][static_cast<std::size_t>(random.number(0, static_cast<int>(of[list].size()) - 1))];
}

void drop_one(Random& random, Json& of, const char* list) { of[list].erase(static_cast<std::size_t>(random.number(0, static_cast<int>(of[list].size()) - 1))); }

std::string change_match(Random& random, Json& match) {
  if (auto* header = one_of(random, match, "headers"); header != nullptr && random.chance(50)) {
    if (random.chance(50)) {
      (*header)["value"] = random.pick(Texts{"x", "y", "xy"});
      return "header's value";
    }
    drop_one(random, match, "headers");
    return "header";
  }
  if (match.contains("method") && random.chance(40)) {
    match["method"] = random.pick(Texts{"GET", "PUT"});
    return "method";
  }
  if (!match.contains("path")) return "";
  auto& path = match["path"];
  if (path.value("type", "") != "RegularExpression" && random.chance(50)) {
    path["type"] = path.value("type", "") == "Exact" ? "PathPrefix" : "Exact";
    return "path's type";
  }
  path["value"] = random.chance(50) ? path.value("value", "") + "x" : random.pick(Texts{"/foo", "/bar", "/"});
  return "path's value";
}

std::string change_filter(Random& random, Json& rule) {
  if (auto* filter = one_of(random, rule, "filters"); filter != nullptr && filter->contains("urlRewrite") && filter->at("urlRewrite").contains("path") && random.chance(50)) {
    auto& path = (*filter)["urlRewrite"]["path"];
    const auto* key = path.contains("replaceFullPath") ? "replaceFullPath" : "replacePrefixMatch";
    path[key] = random.pick(Texts{"/n", "/", path.value(key, "") + "/"});
    return "rewrite";
  }
  drop_one(random, rule, "filters");
  return "filter";
}

std::string change_rule(Random& random, Json& rules, Json& rule) {
  if (rules.size() > 1 && random.chance(15)) {
    std::swap(rules.front(), rules.back());
    return "order";
  }
  if (rule.contains("filters") && !rule.at("filters").empty() && random.chance(40)) return change_filter(random, rule);
  for (const auto* setting : {"timeouts", "retry"})
    if (rule.contains(setting) && random.chance(50)) {
      rule.erase(setting);
      return setting;
    }
  auto* backend = one_of(random, rule, "backendRefs");
  if (backend != nullptr && random.chance(30)) {
    if (random.chance(50)) {
      (*backend)["weight"] = random.number(1, 3);
      return "weight";
    }
    (*backend)["name"] = rules.back().value("backendRefs", Json::array({*backend})).at(0).at("name");
    return "backend";
  }
  auto* match = one_of(random, rule, "matches");
  return match != nullptr ? change_match(random, *match) : "";
}

}  // namespace

std::string mutate(Random& random, Json& route) {
  auto& rules = route["spec"]["rules"];
  std::string what;
  for (int tries = 0; what.empty() && tries < 20; ++tries) what = change_rule(random, rules, *one_of(random, route["spec"], "rules"));
  return what;
}

}  // namespace s2a::test
