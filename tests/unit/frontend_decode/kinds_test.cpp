// Which documents become resources, of which kind, and what is said of the rest.
#include "frontend/decode/kinds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::kinds_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

TEST(Kinds, EveryRowNamesItsKindAndItsFields) {
  EXPECT_THAT(field_list_errors(), IsEmpty());
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const auto& row : kinds()) {
    EXPECT_TRUE(seen.insert({row.group, row.name}).second) << row.name << " twice in " << row.group;
    EXPECT_NE(object_type(row.fields), nullptr) << row.name;
    EXPECT_EQ(find_kind(row.name, row.group), &row);
    EXPECT_TRUE(row.name == to_string(row.kind) || row.name == "Component") << row.name;
    EXPECT_FALSE(row.serves("")) << row.name;
    EXPECT_FALSE(row.serves("v")) << row.name;
    EXPECT_FALSE(row.serves("v9")) << row.name;
  }
}

TEST(Kinds, EveryKindHasARow) {
  for (auto kind = Kind::AuthorizationPolicy; kind <= Kind::Kustomization; kind = static_cast<Kind>(static_cast<int>(kind) + 1)) {
    EXPECT_TRUE(std::ranges::any_of(kinds(), [&](const KindRow& row) { return row.kind == kind; })) << to_string(kind);
  }
}

TEST(Kinds, TheScanGetsThemSorted) {
  EXPECT_TRUE(std::ranges::is_sorted(relevant_kinds()));
  EXPECT_EQ(relevant_kinds().size(), kinds().size() + 1) << "and OpenShift's Template";
}

/// A minimal object of that kind and version.
std::string object_of(std::string_view api_version, std::string_view kind) {
  const auto* spec = kind == "WasmPlugin" ? "spec: {url: a}\n" : kind == "TrafficExtension" ? "spec: {lua: {inlineCode: a}}\n" : "";
  return fmt::format("apiVersion: {}\nkind: {}\nmetadata:\n  name: x\n{}", api_version, kind, spec);
}

TEST(Kinds, EveryServedVersionIsTaken) {
  for (const auto& row : kinds()) {
    if (row.applies != nullptr) continue;
    for (auto rest = row.versions; !rest.empty();) {
      const auto version = rest.substr(0, rest.find(' '));
      rest.remove_prefix(std::min(rest.size(), version.size() + 1));
      const auto read = read_text(object_of(row.group.empty() ? std::string(version) : fmt::format("{}/{}", row.group, version), row.name));
      ASSERT_THAT(read.resources, SizeIs(1)) << row.name << version;
      EXPECT_EQ(read.resources.front().kind, row.kind);
      EXPECT_EQ(read.resources.front().name.value, "x");
      EXPECT_THAT(read.said(), IsEmpty()) << row.name << version;
      EXPECT_TRUE(read.resources.front().translatable);
    }
  }
}

TEST(Kinds, AVersionThatNeverWasIsReported) {
  const auto read = read_text(object_of("security.istio.io/v1alpha1", "AuthorizationPolicy"));
  EXPECT_THAT(
      read.said(),
      ElementsAre(
          "UnknownVersion 1:13 «security.istio.io/v1alpha1» `security.istio.io/v1alpha1` was never served with the kind `AuthorizationPolicy` (use `security.istio.io/v1`)"));
  ASSERT_THAT(read.resources, SizeIs(1));
  EXPECT_FALSE(read.resources.front().translatable);
}

TEST(Kinds, AMissingVersionIsReportedWhereTheKindIsOurs) {
  EXPECT_THAT(read_text("kind: Service\nmetadata:\n  name: x\n").said(), ElementsAre("UnknownVersion 1:7 «Service» kind `Service` without an `apiVersion` (add `apiVersion: v1`)"));
  EXPECT_THAT(read_text("kind: Service\nname: x\n").said(), IsEmpty());
  EXPECT_THAT(read_text("kind: Recipe\nmetadata:\n  name: x\n").said(), IsEmpty());
}

TEST(Kinds, ForeignGroupsAndTextsAreSkipped) {
  for (const std::string_view text : {
           "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: x\nspec:\n  ports: none\n",
           "apiVersion: networking.x-k8s.io/v1alpha1\nkind: Gateway\nmetadata:\n  name: x\n",
           "apiVersion: rbac.istio.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata:\n  name: x\n",
           "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: istio\ndata:\n  other: x\n",
           "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  mesh: x\n",
           "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\n",
           "apiVersion: v1\nkind: [Service]\nmetadata:\n  name: x\n",
           "apiVersion: v1\nkind:\n",
           "$patch: delete\napiVersion: v1\nkind: Service\nmetadata:\n  name: x\n  unknown: y\n",
           "- kind: Service\n",
           "Service\n",
           "",
           "# nothing\n---\n---\n",
       }) {
    const auto read = read_text(text);
    EXPECT_THAT(read.resources, IsEmpty()) << text;
    EXPECT_THAT(read.said(), IsEmpty()) << text;
  }
}

TEST(Kinds, TheGroupTellsTheGatewaysApart) {
  const auto read = read_text(object_of("networking.istio.io/v1", "Gateway") + "---\n" + object_of("gateway.networking.k8s.io/v1", "Gateway"));
  ASSERT_THAT(read.resources, SizeIs(2));
  EXPECT_EQ(read.resources[0].kind, Kind::Gateway);
  EXPECT_EQ(read.resources[1].kind, Kind::K8sGateway);
  EXPECT_EQ(read.resources[1].document, DocumentId{1});
}

TEST(Lists, ItemsAreResourcesOfTheirOwn) {
  const auto read = read_text(
      "apiVersion: v1\nkind: List\nitems:\n"
      "- apiVersion: v1\n  kind: Namespace\n  metadata: {name: shop, namespace: ignored}\n"
      "- apiVersion: v1\n  kind: Secret\n"
      "- kind: ServiceList\n  apiVersion: v1\n  items:\n  - metadata: {name: cart, namespace: shop}\n    spec: {type: NodePort}\n");
  ASSERT_THAT(read.resources, SizeIs(2));
  EXPECT_EQ(read.resources[0].subject(), "Namespace shop");
  EXPECT_EQ(read.resources[1].subject(), "Service shop/cart");
  EXPECT_EQ(read.at(read.resources[1], read.resources[1].node), "metadata: {name: cart, namespace: shop}\n    spec: {type: NodePort}");
  EXPECT_EQ(std::get<Service>(read.resources[1].spec).type, "NodePort");
  EXPECT_THAT(read.said(), IsEmpty());
}

TEST(Lists, WhatAnItemLacksIsToldOfTheItem) {
  const auto read = read_text("apiVersion: v1\nkind: List\nitems:\n- kind: Service\n  metadata: {name: a}\n- 7\n-\n");
  EXPECT_THAT(read.said(), ElementsAre(HasSubstr("UnknownVersion 4:9 «Service»"), HasSubstr("WrongType 6:3 «7» `items[1]` is the integer `7`"), HasSubstr("`items[2]` is null")));
}

TEST(Lists, WhatIsNoListIsTold) {
  EXPECT_THAT(read_text("apiVersion: v1\nkind: List\nitems: {a: b}\n").said(), ElementsAre("WrongType 3:8 «{a: b}» `items` is a map, not a list"));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: ServiceList\nitems: 7\n").said(), ElementsAre(HasSubstr("WrongType 3:8")));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: List\nitems: [[{kind: Service}]]\n").said(), ElementsAre("WrongType 3:9 «[{kind: Service}]» `items[0]` is a list, not a map"));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: List\n").said(), IsEmpty());
  EXPECT_THAT(read_text("apiVersion: example.com/v1\nkind: AllowList\nitems: {a: b}\n").said(), IsEmpty()) << "another's kind";
}

std::vector<std::string> subjects_of(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& resource : read_text(text).resources) {
    out.push_back(resource.subject());
    EXPECT_FALSE(resource.translatable) << text;
  }
  return out;
}

TEST(UntoldKinds, StandForWhatDecidesMost) {
  for (const std::string_view kind : {"{{ .Values.kind }}", "{{ .Values.kind | default \"X\" }}", "\"{{ .Values.kind }}\"", "${KIND}", "Authorization${X}"}) {
    for (const std::string_view version : {"security.istio.io/v1", "{{ .Values.version }}", "'${GROUP}/v1'", "gateway.networking.k8s.io/v1"})
      EXPECT_THAT(subjects_of(fmt::format("apiVersion: {}\nkind: {}\nmetadata: {{name: a, namespace: shop}}\n", version, kind)), ElementsAre("AuthorizationPolicy shop/a"))
          << version << kind;
    for (const std::string_view version : {"v1", "apps/v1", "batch/v1"})
      EXPECT_THAT(subjects_of(fmt::format("apiVersion: {}\nkind: {}\nmetadata: {{name: a, namespace: shop}}\n", version, kind)), IsEmpty()) << version << kind;
  }
}

TEST(UntoldKinds, MayBeAnywhereAndMayBeLists) {
  EXPECT_THAT(subjects_of("apiVersion: security.istio.io/v1\nkind: {{ .k }}\nmetadata:\n  name: {{ .n }}\n"), ElementsAre("AuthorizationPolicy in an unknown namespace"));
  EXPECT_THAT(subjects_of("apiVersion: v1\nkind: {{ .k }}\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a, namespace: shop}\n"), ElementsAre("Service shop/a"));
  EXPECT_THAT(subjects_of("kind: ${A}\nname: x\n"), IsEmpty()) << "no object";
}

TEST(UntoldVersions, LeaveTheKind) {
  EXPECT_THAT(subjects_of("apiVersion: ${VERSION}\nkind: AuthorizationPolicy\nmetadata: {name: a, namespace: shop}\n"), ElementsAre("AuthorizationPolicy shop/a"));
}

TEST(Lists, OfAnOpenShiftTemplate) {
  for (const std::string_view version : {"v1", "template.openshift.io/v1"}) {
    const auto text = fmt::format("apiVersion: {}\nkind: Template\nobjects:\n- apiVersion: v1\n  kind: Service\n  metadata: {{name: a, namespace: shop}}\n", version);
    ASSERT_THAT(read_text(text).resources, SizeIs(1));
    EXPECT_EQ(read_text(text).resources[0].subject(), "Service shop/a");
  }
  EXPECT_THAT(read_text("apiVersion: example.com/v1\nkind: Template\nobjects: [{apiVersion: v1, kind: Service}]\n").resources, IsEmpty());
}

TEST(Lists, DepthIsBounded) {
  std::string text = R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"x"}})";
  for (int i = 0; i < 20; ++i) text = R"({"apiVersion":"v1","kind":"List","items":[)" + text + "]}";
  const auto read = read_text(text);
  EXPECT_THAT(read.resources, IsEmpty());
  EXPECT_THAT(read.said(), ElementsAre(HasSubstr("TooBig")));
}

TEST(Names, AreNeeded) {
  EXPECT_THAT(read_text("apiVersion: v1\nkind: Service\nmetadata:\n  generateName: x-\n").said(), ElementsAre(HasSubstr("MissingName 4:3 «generateName»")));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: Service\nmetadata:\n  labels: {}\n").said(), ElementsAre(HasSubstr("MissingName 3:1 «metadata»")));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: Service\n").said(), ElementsAre(HasSubstr("MissingName 2:7 «Service»")));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: Service\nmetadata: {name: ''}\n").said(), ElementsAre(HasSubstr("MissingName 3:18 «''»")));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: Service\nmetadata: {name: 7}\n").said(),
              ElementsAre("WrongType 3:18 «7» `metadata.name` is the integer `7`, not a string (quote it: `\"7\"`)"));
  EXPECT_THAT(read_text("apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\n").said(), IsEmpty());
}

TEST(Names, AreSubdomains) {
  for (const std::string_view name : {"Allow", "a_b", "-a", "a.", "a..b"})
    EXPECT_THAT(read_text(fmt::format("apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata: {{name: {}}}\n", name)).said(),
                ElementsAre(HasSubstr("no legal name")))
        << name;
  EXPECT_THAT(read_text("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ../a}\n").said(), ElementsAre(HasSubstr("InvalidValue 3:18 «../a»")));
}

TEST(Names, OfNamespacesAndServicesAreLabels) {
  for (const std::string_view kind : {"Namespace", "Service"}) {
    const auto said = [&](const std::string& name) { return read_text(fmt::format("apiVersion: v1\nkind: {}\nmetadata: {{name: {}}}\n", kind, name)).said(); };
    EXPECT_THAT(said("a-1"), IsEmpty());
    EXPECT_THAT(said(std::string(63, 'a')), IsEmpty());
    for (const std::string& name : {std::string("a.b"), std::string("../a"), std::string("-a"), std::string(64, 'a')})
      EXPECT_THAT(said(name), ElementsAre(HasSubstr("no legal name")));
  }
}

TEST(Names, OfTheNamespaceLeadNowhere) {
  const auto said = [](std::string_view ns) { return read_text(fmt::format("apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a, namespace: {}}}\n", ns)).said(); };
  EXPECT_THAT(said("shop"), IsEmpty());
  EXPECT_THAT(said("''"), IsEmpty());
  for (const std::string_view ns : {"../../evil", "/etc", "a/b", "a.b", "Shop", "shop-"}) EXPECT_THAT(said(ns), ElementsAre(HasSubstr("is no legal namespace"))) << ns;
  EXPECT_THAT(read_text("namespace: ../../evil\n", "kustomization.yaml").said(), ElementsAre(HasSubstr("InvalidValue 1:12 «../../evil»")));
  EXPECT_THAT(read_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata: {mesh: 'rootNamespace: /etc'}\n").said(), ElementsAre(HasSubstr("is no legal namespace")));
}

TEST(Resource, CarriesLabelsAnnotationsAndSpans) {
  const auto read = read_text(
      "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    istio-injection: enabled\n    empty:\n  annotations: &a {team: \"x\"}\n---\n"
      "apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: cart\n  namespace: shop\n");
  ASSERT_THAT(read.resources, SizeIs(2));
  const auto& ns = read.resources[0];
  EXPECT_EQ(labels_of(ns.labels), "istio-injection=enabled");
  EXPECT_EQ(read.at(ns, ns.labels.at("istio-injection").node), "enabled");
  EXPECT_EQ(labels_of(ns.annotations), "team=x");
  EXPECT_EQ(read.at(ns, ns.name.node), "shop");
  EXPECT_EQ(ns.api_version.value, "v1");
  EXPECT_TRUE(ns.editable);
  EXPECT_EQ(read.resources[1].ns.value, "shop");
  EXPECT_EQ(read.at(read.resources[1], read.resources[1].ns.node), "shop");
}

TEST(Resource, OfALockedDocumentStaysAsItIsAndIsNotJudged) {
  const auto read = read_text("apiVersion: security.istio.io/v1\nkind: PeerAuthentication\nmetadata:\n  name: a\n  name: b\nspec:\n  unknown: x\n");
  ASSERT_THAT(read.resources, SizeIs(1));
  EXPECT_FALSE(read.resources.front().editable);
  EXPECT_FALSE(read.resources.front().translatable);
  EXPECT_FALSE(read.resources.front().locked.empty());
  EXPECT_THAT(read.said(), ElementsAre(HasSubstr("DuplicateKey")));
}

TEST(Resource, MergesAndAliasesAreFollowed) {
  const auto read = read_text(
      "apiVersion: v1\nkind: Service\nmetadata: &m\n  name: a\n  labels: &l {app: a, tier: x}\nspec:\n  selector:\n    <<: *l\n    tier: z\n  ports:\n  - &p {name: http, port: "
      "80}\n  - <<: *p\n    port: 81\n");
  ASSERT_THAT(read.resources, SizeIs(1));
  const auto& service = std::get<Service>(read.resources.front().spec);
  EXPECT_EQ(labels_of(service.selector), "app=a tier=z");
  ASSERT_THAT(service.ports, SizeIs(2));
  EXPECT_EQ(service.ports[1].name.value, "http");
  EXPECT_EQ(service.ports[1].port, 81);
  EXPECT_THAT(read.said(), IsEmpty());
}

}  // namespace s2a::test::kinds_test
