// Strings that a grammar reads: each at the byte where it stops being one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/frontend_decode/read_text.h"

namespace s2a::test::formats_test {

struct Written {
  std::string_view resource;
  std::string_view fault;  ///< the bytes blamed; empty: it is fine
};

constexpr Written kWritten[] = {
    {"networking.istio.io/v1, kind: VirtualService, spec: {hosts: [a], http: [{timeout: 1m30s, route: [{destination: {host: a}}]}]}", ""},
    {"networking.istio.io/v1, kind: VirtualService, spec: {hosts: [a], http: [{timeout: 1m30, route: [{destination: {host: a}}]}]}", "1m30"},
    {"networking.istio.io/v1, kind: VirtualService, spec: {hosts: [\"*.shop.com\", cart, 10.0.0.1], tcp: [{route: [{destination: {host: a}}]}]}", ""},
    {"networking.istio.io/v1, kind: VirtualService, spec: {hosts: [shop.*], tcp: [{route: [{destination: {host: a}}]}]}", "*"},
    {"networking.istio.io/v1, kind: DestinationRule, spec: {host: $(HOST)}", "$(HOST)"},
    {"gateway.networking.k8s.io/v1, kind: HTTPRoute, spec: {rules: [{timeouts: {request: 10s500ms}}]}", ""},
    {"gateway.networking.k8s.io/v1, kind: HTTPRoute, spec: {rules: [{timeouts: {request: 1.5s}}]}", ".5s"},
    {"v1, kind: Service, spec: {selector: {app.io/name: \"\"}}", ""},
    {"v1, kind: Service, spec: {selector: {app: a/b}}", "/b"},
    {"v1, kind: Service, spec: {selector: {-app: a}}", "-app"},
};

class Format : public testing::TestWithParam<Written> {};

TEST_P(Format, IsCheckedToTheByte) {
  const auto read = read_text(fmt::format("{{apiVersion: {}, metadata: {{name: x}}}}\n", GetParam().resource));
  const auto all = read.diagnostics.sorted();
  ASSERT_EQ(all.size(), GetParam().fault.empty() ? 0U : 1U) << testing::PrintToString(read.said());
  if (all.empty()) return;
  EXPECT_EQ(all[0].code, Code::InvalidValue);
  EXPECT_EQ(read.file->at(all[0].labels[0].span), GetParam().fault);
}

INSTANTIATE_TEST_SUITE_P(Fields, Format, testing::ValuesIn(kWritten));

}  // namespace s2a::test::formats_test
