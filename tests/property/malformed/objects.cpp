// YAML that is right, of objects that are not.
#include <fmt/format.h>

#include <string>

#include "tests/property/malformed/good_text.h"
#include "tests/property/malformed/row.h"

namespace s2a::test {
namespace {

constexpr std::string_view kPolicyHead = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n";

constexpr std::string_view kPolicyItem = "{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: shop}}";

Row policy(std::string_view name, std::string_view rest, Expect expect = Expect::Told) {
  return {.name = std::string(name), .text = std::string(kPolicyHead) + std::string(rest), .expect = expect};
}

Row whole(std::string_view name, std::string_view text, Expect expect = Expect::Told) { return {.name = std::string(name), .text = std::string(text), .expect = expect}; }

Row list(std::string_view name, std::string_view rest, Expect expect = Expect::Told) {
  return {.name = std::string(name), .text = "apiVersion: v1\nkind: List\n" + std::string(rest), .expect = expect};
}

/// A Service or Deployment with one field of the wrong kind.
Row other(std::string_view kind, std::string_view version, std::string_view rest, Expect expect = Expect::Told) {
  return {.name = fmt::format("{}: {}", kind, rest.substr(rest.rfind('\n') + 1)), .text = fmt::format("apiVersion: {}\nkind: {}\n{}\n", version, kind, rest), .expect = expect};
}

}  // namespace

std::vector<Row> wrong_objects() {
  return {policy("no metadata", "spec: {}\n"),
          policy("metadata null", "metadata:\nspec: {}\n"),
          policy("metadata empty", "metadata: {}\nspec: {}\n"),
          policy("no name", "metadata: {namespace: shop}\nspec: {}\n"),
          policy("name null", "metadata: {name: , namespace: shop}\nspec: {}\n"),
          policy("name empty", "metadata: {name: '', namespace: shop}\nspec: {}\n"),
          policy("name with a slash", "metadata: {name: a/b, namespace: shop}\nspec: {}\n"),
          policy("name with spaces", "metadata: {name: a b, namespace: shop}\nspec: {}\n"),
          policy("name in capitals", "metadata: {name: Cart, namespace: shop}\nspec: {}\n"),
          policy("name of 254 letters", fmt::format("metadata: {{name: {}, namespace: shop}}\nspec: {{}}\n", std::string(254, 'a'))),
          policy("name of terminal escapes", "metadata: {name: \"\\e[2J\", namespace: shop}\nspec: {}\n"),
          policy("name with an escaped NUL", "metadata: {name: \"a\\0b\", namespace: shop}\nspec: {}\n"),
          policy("name with `..`", "metadata: {name: ../../etc/passwd, namespace: shop}\nspec: {}\n"),
          policy("namespace with `..`", "metadata: {name: p, namespace: ../../etc}\nspec: {}\n"),
          policy("namespace that is absolute", "metadata: {name: p, namespace: /etc}\nspec: {}\n"),
          policy("namespace with a dot", "metadata: {name: p, namespace: shop.eu}\nspec: {}\n"),
          policy("namespace of terminal escapes", "metadata: {name: p, namespace: \"\\e[2J\"}\nspec: {}\n"),
          policy("namespace of 64 letters", fmt::format("metadata: {{name: p, namespace: {}}}\nspec: {{}}\n", std::string(64, 'a'))),
          policy("label value with spaces", "metadata: {name: p, namespace: shop}\nspec: {selector: {matchLabels: {app: a b}}}\n", Expect::Silent),
          policy("label key empty", "metadata: {name: p, namespace: shop}\nspec: {selector: {matchLabels: {'': a}}}\n"),
          policy("selector with matchExpressions", "metadata: {name: p, namespace: shop}\nspec: {selector: {matchExpressions: []}}\n"),
          policy("action unknown", "metadata: {name: p, namespace: shop}\nspec: {action: PERMIT}\n"),
          policy("action in small letters", "metadata: {name: p, namespace: shop}\nspec: {action: allow}\n"),
          policy("condition key unknown", "metadata: {name: p, namespace: shop}\nspec: {rules: [{when: [{key: request.body, values: [a]}]}]}\n"),
          policy("condition without a key", "metadata: {name: p, namespace: shop}\nspec: {rules: [{when: [{values: [a]}]}]}\n"),
          policy("port that is no number", "metadata: {name: p, namespace: shop}\nspec: {rules: [{to: [{operation: {ports: ['http']}}]}]}\n"),
          policy("port 70000", "metadata: {name: p, namespace: shop}\nspec: {rules: [{to: [{operation: {ports: ['70000']}}]}]}\n"),
          policy("address that is none", "metadata: {name: p, namespace: shop}\nspec: {rules: [{from: [{source: {ipBlocks: ['10.0.0.0/33']}}]}]}\n"),
          policy("empty text in a list", "metadata: {name: p, namespace: shop}\nspec: {rules: [{to: [{operation: {paths: ['']}}]}]}\n"),
          policy("both targetRef and selector", "metadata: {name: p, namespace: shop}\nspec: {targetRef: {kind: Service, name: a}, selector: {matchLabels: {a: b}}}\n"),
          policy(
              "513 rules", "metadata: {name: p, namespace: shop}\nspec:\n  rules:\n" +
                               [] {
                                 std::string out;
                                 for (int i = 0; i < 513; ++i) out += "    - to: [{operation: {paths: [/a]}}]\n";
                                 return out;
                               }()),
          policy("from without a source", "metadata: {name: p, namespace: shop}\nspec: {rules: [{from: [{}]}]}\n", Expect::Either),
          policy("from null", "metadata: {name: p, namespace: shop}\nspec: {rules: [{from: [~]}]}\n", Expect::Either),
          policy("rule null", "metadata: {name: p, namespace: shop}\nspec: {rules: [~]}\n", Expect::Either),
          policy("null in a list of texts", "metadata: {name: p, namespace: shop}\nspec: {rules: [{to: [{operation: {paths: [~]}}]}]}\n", Expect::Either),
          whole("no apiVersion", "kind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\nspec: {}\n", Expect::Either),
          whole("apiVersion null", "apiVersion:\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\n", Expect::Either),
          whole("apiVersion of no release", "apiVersion: security.istio.io/v9\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\n"),
          whole("apiVersion of another group", "apiVersion: example.com/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\n", Expect::Silent),
          whole("apiVersion a number", "apiVersion: 1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\n", Expect::Either),
          whole("apiVersion a list", "apiVersion: [security.istio.io/v1]\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\n", Expect::Either),
          whole("kind a list", "apiVersion: security.istio.io/v1\nkind: [AuthorizationPolicy]\nmetadata: {name: p, namespace: shop}\n", Expect::Either),
          whole("kind a number", "apiVersion: security.istio.io/v1\nkind: 7\nmetadata: {name: p, namespace: shop}\n", Expect::Either),
          whole("kind in small letters", "apiVersion: security.istio.io/v1\nkind: authorizationpolicy\nmetadata: {name: p, namespace: shop}\n", Expect::Either),
          whole("kind with a space behind it", "apiVersion: security.istio.io/v1\nkind: \"AuthorizationPolicy \"\nmetadata: {name: p, namespace: shop}\n", Expect::Either),
          whole("the same resource twice", good_mesh() + "---\n" + std::string(kGoodPolicy)),
          list("items a text", "items: a\n"),
          list("items a map", "items: {a: b}\n"),
          list("items of texts", "items: [a, 7, true]\n"),
          list("items of null", "items: [~, ~]\n", Expect::Either),
          list("items of lists", "items: [[a], []]\n"),
          list("items of a text and a policy", fmt::format("items: [a, {}]\n", kPolicyItem), Expect::Either),
          list("items a policy", fmt::format("items: {}\n", kPolicyItem)),
          list("items of a list of a policy", fmt::format("items: [[{}]]\n", kPolicyItem)),
          list("items null", "items:\n", Expect::Silent),
          list("items missing", "metadata: {}\n", Expect::Silent),
          list("items without a kind", "items: [{metadata: {name: a}}]\n", Expect::Either),
          list("List in a List",
               "items: [{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: List, items: [{apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, spec: 7}]}]}]\n"),
          list("20 Lists deep",
               [] {
                 std::string out = "items: ";
                 for (int i = 0; i < 20; ++i) out += "[{apiVersion: v1, kind: List, items: ";
                 out += "[]";
                 for (int i = 0; i < 20; ++i) out += "}]";
                 return out + "\n";
               }()),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: 7"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {ports: 80}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {ports: [{port: http}]}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {ports: [{port: 99999}]}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {ports: [{port: 99999999999999999999}]}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {ports: [{port: -1}]}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {ports: [{port: 80.5}]}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {ports: [{port: 80, targetPort: [8080]}]}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {selector: [app]}"),
          other("Service", "v1", "metadata: {name: a, namespace: shop}\nspec: {selector: {app: 7}}"),
          other("Service", "v1", "metadata: [name, a]"),
          other("Deployment", "apps/v1", "metadata: {name: a, namespace: shop}\nspec: []"),
          other("Deployment", "apps/v1", "metadata: {name: a, namespace: shop}\nspec: {template: a}"),
          other("Deployment", "apps/v1", "metadata: {name: a, namespace: shop}\nspec: {template: {metadata: {labels: [app]}}}"),
          other("Deployment", "apps/v1", "metadata: {name: a, namespace: shop}\nspec: {template: {metadata: {labels: {app: true}}}}"),
          other("Deployment", "apps/v1", "metadata: {name: a, namespace: shop}\nspec: {template: {spec: {containers: {name: a}}}}"),
          other("Deployment", "apps/v1", "metadata: {name: a, namespace: shop}\nspec: {template: {spec: {containers: [{ports: [{containerPort: a}]}]}}}"),
          other("Namespace", "v1", "metadata: {name: shop, labels: enabled}"),
          other("Namespace", "v1", "metadata: {name: shop, labels: {istio-injection: true}}"),
          other("Service", "v1", "metadata: {name: ../a, namespace: shop}"),
          other("Service", "v1", "metadata: {name: a.b, namespace: shop}"),
          other("Service", "v1", "metadata: {name: a, namespace: ../../etc}\nspec: {}"),
          other("Deployment", "apps/v1", "metadata: {name: a/b, namespace: shop}"),
          other("Namespace", "v1", "metadata: {name: ../../etc, labels: {istio-injection: enabled}}"),
          other("Namespace", "v1", "metadata: shop"),
          {.name = "kustomization: namespace with `..`", .text = "resources: []\nnamespace: ../../etc\n", .file = "kustomization.yaml"}};
}

std::vector<Row> nothing_to_say() {
  return {whole("empty", "", Expect::Silent),
          whole("one line end", "\n", Expect::Silent),
          whole("BOM alone", "\xEF\xBB\xBF", Expect::Silent),
          whole("spaces", "   \n  \n", Expect::Silent),
          whole("comments", "# a\n# b\n", Expect::Silent),
          whole("comment without a line end", "# a", Expect::Silent),
          whole("`---` alone", "---", Expect::Silent),
          whole("`...` alone", "...", Expect::Silent),
          whole("one letter", "a", Expect::Silent),
          whole("prose", "Dear reader,\nthis is no YAML.\n", Expect::Silent),
          whole("a list", "- a\n- b\n", Expect::Silent),
          whole("a number", "7\n", Expect::Silent),
          whole("null", "~\n", Expect::Silent),
          whole("object without a kind", "apiVersion: v1\nmetadata: {name: a}\n", Expect::Silent),
          whole("ConfigMap with numbers", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 7}\ndata: {a: 1}\n", Expect::Silent),
          whole("custom resource", "apiVersion: example.com/v1\nkind: Foo\nspec: [[[]]]\n", Expect::Silent)};
}

}  // namespace s2a::test
