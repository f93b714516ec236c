// Which texts are templates although they read as YAML, and which only look like it.
#include "frontend/screen/templates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "frontend/yaml/parse.h"

namespace s2a::templates_test {

using testing::HasSubstr;

constexpr std::string_view kPolicy = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: a\n";

std::optional<Diagnostic> screen(const SourceFile& file) {
  static const std::vector<RelevantKind> kKinds{{.kind = "AuthorizationPolicy", .needle = ""}, {.kind = "Deployment", .needle = ""}};
  return find_template(file, parse_relevant(file, kKinds).documents, {});
}

std::optional<Diagnostic> screen(std::string_view text) { return screen(SourceFile{.path = "a.yaml", .text = std::string(text)}); }

struct Row {
  std::string text;
  std::string found;  ///< the text that the diagnostic points at; empty: none
  std::string message;
};

class TemplatesTest : public testing::TestWithParam<Row> {};

TEST_P(TemplatesTest, AreFound) {
  const auto& [text, found, message] = GetParam();
  const auto diagnostic = screen(text);
  ASSERT_EQ(diagnostic.has_value(), !found.empty()) << text;
  if (!diagnostic) return;
  EXPECT_EQ(diagnostic->code, Code::Template);
  EXPECT_THAT(diagnostic->message, HasSubstr(message));
  const auto span = diagnostic->labels.at(0).span;
  EXPECT_EQ(text.substr(span.begin, span.size()), found);
}

Row policy(const std::string& rest, const std::string& found = {}, const std::string& message = {}) { return {std::string(kPolicy) + rest, found, message}; }

INSTANTIATE_TEST_SUITE_P(Texts, TemplatesTest,
                         testing::Values(policy(""), policy("spec: {}  # a comment with {{ braces }}\n"), policy("#! no template without #@\n"), policy("  # @param x\n"),
                                         policy("  annotations: {color: \"#@ x\"}\n"), policy("#@ load(\"@ytt:data\", \"data\")\n", "#@ load(\"@ytt:data\", \"data\")", "ytt"),
                                         policy("  namespace: x #@ data.values.ns\r\n", "#@ data.values.ns", "ytt"),
                                         policy("#@overlay/match by=1\n", "#@overlay/match by=1", "ytt"), policy("  annotations:\n    script: |\n      #@ echo\n      # {{ x }}\n"),
                                         policy("  annotations: {a: 'x\n\n    #@ if y\n    '}\n"),
                                         policy("# {{- if .Values.enabled }}\n", "# {{- if .Values.enabled }}", "directive"), policy("#{% if x %}\n", "#{% if x %}", "directive"),
                                         policy("  labels:\n    # {% if x %}\n    a: b\n", "# {% if x %}", "directive"), policy("  namespace: ${NS}\n", "${NS}", "${...}"),
                                         policy("  namespace: a-${NS}-b\n", "${NS}-b", "${...}"), policy("  namespace: \"${NS}\"\n"), policy("  namespace: a${1}$ {b}\n"),
                                         policy("---\nkind: ConfigMap\ndata:\n  a: |\n    # {{ x }}\n    #@ y\n"), policy("---\nkind: ConfigMap\n#@ if x\n", "#@ if x", "ytt"),
                                         Row{"kind: ConfigMap\n#@ if x\n", "", ""}, Row{"", "", ""}));

TEST(Templates, AShellReadsCommandsByItself) {
  const std::string head = "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n";
  EXPECT_FALSE(screen(head + "        command:\n        - echo ${HOME}\n        args:\n        - ${A}\n        env:\n        - name: B\n          value: a${A}\n").has_value());
  EXPECT_TRUE(screen(head + "        command:\n        - echo ${HOME}\n        image: ${IMAGE}\n").has_value());
}

TEST(Templates, WhatTheReaderHasLockedIsNotToldTwice) { EXPECT_FALSE(screen(std::string(kPolicy) + "  namespace: {{ .Values.ns }}\n#@ if x\n").has_value()); }

TEST(Templates, HelmChartsRenderTheirTemplates) {
  SourceSet sources;
  std::vector<FileId> files;
  for (const auto* path : {"charts/shop/Chart.yaml", "Chart.yaml.bak", "x/MyChart.yaml"}) files.push_back(sources.add({.path = path}));
  const HelmCharts charts(sources, files);
  for (const auto* path : {"charts/shop/templates/a.yaml", "charts/shop/templates/b/templates/c.yaml"}) EXPECT_TRUE(charts.renders(path)) << path;
  for (const auto* path : {"charts/shop/values.yaml", "charts/templates/a.yaml", "templates/a.yaml", "charts/shop/mytemplates/a.yaml", "x/templates/a.yaml"})
    EXPECT_FALSE(charts.renders(path)) << path;

  const SourceFile file{.path = "charts/shop/templates/a.yaml", .text = std::string(kPolicy)};
  const auto found = find_template(file, parse(file).documents, charts);
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(found->message, HasSubstr("Helm chart"));
}

TEST(Templates, ManyDirectivesInDataTakeNoLongTime) {
  std::string text(kPolicy);
  text += "  annotations:\n";
  for (int i = 0; i < 20000; ++i) text += "    k" + std::to_string(i) + ": |\n      # {{ x }} # # # # #\n";
  EXPECT_FALSE(screen(text).has_value());
}

}  // namespace s2a::templates_test
