// Policies with one rule that reads one attribute, against what Envoy decided (shared/vectors/authz).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "ir/pattern/istio_values.h"

namespace s2a {
namespace {

using Json = nlohmann::json;

std::filesystem::path shared() {
  const char* set = std::getenv("S2A_SHARED");
  return set != nullptr ? std::filesystem::path(set) : std::filesystem::path(S2A_SOURCE_DIR) / ".." / "shared";
}

std::string identity(const Json& request) {
  const auto& principal = request.at("source").at("principal");
  return principal.is_null() ? std::string() : principal.get<std::string>();
}

/// A path that reaches the policy as it was sent, but for its query.
bool plain_path(const std::string& sent) {
  const auto without_query = sent.substr(0, sent.find('?'));
  if (!sent.starts_with('/') || sent.find_first_of("%\\#\"<>^`{|} ") != std::string::npos) return false;
  if (without_query.find("//") != std::string::npos || without_query.find("/.") != std::string::npos) return false;
  return std::all_of(sent.begin(), sent.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// How a field reads a request: its values, and the subject.
struct Field {
  std::function<Pattern(const std::string& policy_namespace, const std::string& value)> pattern;
  std::function<std::string(const Json& request)> subject;
};

const std::map<std::string, Field> kFields = {
    {"principals", {[](auto&, auto& v) { return principal(v); }, identity}},
    {"namespaces", {[](auto&, auto& v) { return namespace_at_envoy(v); }, identity}},
    {"serviceAccounts", {[](auto& ns, auto& v) { return service_account_at_envoy(ns, v); }, identity}},
    {"trustDomains", {[](auto&, auto& v) { return trust_domain_at_envoy(v); }, identity}},
    {"methods", {[](auto&, auto& v) { return method(v); }, [](const Json& r) { return r.at("http").at("method").get<std::string>(); }}},
    {"hosts", {[](auto&, auto& v) { return host(v); }, [](const Json& r) { return r.at("http").at("host").get<std::string>(); }}},
    {"paths", {[](auto&, auto& v) { return path(v); }, [](const Json& r) {
                 const auto sent = r.at("http").at("path").get<std::string>();
                 return sent.substr(0, sent.find('?'));
               }}},
};

const std::map<std::string, std::string> kConditions = {{"source.principal", "principals"}, {"source.namespace", "namespaces"}, {"source.serviceAccount", "serviceAccounts"}, {"source.trustDomain", "trustDomains"}};

/// One field of the rule: any of `values`, none of `not_values`.
struct Term {
  std::string field;
  Set values, not_values;
  bool has_values = false;

  [[nodiscard]] bool holds(const Json& request) const {
    const auto subject = kFields.at(field).subject(request);
    return (!has_values || values.contains(subject)) && !not_values.contains(subject);
  }
};

void add(std::map<std::string, Term>& terms, const std::string& field, bool negated, const YAML::Node& values, const std::string& ns) {
  auto& term = terms[field];
  term.field = field;
  auto& set = negated ? term.not_values : term.values;
  for (const auto& value : values) set.any_of.push_back(kFields.at(field).pattern(ns, value.as<std::string>()));
  term.has_values = term.has_values || !negated;
}

/// The terms of a rule, or nothing where it is more than one conjunction of these fields.
std::optional<std::map<std::string, Term>> terms_of(const YAML::Node& rule, const std::string& ns) {
  std::map<std::string, Term> terms;
  const auto add_fields = [&](const YAML::Node& fields) {
    for (const auto& entry : fields) {
      auto name = entry.first.as<std::string>();
      const bool negated = name.starts_with("not");
      if (negated) name = std::string(1, static_cast<char>(name[3] - 'A' + 'a')) + name.substr(4);
      if (!kFields.contains(name)) return false;
      add(terms, name, negated, entry.second, ns);
    }
    return true;
  };
  for (const auto& [key, inner] : {std::pair{"from", "source"}, std::pair{"to", "operation"}}) {
    if (!rule[key]) continue;
    if (rule[key].size() != 1 || !add_fields(rule[key][0][inner])) return std::nullopt;
  }
  for (const auto& condition : rule["when"]) {
    const auto known = kConditions.find(condition["key"].as<std::string>());
    if (known == kConditions.end()) return std::nullopt;
    if (condition["values"]) add(terms, known->second, false, condition["values"], ns);
    if (condition["notValues"]) add(terms, known->second, true, condition["notValues"], ns);
  }
  return terms;
}

/// Compares every request of the case that the patterns alone decide; how many these were.
int compare(const Json& test) {
  std::vector<YAML::Node> policies;
  for (const auto& document : YAML::LoadAll(test.at("manifests").get<std::string>())) {
    const auto kind = document["kind"].as<std::string>("");
    if (kind == "AuthorizationPolicy") policies.push_back(document);
    else if (kind != "Namespace" && kind != "Service" && kind != "Pod") return 0;
  }
  if (test.at("point") != "S" || policies.size() != 1 || policies[0]["spec"]["rules"].size() != 1 || test.at("mesh").contains("trustDomainAliases") || test.at("mesh").contains("trustDomain")) return 0;
  const auto terms = terms_of(policies[0]["spec"]["rules"][0], policies[0]["metadata"]["namespace"].as<std::string>());
  const auto action = policies[0]["spec"]["action"].as<std::string>("ALLOW");
  if (!terms || terms->size() != 1 || (action != "ALLOW" && action != "DENY")) return 0;

  int compared = 0;
  for (const auto& request : test.at("requests")) {
    if (request.at("protocol") != "http" || request.at("status") == 400 || !plain_path(request.at("http").at("path").get<std::string>())) continue;
    const bool matched = terms->begin()->second.holds(request);
    EXPECT_EQ(matched == (action == "ALLOW"), request.at("allow").get<bool>()) << test.at("id") << " " << request.dump();
    ++compared;
  }
  return compared;
}

TEST(Vectors, EnvoyDecidesAsThePatternsSay) {
  const auto folder = shared() / "vectors" / "authz";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no vectors at " << folder;
  int compared = 0;
  for (const auto* topic : {"paths", "principals", "namespaces", "methods", "hosts"}) {
    std::ifstream in(folder / fmt::format("{}.json", topic));
    const auto file = Json::parse(in);
    for (const auto& test : file.at("cases")) compared += compare(test);
  }
  fmt::print("{} requests compared\n", compared);
  EXPECT_GT(compared, 500);
}

}  // namespace
}  // namespace s2a
