// Which kustomizations list a file, whatever the way that they write to it.
#include "ir/passes/listings.h"

#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::test::listings_test {

TEST(Listings, AreFoundByThePathThatTheyMean) {
  Store store;
  Diagnostics told;
  const auto snapshot = read_yaml(store, "resources:\n- a.yaml\n- ./sub//b.yaml\n- ../c.yaml\n- sub/../../up/d.yaml\n- sub\n", "base/kustomization.yaml", told);
  const auto mesh = MeshModel::build(store, snapshot, {});
  const auto listed_as = [&](std::string_view path) {
    const auto found = listings_of(mesh, path);
    return found.size() == 1 ? store[found[0].kustomization->document][found[0].item].value : std::to_string(found.size());
  };
  EXPECT_EQ(listed_as("base/a.yaml"), "a.yaml");
  EXPECT_EQ(listed_as("base/sub/b.yaml"), "./sub//b.yaml");
  EXPECT_EQ(listed_as("c.yaml"), "../c.yaml");
  EXPECT_EQ(listed_as("up/d.yaml"), "sub/../../up/d.yaml");
  EXPECT_EQ(listed_as("a.yaml"), "0");
  EXPECT_EQ(listed_as("base/sub/a.yaml"), "0");
}

}  // namespace s2a::test::listings_test
