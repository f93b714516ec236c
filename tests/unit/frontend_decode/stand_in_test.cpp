// What stands for a document that is no YAML: only what its lines show beyond doubt.
#include "frontend/decode/stand_in.h"

#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::stand_in_test {

/// Its subject, and in brackets the bytes that labels point at; `-` where nothing stands for it.
std::string stands(std::string_view text, bool is_template = false) {
  const SourceFile file{.path = "a.yaml", .text = std::string(text)};
  Document document{.span = {0, static_cast<std::uint32_t>(text.size())}, .unread = true};
  const auto resource = stand_in(document, {}, file, is_template);
  if (!resource) return "-";
  EXPECT_FALSE(resource->translatable || resource->editable);
  return fmt::format("{} [{}]", resource->subject(), file.at(document[resource->node].span));
}

TEST(StandIn, HasWhatTheTextShows) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"kind: AuthorizationPolicy\nmetadata:\n  name: a\n  namespace: shop\nspec: [\n", "AuthorizationPolicy shop/a [AuthorizationPolicy]"},
      {"kind: 'Service' # a\r\nmetadata:\r\n  labels:\r\n    name: x\r\n    namespace: y\r\n  name: \"a\"\r\n  namespace: shop # b\r\na: [", "Service shop/a [Service]"},
      {"kind: Service\nmetadata: {name: a, namespace: shop, labels: {namespace: x}}\na: [", "Service shop/a [Service]"},
      {"kind: Service\nmetadata:\n  name: a\n\t namespace: shop\n", "Service shop/a [Service]"},
      {"kind: Namespace\nmetadata:\n  name: shop\na: [", "Namespace shop [Namespace]"},
  };
  for (const auto& [text, subject] : cases) EXPECT_EQ(stands(text), subject) << text;
}

TEST(StandIn, IsAnywhereWhereThatIsNotShown) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"kind: Service\nmetadata:\n  name: a\nspec: [", "Service a in an unknown namespace [Service]"},
      {"kind: Service\nmetadata:\n  name: a\n  labels:\n      namespace: x\nspec: [", "Service a in an unknown namespace [Service]"},
      {"kind: Service\nmetadata: {labels: {namespace: x}, namespace: shop}\nspec: [", "Service in an unknown namespace [Service]"},
      {"kind: Service\nmetadata:\n  namespace: shop\n  namespace: bank\nspec: [", "Service in an unknown namespace [Service]"},
      {"kind: Service\nmetadata:\n  namespace: ../../etc\nspec: [", "Service in an unknown namespace [Service]"},
      {"kind: Service\nspec:\n  namespace: shop\na: [", "Service in an unknown namespace [Service]"},
      {"kind: Namespace\na: [", "Namespace ? [Namespace]"},
      {"kind: Service\nkind: Deployment\na: [", "AuthorizationPolicy in an unknown namespace [Deployment]"},
      {"{\"kind\": \"Service\", ", "AuthorizationPolicy in an unknown namespace []"},
      {"resources: [\n", "AuthorizationPolicy in an unknown namespace []"},
  };
  for (const auto& [text, subject] : cases) EXPECT_EQ(stands(text), subject) << text;
}

TEST(StandIn, IsNotNeededForWhatDecidesNothing) {
  EXPECT_EQ(stands("kind: ConfigMap\nmetadata: {name: mesh-dashboard}\ndata: ["), "-");
  EXPECT_EQ(stands("kind: ConfigMap\nmetadata: {name: istio-1-24, namespace: istio-system}\ndata: ["), "ConfigMap istio-system/istio-1-24 [ConfigMap]");
  EXPECT_EQ(stands("kind: Deployment\nmetadata: {name: {{ .Values.name }}}\n", true), "-") << "the chart may not have been given either";
  EXPECT_EQ(stands("kind: AuthorizationPolicy\nmetadata:\n  name: a\n  namespace: {{ .Release.Namespace }}\n", true),
            "AuthorizationPolicy a in an unknown namespace [AuthorizationPolicy]");
  const std::string untold = "kind: {{ x }}\nmetadata:\n  name: a\n  namespace: shop\n{{ y }}\n";
  EXPECT_EQ(stands("apiVersion: security.istio.io/v1\n" + untold, true), "AuthorizationPolicy shop/a [{{ x }}]");
  EXPECT_EQ(stands("apiVersion: {{ z }}\n" + untold, true), "AuthorizationPolicy shop/a [{{ x }}]");
  EXPECT_EQ(stands("apiVersion: batch/v1\n" + untold, true), "-");
  EXPECT_EQ(stands("apiVersion: v1\n" + untold + "items:\n", true), "AuthorizationPolicy shop/a [{{ x }}]") << "a List";
}

}  // namespace s2a::test::stand_in_test
