// What is told of two effects is what differs between them.
#include <gtest/gtest.h>

#include "ir/proof/route_effect.h"

namespace s2a::route_words_test {

using Words = std::pair<std::string, std::string>;

Request request() { return {{Attribute::Method, {"GET"}}, {Attribute::Host, {"reviews.shop"}}, {Attribute::Path, {"/a/b"}}, {Attribute::Target, {"/a/b?q=1"}}}; }

Destination to(const std::string& service, const std::string& subset = {}, std::int64_t weight = 1) {
  return {.cluster = {.service = service, .subset = subset, .port = 80}, .endpoints = {}, .weight = weight, .transform = {}, .hash = {}};
}

RouteAction leads(std::vector<Destination> destinations) {
  RouteAction out;
  out.destinations = std::move(destinations);
  return out;
}

template <class Change>
RouteAction with(Change change) {
  auto out = leads({to("shop/reviews", "v1")});
  change(out);
  return out;
}

TEST(RouteWords, NameEachPartThatDiffers) {
  const auto plain = leads({to("shop/reviews", "v1")});
  const struct {
    std::string_view about;
    RouteAction other;
    Words words;
  } cases[] = {
      {"the same", plain, {"nothing of that", "nothing of that"}},
      {"a subset", leads({to("shop/reviews", "v2")}), {"goes to shop/reviews v1 port 80", "goes to shop/reviews v2 port 80"}},
      {"shares",
       leads({to("shop/reviews", "v1", 3), to("shop/ratings", {}, 1)}),
       {"goes to shop/reviews v1 port 80", "goes to shop/reviews v1 port 80 (3 of 4), shop/ratings port 80 (1 of 4)"}},
      {"a rewrite",
       with([](RouteAction& a) { a.destinations[0].transform.path = {.kind = PathRewrite::Kind::Prefix, .matched = "/a", .value = "/x"}; }),
       {"path /a/b", "path /x/b"}},
      {"a host", with([](RouteAction& a) { a.destinations[0].transform.host = "h.example"; }), {"host reviews.shop", "host h.example"}},
      {"a header",
       with([](RouteAction& a) {
         a.destinations[0].transform.request = {{.set = {{"x-a", "b"}}}};
       }),
       {"headers nothing", "headers +x-a=b"}},
      {"an answer's header",
       with([](RouteAction& a) {
         a.destinations[0].transform.response = {{.set = {{"x-a", "b"}}}};
       }),
       {"headers of answers nothing", "headers of answers x-a=b"}},
      {"a mirror",
       with([](RouteAction& a) { a.mirrors = {{.cluster = {.service = "shop/m", .subset = {}, .port = 80}, .endpoints = {}, .share = 500'000}}; }),
       {"nothing of that", "mirrored to shop/m port 80 (500000 of 1000000)"}},
      {"a time limit", with([](RouteAction& a) { a.timeout = Milliseconds(1500); }), {"nothing of that", "timeout 1500 ms"}},
      {"tries",
       with([](RouteAction& a) { a.retries = {.on = "5xx", .codes = {503}, .attempts = 3, .per_try = Milliseconds(20), .backoff = {}}; }),
       {"nothing of that", "retries 3 on 5xx 503 after 20 ms"}},
      {"tries of no status",
       with([](RouteAction& a) { a.retries = {.on = "reset", .codes = {}, .attempts = 1, .per_try = {}, .backoff = {}}; }),
       {"nothing of that", "retries 1 on reset"}},
      {"a fault",
       with([](RouteAction& a) { a.fault = {.abort = {}, .delay = Fault::Delay{.fixed = Milliseconds(7), .share = 10'000}}; }),
       {"nothing of that", "fault 7 ms for 1 %"}},
      {"a hash", with([](RouteAction& a) { a.destinations[0].hash = "header x-user"; }), {"goes to shop/reviews v1 port 80", "goes to shop/reviews v1 port 80 by header x-user"}},
      {"another port and path",
       with([](RouteAction& a) {
         a.destinations[0].cluster.port = 81;
         a.destinations[0].transform.path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = "/z"};
       }),
       {"goes to shop/reviews v1 port 80; path /a/b", "goes to shop/reviews v1 port 81; path /z"}},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(differences(plain, c.other, request()), c.words) << c.about;
    EXPECT_EQ(differences(c.other, plain, request()), (Words{c.words.second, c.words.first})) << c.about;
  }
}

TEST(RouteWords, TellAnswers) {
  const RouteAction redirect{.redirect = Redirect{.code = 302, .scheme = "https", .host = {}, .port = {}, .path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = "/x"}}};
  const RouteAction answer{.direct = DirectAnswer{.status = 418, .body = {}}};
  EXPECT_EQ(differences(redirect, answer, request()), (Words{"redirected with 302 to https://reviews.shop/x?q=1", "answered with 418"}));
  auto with_timeout = leads({to("shop/reviews")});
  with_timeout.timeout = Milliseconds(5);
  EXPECT_EQ(differences(no_route(), with_timeout, request()), (Words{"answered with 404", "goes to shop/reviews port 80"}));
  EXPECT_EQ(differences(std::nullopt, answer, request()), (Words{"nothing of that", "answered with 418"}));
}

/// What cannot be seen in the part that is told first is told all the same.
TEST(RouteWords, AreNeverTheSameForWhatDiffers) {
  const auto second = [](auto change) {
    auto out = leads({to("shop/a"), to("shop/b")});
    change(out.destinations[1].transform);
    return out;
  };
  const auto plain = second([](Transform&) {});
  const struct {
    std::string_view about;
    RouteAction one;
    RouteAction other;
  } cases[] = {
      {"a header of the second destination alone", plain, second([](Transform& t) {
         t.request = {{.set = {{"x-a", "b"}}}};
       })},
      {"the path of the second destination alone", plain, second([](Transform& t) { t.path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = "/z"}; })},
      {"pods behind one name", with([](RouteAction& a) {
         a.destinations[0].endpoints.pods = {{WorkloadId{1}, 80}};
       }),
       with([](RouteAction& a) {
         a.destinations[0].endpoints.pods = {{WorkloadId{2}, 80}};
       })},
      {"what is answered", {.direct = DirectAnswer{.status = 500, .body = "a"}}, {.direct = DirectAnswer{.status = 500, .body = "b"}}},
      {"a header of an answer", {.direct = DirectAnswer{.status = 500, .body = {}}}, {.direct = DirectAnswer{.status = 500, .body = {}}, .answer = {{.set = {{"x-a", "b"}}}}}},
  };
  for (const auto& c : cases) {
    ASSERT_NE(effect_on(c.one, request()), effect_on(c.other, request())) << c.about;
    const auto [one, other] = differences(c.one, c.other, request());
    EXPECT_NE(one, other) << c.about;
  }
}

/// A policy is nothing to requests without an Origin, and what it says of methods to none but preflights.
TEST(RouteEffect, OfCorsIsWhatTheRequestSees) {
  const auto plain = leads({to("shop/reviews")});
  const auto with_cors = [&](Cors cors) {
    auto out = plain;
    out.cors = std::move(cors);
    return out;
  };
  const auto some = with_cors({.origins = {{.kind = StringMatch::Kind::Exact, .text = "https://a.example"}}, .methods = "GET"});
  const auto all = with_cors({.origins = {{.kind = StringMatch::Kind::Exact, .text = "https://a.example"}}, .methods = "GET,PUT", .answers_all = true});
  auto asked = request();
  EXPECT_EQ(effect_on(some, asked), effect_on(plain, asked));
  asked[{Attribute::Header, "origin"}] = {"https://a.example"};
  EXPECT_NE(effect_on(some, asked), effect_on(plain, asked));
  EXPECT_EQ(effect_on(some, asked), effect_on(all, asked));
  asked[Attribute::Method] = {"OPTIONS"};
  asked[{Attribute::Header, "access-control-request-method"}] = {"PUT"};
  EXPECT_NE(effect_on(some, asked), effect_on(all, asked)) << "the methods";
  asked[{Attribute::Header, "origin"}] = {"https://b.example"};
  EXPECT_NE(effect_on(some, asked), effect_on(all, asked)) << "forwarded, answered";
  EXPECT_NE(differences(some, all, asked).first, differences(some, all, asked).second);
}

TEST(RouteWords, SayThatNobodyIsThere) {
  auto nobody = leads({to("shop/reviews")});
  nobody.destinations[0].endpoints.reach = Endpoints::Reach::NoEndpoint;
  EXPECT_EQ(differences(nobody, leads({to("shop/cart")}), request()).first, "goes to shop/reviews port 80, which has no pods");
  nobody.destinations[0].endpoints.reach = Endpoints::Reach::NoCluster;
  EXPECT_EQ(differences(nobody, leads({to("shop/cart")}), request()).first, "goes to shop/reviews port 80, which is not known");
}

TEST(RouteWords, DoNotTellAnotherNameOfTheSamePods) {
  auto one = with([](RouteAction& a) { a.timeout = Milliseconds(5); });
  auto other = leads({to("shop/reviews-v1")});
  EXPECT_EQ(differences(one, other, request()), (Words{"goes to shop/reviews v1 port 80; timeout 5 ms", "goes to shop/reviews-v1 port 80"}));
  for (auto* action : {&one, &other}) action->destinations[0].endpoints.pods = {{WorkloadId{3}, 9080}};
  EXPECT_EQ(differences(one, other, request()), (Words{"timeout 5 ms", "nothing of that"}));
}

TEST(RouteEffect, IsTheSameForThePodsBehindAnyName) {
  auto subset = leads({to("shop/reviews", "v1")});
  auto service = leads({to("shop/reviews-v1")});
  EXPECT_NE(comparable(subset), comparable(service)) << "whose pods nobody knows";
  for (auto* action : {&subset, &service}) action->destinations[0].endpoints.pods = {{WorkloadId{3}, 9080}};
  EXPECT_EQ(comparable(subset), comparable(service));
  service.destinations[0].endpoints.pods = {{WorkloadId{4}, 9080}};
  EXPECT_NE(comparable(subset), comparable(service));
  service = subset;
  service.destinations[0].endpoints.known = false;
  EXPECT_NE(comparable(subset), comparable(service)) << "labels that no manifest shows";
}

TEST(RouteEffect, ForgetsWhatCannotBeSeen) {
  auto one = leads({to("shop/a"), to("shop/b")});
  auto other = leads({to("shop/b", {}, 50), to("shop/a", {}, 50)});
  one.missing = 500;
  EXPECT_EQ(comparable(one), comparable(other));
  const RouteAction with_port{.redirect = Redirect{.host = "h", .port = 8443}};
  const RouteAction in_host{.redirect = Redirect{.host = "h:8443"}};
  EXPECT_EQ(comparable(with_port), comparable(in_host));
}

/// A prefix and a whole path are rewritten alike where nothing follows.
TEST(RouteEffect, OfARequestIsWhatTheTransformsMakeOfIt) {
  const auto prefix = with([](RouteAction& a) { a.destinations[0].transform.path = {.kind = PathRewrite::Kind::Prefix, .matched = "/a", .value = "/x"}; });
  const auto whole = with([](RouteAction& a) { a.destinations[0].transform.path = {.kind = PathRewrite::Kind::Full, .matched = {}, .value = "/x"}; });
  auto asked = request();
  EXPECT_NE(effect_on(prefix, asked), effect_on(whole, asked));
  asked[Attribute::Path] = asked[Attribute::Target] = {"/a"};
  EXPECT_EQ(effect_on(prefix, asked), effect_on(whole, asked));
  EXPECT_NE(comparable(prefix), comparable(whole));
}

TEST(RouteEffect, IsThatOfTheFirstEngineThatRoutes) {
  const auto first = leads({to("shop/a")});
  const auto second = leads({to("shop/b")});
  const auto step = [](std::optional<RouteAction> action) { return Step{.engine = Engine::Waypoint, .outcome = Outcome::Allow, .origin = {}, .action = std::move(action)}; };
  EXPECT_EQ(action_of({.outcome = Outcome::Allow, .steps = {step({}), step(first), step(second)}}), first);
  EXPECT_EQ(action_of({.outcome = Outcome::NotFound, .steps = {step({})}}), no_route());
  EXPECT_EQ(action_of({.outcome = Outcome::Forbidden, .steps = {step({})}}), std::nullopt);
}

}  // namespace s2a::route_words_test
