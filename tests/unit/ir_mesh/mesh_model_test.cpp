// The mesh as a whole: configuration, duplicates, namespaces, templates and their pods, mutual TLS.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::mesh_model_test {

using test::mesh_from_yaml;
using test::names_of;

std::string names(const std::vector<MeshWorkload>& workloads) {
  std::string text;
  for (const auto& workload : workloads) text += (text.empty() ? "" : " ") + workload.name;
  return text;
}

constexpr std::string_view kConfig = R"(
apiVersion: v1
kind: ConfigMap
metadata: {name: istio, namespace: istio-system}
data:
  mesh: |-
    rootNamespace: mesh-root
    trustDomain: example.org
    trustDomainAliases: [old.example.org]
)";

TEST(Config, OptionsThenMeshConfigThenDefaults) {
  const auto plain = mesh_from_yaml("");
  EXPECT_EQ(plain->root_namespace(), "istio-system");
  EXPECT_EQ(plain->trust_domain(), "cluster.local");
  EXPECT_EQ(plain->cluster_domain(), "cluster.local");
  EXPECT_TRUE(plain->trust_domain_aliases().empty());

  const auto read = mesh_from_yaml(kConfig);
  EXPECT_EQ(read->root_namespace(), "mesh-root");
  EXPECT_EQ(read->trust_domain(), "example.org");
  EXPECT_EQ(read->trust_domain_aliases(), std::vector<std::string>{"old.example.org"});

  const auto told = mesh_from_yaml(kConfig, {.root_namespace = "r", .trust_domain = "t", .trust_domain_aliases = {"a"}, .cluster_domain = "c"});
  EXPECT_EQ(told->root_namespace(), "r");
  EXPECT_EQ(told->trust_domain(), "t");
  EXPECT_EQ(told->trust_domain_aliases(), std::vector<std::string>{"a"});
  EXPECT_EQ(told->cluster_domain(), "c");
}

TEST(Duplicates, AreTheSameKindNamespaceAndNameInWhateverVersion) {
  const auto policy = [](std::string_view version, std::string_view ns, std::string_view name) {
    return fmt::format("---\napiVersion: security.istio.io/{}\nkind: AuthorizationPolicy\nmetadata: {{name: {}, namespace: {}}}\n", version, name, ns);
  };
  const auto mesh = mesh_from_yaml(policy("v1", "shop", "p") + policy("v1", "shop", "q") + policy("v1", "web", "p") + policy("v1beta1", "shop", "p"));
  ASSERT_EQ(mesh->duplicates().size(), 1U);
  const auto& [first, second] = mesh->duplicates().front();
  EXPECT_EQ(first->id, mesh.snapshot[0]);
  EXPECT_EQ(second->id, mesh.snapshot[3]);
  EXPECT_EQ(mesh->all(Kind::AuthorizationPolicy).size(), 3U);
}

TEST(Namespaces, AreThoseWithSomethingOfTheMesh) {
  const auto mesh = mesh_from_yaml(R"(
apiVersion: v1
kind: Service
metadata: {name: a, namespace: shop}
spec: {ports: [{port: 80}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: apart}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: a, namespace: accounts}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: a, namespace: web}
)");
  EXPECT_EQ(mesh->namespaces(), (std::vector<std::string>{"apart", "shop", "web"}));
  EXPECT_NE(mesh->namespace_manifest("apart"), nullptr);
  EXPECT_EQ(mesh->namespace_manifest("shop"), nullptr);
}

/// Metadata of what a controller made, and a pod template.
std::string dump(std::string_view kind, std::string_view name, std::string_view labels, bool owned) {
  const auto owner = owned ? ", ownerReferences: [{apiVersion: apps/v1, kind: Owner, name: o, uid: u}]" : "";
  if (kind == "Pod")
    return fmt::format("---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {}, namespace: shop, labels: {}{}}}\nspec: {{containers: [{{name: app, image: app}}]}}\n", name, labels,
                       owner);
  return fmt::format(
      "---\napiVersion: apps/v1\nkind: {}\nmetadata: {{name: {}, namespace: shop{}}}\nspec:\n  replicas: 0\n  selector: {{matchLabels: {{app: a}}}}\n  template: {{metadata: "
      "{{labels: {}}}, spec: {{containers: "
      "[{{name: app, image: app}}]}}}}\n",
      kind, name, owner, labels);
}

TEST(Workloads, OfADumpCountOnce) {
  const auto mesh =
      mesh_from_yaml(dump("Pod", "a-1-x", "{app: a, pod-template-hash: '1'}", true) + dump("Deployment", "a", "{app: a}", false) +
                     dump("ReplicaSet", "a-1", "{app: a, pod-template-hash: '1'}", true) + dump("ReplicaSet", "a-0", "{app: a, version: old, pod-template-hash: '0'}", true) +
                     dump("Pod", "alone", "{app: a}", false) + dump("Pod", "orphan-1", "{app: o, statefulset.kubernetes.io/pod-name: orphan-1}", true) +
                     dump("Pod", "orphan-2", "{app: o, statefulset.kubernetes.io/pod-name: orphan-2}", true));
  EXPECT_EQ(names(mesh->workloads()), "a a-0 alone orphan-1");
}

std::string peer_authentication(std::string_view ns, std::string_view name, std::string_view spec, std::string_view age = {}) {
  return fmt::format("---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: {}, namespace: {}{}}}\nspec: {}\n", name, ns,
                     age.empty() ? "" : fmt::format(", creationTimestamp: \"{}\"", age), spec);
}

TEST(StrictMtls, IsTheNamespacesThenTheMeshs) {
  struct Case {
    std::string_view mesh, ns;
    bool expected;
  };
  const Case cases[] = {
      {"", "", false},
      {"{mtls: {mode: STRICT}}", "", true},
      {"{mtls: {mode: STRICT}}", "{mtls: {mode: PERMISSIVE}}", false},
      {"{mtls: {mode: STRICT}}", "{mtls: {mode: DISABLE}}", false},
      {"{mtls: {mode: STRICT}}", "{mtls: {mode: UNSET}}", true},
      {"{mtls: {mode: STRICT}}", "{}", true},
      {"{mtls: {mode: PERMISSIVE}}", "{mtls: {mode: STRICT}}", true},
      {"{mtls: {mode: UNSET}}", "", false},
      {"", "{mtls: {mode: STRICT}}", true},
      {"", "{selector: {matchLabels: {app: a}}, mtls: {mode: STRICT}}", false},
  };
  for (const auto& c : cases) {
    const auto mesh =
        mesh_from_yaml((c.mesh.empty() ? "" : peer_authentication("istio-system", "default", c.mesh)) + (c.ns.empty() ? "" : peer_authentication("shop", "default", c.ns)));
    EXPECT_EQ(mesh->strict_mtls("shop"), c.expected) << c.mesh << " " << c.ns;
    EXPECT_TRUE(mesh->ambiguous_mtls().empty());
  }
}

TEST(StrictMtls, OfSeveralIsTheOldests) {
  const auto both = [](std::string_view first_age, std::string_view second_age) {
    return mesh_from_yaml(peer_authentication("shop", "a", "{mtls: {mode: STRICT}}", first_age) + peer_authentication("shop", "b", "{mtls: {mode: PERMISSIVE}}", second_age));
  };
  EXPECT_TRUE(both("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")->strict_mtls("shop"));
  EXPECT_FALSE(both("2025-01-01T00:00:00Z", "2024-01-01T00:00:00Z")->strict_mtls("shop"));
  EXPECT_TRUE(both("2025-01-01T00:00:00Z", "2024-01-01T00:00:00Z")->ambiguous_mtls().empty());
  EXPECT_EQ(names_of(both("", "")->ambiguous_mtls()), "a b");
}

TEST(Subject, NamesTheResource) {
  const auto mesh = mesh_from_yaml(dump("Deployment", "cart", "{app: cart}", false));
  EXPECT_EQ((*mesh)[mesh.workload("cart")].subject(*mesh.store), "Deployment shop/cart");
}

}  // namespace s2a::mesh_model_test
