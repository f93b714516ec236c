// Files that `s2a apply` deletes, and that come back where something fails.
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>

#include "tests/support/files.h"
#include "tests/support/temp_tree.h"
#include "tests/unit/cli/program.h"

namespace {

std::string_view undeletable;  // how its path ends; empty: none

}  // namespace

/// Takes the place of the C library's: it refuses one file, where the test asks for it.
extern "C" int unlink(const char* path) noexcept {
  if (!undeletable.empty() && std::string_view(path).ends_with(undeletable)) {
    errno = EPERM;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_unlink, path));
}

namespace s2a::test::delete_test {

namespace fs = std::filesystem;

constexpr const char* kRoot =
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: cart, namespace: shop}\nspec: {hosts: [cart], http: [{delegate: {name: rules}}]}\n";
constexpr const char* kDelegate =
    "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: rules, namespace: shop}\nspec: {http: [{route: [{destination: {host: cart}}]}]}\n";

TEST(Apply, DeletesTheFileOfADelegate) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/delegate.yaml", kDelegate}, {"in/root.yaml", kRoot}};
  EXPECT_EQ(s2a_in(tree, {"check", "in"}).exit, 1);
  const auto copied = s2a_in(tree, {"apply", "--out-dir", "out", "in"});
  EXPECT_NE(copied.out.find("3 of them changed or new; 1 deleted\n"), std::string::npos) << copied.out;
  EXPECT_FALSE(fs::exists(tree.at("out/delegate.yaml")));
  const auto said = s2a_in(tree, {"apply", "-w", "in"});
  EXPECT_EQ(said.exit, 0) << said.out << said.err;
  EXPECT_TRUE(said.out.ends_with("deleted in/delegate.yaml\n")) << said.out;
  EXPECT_FALSE(fs::exists(tree.at("in/delegate.yaml")));
  EXPECT_EQ(s2a_in(tree, {"check", "in"}).exit, 0);
}

TEST(Apply, DeletesNothingWhereSomethingCannotBeWritten) {
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/delegate.yaml", kDelegate}, {"in/root.yaml", kRoot}, {"in/shop-waypoint.yaml/x", "in the way"}};
  EXPECT_EQ(s2a_in(tree, {"apply", "-w", "in"}).exit, 2);
  EXPECT_EQ(bytes_of(tree.at("in/delegate.yaml")), kDelegate);
  EXPECT_EQ(bytes_of(tree.at("in/root.yaml")), kRoot);
}

TEST(Apply, BringsDeletedFilesBack) {
  auto first = std::string(kRoot);
  first.replace(first.find("{name: rules}}"), 14, "{name: first}}, {delegate: {name: rules}}");
  auto delegate = std::string(kDelegate);
  delegate.replace(delegate.find("name: rules"), 11, "name: first");
  delegate.replace(delegate.find("{route"), 6, "{match: [{uri: {exact: /x}}], route");
  const TempTree tree{{"in/mesh.yaml", kShop}, {"in/a.yaml", delegate}, {"in/b.yaml", kDelegate}, {"in/root.yaml", first}};
  fs::permissions(tree.at("in/a.yaml"), static_cast<fs::perms>(0640));
  undeletable = "/b.yaml";
  const auto said = s2a_in(tree, {"apply", "-w", "in"});
  undeletable = {};
  EXPECT_EQ(said.exit, 2);
  EXPECT_NE(said.out.find("`in/b.yaml`: it cannot be deleted"), std::string::npos) << said.out;
  EXPECT_EQ(bytes_of(tree.at("in/a.yaml")), delegate);
  EXPECT_EQ(fs::status(tree.at("in/a.yaml")).permissions(), static_cast<fs::perms>(0640));
  EXPECT_EQ(bytes_of(tree.at("in/root.yaml")), first);
  EXPECT_FALSE(fs::exists(tree.at("in/shop-waypoint.yaml")));
  EXPECT_EQ(s2a_in(tree, {"apply", "-w", "in"}).exit, 0);
  EXPECT_FALSE(fs::exists(tree.at("in/a.yaml")) || fs::exists(tree.at("in/b.yaml")));
}

}  // namespace s2a::test::delete_test
