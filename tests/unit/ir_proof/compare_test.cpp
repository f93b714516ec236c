// The comparison finds the plainest request that differs, knows which requests there are, and gives up rather than guess.
#include "ir/proof/compare.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "frontend/grammar/regex.h"
#include "ir/authz/message.h"
#include "ir/pattern/istio_values.h"

namespace s2a::compare_test {

const Callers kCallers{.identified = true, .http = true, .trust_domain = "cluster.local", .host = "cart.shop", .outside = {}};

Literal in(Attribute attribute, std::vector<Pattern> patterns) { return {.attribute = std::move(attribute), .set = {.any_of = std::move(patterns)}, .negated = false}; }
Literal not_in(Attribute attribute, std::vector<Pattern> patterns) { return {.attribute = std::move(attribute), .set = {.any_of = std::move(patterns)}, .negated = true}; }

Row row(std::vector<Literal> literals, Outcome outcome = Outcome::Allow) { return {.guard = {.all_of = {Clause{{std::move(literals)}}}}, .outcome = outcome, .origin = {}}; }

/// Allows requests for which all of these hold, and nothing else.
Path only(std::vector<Literal> literals) {
  return {.engine = Engine::Sidecar, .table = {.rows = {row(std::move(literals))}, .otherwise = Outcome::Forbidden, .otherwise_origin = {}}, .next = {}};
}
Path only(Attribute attribute, const Pattern& pattern) { return only({in(std::move(attribute), {pattern})}); }
Path open() { return {}; }
Path closed() { return only(Attribute::Method, never()); }

std::string value(const Comparison& comparison, const Attribute& attribute) { return comparison.difference->request.at(attribute).front(); }

/// Whether there is a request for which all of these hold.
bool possible(std::vector<Literal> literals, const Callers& callers = kCallers) {
  const auto found = compare(closed(), only(std::move(literals)), callers);
  EXPECT_TRUE(found.unknown.empty()) << found.unknown;
  return found.verdict == Verdict::Wider;
}

Attribute header(std::string_view name) { return {Attribute::Header, std::string(name)}; }
Attribute claim(std::string_view name) { return {Attribute::Claim, std::string(name)}; }
Attribute words(std::string_view name) { return {Attribute::ClaimWords, std::string(name)}; }
Pattern is(std::string_view text) { return Exact{std::string(text)}; }

TEST(Compare, EqualPathsAreEqual) {
  EXPECT_EQ(compare(only(Attribute::Method, istio_string("GET")), only(Attribute::Method, istio_string("GET")), kCallers).verdict, Verdict::Equal);
  EXPECT_EQ(compare(open(), open(), kCallers).verdict, Verdict::Equal);
}

TEST(Compare, AWideningIsFoundWithAWitness) {
  const auto found = compare(only(Attribute::Path, path("/admin*")), only(Attribute::Path, path("/*")), kCallers);
  ASSERT_EQ(found.verdict, Verdict::Wider);
  EXPECT_FALSE(value(found, Attribute::Path).starts_with("/admin"));
  EXPECT_TRUE(found.difference->after.allowed());
  EXPECT_FALSE(found.difference->before.allowed());
}

TEST(Compare, WiderWinsOverNarrower) {
  EXPECT_EQ(compare(only(Attribute::Method, istio_string("GET")), only(Attribute::Method, istio_string("POST")), kCallers).verdict, Verdict::Wider);
  EXPECT_EQ(compare(open(), only(Attribute::Method, istio_string("POST")), kCallers).verdict, Verdict::Narrower);
}

TEST(Compare, EveryHopMustAllow) {
  auto both = only(Attribute::Method, is("GET"));
  both.next = {only(Attribute::Host, is("a")), only(Attribute::Path, is("/b"))};
  EXPECT_EQ(compare(both, only({in(Attribute::Method, {is("GET")}), in(Attribute::Host, {is("a")}), in(Attribute::Path, {is("/b")})}), kCallers).verdict, Verdict::Equal);
  EXPECT_EQ(compare(both, only(Attribute::Method, is("GET")), kCallers).verdict, Verdict::Wider);
}

TEST(Compare, TheFirstRowThatHoldsWins) {
  auto before = open();
  before.table.rows = {row({in(Attribute::Path, {path("/a*")})}, Outcome::Forbidden), row({in(Attribute::Path, {path("/*")})}),
                       row({in(Attribute::Path, {path("/b")})}, Outcome::Forbidden)};
  EXPECT_EQ(compare(before, only({not_in(Attribute::Path, {path("/a*")})}), kCallers).verdict, Verdict::Equal);
}

TEST(Compare, TheWitnessDiffersFromAPlainRequestInAsLittleAsPossible) {
  const auto found = compare(only(Attribute::Path, path("/x")), open(), kCallers);
  ASSERT_EQ(found.verdict, Verdict::Wider);
  EXPECT_EQ(value(found, Attribute::Identity), "spiffe://cluster.local/ns/anywhere/sa/anyone");
  EXPECT_EQ(value(found, Attribute::Method), "GET");
  EXPECT_EQ(value(found, Attribute::Path), "/");
  EXPECT_EQ(value(found, Attribute::Host), "cart.shop");

  auto after = closed();  // one header, or a method and a path
  after.table.rows = {row({in(Attribute::Method, {is("PUT")}), in(Attribute::Path, {is("/x")})}), row({in(header("x-team"), {is("a-long-name")})})};
  const auto fewer = compare(closed(), after, kCallers);
  ASSERT_EQ(fewer.verdict, Verdict::Wider);
  EXPECT_EQ(describe(fewer.difference->request), "GET http://cart.shop/ from spiffe://cluster.local/ns/anywhere/sa/anyone with `x-team: a-long-name`");
  after.table.rows.push_back(row({in(header("x-zone"), {is("short")})}));  // as few, but shorter
  EXPECT_EQ(describe(compare(closed(), after, kCallers).difference->request), "GET http://cart.shop/ from spiffe://cluster.local/ns/anywhere/sa/anyone with `x-zone: short`");
}

TEST(Compare, OverlapsOfTwoPatternsAreTried) {
  // Only a path that begins with /a and ends in z differs.
  auto before = only(Attribute::Path, path("/a*"));
  before.table.rows.insert(before.table.rows.begin(), row({in(Attribute::Path, {path("*z")})}, Outcome::Forbidden));
  const auto found = compare(before, only(Attribute::Path, path("/a*")), kCallers);
  ASSERT_EQ(found.verdict, Verdict::Wider);
  const auto witness = value(found, Attribute::Path);
  EXPECT_TRUE(witness.starts_with("/a") && witness.ends_with("z")) << witness;
}

TEST(Compare, AWaypointsIdentityIsOutsideAndNobodyElseIs) {
  auto callers = kCallers;
  callers.outside = {"spiffe://cluster.local/ns/shop/sa/waypoint"};
  EXPECT_FALSE(possible({in(Attribute::Identity, {principal("cluster.local/ns/shop/sa/waypoint")})}, callers));
  EXPECT_TRUE(possible({in(Attribute::Identity, {principal("cluster.local/ns/shop/sa/*")})}, callers));
  EXPECT_TRUE(possible({in(Attribute::Identity, {principal("cluster.local/ns/shop/sa/waypoint")})}));
}

TEST(Compare, ACallerThatPeopleKnowStandsForItsKind) {
  auto callers = kCallers;
  callers.known = std::make_shared<const std::set<std::string>>(
      std::set<std::string>{"spiffe://cluster.local/ns/shop/sa/cart", "spiffe://cluster.local/ns/web/sa/frontend", "spiffe://cluster.local/ns/web/sa/waypoint"});
  callers.outside = {"spiffe://cluster.local/ns/web/sa/waypoint"};
  const auto caller = [&](const Pattern& allowed) { return value(compare(closed(), only(Attribute::Identity, allowed), callers), Attribute::Identity); };
  EXPECT_EQ(caller(Prefix{"spiffe://cluster.local/ns/web/"}), "spiffe://cluster.local/ns/web/sa/frontend");
  EXPECT_EQ(caller(Prefix{"spiffe://cluster.local/ns/web/sa/w"}), "spiffe://cluster.local/ns/web/sa/w");  // the only one known is outside
  EXPECT_EQ(caller(is("spiffe://cluster.local/ns/api/sa/gate")), "spiffe://cluster.local/ns/api/sa/gate");
  EXPECT_EQ(caller(Present{}), "spiffe://cluster.local/ns/anywhere/sa/anyone");  // who stands for everybody
}

TEST(Compare, PlaintextHasNoIdentity) {
  auto plaintext = kCallers;
  plaintext.identified = false;
  EXPECT_FALSE(possible({in(Attribute::Identity, {principal("*")})}, plaintext));
  EXPECT_TRUE(possible({not_in(Attribute::Identity, {principal("*")})}, plaintext));
}

TEST(Compare, KnowsWhichRequestsThereAre) {
  const auto present = Present{};
  const auto proto = header(kForwardedProto);
  const auto proto_over_tls = header(kForwardedProtoOverTls);
  const std::vector<Literal> preflight{in(Attribute::Method, {is("OPTIONS")}), in(header("origin"), {present}), in(header("access-control-request-method"), {present})};
  const auto with_preflight = [&](Literal literal) {
    auto out = preflight;
    out.push_back(std::move(literal));
    return out;
  };
  const struct {
    std::string_view about;
    std::vector<Literal> literals;
    bool possible;
  } cases[] = {
      {"an identity is one string", {in(Attribute::Identity, {namespace_at_envoy("a")}), in(Attribute::Identity, {principal("*/ns/b/sa/c")})}, false},
      {"an identity is of Istio's form", {in(Attribute::Identity, {Prefix{"spiffe://a/b"}})}, false},
      {"a host is there", {not_in(Attribute::Host, {NonEmpty{}})}, false},
      {"hosts in capitals", {in(Attribute::Host, {host("A.b")}), not_in(Attribute::Host, {is("a.b")})}, true},
      {"a path begins with a slash", {not_in(Attribute::Path, {Prefix{"/"}})}, false},
      {"a path has no query", {in(Attribute::Path, {path("/a?b")})}, false},
      {"a path has no blanks", {in(Attribute::Path, {path("/a b")})}, false},
      {"a target has a query", {in(Attribute::Target, {is("/a?b")}), in(Attribute::Path, {is("/a")})}, true},
      {"a target and its path fit", {in(Attribute::Target, {is("/a?b")}), in(Attribute::Path, {Prefix{"/a?"}, is("/b")})}, false},
      {"a target ends as its query does", {in(Attribute::Target, {Suffix{"b"}}), not_in(Attribute::Path, {Suffix{"b"}}), in(Attribute::Path, {Suffix{"a"}})}, true},
      {"a target without a query is its path", {in(Attribute::Target, {is("/a")}), not_in(Attribute::Path, {is("/a")})}, false},
      {"addresses are of both families", {in(Attribute::PeerAddress, {*cidr("::/0")})}, true},
      {"an address is there", {not_in(Attribute::PeerAddress, {*cidr("::/0"), *cidr("0.0.0.0/0")})}, false},
      {"an address is one", {in(Attribute::PodAddress, {*cidr("10.0.0.0/8")}), in(Attribute::PodAddress, {*cidr("11.0.0.0/8")})}, false},
      {"a block that is none has no address", {in(Attribute::PeerAddress, {never()})}, false},
      {"the remote address may be another", {in(Attribute::PeerAddress, {*cidr("10.0.0.1")}), not_in(Attribute::RemoteAddress, {*cidr("10.0.0.1")})}, true},
      {"a port is one", {in(Attribute::Port, {*port("80")}), in(Attribute::Port, {*port("81")})}, false},
      {"server names are in lower case", {in(Attribute::ServerName, {is("A.b")})}, false},
      {"a server name may be missing", {not_in(Attribute::ServerName, {present})}, true},
      {"a header may be missing", {not_in(header("x-a"), {present})}, true},
      {"a header has several lines", {in(header("x-a"), {is("a")}), in(header("x-a"), {is("b")}), in(header("x-a"), {is("c")}), not_in(header("x-a"), {is("d")})}, true},
      {"no line is in a set and not", {in(header("x-a"), {is("a")}), not_in(header("x-a"), {Prefix{"a"}})}, false},
      {"lines are trimmed", {in(header("x-a"), {is("a "), is("\ta"), is("a\n")})}, false},
      {"blanks within lines", {in(header("x-a"), {is("a b")})}, true},
      {"an empty line", {in(header("x-a"), {is("")})}, true},
      {"x-request-id is always there", {not_in(header("x-request-id"), {present})}, false},
      {"x-envoy-internal never is", {in(header("x-envoy-internal"), {present})}, false},
      {"x-forwarded-proto is always there", {not_in(proto, {present})}, false},
      {"the proxies write x-forwarded-proto", {in(proto, {is("http")}), in(proto_over_tls, {is("https")}), not_in(proto_over_tls, {is("http")})}, true},
      {"or leave it as it is", {in(proto, {is("a")}), not_in(proto_over_tls, {is("a")})}, false},
      {"a principal needs a token", {in(Attribute::RequestPrincipal, {present}), not_in(Attribute::Token, {present})}, false},
      {"a token that does not hold has no principal", {in(Attribute::Token, {present}), not_in(Attribute::RequestPrincipal, {present})}, true},
      {"a principal is of the token's issuer", {in(Attribute::RequestPrincipal, {request_principal("i/*")}), not_in(Attribute::Token, {is("i")})}, false},
      {"a principal may have no subject", {in(Attribute::RequestPrincipal, {is("i")}), in(Attribute::Token, {is("i")}), not_in(claim("sub"), {present})}, true},
      {"iss is the issuer", {in(claim("iss"), {is("i")}), not_in(Attribute::Token, {Prefix{"i"}})}, false},
      {"sub is the subject", {in(claim("sub"), {is("s")}), in(Attribute::RequestPrincipal, {request_principal("i/t")})}, false},
      {"a subject with its issuer", {in(claim("sub"), {Suffix{"s"}}), in(Attribute::RequestPrincipal, {request_principal("i/*")}), in(Attribute::Token, {Prefix{"i"}})}, true},
      {"words of a subject", {in(words("sub"), {is("b")}), in(claim("sub"), {Prefix{"a"}}), not_in(words("sub"), {Prefix{"c"}})}, true},
      {"a claim needs a token", {in(claim("c"), {present}), not_in(Attribute::Token, {present})}, false},
      {"a claim needs a token that holds", {in(claim("c"), {present}), not_in(Attribute::RequestPrincipal, {present})}, false},
      {"a claim may be a list", {in(claim("c"), {is("a")}), in(claim("c"), {is("b")})}, true},
      {"the words of one text", {in(claim("c"), {is("a b")}), in(words("c"), {is("a")}), in(words("c"), {is("b")}), not_in(words("c"), {is("a b")})}, true},
      {"words do not come from nowhere", {in(words("c"), {is("a")}), not_in(claim("c"), {Contains{"a"}})}, false},
      {"a text with a word that is not it", {in(words("c"), {is("a")}), not_in(claim("c"), {is("a")})}, true},
      {"a list is not split", {in(words("c"), {is("a b")}), in(claim("c"), {is("a b")})}, true},
      {"a token of a preflight is not read", with_preflight(in(Attribute::Token, {present})), false},
      {"nor are its claims", with_preflight(in(claim("c"), {present})), false},
      {"a preflight without a token", with_preflight(not_in(Attribute::Token, {present})), true},
      {"OPTIONS alone is no preflight", {preflight[0], preflight[1], in(Attribute::Token, {present})}, true},
      {"an authorizer allows or not", {in({Attribute::Authorizer, "p"}, {is("allow")})}, true},
      {"an authorizer that refuses", {not_in({Attribute::Authorizer, "p"}, {is("allow")})}, true},
      {"an authorizer says nothing else", {in({Attribute::Authorizer, "p"}, {is("deny")})}, false},
  };
  for (const auto& each : cases) EXPECT_EQ(possible(each.literals), each.possible) << each.about;
}

TEST(Compare, TcpHasNothingOfHttp) {
  auto tcp = kCallers;
  tcp.http = false;
  for (const auto& attribute : {Attribute(Attribute::Method), Attribute(Attribute::Path), Attribute(Attribute::Target), Attribute(Attribute::Host), Attribute(Attribute::Token),
                                Attribute(Attribute::RequestPrincipal), header("x-a"), claim("c"), words("c")})
    EXPECT_FALSE(possible({in(attribute, {Present{}})}, tcp)) << to_string(attribute);
  EXPECT_TRUE(possible({in(Attribute::PeerAddress, {*cidr("10.0.0.0/8")})}, tcp));
}

/// The same decisions by other rows: nothing that is compared row by row.
Path said_twice(Path path) {
  path.table.rows.push_back(path.table.rows.front());
  return path;
}

TEST(Compare, TheSameRowsNeedNoComparison) {
  const auto before = only(Attribute::Path, *parse_regex("/v[12]/x"));
  EXPECT_EQ(compare(before, before, kCallers).verdict, Verdict::Equal);
}

TEST(Compare, RegularExpressionsAreDecided) {
  const auto before = only(Attribute::Path, *parse_regex("/v[12]/x"));
  EXPECT_EQ(compare(before, open(), kCallers).verdict, Verdict::Wider);
  EXPECT_EQ(compare(open(), before, kCallers).verdict, Verdict::Narrower);
  EXPECT_EQ(compare(before, only({in(Attribute::Path, {is("/v1/x"), is("/v2/x")})}), kCallers).verdict, Verdict::Equal);
  EXPECT_EQ(compare(before, only(Attribute::Path, *parse_regex("^/v(1|2)/x$")), kCallers).verdict, Verdict::Equal);
}

TEST(Compare, AGuessedDifferenceIsRealAndAGuessedEqualityIsNot) {
  const auto before = only(Attribute::Path, *parse_regex("/(a|b)*a(a|b){20}"));
  EXPECT_EQ(compare(before, only(Attribute::Path, *parse_regex("/(a|b)*")), kCallers).verdict, Verdict::Wider);
  const auto same = compare(before, only(Attribute::Path, *parse_regex("/[ab]*a[ab]{20}")), kCallers);
  EXPECT_EQ(same.verdict, Verdict::Unknown);
  EXPECT_EQ(same.unknown, "the rules tell more values of the path apart than can be listed");
}

TEST(Compare, ARegularExpressionOfAPartOfATextIsAGuess) {
  const auto with_target = [](Path path) {
    path.table.rows.push_back(row({in(Attribute::Target, {is("/x?y")})}));
    return path;
  };
  const auto before = with_target(only(Attribute::Path, *parse_regex("/v[12]/x")));
  EXPECT_EQ(compare(before, said_twice(before), kCallers).verdict, Verdict::Unknown);
}

TEST(Compare, WhatIsNotModelledProvesNoDifference) {
  const auto certificate = header(kClientCertificateOverTls);
  EXPECT_EQ(compare(open(), only(certificate, Contains{"URI=a"}), kCallers).verdict, Verdict::Unknown);
  EXPECT_EQ(compare(only(certificate, is("a")), only(certificate, is("a")), kCallers).verdict, Verdict::Equal);
  const auto forwarded = only({in(header("x-forwarded-for"), {is("10.0.0.1")}), not_in(Attribute::RemoteAddress, {*cidr("10.0.0.1")})});
  EXPECT_EQ(compare(closed(), forwarded, kCallers).verdict, Verdict::Unknown);
}

/// The whole path becomes what a prefix of it becomes, where nothing follows. routing.md 3.2
TEST(Compare, RewritesAreTheSameWhereTheyWriteTheSame) {
  const auto rewritten = [](const Pattern& path, const PathRewrite& rewrite) {
    auto out = only(Attribute::Path, path);
    out.table.rows.front().action = 0;
    out.table.actions.push_back({.destinations = {{.cluster = {.service = "shop/cart", .subset = {}, .port = 80}, .endpoints = {}, .weight = 1, .transform = {.path = rewrite}}}});
    return out;
  };
  const auto routes = [](const Path& before, const Path& after) { return compare(before, after, kCallers, Compared::Routes); };
  const PathRewrite whole{.kind = PathRewrite::Kind::Full, .matched = {}, .value = "/new/"};
  const auto prefix = prefix_rewrite("/old/", "/new/");
  EXPECT_EQ(routes(rewritten(is("/old/"), whole), rewritten(is("/old/"), prefix)).verdict, Verdict::Equal);
  EXPECT_EQ(routes(rewritten(is("/old/a"), whole), rewritten(is("/old/a"), prefix)).verdict, Verdict::Wider);
  const auto further = routes(rewritten(Prefix{"/old/"}, whole), rewritten(Prefix{"/old/"}, prefix));
  ASSERT_EQ(further.verdict, Verdict::Wider) << further.unknown;
  EXPECT_NE(value(further, Attribute::Path), "/old/");
}

TEST(Compare, HundredsOfValuesAreQuick) {
  auto many = closed();
  std::vector<Pattern> namespaces;
  for (int n = 0; n < 300; ++n) {
    namespaces.push_back(namespace_at_envoy(fmt::format("team-{}", n)));
    many.table.rows.push_back(row({in(Attribute::Identity, {principal(fmt::format("cluster.local/ns/team-{}/sa/front", n))}), in(header("x-team"), {is(fmt::format("team-{}", n))}),
                                   in(Attribute::Path, {path(fmt::format("/api/{}/*", n))})}));
  }
  many.table.rows.push_back(row({in(Attribute::Identity, namespaces), in(Attribute::Method, {is("GET")})}));
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(compare(many, said_twice(many), kCallers).verdict, Verdict::Equal);
  auto fewer = many;
  fewer.table.rows.erase(fewer.table.rows.begin() + 150);
  EXPECT_EQ(compare(many, fewer, kCallers).verdict, Verdict::Narrower);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  fmt::print("301 rules, {:.3f} s for two comparisons\n", seconds.count());
}

TEST(Compare, WhatCannotBeComparedEndsSoon) {
  auto headers = closed();  // every pair may be there or not, one half of each long before the other
  auto paths = closed();
  for (char c = 'a'; c <= 'z'; ++c) {
    headers.table.rows.push_back(row({in(header(fmt::format("x-{}", c)), {is("a")}), in(header(fmt::format("y-{}", c)), {is("a")})}));
    paths.table.rows.push_back(row({in(Attribute::Path, {Contains{std::string(2, c)}})}));
  }
  EXPECT_THAT(compare(headers, said_twice(headers), kCallers).unknown, ::testing::HasSubstr("the rules combine the header "));
  EXPECT_EQ(compare(paths, said_twice(paths), kCallers).unknown, "the rules tell more values of the path apart than can be listed");
}

}  // namespace s2a::compare_test
