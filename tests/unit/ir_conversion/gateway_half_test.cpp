// VirtualServices for gateways and the mesh, without what they are in the mesh. routing.md 5.1
#include "ir/conversion/gateway_half.h"

#include <gtest/gtest.h>

#include <ostream>

#include "backend/edit/verbs.h"
#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::gateway_half_test {

struct Row {
  std::string name;
  std::string before;
  std::string after;  ///< empty: it goes as a whole
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

std::vector<Row> rows() {
  return {
      {"no_gateways", "hosts: [reviews]\n  http: [{timeout: 1s}]\n", ""},
      {"mesh_alone", "hosts: [reviews]\n  gateways: [mesh]\n  http: [{timeout: 1s}]\n", ""},
      {"gateways_alone", "hosts: [reviews]\n  gateways: [gw]\n  http: [{timeout: 1s}]\n", "hosts: [reviews]\n  gateways: [gw]\n  http: [{timeout: 1s}]\n"},
      {"both", "hosts: [reviews]\n  gateways:\n  - mesh\n  - gw  # public\n  http: [{timeout: 1s}]\n",
       "hosts: [reviews]\n  gateways:\n  - gw  # public\n  http: [{timeout: 1s}]\n"},
      {"a_match", "gateways: [gw, mesh]\n  hosts: [reviews]\n  http:\n  - match:\n    - gateways: [mesh]\n      uri: {exact: /a}\n    - uri: {exact: /b}\n    timeout: 1s\n",
       "gateways: [gw]\n  hosts: [reviews]\n  http:\n  - match:\n    - uri: {exact: /b}\n    timeout: 1s\n"},
      {"a_rule", "gateways: [gw, mesh]\n  hosts: [reviews]\n  http:\n  - match:\n    - gateways: [mesh]\n    timeout: 1s\n  - timeout: 2s\n",
       "gateways: [gw]\n  hosts: [reviews]\n  http:\n  - timeout: 2s\n"},
      {"matches_of_both", "gateways: [gw, mesh]\n  hosts: [reviews]\n  http: [{match: [{gateways: [gw, mesh]}], timeout: 1s}]\n",
       "gateways: [gw]\n  hosts: [reviews]\n  http: [{match: [{gateways: [gw, mesh]}], timeout: 1s}]\n"},
      {"a_list", "gateways: [gw, mesh]\n  hosts: [reviews]\n  tcp:\n  - match: [{gateways: [mesh]}]\n  http:\n  - timeout: 1s\n",
       "gateways: [gw]\n  hosts: [reviews]\n  http:\n  - timeout: 1s\n"},
      {"all_rules", "gateways: [gw, mesh]\n  hosts: [reviews]\n  http:\n  - match: [{gateways: [mesh]}]\n    timeout: 1s\n", ""},
  };
}

class GatewayHalf : public testing::TestWithParam<Row> {};

TEST_P(GatewayHalf, IsLeft) {
  const std::string head = "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: reviews, namespace: shop}\nspec:\n  ";
  const auto mesh = mesh_from_yaml(head + GetParam().before);
  const auto& resource = *mesh->all(Kind::VirtualService).front();
  const auto changes = gateway_half(resource, *mesh.store);
  ASSERT_EQ(changes.has_value(), !GetParam().after.empty());
  if (!changes) return;
  const auto& file = mesh.store->file_of(resource);
  const auto edits = edits_for(*changes, file, (*mesh.store)[resource.document]);
  ASSERT_TRUE(edits) << edits.error().reason;
  EXPECT_EQ(edits->apply(file.text), head + GetParam().after);
}

INSTANTIATE_TEST_SUITE_P(All, GatewayHalf, testing::ValuesIn(rows()), [](const auto& row) { return row.param.name; });

}  // namespace s2a::test::gateway_half_test
