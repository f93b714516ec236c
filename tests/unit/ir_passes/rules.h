// Rules from flow style, and a table's line of what becomes of one.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ir/passes/rule_text.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {

/// As a policy `p` of namespace `shop` would have it.
inline Rule rule(const std::string& flow) {
  const auto mesh = mesh_from_yaml("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\nspec: {rules: [" + flow + "]}\n");
  EXPECT_FALSE(mesh.diagnostics.has(Severity::Error)) << flow;
  return std::get<AuthorizationPolicy>(mesh->all(Kind::AuthorizationPolicy).front()->spec).rules.front();
}

inline Value written(const std::vector<std::string>& flows) {
  std::vector<Rule> rules;
  for (const auto& flow : flows) rules.push_back(rule(flow));
  return to_value(rules);
}

}  // namespace s2a::test
