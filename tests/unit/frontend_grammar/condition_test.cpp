// Condition keys.
#include "frontend/grammar/condition.h"

#include "tests/unit/frontend_grammar/check.h"

namespace s2a::condition_test {

using enum ConditionAttribute;

TEST(ConditionKey, IsReadAndWrittenBack) {
  const std::pair<std::string, ConditionKey> cases[] = {
      {"source.ip", {SourceIp, {}}},
      {"remote.ip", {RemoteIp, {}}},
      {"source.namespace", {SourceNamespace, {}}},
      {"source.principal", {SourcePrincipal, {}}},
      {"source.serviceAccount", {SourceServiceAccount, {}}},
      {"source.trustDomain", {SourceTrustDomain, {}}},
      {"request.auth.principal", {RequestPrincipal, {}}},
      {"request.auth.audiences", {RequestAudiences, {}}},
      {"request.auth.presenter", {RequestPresenter, {}}},
      {"request.auth.claims[groups]", {RequestClaim, {"groups"}}},
      {"request.auth.claims[a][b.c][d e]", {RequestClaim, {"a", "b.c", "d e"}}},
      {"request.headers[X-Id]", {RequestHeader, {"X-Id"}}},
      {"request.headers[:path]", {RequestHeader, {":path"}}},
      {"destination.ip", {DestinationIp, {}}},
      {"destination.port", {DestinationPort, {}}},
      {"connection.sni", {ConnectionSni, {}}},
      {"experimental.envoy.filters.network.mysql_proxy[db.table]", {EnvoyFilter, {"network.mysql_proxy", "db.table"}}},
  };
  for (const auto& [text, key] : cases) {
    const auto parsed = parse_condition_key(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error().message;
    EXPECT_EQ(*parsed, key) << text;
    EXPECT_EQ(to_string(*parsed), text);
  }
  EXPECT_EQ(std::size(cases), condition_keys().size() + 2);
}

TEST(ConditionKey, IsRefusedAtTheRightPlace) {
  expect_bad(parse_condition_key, {
                                      {"", 0, "unknown condition key"},
                                      {"source.pod", 0, "unknown condition key `source.pod`"},
                                      {"Source.ip", 0, "unknown condition key"},
                                      {"source.ip ", 0, "unknown condition key"},
                                      {"[x]", 0, "unknown condition key"},
                                      {"source.ip[x]", 9, "takes no names"},
                                      {"request.headers", 15, "expected a name in brackets"},
                                      {"request.headers[", 16, "expected a name here"},
                                      {"request.headers[]", 16, "expected a name here"},
                                      {"request.headers[x", 17, "expected `]` here"},
                                      {"request.headers[x]y", 18, "does not belong to a condition key"},
                                      {"request.headers[x][y]", 18, "takes one name"},
                                      {"request.headers[x[y]]", 17, "expected `]` here"},
                                      {"request.auth.claims", 19, "expected a name in brackets"},
                                      {"request.auth.claims[a][", 23, "expected a name here"},
                                      {"request.auth.claims[a].b", 22, "does not belong"},
                                      {"experimental.envoy.filters.", 0, "unknown condition key"},
                                      {"experimental.envoy.filters.a", 28, "expected a name in brackets"},
                                  });
}

TEST(ConditionKey, HintsNameWhatWasMeant) {
  const std::pair<std::string, std::string> cases[] = {
      {"source.principals", "did you mean `source.principal`?"},
      {"request.header[x]", "did you mean `request.headers`?"},
      {"source.serviceaccount", "did you mean `source.serviceAccount`?"},
      {"request.auth.claim[a]", "did you mean `request.auth.claims`?"},
      {"destination.prot", "did you mean `destination.port`?"},
      {"nothing.like.it", ""},
      {"request.headers", "write `request.headers[NAME]`"},
  };
  for (const auto& [text, hint] : cases) EXPECT_EQ(parse_condition_key(text).error().hint, hint) << text;
}

}  // namespace s2a::condition_test
