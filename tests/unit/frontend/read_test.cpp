// Reading a mesh, and reading it again when some of its files have changed.
#include "frontend/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace s2a::read_test {

using testing::ElementsAre;
using testing::IsEmpty;

std::string service(const std::string& name, const std::string& more = {}) { return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + more + "}\n"; }

std::vector<FileId> add(Store& store, const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<FileId> out;
  for (const auto& [path, text] : files) out.push_back(store.sources.add({.path = path, .text = text, .mesh_root = "."}));
  return out;
}

std::vector<std::string> subjects(const Store& store, const Snapshot& snapshot) {
  std::vector<std::string> out;
  for (const auto id : snapshot) out.push_back(store[id].subject());
  return out;
}

TEST(ReadFile, OneBadDocumentHidesNoOther) {
  const auto content = read_file({.path = "a.yaml", .text = service("a") + "---\nkind: Service\n: [\n---\n" + service("b")});
  ASSERT_EQ(content.resources.size(), 3U);
  EXPECT_EQ(content.resources[1].subject(), "Service in an unknown namespace") << "what stands for it";
  EXPECT_FALSE(content.resources[1].translatable);
  EXPECT_EQ(content.resources[2].name.value, "b");
  EXPECT_EQ(content.documents[static_cast<std::size_t>(content.resources[2].document)].ordinal, 2U);
  EXPECT_TRUE(content.diagnostics.has(Severity::Error));
}

TEST(ReadFile, OtherEncodingsAreNotParsed) {
  const auto content = read_file({.path = "a.yaml", .text = service("caf\xE9")});
  ASSERT_EQ(content.documents.size(), 1U);
  EXPECT_TRUE(content.documents[0].unread);
  ASSERT_EQ(content.resources.size(), 1U);
  EXPECT_FALSE(content.resources[0].translatable);
  ASSERT_EQ(content.diagnostics.all().size(), 1U);
  EXPECT_EQ(content.diagnostics.all()[0].code, Code::NotUtf8);
}

TEST(ReadFile, TemplatesAreReadAndLocked) {
  const auto content = read_file({.path = "a.yaml", .text = service("a") + "spec:\n  ports:\n  - port: ${PORT}\n"});
  ASSERT_EQ(content.resources.size(), 1U);
  EXPECT_FALSE(content.resources[0].editable);
  EXPECT_FALSE(content.resources[0].translatable);
  ASSERT_EQ(content.diagnostics.all().size(), 1U);  // and not that the port is no number
  EXPECT_EQ(content.diagnostics.all()[0].code, Code::Template);
}

TEST(ReadFile, AnOpenShiftTemplateIsNamedAndHoldsBack) {
  const auto content = read_file({.path = "a.yaml",
                                  .text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: template.openshift.io/v1\n  kind: Template\n  objects:\n"
                                          "  - apiVersion: security.istio.io/v1\n    kind: AuthorizationPolicy\n    metadata: {name: p, namespace: '${NS}'}\n"});
  ASSERT_EQ(content.resources.size(), 1U);
  EXPECT_EQ(content.resources[0].subject(), "AuthorizationPolicy p in an unknown namespace");
  EXPECT_FALSE(content.resources[0].translatable || content.resources[0].editable);
  ASSERT_EQ(content.diagnostics.all().size(), 1U);
  EXPECT_EQ(content.diagnostics.all()[0].code, Code::Template);
}

TEST(ReadFile, EscapedAndAliasedKeysCount) {
  const auto count = [](std::string text) { return read_file({.path = "a.yaml", .text = std::move(text)}).resources.size(); };
  EXPECT_EQ(count(R"({"apiVersion": "v1", "k\u0069nd": "Service", "metadata": {"name": "a"}})"), 1U);
  EXPECT_EQ(count("apiVersion: v1\nx: &k kind\n*k : Service\nmetadata: {name: a}\n"), 1U);
}

TEST(ReadAll, NamespacesAreFilledIn) {
  Store store;
  Diagnostics diagnostics;
  const auto files = add(store, {{"a.yaml", service("a")}, {"b.yaml", service("b", ", namespace: shop")}, {"c.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n"}});
  EXPECT_THAT(subjects(store, read_all(store, files, {.default_namespace = "here"}, diagnostics)), ElementsAre("Service here/a", "Service shop/b", "Namespace shop"));
}

TEST(ReadAll, TheNumberOfThreadsDoesNotMatter) {
  std::vector<std::pair<std::string, std::string>> files;
  for (int i = 0; i < 200; ++i) files.emplace_back(std::to_string(1000 + i) + ".yaml", service("s" + std::to_string(i)) + (i % 3 == 0 ? "---\nkind: Service\n- x: [\n" : ""));
  const auto read = [&](unsigned threads) {
    Store store;
    Diagnostics diagnostics;
    auto out = subjects(store, read_all(store, add(store, files), {.threads = threads}, diagnostics));
    for (const auto& diagnostic : diagnostics.all()) out.push_back(store.sources[diagnostic.labels.at(0).file].path + diagnostic.message);
    return out;
  };
  const auto alone = read(1);
  EXPECT_EQ(alone.size(), 200U + 2 * 67U);
  for (const unsigned threads : {0U, 2U, 7U, 1000U}) EXPECT_EQ(read(threads), alone) << threads;
}

TEST(ReadAll, AChartsTemplatesAreLocked) {
  Store store;
  Diagnostics diagnostics;
  const auto files = add(store, {{"c/Chart.yaml", "name: c\n"}, {"c/templates/a.yaml", service("a")}});
  const auto snapshot = read_all(store, files, {}, diagnostics);
  ASSERT_EQ(snapshot.size(), 1U);
  EXPECT_FALSE(store[snapshot[0]].editable);
}

TEST(ReadAgain, NewVersionsTakeTheirPlaces) {
  Store store;
  Diagnostics diagnostics;
  const auto files = add(store, {{"a.yaml", service("a1") + "---\n" + service("a2")}, {"b.yaml", service("b")}, {"c.yaml", service("c")}});
  const auto old = read_all(store, files, {}, diagnostics);
  const auto now = read_again(store, old,
                              {{.old = files[2], .file = {.path = "c.yaml", .text = service("c1") + "---\n" + service("c2")}},
                               {.old = files[0], .file = {.path = "a.yaml", .text = service("a1")}},
                               {.old = std::nullopt, .file = {.path = "bb.yaml", .text = service("new")}}},
                              {}, diagnostics);
  EXPECT_THAT(subjects(store, now), ElementsAre("Service default/a1", "Service default/b", "Service default/new", "Service default/c1", "Service default/c2"));
  EXPECT_THAT(subjects(store, old), ElementsAre("Service default/a1", "Service default/a2", "Service default/b", "Service default/c"));
  EXPECT_EQ(now[1], old[2]);
}

TEST(ReadAgain, KustomizationsCountAsBefore) {
  Store store;
  Diagnostics diagnostics;
  const auto files = add(
      store,
      {{"a.yaml", service("a")}, {"kustomization.yaml", "namespace: shop\nresources:\n- a.yaml\npatches:\n- path: p.yaml\n"}, {"p.yaml", service("b")}, {"q.yaml", service("b")}});
  const auto old = read_all(store, files, {}, diagnostics);
  EXPECT_THAT(subjects(store, old), ElementsAre("Service shop/a", "Kustomization", "Service default/b"));
  const auto now = read_again(store, old,
                              {{.old = files[1], .file = {.path = "kustomization.yaml", .text = "namespace: shop\nresources:\n- a.yaml\n- n.yaml\npatches:\n- path: p.yaml\n"}},
                               {.old = files[0], .file = {.path = "a.yaml", .text = service("a") + "---\n" + service("b")}},
                               {.old = std::nullopt, .file = {.path = "n.yaml", .text = service("n")}}},
                              {}, diagnostics);
  EXPECT_THAT(subjects(store, now), ElementsAre("Service shop/a", "Service shop/b", "Kustomization", "Service shop/n", "Service default/b"));
  EXPECT_FALSE(store[now[1]].editable) << "the patch still changes it";
  EXPECT_TRUE(store[now[0]].editable);
}

}  // namespace s2a::read_test
