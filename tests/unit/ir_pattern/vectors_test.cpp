// Policies with one rule that reads one attribute, against what Envoy decided (shared/vectors/authz).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "ir/pattern/istio_values.h"
#include "tests/support/files.h"

namespace s2a::vectors_test {

using Json = nlohmann::json;

std::string text_or_empty(const Json& value) { return value.is_null() ? std::string() : value.get<std::string>(); }

/// How an engine reads a field: a value as a pattern, and what of the request it is compared with.
struct Field {
  std::function<Pattern(const std::string& policy_namespace, const std::string& value)> pattern;
  std::function<std::string(const Json& request)> subject;
};

struct Engine {
  std::map<std::string, Field> fields;
  std::map<std::string, std::string> conditions;  ///< key -> the field that reads the same
};

std::string identity_at_envoy(const Json& request) { return text_or_empty(request.at("source").at("principal")); }
std::string path_at_envoy(const Json& request) {
  const auto sent = request.at("http").at("path").get<std::string>();
  return sent.substr(0, sent.find('?'));
}

const Engine kEnvoy{
    .fields = {{"principals", {[](auto&, auto& v) { return principal(v); }, identity_at_envoy}},
               {"namespaces", {[](auto&, auto& v) { return namespace_at_envoy(v); }, identity_at_envoy}},
               {"serviceAccounts", {service_account_at_envoy, identity_at_envoy}},
               {"trustDomains", {[](auto&, auto& v) { return trust_domain_at_envoy(v); }, identity_at_envoy}},
               {"methods", {[](auto&, auto& v) { return method(v); }, [](const Json& r) { return r.at("http").at("method").get<std::string>(); }}},
               {"hosts", {[](auto&, auto& v) { return host(v); }, [](const Json& r) { return r.at("http").at("host").get<std::string>(); }}},
               {"paths", {[](auto&, auto& v) { return path(v); }, path_at_envoy}}},
    .conditions = {{"source.principal", "principals"}, {"source.namespace", "namespaces"}, {"source.serviceAccount", "serviceAccounts"}, {"source.trustDomain", "trustDomains"}},
};

std::string identity_at_ztunnel(const Json& request) { return text_or_empty(request.at("src_identity")); }
/// ztunnel makes an IPv4 address of a mapped one. authorization.md 3.1
std::string address_at_ztunnel(const Json& request) {
  const auto sent = request.at("src_ip").get<std::string>();
  return sent.starts_with("::ffff:") ? sent.substr(7) : sent;
}

const Engine kZtunnel{
    .fields = {{"principals", {[](auto&, auto& v) { return principal_at_ztunnel(v); }, identity_at_ztunnel}},
               {"namespaces", {[](auto&, auto& v) { return namespace_at_ztunnel(v); }, identity_at_ztunnel}},
               {"serviceAccounts", {service_account_at_ztunnel, identity_at_ztunnel}},
               {"ipBlocks", {[](auto&, auto& v) { return cidr(v).value_or(never()); }, address_at_ztunnel}},
               {"ports", {[](auto&, auto& v) { return port(v).value_or(never()); }, [](const Json& r) { return std::to_string(r.at("dst_port").get<int>()); }}}},
    .conditions = {{"source.principal", "principals"}, {"source.namespace", "namespaces"}, {"source.ip", "ipBlocks"}, {"destination.port", "ports"}},
};

/// One field of a rule: any of `values`, none of `not_values`.
struct Term {
  const Field* field = nullptr;
  std::optional<Set> values;
  Set not_values;

  [[nodiscard]] bool holds(const Json& request) const {
    const auto subject = field->subject(request);
    return (!values || values->contains(subject)) && !not_values.contains(subject);
  }

  void add(const YAML::Node& listed, bool negated, const std::string& ns) {
    if (!negated && !values) values.emplace();
    auto& set = negated ? not_values : *values;
    for (const auto& value : listed) set.any_of.push_back(field->pattern(ns, value.as<std::string>()));
  }
};

/// The term of a rule of one clause that reads one field of these; nothing for every other rule.
std::optional<Term> only_term(const Engine& engine, const YAML::Node& rule, const std::string& ns) {
  const auto clauses = (rule["from"] ? 1U : 0U) + (rule["to"] ? 1U : 0U) + (rule["when"] ? rule["when"].size() : 0U);
  if (clauses != 1) return std::nullopt;
  std::map<std::string, Term> terms;
  const auto add = [&](const std::string& field, const YAML::Node& listed, bool negated) {
    const auto known = engine.fields.find(field);
    if (known == engine.fields.end()) return false;
    auto& term = terms[field];
    term.field = &known->second;
    term.add(listed, negated, ns);
    return true;
  };
  for (const auto& [key, inner] : {std::pair{"from", "source"}, std::pair{"to", "operation"}}) {
    if (!rule[key]) continue;
    if (rule[key].size() != 1) return std::nullopt;
    for (const auto& entry : rule[key][0][inner]) {
      auto name = entry.first.as<std::string>();
      const bool negated = name.starts_with("not");
      if (negated) name = lower(name.substr(3, 1)) + name.substr(4);
      if (!add(name, entry.second, negated)) return std::nullopt;
    }
  }
  for (const auto& condition : rule["when"]) {
    const auto known = engine.conditions.find(condition["key"].as<std::string>());
    if (known == engine.conditions.end()) return std::nullopt;
    if (condition["values"]) add(known->second, condition["values"], false);
    if (condition["notValues"]) add(known->second, condition["notValues"], true);
  }
  return terms.size() == 1 ? std::optional(terms.begin()->second) : std::nullopt;
}

/// The only policy of the case, if it is one that the patterns alone decide.
std::optional<YAML::Node> only_policy(const Json& test) {
  std::vector<YAML::Node> policies;
  for (const auto& document : YAML::LoadAll(test.at("manifests").get<std::string>())) {
    const auto kind = document["kind"].as<std::string>("");
    if (kind == "AuthorizationPolicy")
      policies.push_back(document);
    else if (kind != "Namespace" && kind != "Service" && kind != "Pod")
      return std::nullopt;
  }
  if (policies.size() != 1) return std::nullopt;
  const auto& policy = policies.front();
  const auto action = policy["spec"]["action"].as<std::string>("ALLOW");
  const bool decided = (action == "ALLOW" || action == "DENY") && policy["spec"]["rules"].size() == 1 && !policy["metadata"]["annotations"];
  return decided ? std::optional(policy) : std::nullopt;
}

/// Compares the requests of a case that `counts` picks; how many these were.
int compare(const Engine& engine, const Json& test, const std::function<bool(const Json& request)>& counts) {
  const auto policy = only_policy(test);
  if (!policy) return 0;
  const auto& spec = (*policy)["spec"];
  const auto term = only_term(engine, spec["rules"][0], (*policy)["metadata"]["namespace"].as<std::string>());
  if (!term) return 0;
  const bool allows = spec["action"].as<std::string>("ALLOW") == "ALLOW";
  int compared = 0;
  for (const auto& request : test.at("requests")) {
    if (!counts(request)) continue;
    EXPECT_EQ(term->holds(request) == allows, request.at("allow").get<bool>()) << test.at("id") << " " << request.dump();
    ++compared;
  }
  return compared;
}

/// A path that the policy sees as it was sent, but for its query.
bool plain_path(const std::string& sent) {
  const auto without_query = sent.substr(0, sent.find('?'));
  return sent.starts_with('/') && std::ranges::all_of(sent, [](char c) { return c > ' ' && c <= '~' && std::string_view("%\\#\"<>^`{|}").find(c) == std::string_view::npos; }) &&
         without_query.find("//") == std::string::npos && without_query.find("/.") == std::string::npos;
}

Json cases_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return Json::parse(in).at("cases");
}

TEST(Vectors, EnvoyDecidesAsThePatternsSay) {
  const auto folder = test::shared_files() / "vectors" / "authz";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no vectors at " << folder;
  const auto counts = [](const Json& request) {
    return request.at("protocol") == "http" && request.at("status") != 400 && plain_path(request.at("http").at("path").get<std::string>());
  };
  int compared = 0;
  for (const auto* topic : {"paths", "principals", "namespaces", "methods", "hosts"}) {
    const auto cases = cases_of(folder / fmt::format("{}.json", topic));
    for (const auto& test : cases) {
      const bool aliases = test.at("mesh").contains("trustDomain") || test.at("mesh").contains("trustDomainAliases");
      if (test.at("point") == "S" && !aliases) compared += compare(kEnvoy, test, counts);
    }
  }
  fmt::print("{} requests compared\n", compared);
  EXPECT_GT(compared, 500);
}

TEST(Vectors, ZtunnelDecidesAsThePatternsSay) {
  const auto folder = test::shared_files() / "vectors" / "ztunnel";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no vectors at " << folder;
  int compared = 0;
  for (const auto* topic : {"principals", "namespaces", "service-accounts", "ip-blocks", "ports", "when"}) {
    const auto cases = cases_of(folder / fmt::format("{}.json", topic));
    for (const auto& test : cases) {
      const auto own = identities(test.at("mesh").at("trustDomain").get<std::string>());
      const auto taken = [&](const Json& request) { return request.at("src_identity").is_null() || matches(own, identity_at_ztunnel(request)); };
      if (test.value("admissible", true)) compared += compare(kZtunnel, test, taken);
    }
  }
  fmt::print("{} requests compared\n", compared);
  EXPECT_GT(compared, 100);
}

}  // namespace s2a::vectors_test
