// What the scan calls relevant, and that it gives the same documents as the parser.
#include "frontend/yaml/scan.h"

#include <gtest/gtest.h>

#include <array>

#include "frontend/yaml/parse.h"

namespace s2a::scan_test {

constexpr std::array kKinds = {RelevantKind{.kind = "ConfigMap", .needle = "name: istio"}, RelevantKind{.kind = "Gateway"}, RelevantKind{.kind = "Service"}};

struct Case {
  std::string_view text;
  bool relevant;
};

TEST(Scan, IsCertainOrLeavesItToTheParser) {
  for (const auto& [text, relevant] : {
           Case{"kind: Service\n", true},
           Case{"kind: Service", true},
           Case{"apiVersion: v1\r\nkind: Service\r\n", true},
           Case{"kind: \"Service\"\n", true},
           Case{"kind: 'Service' # c\n", true},
           Case{"kind: ServiceMonitor\n", false},
           Case{"kind: CustomResourceDefinition\nspec:\n  names:\n    kind: Service\n", false},
           Case{"# c\n\nkind: Secret\nspec:\n- kind: Service\n", false},
           Case{"kind: Secret\ndata:\n  a: |\n    kind: Service\n", false},
           Case{"a: b\n", false},
           Case{"", false},
           Case{"kind: List\nitems: []\n", true},
           Case{"kind: SecretList\n", true},
           Case{"kind: ConfigMap\nmetadata:\n  name: other\n", false},
           Case{"kind: ConfigMap\nmetadata:\n  name: istio\n", true},
           Case{"kind: Secret\nkind: Service\n", true},
           Case{"kind: Service\nkind: Secret\n", true},
           Case{"{\"kind\": \"Service\"}", true},
           Case{"{\"kind\":\"Secret\", \"a\": {\"kind\" : \"Job\"}}", false},
           Case{"{\"apiVersion\": \"v1\",\n \"kind\":\n  \"Gateway\"}", true},
           Case{"\"kind\": Service\n", true},
           Case{"? kind\n: Service\n", true},
           Case{"kind : Service\n", true},
           Case{"kind:\n  Service\n", true},
           Case{"kind:\nspec: {}\n", true},
           Case{"kind: # c\nspec: {}\n", true},
           Case{"kind: &k Secret\n", true},
           Case{"kind: *k\n", true},
           Case{"kind: {{ .Values.kind }}\n", true},
           Case{"{{ if .x }}\nkind: Service\n{{ end }}\n", true},
           Case{"{{ if .x }}\nkind: Secret\n{{ end }}\n", false},
           Case{" kind: Service\n", true},
           Case{"a: 1\n  kind: Service\n", true},
           Case{"x: \"\nkind: Secret\n\"\nkind: Service\n", true},
           Case{"--- {kind: Service}\n", true},
           Case{"--- !t\nkind: Service\n", true},
           Case{"base: &b\n  kind: Service\n<<: *b\n", true},
           Case{"kinds: Service\nkind: Secret\n", false},
           Case{"kind: Ser{{ .x }}\n", true},
           Case{"kind: Ser${X}\n", true},
           Case{"kind: #@ data.values.kind\nmetadata: {}\n", true},
           Case{"\"k\\u0069nd\": Service\n", true},
           Case{"{\"k\\x69nd\" : \"Service\"}", true},
           Case{"{\"\\U0000006bind\"\n:\"Service\"}", true},
           Case{"? \"ki\\\nnd\"\n: Service\n", true},
           Case{"kind: Secret\n\"k\\u0069nd\": Service\n", true},
           Case{"{\"a\": \"\\u0069\\\\\", \"b\": \"\\n\", \"c\\\\u\": 1}", false},
           Case{"{\"a\": \"\\u0069 \\\" \\u006b\", \"k\\u0069nd\": \"Service\"}", true},
           Case{"a: &k kind\n*k : Service\n", true},
           Case{"{a: &k kind, *k : Service}\n", true},
           Case{"a: &k kind\n? *k\n: Service\n", true},
           Case{"{\"a\": [\"* x\", \"*\"], \"*\": \"b*c: d\"}", false},
       }) {
    const auto scanned = scan(text, kKinds);
    ASSERT_EQ(scanned.size(), 1U) << text;
    EXPECT_EQ(scanned.front().relevant, relevant) << text;
  }
}

TEST(ParseRelevant, GivesOrdinalsSpansAndLocksOfParse) {
  const SourceFile file{.text = "kind: Secret\n---\nkind: Service\n---\nkind: Job\na: {{ .x }}\n---\nkind: Gateway\n"};
  const auto parsed = parse_relevant(file, kKinds);
  ASSERT_EQ(parsed.documents.size(), 2U);
  EXPECT_EQ(parsed.documents[0].ordinal, 1U);
  EXPECT_EQ(parsed.documents[1].ordinal, 3U);
  EXPECT_EQ(file.at(parsed.documents[1].span), "kind: Gateway\n");
  EXPECT_FALSE(parsed.documents[0].locked.empty()) << "the third document shows that the file is a template";
  ASSERT_EQ(parsed.diagnostics.all().size(), 1U);
  EXPECT_EQ(parsed.diagnostics.all().front().code, Code::Template);
}

TEST(ParseRelevant, SaysNothingAboutDocumentsThatDoNotMatter) {
  const auto parsed = parse_relevant({.text = "kind: Secret\na: [\n---\n{{ x }}\n---\nkind: Secret\n"}, kKinds);
  EXPECT_TRUE(parsed.documents.empty());
  EXPECT_TRUE(parsed.diagnostics.all().empty());
}

}  // namespace s2a::scan_test
