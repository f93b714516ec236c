// Changes that go round: text, edits, text read back, mesh.
#include "cli/rewriter.h"

#include <gtest/gtest.h>

#include "tests/unit/cli/program.h"

namespace s2a::test::rewriter_test {

/// One mesh of some files, and the first resource of that name in it.
class Rewriting : public testing::Test {
 protected:
  void read(std::initializer_list<SourceFile> files) {
    std::vector<FileId> ids;
    for (const auto& file : files) ids.push_back(store.sources.add(file));
    reading.snapshot = read_all(store, ids, reading.options, reading.diagnostics);
    mesh = MeshModel::build(store, reading.snapshot, {});
    rewrites.emplace(reading, mesh);
    rewriter = rewrites->rewriter();
  }

  [[nodiscard]] const Resource& find(const Snapshot& snapshot, std::string_view subject) const {
    for (const auto id : snapshot) {
      if (store[id].subject() == subject) return store[id];
    }
    ADD_FAILURE() << "there is no " << subject;
    return store[snapshot.front()];
  }

  /// An action with one change.
  static Action action(Change change) {
    Action out;
    out.unit = "shop";
    out.changes.push_back(std::move(change));
    return out;
  }

  /// `metadata.name` of the resource as it is now, replaced.
  [[nodiscard]] Action rename(std::string_view subject, std::string name) const {
    const auto& resource = find(rewrites->snapshot(), subject);
    return action(ReplaceValue{.document = resource.document, .node = resource.name.node, .value = std::move(name)});
  }

  [[nodiscard]] std::string text(std::string_view path) const {
    for (const auto& change : rewrites->changes()) {
      if (change.path == path) return change.text;
    }
    return "(not changed)";
  }

  Store store;
  Reading reading{.store = store, .snapshot = {}, .diagnostics = {}, .options = {}};
  MeshModel mesh;
  std::optional<Rewrites> rewrites;
  Rewriter rewriter;
  Rewriter::Units refused;
  Diagnostics diagnostics;
};

SourceFile file(std::string path, std::string text, Access access = Access::Edit, std::string root = "in") {
  return {.id = {}, .path = std::move(path), .text = std::move(text), .access = access, .mesh_root = std::move(root)};
}

constexpr const char* kCart = "kind: Service\napiVersion: v1\nmetadata: {name: cart, namespace: shop}  # ours\n";

TEST_F(Rewriting, ComposesOnePassAfterAnother) {
  read({file("in/a.yaml", kCart)});
  rewriter.reset();
  ASSERT_NE(rewriter.apply(std::vector{rename("Service shop/cart", "cart-of-the-shop")}, refused, diagnostics), nullptr);
  const auto* now = rewriter.apply(std::vector{rename("Service shop/cart-of-the-shop", "basket")}, refused, diagnostics);
  ASSERT_NE(now, nullptr);
  EXPECT_EQ(now->services().front().name, "basket");
  EXPECT_EQ(text("in/a.yaml"), "kind: Service\napiVersion: v1\nmetadata: {name: basket, namespace: shop}  # ours\n");
  const auto changes = rewrites->changes();
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].edits.apply(kCart), changes[0].text);

  rewriter.reset();
  EXPECT_TRUE(rewrites->changes().empty());
  EXPECT_EQ(find(rewrites->snapshot(), "Service shop/cart").name.value, "cart");
}

TEST_F(Rewriting, MakesANewFileBelowItsPathAndChangesItLater) {
  read({file("in/a.yaml", kCart)});
  for (int round = 0; round < 2; ++round) {
    rewriter.reset();
    ASSERT_NE(
        rewriter.apply(
            std::vector{action(CreateFile{.path = "in/new.yaml", .value = Value::Map{{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", Value::Map{{"name", "shop"}}}}})},
            refused, diagnostics),
        nullptr);
    ASSERT_NE(rewriter.apply(std::vector{rename("Namespace shop", "mall")}, refused, diagnostics), nullptr);
    EXPECT_EQ(text("in/new.yaml"), "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: mall\n");
    EXPECT_EQ(store.file_of(find(rewrites->snapshot(), "Namespace mall")).mesh_root, "in");
    EXPECT_FALSE(rewrites->changes().front().original);
  }
}

TEST_F(Rewriting, RefusesNewFilesOutsideOfThePaths) {
  read({file("in/sub/a.yaml", kCart), file("../up/one.yaml", kPolicy, Access::Edit, "../up/one.yaml")});
  const auto makes = [&](std::string path) {
    rewriter.reset();
    refused.clear();
    const Value ns(Value::Map{{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", Value::Map{{"name", "shop"}}}});
    return rewriter.apply(std::vector{action(CreateFile{.path = std::move(path), .value = ns})}, refused, diagnostics) != nullptr;
  };
  for (const auto* path : {"in/new.yaml", "in/sub/new.yaml", "in/sub/../new.yaml", "../up/new.yaml"}) EXPECT_TRUE(makes(path)) << path;
  for (const auto* path : {"new.yaml", "in/../new.yaml", "in/sub/../../evil-waypoint.yaml", "/etc/evil.yaml", "../evil.yaml", "../up/../evil.yaml", "inside/new.yaml", ""}) {
    EXPECT_FALSE(makes(path)) << path;
    EXPECT_EQ(refused, Rewriter::Units{"shop"});
    EXPECT_EQ(diagnostics.all().back().code, Code::NotWritten);
  }
}

TEST_F(Rewriting, PutsNewResourcesIntoTheStream) {
  read({file("-", kCart, Access::Edit, "-")});
  ASSERT_NE(rewriter.apply(
                std::vector{action(CreateFile{.path = "new.yaml", .value = Value::Map{{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", Value::Map{{"name", "shop"}}}}})},
                refused, diagnostics),
            nullptr);
  EXPECT_EQ(text("-"), std::string(kCart) + "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n");
  EXPECT_EQ(text("new.yaml"), "(not changed)");
}

TEST_F(Rewriting, DeletesAFileOnceNothingIsLeftInIt) {
  const auto cart = std::string(kCart);
  const auto web = std::string("kind: Service\napiVersion: v1\nmetadata: {name: web, namespace: shop}\n");
  const auto remove = [&](std::string_view subject) {
    const auto& resource = find(rewrites->snapshot(), subject);
    return action(RemoveResource{.document = resource.document, .resource = resource.node});
  };
  const auto both = "# Services\n\n" + cart + "---\n" + web;
  read({file("in/a.yaml", both)});
  ASSERT_NE(rewriter.apply(std::vector{remove("Service shop/cart")}, refused, diagnostics), nullptr);
  EXPECT_EQ(text("in/a.yaml"), "# Services\n\n---\n" + web);
  EXPECT_FALSE(rewrites->changes().front().deletes());
  const auto* now = rewriter.apply(std::vector{remove("Service shop/web")}, refused, diagnostics);
  ASSERT_NE(now, nullptr);
  EXPECT_TRUE(now->services().empty());
  EXPECT_TRUE(rewrites->changes().front().deletes());
  EXPECT_EQ(rewrites->changes().front().edits.apply(both), "");

  rewriter.reset();
  ASSERT_NE(rewriter.apply(std::vector{remove("Service shop/cart"), remove("Service shop/web")}, refused, diagnostics), nullptr);
  EXPECT_TRUE(rewrites->changes().front().deletes());
  EXPECT_TRUE(diagnostics.all().empty());
}

TEST_F(Rewriting, RefusesContextAndSharedText) {
  read({file("dump.yaml", kCart, Access::Context, "dump.yaml"),
        file("in/b.yaml", "kind: Service\napiVersion: v1\nmetadata: {name: &name web, namespace: shop, labels: {app: *name}}\n")});
  EXPECT_EQ(rewriter.apply(std::vector{rename("Service shop/cart", "x")}, refused, diagnostics), nullptr);
  EXPECT_EQ(rewriter.apply(std::vector{rename("Service shop/web", "x")}, refused, diagnostics), nullptr);
  EXPECT_EQ(refused, Rewriter::Units{"shop"});
  ASSERT_EQ(diagnostics.all().size(), 2U);
  EXPECT_EQ(diagnostics.all()[0].code, Code::NotEditable);
  EXPECT_EQ(diagnostics.all()[1].code, Code::SharedText);
}

TEST_F(Rewriting, RefusesWhatDoesNotReadBack) {
  read({file("in/a.yaml", kCart)});
  const auto& cart = find(reading.snapshot, "Service shop/cart");
  const auto broken = action(InsertEntry{.document = cart.document, .map = cart.node, .after = kNoNode, .key = "spec", .value = Value::Map{{"selector", "no map"}}});
  EXPECT_EQ(rewriter.apply(std::vector{broken}, refused, diagnostics), nullptr);
  ASSERT_EQ(diagnostics.all().size(), 1U);
  EXPECT_EQ(diagnostics.all()[0].code, Code::RoundTrip);
}

TEST_F(Rewriting, BlamesTheUnitWhoseNewResourceTheStreamCannotTake) {
  read({file("-", R"({"kind": "Service", "apiVersion": "v1", "metadata": {"name": "cart", "namespace": "shop"}})", Access::Edit, "-")});
  EXPECT_EQ(rewriter.apply(std::vector{action(CreateFile{.path = "new.yaml", .value = Value::Map{{"kind", "Namespace"}}})}, refused, diagnostics), nullptr);
  EXPECT_EQ(refused, Rewriter::Units{"shop"});
}

}  // namespace s2a::test::rewriter_test
