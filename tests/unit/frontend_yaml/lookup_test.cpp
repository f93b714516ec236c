// Document: aliases, merge keys, sharing, paths.
#include <gtest/gtest.h>

#include "frontend/yaml/parse.h"

namespace s2a::lookup_test {

Document document(std::string text) {
  const auto parsed = parse({.text = std::move(text)});
  EXPECT_TRUE(parsed.diagnostics.all().empty());
  return parsed.documents.at(0);
}

TEST(Find, FollowsMergesOwnKeysFirst) {
  const auto d = document("x: &x {a: 1, b: 2, c: 3}\ny: &y {<<: *x, b: 20, d: 40}\nz:\n  a: 100\n  <<: [*y, *x]\nw: {<<: {e: 5}}\nv: *y\n");
  struct Want {
    std::string_view map, key, value;
  };
  for (const auto& [map, key, value] : {Want{"z", "a", "100"}, Want{"z", "b", "20"}, Want{"z", "c", "3"}, Want{"z", "d", "40"}, Want{"w", "e", "5"}, Want{"v", "a", "1"}}) {
    const NodeId node = d.at(d.root, {map, key});
    ASSERT_NE(node, kNoNode) << map << "." << key;
    EXPECT_EQ(d[node].value, value);
  }
  EXPECT_FALSE(d.find(d.at(d.root, {"z"}), "nowhere"));
  EXPECT_FALSE(d.find(kNoNode, "a"));
  EXPECT_EQ(d.at(d.root, {"z", "a", "b"}), kNoNode);
  EXPECT_EQ(d.at(d.root, {}), d.root);
  EXPECT_EQ(d.entries(d.at(d.root, {"z"})).size(), 2U) << "the merge stands as it is written";
}

/// `a=1 b=2`.
std::string merged(const Document& d, std::string_view map) {
  std::string out;
  for (const auto& [key, value] : d.merged_entries(d.at(d.root, {map}))) out += (out.empty() ? "" : " ") + d[d.resolve(key)].value + "=" + d[d.resolve(value)].value;
  return out;
}

TEST(MergedEntries, AreOwnKeysThenThoseOfTheMerges) {
  const auto d = document("x: &x {a: 1, b: 2}\ny: &y {<<: *x, b: 3, c: 4}\none: {<<: *x, a: 5}\nseveral: {<<: [*y, *x], d: 6}\nalias: *y\nnone: [1]\n");
  EXPECT_EQ(merged(d, "one"), "a=5 b=2");
  EXPECT_EQ(merged(d, "several"), "d=6 b=3 c=4 a=1");
  EXPECT_EQ(merged(d, "alias"), "b=3 c=4 a=1");
  EXPECT_EQ(merged(d, "none"), "");
  EXPECT_TRUE(d.merged_entries(kNoNode).empty());
}

TEST(MergedEntries, TakeAQuotedOrTaggedMergeForAKey) {
  const auto d = document("x: &x {a: 1}\nq: {'<<': *x}\nt: {!!str <<: *x}\n");
  for (const std::string_view map : {"q", "t"}) {
    EXPECT_EQ(merged(d, map), "<<=");
    EXPECT_FALSE(d.find(d.at(d.root, {map}), "a"));
    EXPECT_TRUE(d.find(d.at(d.root, {map}), "<<"));
  }
}

TEST(Find, IsFastOnManyMerges) {
  std::string text = "m0: &m0 {k: v}\n";
  for (int i = 1; i < 500; ++i) text += "m" + std::to_string(i) + ": &m" + std::to_string(i) + " {<<: [*m" + std::to_string(i - 1) + ", *m0]}\n";
  const auto d = document(text);
  const NodeId last = d.at(d.root, {"m499"});
  EXPECT_TRUE(d.find(last, "k"));
  EXPECT_FALSE(d.find(last, "nowhere"));
}

TEST(Children, OfAnAliasAreThoseOfItsTarget) {
  const auto d = document("a: &x [1, 2]\nb: *x\n");
  const NodeId alias = d.find(d.root, "b")->value;
  EXPECT_EQ(d[alias].kind, NodeKind::Alias);
  EXPECT_EQ(d.resolve(alias), d.at(d.root, {"a"}));
  EXPECT_EQ(d.children(alias).size(), 2U);
  EXPECT_TRUE(d.entries(alias).empty());
  EXPECT_EQ(d.resolve(kNoNode), kNoNode);
  EXPECT_TRUE(d.children(kNoNode).empty());
}

TEST(Shared, IsTextUnderAnAnchorThatHasAliases) {
  const auto d = document("a: &x {b: {c: 1}}\nd: *x\ne: &unused {f: 1}\ng: {<<: *x, h: 1}\n");
  const auto at = [&](std::initializer_list<std::string_view> path) { return d.shared(d.at(d.root, path)); };
  EXPECT_TRUE(at({"a"}));
  EXPECT_TRUE(at({"a", "b", "c"}));
  EXPECT_TRUE(at({"d", "b"}));
  EXPECT_TRUE(at({"g", "b"})) << "merged in";
  EXPECT_FALSE(at({"g", "h"}));
  EXPECT_FALSE(at({"e", "f"})) << "nothing stands for it";
  EXPECT_FALSE(d.shared(d.root));
}

TEST(PathOf, ReadsAsPeopleWriteIt) {
  const auto d = document("spec:\n  rules:\n  - to:\n    - operation: {methods: [GET]}\n    - x\nmetadata: {labels: {istio.io/rev: a}}\n");
  EXPECT_EQ(d.path_of(d.root), "");
  EXPECT_EQ(d.path_of(d.at(d.root, {"metadata", "labels", "istio.io/rev"})), "metadata.labels[istio.io/rev]");
  const NodeId rules = d.at(d.root, {"spec", "rules"});
  const NodeId to = d.at(d.children(rules)[0], {"to"});
  EXPECT_EQ(d.path_of(d.children(to)[1]), "spec.rules[0].to[1]");
  const auto methods = d.find(d.at(d.children(to)[0], {"operation"}), "methods");
  EXPECT_EQ(d.path_of(methods->value), "spec.rules[0].to[0].operation.methods");
  EXPECT_EQ(d.path_of(methods->key), "spec.rules[0].to[0].operation.methods");
  EXPECT_EQ(d.path_of(d.children(methods->value)[0]), "spec.rules[0].to[0].operation.methods[0]");
}

}  // namespace s2a::lookup_test
