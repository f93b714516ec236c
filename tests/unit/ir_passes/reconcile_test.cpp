// The smallest list of changes from what stands to what is wanted.
#include <gtest/gtest.h>

#include "ir/passes/names.h"
#include "ir/passes/reconcile.h"
#include "tests/support/mesh_from_yaml.h"

namespace s2a::reconcile_test {

using test::mesh_from_yaml;

const char* const kService =
    "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b, labels: {x: one, y: two}}\nspec: {ports: [{port: 80}, {port: 81}], selector: {app: a}}\n";

std::vector<Change> changes_for(void (*edit)(Value&)) {
  const auto mesh = mesh_from_yaml(kService);
  const auto& resource = *mesh->all(Kind::Service).front();
  auto wanted = to_value(mesh.store->operator[](resource.document), resource.node);
  edit(wanted);
  return reconcile(*mesh.store, resource, wanted);
}

TEST(Reconcile, WhatIsWantedAlreadyNeedsNothing) {
  EXPECT_TRUE(changes_for([](Value&) {}).empty());
}

TEST(Reconcile, AValueIsReplacedWhereItStands) {
  const auto changes = changes_for([](Value& v) { set(child(child(v, "metadata"), "labels"), "x", "three"); });
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(std::get<ReplaceValue>(changes[0]).value, Value("three"));
}

TEST(Reconcile, AKeyThatTakesAnothersPlaceStandsBehindIt) {
  const auto changes = changes_for([](Value& v) {
    auto& labels = child(child(v, "metadata"), "labels");
    erase(labels, "x");
    std::get<Value::Map>(labels.content).insert(std::get<Value::Map>(labels.content).begin(), {"z", Value("new")});
  });
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(std::get<InsertEntry>(changes[1]).after, std::get<RemoveEntry>(changes[0]).key);
}

TEST(Reconcile, AnItemGoesAndTheOthersStay) {
  const auto changes = changes_for([](Value& v) {
    auto& ports = std::get<Value::Sequence>(find(*find(v, "spec"), "ports")->content);
    ports.erase(ports.begin());
  });
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<RemoveItem>(changes[0]));
}

TEST(Reconcile, AListWithNothingInCommonIsReplacedWhole) {
  const auto changes = changes_for([](Value& v) { *find(*find(v, "spec"), "ports") = Value::Sequence{"a", "b", "c"}; });
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<ReplaceValue>(changes[0]));
}

TEST(DeriveName, IsStableShortAndFree) {
  std::set<std::string> taken{"a-ztunnel"};
  EXPECT_EQ(derive_name("b", "-ztunnel", taken), "b-ztunnel");
  EXPECT_EQ(derive_name("a", "-ztunnel", taken), "a-ztunnel-2");
  EXPECT_EQ(derive_name("a", "-ztunnel", taken), "a-ztunnel-3");
  const std::string longest(63, 'x');
  const auto one = derive_name(longest + "one", "-ztunnel", taken);
  const auto two = derive_name(longest + "two", "-ztunnel", taken);
  EXPECT_LE(one.size(), 63U);
  EXPECT_LE(two.size(), 63U);
  EXPECT_NE(one, two) << "names that differ at their end only";
  std::set<std::string> fresh;
  EXPECT_EQ(derive_name(longest + "one", "-ztunnel", fresh), one);
}

}  // namespace s2a::reconcile_test
