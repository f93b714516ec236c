// What each release of the Gateway API and of Istio takes. routing.md 1.7
#include "ir/conversion/options.h"

#include <gtest/gtest.h>

#include "tests/unit/ir_conversion/shop.h"

namespace s2a::test::releases_test {

constexpr GatewayApi standard(int minor) { return {.minor = minor}; }
constexpr GatewayApi experimental(int minor) { return {.minor = minor, .experimental = true}; }

/// The first releases of the two channels that have it; 0: none.
struct Since {
  bool (GatewayApi::*has)() const;
  int standard;
  int experimental;
};

TEST(Releases, BringFields) {
  for (const auto& [has, in_standard, in_experimental] : {Since{&GatewayApi::mirror_shares, 3, 2}, Since{&GatewayApi::rule_names, 4, 2}, Since{&GatewayApi::cors, 5, 3},
                                                          Since{&GatewayApi::late_redirects, 5, 5}, Since{&GatewayApi::retries, 0, 2}}) {
    for (int minor = 1; minor <= 6; ++minor) {
      EXPECT_EQ((standard(minor).*has)(), in_standard != 0 && minor >= in_standard) << minor;
      EXPECT_EQ((experimental(minor).*has)(), minor >= in_experimental) << minor;
    }
  }
}

TEST(Releases, NoRetriesCannotBeSaidSinceTheLast) {
  for (int minor = 1; minor <= 6; ++minor) {
    EXPECT_EQ(experimental(minor).no_retries(), minor >= 2 && minor < 6) << minor;
    EXPECT_FALSE(standard(minor).no_retries()) << minor;
  }
}

TEST(Releases, OfIstioReadFieldsLater) {
  EXPECT_FALSE((ConversionOptions{.istio = {.minor = 24}, .gateway_api = experimental(5)}.retries()));
  EXPECT_TRUE((ConversionOptions{.istio = {.minor = 25}, .gateway_api = experimental(5)}.retries()));
  EXPECT_TRUE((ConversionOptions{.istio = {.minor = 25}, .gateway_api = experimental(5)}.no_retries()));
  EXPECT_FALSE((ConversionOptions{.istio = {.minor = 25}, .gateway_api = experimental(5)}.cors()));
  EXPECT_TRUE((ConversionOptions{.istio = {.minor = 26}, .gateway_api = experimental(5)}.cors()));
}

TEST(Releases, MoveTcpAndTlsRoutesToV1) {
  struct Row {
    int istio;
    GatewayApi api;
    std::string tcp;
    std::string tls;
  };
  for (const auto& [istio, api, tcp, tls] : std::vector<Row>{
           {31, standard(6), "v1", "v1"},
           {30, standard(6), "", "v1"},
           {29, standard(6), "", ""},
           {31, standard(5), "", "v1"},
           {31, standard(4), "", ""},
           {30, experimental(6), "v1alpha2", "v1"},
           {29, experimental(6), "v1alpha2", "v1alpha2"},
           {26, experimental(4), "v1alpha2", "v1alpha2"},
           {25, experimental(4), "", ""},
       }) {
    const ConversionOptions options{.istio = {.minor = istio}, .gateway_api = api};
    EXPECT_EQ(tcp_route_version(options), tcp) << istio << ' ' << api.minor << ' ' << api.experimental;
    EXPECT_EQ(tls_route_version(options), tls) << istio << ' ' << api.minor << ' ' << api.experimental;
  }
}

std::string cors_in(int istio, const std::string& preflights) {
  return field_of_rule("{corsPolicy: {allowOrigins: [{exact: '*'}], maxAge: 1s" + preflights + "}, " + to("v1") + "}", "filters",
                       {.istio = {.minor = istio}, .gateway_api = standard(6)});
}

TEST(Releases, ChangeWhatTheCorsFilterAnswers) {
  EXPECT_EQ(cors_in(29, ""), "[{type: CORS, cors: {allowOrigins: [*], maxAge: 1}}]");
  EXPECT_EQ(cors_in(30, "").find("http.corsPolicy"), 0);
  EXPECT_EQ(cors_in(30, ", unmatchedPreflights: IGNORE").find("http.corsPolicy"), 0) << "since then `*` takes no `Origin: null`";
}

}  // namespace s2a::test::releases_test
