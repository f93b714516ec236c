// What kustomizations make of the resources of the files they list.
#include "frontend/screen/kustomize.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontend/read.h"

namespace s2a::kustomize_test {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

using Files = std::vector<std::pair<std::string, std::string>>;

std::string policy(const std::string& name, const std::string& ns = {}) {
  return "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: " + name + (ns.empty() ? "" : "\n  namespace: " + ns) + "\nspec: {}\n";
}

std::string deployment(const std::string& name) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name +
         "}\nspec:\n  selector: {matchLabels: {app: x}}\n  template:\n    metadata: {labels: {app: x}}\n    spec: {containers: [{name: a}]}\n";
}

struct Read {
  Store store;
  Snapshot snapshot;
  Diagnostics diagnostics;

  explicit Read(const Files& files) {
    std::vector<FileId> ids;
    for (const auto& [path, text] : files) ids.push_back(store.sources.add({.path = path, .text = text}));
    snapshot = read_all(store, ids, {}, diagnostics);
  }
  /// `AuthorizationPolicy shop/a` of all but the kustomizations; a `!` behind it: locked.
  [[nodiscard]] std::vector<std::string> subjects() const {
    std::vector<std::string> out;
    for (const auto id : snapshot)
      if (store[id].kind != Kind::Kustomization) out.push_back(store[id].subject() + (store[id].editable && store[id].translatable ? "" : "!"));
    return out;
  }
  [[nodiscard]] std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const auto& diagnostic : diagnostics.sorted()) out.push_back(to_string(diagnostic.code) + " " + diagnostic.subject);
    return out;
  }
  [[nodiscard]] const Resource& first(Kind kind) const {
    return store[*std::ranges::find(snapshot, kind, [&](ResourceId id) { return store[id].kind; })];
  }
};

struct Row {
  std::string name;
  Files files;
  std::vector<std::string> subjects;
  std::vector<std::string> codes;
};

class KustomizeTest : public testing::TestWithParam<Row> {};

TEST_P(KustomizeTest, Settles) {
  const Read read(GetParam().files);
  EXPECT_EQ(read.subjects(), GetParam().subjects);
  EXPECT_EQ(read.codes(), GetParam().codes);
}

const std::string kImagePatch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 2, template: {spec: {containers: [{name: a, image: b}]}}}\n";
const std::string kLabelPatch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {metadata: {labels: {app: y}}}}\n";

INSTANTIATE_TEST_SUITE_P(
    Builds, KustomizeTest,
    testing::Values(
        Row{"NoneListsIt", {{"a.yaml", policy("a")}, {"k/kustomization.yaml", "namespace: shop\nresources: []\n"}}, {"AuthorizationPolicy default/a"}, {}},
        Row{"NamespaceIsGivenAndOverridden",
            {{"k/a.yaml", policy("a") + "---\n" + policy("b", "other")}, {"k/kustomization.yaml", "namespace: shop\nresources:\n- ./a.yaml\n"}},
            {"AuthorizationPolicy shop/a", "AuthorizationPolicy shop/b"},
            {}},
        Row{"NamespaceObjectsAreRenamed",
            {{"a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: old}\n"}, {"kustomization.yaml", "kind: Kustomization\nnamespace: shop\nresources: [a.yaml]\n"}},
            {"Namespace shop"},
            {}},
        Row{"TheOutermostNamespaceWins",
            {{"base/a.yaml", policy("a")},
             {"base/kustomization.yml", "namespace: base\nresources: [a.yaml]\n"},
             {"over/kustomization.yaml", "namespace: over\nresources: [../base]\n"},
             {"top/kustomization.yaml", "bases: [../over/]\n"}},
            {"AuthorizationPolicy over/a"},
            {}},
        Row{"ComponentsCountToo",
            {{"c/a.yaml", policy("a")},
             {"c/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]\n"},
             {"kustomization.yaml", "namespace: shop\ncomponents: [c]\n"}},
            {"AuthorizationPolicy shop/a"},
            {}},
        Row{"TwoNamespacesAreTooMany",
            {{"base/a.yaml", policy("a")},
             {"base/kustomization.yaml", "resources: [a.yaml]\n"},
             {"dev/kustomization.yaml", "namespace: dev\nresources: [../base]\n"},
             {"prod/kustomization.yaml", "namespace: prod\nresources: [../base]\n"}},
            {"AuthorizationPolicy a in an unknown namespace!"},
            {"S2A0012 "}},
        Row{"OneNamespaceAndNoneAreTooMany",
            {{"base/a.yaml", policy("a", "own") + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: own}\n"},
             {"base/kustomization.yaml", "resources: [a.yaml]\n"},
             {"dev/kustomization.yaml", "namespace: dev\nresources: [../base]\n"},
             {"prod/kustomization.yaml", "resources: [../base]\n"}},
            {"AuthorizationPolicy a in an unknown namespace!", "Namespace ?!"},
            {"S2A0012 "}},
        Row{"ARing",
            {{"a/a.yaml", policy("a")}, {"a/kustomization.yaml", "namespace: a\nresources: [a.yaml, ../b]\n"}, {"b/kustomization.yaml", "resources: [../a]\n"}},
            {"AuthorizationPolicy a/a"},
            {}},
        Row{"AMergePatchInAFileIsNoResource",
            {{"a.yaml", policy("a") + "---\n" + policy("b")}, {"kustomization.yaml", "resources: [a.yaml]\npatches:\n- path: patch.yaml\n"}, {"patch.yaml", policy("a")}},
            {"AuthorizationPolicy default/a!", "AuthorizationPolicy default/b"},
            {"S2A0008 AuthorizationPolicy default/a"}},
        Row{"PatchesReachThroughBases",
            {{"base/a.yaml", policy("a")},
             {"base/kustomization.yaml", "resources: [a.yaml]\n"},
             {"kustomization.yaml", "resources: [base]\npatchesStrategicMerge:\n- |-\n  kind: AuthorizationPolicy\n  metadata:\n    name: a\n"}},
            {"AuthorizationPolicy default/a!"},
            {"S2A0008 AuthorizationPolicy default/a"}},
        Row{"AJsonPatchNamesItsTarget",
            {{"a.yaml", policy("a") + "---\n" + policy("b")},
             {"kustomization.yaml",
              "resources: [a.yaml]\npatches:\n- target: {kind: AuthorizationPolicy, name: b}\n  patch: '[{\"op\": \"remove\", \"path\": \"/spec/action\"}]'\n"}},
            {"AuthorizationPolicy default/a", "AuthorizationPolicy default/b!"},
            {"S2A0008 AuthorizationPolicy default/b"}},
        Row{"ATargetMayBeAPattern",
            {{"a.yaml", policy("a") + "---\n" + policy("b")},
             {"kustomization.yaml", "resources: [a.yaml]\npatchesJson6902:\n- target: {kind: AuthorizationPolicy, name: .*}\n  path: ops.json\n"}},
            {"AuthorizationPolicy a in an unknown namespace!", "AuthorizationPolicy b in an unknown namespace!"},
            {"S2A0008 AuthorizationPolicy default/a", "S2A0008 AuthorizationPolicy default/b"}},
        Row{"AnImagePatchLeavesAWorkloadAlone",
            {{"a.yaml", deployment("d")}, {"kustomization.yaml", "resources: [a.yaml]\npatches: [{path: p.yaml}]\n"}, {"p.yaml", kImagePatch}},
            {"Deployment default/d"},
            {}},
        Row{"ALabelPatchDoesNot",
            {{"a.yaml", deployment("d")}, {"kustomization.yaml", "resources: [a.yaml]\npatches: [{path: p.yaml}]\n"}, {"p.yaml", kLabelPatch}},
            {"Deployment default/d!"},
            {"S2A0008 Deployment default/d"}},
        Row{"AnUnseenPatchIsNotTrusted",
            {{"a.yaml", deployment("d")}, {"kustomization.yaml", "resources: [a.yaml]\npatches: [{path: p.txt, target: {kind: Deployment}}]\n"}},
            {"Deployment d in an unknown namespace!"},
            {"S2A0008 Deployment default/d"}},
        Row{"AJsonPatchMayMove",
            {{"a.yaml", policy("a") + "---\n" + policy("b")},
             {"kustomization.yaml", "resources: [a.yaml]\npatches:\n- target: {name: b}\n  patch: '[{\"op\": \"add\", \"path\": \"/metadata/namespace\", \"value\": \"n\"}]'\n"}},
            {"AuthorizationPolicy default/a", "AuthorizationPolicy b in an unknown namespace!"},
            {"S2A0008 AuthorizationPolicy default/b"}},
        Row{"AJsonPatchMayRemoveLabels",
            {{"a.yaml", deployment("d")},
             {"kustomization.yaml", "resources: [a.yaml]\npatches:\n- target: {kind: Deployment}\n  patch: '[{\"op\": \"remove\", \"path\": \"/spec/template/metadata\"}]'\n"}},
            {"Deployment default/d!"},
            {"S2A0008 Deployment default/d"}},
        Row{"ARenamedNamespaceIsPatched",
            {{"a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: old}\n"},
             {"kustomization.yaml", "namespace: shop\nresources: [a.yaml]\npatches: [{path: p.yaml}]\n"},
             {"p.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: old, labels: {a: b}}\n"}},
            {"Namespace shop!"},
            {"S2A0008 Namespace shop"}},
        Row{"ReplacementsHaveTargets",
            {{"a.yaml", policy("a") + "---\n" + policy("b")},
             {"kustomization.yaml",
              "resources: [a.yaml]\nreplacements:\n- source: {kind: X}\n  targets: [{select: {kind: AuthorizationPolicy, name: a}, fieldPaths: [spec.action]}]\n"}},
            {"AuthorizationPolicy default/a!", "AuthorizationPolicy default/b"},
            {"S2A0008 AuthorizationPolicy default/a"}},
        Row{"AReplacementMayMove",
            {{"a.yaml", policy("a") + "---\n" + policy("b")},
             {"kustomization.yaml", "resources: [a.yaml]\nreplacements:\n- source: {kind: X}\n  targets: [{select: {name: a}, fieldPaths: [metadata.namespace]}]\n"}},
            {"AuthorizationPolicy a in an unknown namespace!", "AuthorizationPolicy default/b"},
            {"S2A0008 AuthorizationPolicy default/a"}},
        Row{"VariablesChangeWhatSaysThem",
            {{"a.yaml", policy("a\n  annotations: {x: $(A)}") + "---\n" + policy("b")},
             {"base/d.yaml", deployment("d") + "---\n" + deployment("e, annotations: {x: a-$(B)}")},
             {"base/kustomization.yaml", "resources: [d.yaml]\nvars: [{name: A}, {name: B}]\n"},
             {"kustomization.yaml", "resources: [a.yaml, base]\n"},
             {"other/kustomization.yaml", "resources: [o.yaml]\n"},
             {"other/o.yaml", policy("o\n  annotations: {x: $(A)}")}},
            {"AuthorizationPolicy default/a!", "AuthorizationPolicy default/b", "Deployment default/d", "Deployment default/e!", "AuthorizationPolicy default/o"},
            {"S2A0008 AuthorizationPolicy default/a", "S2A0008 Deployment default/e"}},
        Row{"AVariableMayMove",
            {{"a.yaml", policy("a", "$(NS)")}, {"kustomization.yaml", "resources: [a.yaml]\nvars: [{name: NS}]\n"}},
            {"AuthorizationPolicy a in an unknown namespace!"},
            {"S2A0008 AuthorizationPolicy $(NS)/a", "S2A0011 AuthorizationPolicy $(NS)/a"}},
        Row{"AVariableInArgumentsLeavesAWorkloadAlone",
            {{"a.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: a, args: [$(A)]}]}\n"},
             {"kustomization.yaml", "resources: [a.yaml]\nvars: [{name: A}]\n"}},
            {"Pod default/p"},
            {}},
        Row{"APrefixRenamesAll",
            {{"a.yaml", policy("a") + "---\n" + policy("b")}, {"kustomization.yaml", "resources: [a.yaml]\nnamePrefix: dev-\n"}},
            {"AuthorizationPolicy default/a!", "AuthorizationPolicy default/b!"},
            {"S2A0008 "}},
        Row{"LabelsOfOneOfTwoOverlays",
            {{"base/a.yaml", policy("a")},
             {"base/kustomization.yaml", "resources: [a.yaml]\ncommonLabels: {app: a}\n"},
             {"dev/d.yaml", policy("d")},
             {"dev/kustomization.yaml", "resources: [../base, d.yaml]\ncommonLabels: {env: dev}\n"},
             {"prod/kustomization.yaml", "resources: [../base]\n"}},
            {"AuthorizationPolicy default/a!", "AuthorizationPolicy default/d"},
            {}},
        Row{"LabelsOfTheBaseOfTwoOverlays",
            {{"base/a.yaml", policy("a")},
             {"base/kustomization.yaml", "resources: [a.yaml]\ncommonLabels: {app: a}\n"},
             {"dev/kustomization.yaml", "resources: [../base]\n"},
             {"prod/kustomization.yaml", "resources: [../base]\n"}},
            {"AuthorizationPolicy default/a"},
            {}},
        Row{"UnseenComponentsMayMoveAll",
            {{"a.yaml", policy("a")}, {"kustomization.yaml", "resources: [a.yaml]\ncomponents: [../c]\n"}},
            {"AuthorizationPolicy a in an unknown namespace!"},
            {"S2A0008 ", "S2A0019 "}},
        Row{"TransformersMayMoveAll",
            {{"a.yaml", policy("a")}, {"kustomization.yaml", "resources: [a.yaml]\ntransformers: [t.txt]\n"}},
            {"AuthorizationPolicy a in an unknown namespace!"},
            {"S2A0008 "}},
        Row{"AnnotationsOfIstioChangeAll",
            {{"a.yaml", deployment("d")}, {"kustomization.yaml", "resources: [a.yaml]\ncommonAnnotations: {ambient.istio.io/bypass-inbound-capture: 'true'}\n"}},
            {"Deployment default/d!"},
            {"S2A0008 "}},
        Row{"OtherAnnotationsDoNot", {{"a.yaml", deployment("d")}, {"kustomization.yaml", "resources: [a.yaml]\ncommonAnnotations: {team: shop}\n"}}, {"Deployment default/d"}, {}},
        Row{"LabelsInFurtherFieldsChangeAll",
            {{"a.yaml", policy("a")}, {"kustomization.yaml", "resources: [a.yaml]\nlabels: [{pairs: {a: b}, fields: [{path: spec/selector/matchLabels, create: true}]}]\n"}},
            {"AuthorizationPolicy default/a!"},
            {"S2A0008 "}},
        Row{"HelmValuesAreNothing", {{"values.yaml", "kind: x\nimage: y\n"}}, {}, {}}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

/// A component that its user lists beside `own.yaml` and a base; a build that does not use it is left alone.
Files with_component(const std::string& fields) {
  return {{"base/b.yaml", policy("b")},
          {"base/kustomization.yaml", "resources: [b.yaml]\n"},
          {"c/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + fields},
          {"d/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [../c]\n"},
          {"other/o.yaml", policy("o")},
          {"other/kustomization.yaml", "resources: [o.yaml]\n"},
          {"own.yaml", policy("own")},
          {"kustomization.yaml", "resources: [base, own.yaml]\ncomponents: [d/]\n"}};
}

INSTANTIATE_TEST_SUITE_P(
    Components, KustomizeTest,
    testing::Values(Row{"PatchWhatTheirUsersBuild",
                        with_component("patches:\n- target: {name: own}\n  patch: '[{\"op\": \"remove\", \"path\": \"/spec/action\"}]'\n"),
                        {"AuthorizationPolicy default/b", "AuthorizationPolicy default/o", "AuthorizationPolicy default/own!"},
                        {"S2A0008 AuthorizationPolicy default/own"}},
                    Row{"RenameWhatTheirUsersBuild",
                        with_component("namePrefix: pre-\n"),
                        {"AuthorizationPolicy default/b!", "AuthorizationPolicy default/o", "AuthorizationPolicy default/own!"},
                        {"S2A0008 "}},
                    Row{"LabelWhatTheirUsersBuild",
                        with_component("commonLabels: {a: b}\n"),
                        {"AuthorizationPolicy default/b!", "AuthorizationPolicy default/o", "AuthorizationPolicy default/own!"},
                        {"S2A0008 "}},
                    Row{"MoveWhatTheirUsersBuild",
                        with_component("namespace: shop\n"),
                        {"AuthorizationPolicy b in an unknown namespace!", "AuthorizationPolicy default/o", "AuthorizationPolicy own in an unknown namespace!"},
                        {"S2A0008 "}},
                    Row{"MayDoNothing", with_component(""), {"AuthorizationPolicy default/b", "AuthorizationPolicy default/o", "AuthorizationPolicy default/own"}, {}}),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST(Kustomize, WhatTheInputDoesNotHoldIsToldOnceAndHoldsNothingBack) {
  const Read read({{"k/a.yaml", policy("a")},
                   {"k/base/kustomization.yaml", "resources: []\n"},
                   {"k/kustomization.yaml",
                    "resources: [a.yaml, base, b.yaml, 'https://example.com/x']\nbases: ['git@example.com:x/y']\nhelmCharts: [{name: c}]\n"
                    "helmChartInflationGenerator: [{chartName: d}]\ngenerators: [g.yaml]\n"}});
  EXPECT_THAT(read.subjects(), ElementsAre("AuthorizationPolicy default/a"));
  ASSERT_THAT(read.codes(), ElementsAre("S2A0019 "));
  std::vector<std::string> shown;
  for (const auto& label : read.diagnostics.all().front().labels) shown.push_back(std::string(read.store.sources[label.file].at(label.span)) + ": " + label.text);
  EXPECT_THAT(shown, ElementsAre("b.yaml: not in the input", "'https://example.com/x': not in the input", "'git@example.com:x/y': not in the input", "c: a Helm chart",
                                 "d: a Helm chart", "g.yaml: a generator"));
}

TEST(Kustomize, LabelsReachServicesAndPods) {
  const Read read({{"a.yaml", deployment("d") + "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: x}}\n"},
                   {"kustomization.yaml",
                    "resources: [a.yaml]\ncommonLabels: {team: t}\nlabels:\n- pairs: {only: meta}\n- {pairs: {in: pods}, includeTemplates: true}\n- {pairs: {in: both}, "
                    "includeSelectors: true}\n"}});
  const auto keys = [](const Labels& labels) {
    std::vector<std::string> out;
    for (const auto& [key, value] : labels) out.push_back(key + "=" + value.value);
    return out;
  };
  EXPECT_THAT(keys(std::get<Workload>(read.first(Kind::Deployment).spec).pod_labels), UnorderedElementsAre("app=x", "team=t", "in=both"));
  EXPECT_THAT(keys(std::get<Service>(read.first(Kind::Service).spec).selector), UnorderedElementsAre("app=x", "team=t", "in=both"));
  EXPECT_THAT(keys(read.first(Kind::Service).labels), UnorderedElementsAre("team=t", "only=meta", "in=both"));
}

TEST(Kustomize, ThePatchIsShown) {
  const Read read({{"a.yaml", policy("a")}, {"kustomization.yaml", "resources: [a.yaml]\npatches:\n- path: p.yaml\n"}, {"p.yaml", policy("a")}});
  const auto& diagnostic = read.diagnostics.all().at(0);
  EXPECT_THAT(diagnostic.message, HasSubstr("`kustomization.yaml` patches this resource"));
  ASSERT_EQ(diagnostic.labels.size(), 2U);
  EXPECT_EQ(read.store.sources[diagnostic.labels[0].file].path, "a.yaml");
  EXPECT_EQ(read.store.sources[diagnostic.labels[1].file].path, "kustomization.yaml");
  EXPECT_THAT(read.first(Kind::AuthorizationPolicy).locked, HasSubstr("patches it"));
}

}  // namespace s2a::kustomize_test
