// Paths, headers and tokens as Envoy hands them to policies. authorization.md 2.4
#include "ir/authz/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ir/pattern/istio_values.h"

namespace s2a::message_test {

using testing::ElementsAre;

TEST(NormalizedPath, ByMode) {
  using enum PathNormalization;
  struct Case {
    std::string_view target;
    PathNormalization mode;
    std::optional<std::string> path;
  };
  for (const auto& [target, mode, path] : {
           Case{"/a?b=/c", Base, "/a"},
           Case{"/x/../%61dmin", Base, "/admin"},
           Case{"/a/./b/.", Base, "/a/b/"},
           Case{"/../a", Base, "/a"},
           Case{"/a\\b", Base, "/a/b"},
           Case{"/a//b", Base, "/a//b"},
           Case{"/a//b", MergeSlashes, "/a/b"},
           Case{"/a%2Fb", MergeSlashes, "/a%2Fb"},
           Case{"/a%2f%5Cb", DecodeAndMergeSlashes, "/a/b"},
           Case{"/a<b", Base, "/a%3Cb"},
           Case{"/x/../%61", None, "/x/../%61"},
           Case{"/%00", None, "/%00"},
           Case{"/%00", Base, std::nullopt},
           Case{"/a#b", None, std::nullopt},
           Case{"/a b", Base, std::nullopt},
       })
    EXPECT_EQ(normalized_path(target, mode), path) << target;
}

Request sent(const Message& message, const std::optional<Token>& token = std::nullopt) {
  Request out{{Attribute::PeerAddress, {"10.0.0.1"}}};
  EXPECT_TRUE(add_message(out, message, token, PathNormalization::Base));
  return out;
}

TEST(Message, TheLastForwardedAddressCountsIfItIsOne) {
  const auto remote = [](const std::string& forwarded) { return sent({.host = {}, .target = "/", .headers = {{"X-Forwarded-For", forwarded}}}).at(Attribute::RemoteAddress); };
  EXPECT_THAT(remote("192.0.2.1, 192.0.2.9"), ElementsAre("192.0.2.9"));
  for (const auto* other : {"192.0.2.9:80", "[::1]", "192.0.2.0/24", "", "192.0.2.9,"}) EXPECT_THAT(remote(other), ElementsAre("10.0.0.1")) << other;
}

TEST(Message, EachHeaderLineCountsByItself) {
  const auto request = sent({.host = {}, .target = "/a?b", .headers = {{"X-Team", " red "}, {"x-team", "a,b"}}});
  EXPECT_THAT(request.at({Attribute::Header, "x-team"}), ElementsAre("red", "a,b"));
  EXPECT_THAT(request.at(Attribute::Target), ElementsAre("/a?b"));
}

TEST(Message, AnAbsoluteTargetNamesTheHost) {
  const auto request = sent({.host = "cart.shop", .target = "http://other/x?y", .headers = {}});
  EXPECT_THAT(request.at(Attribute::Host), ElementsAre("other"));
  EXPECT_THAT(request.at(Attribute::Path), ElementsAre("/x"));
}

const Token kToken{.holds = true,
                   .claims = {{"iss", {.texts = {"a"}}}, {"sub", {.texts = {"b/c"}}}, {"scope", {.texts = {"read write"}}}, {"groups", {.texts = {"x y"}, .list = true}}}};

TEST(Token, ClaimsAreTextsAndWords) {
  const auto request = sent({.host = {}, .target = "/", .headers = {}}, kToken);
  EXPECT_THAT(request.at({Attribute::ClaimWords, "scope"}), ElementsAre("read", "write"));
  EXPECT_THAT(request.at({Attribute::ClaimWords, "groups"}), ElementsAre("x y"));
  EXPECT_THAT(request.at(Attribute::Token), ElementsAre("a"));
}

TEST(Token, APreflightCarriesNone) {
  const auto request = sent({.method = "OPTIONS", .host = {}, .target = "/", .headers = {{"origin", "https://a"}, {"access-control-request-method", "GET"}}}, kToken);
  EXPECT_FALSE(request.contains(Attribute::Token));
}

TEST(RequestPrincipal, IsSplitAtTheLastSlash) {
  struct Case {
    std::string_view value, issuer_and_subject;
    bool matches;
  };
  for (const auto& [value, subject, expected] : {
           Case{"*", "a\nb", true},
           Case{"*", "a\n", false},
           Case{"*", "a", false},
           Case{"a/b", "a\nb", true},
           Case{"a/b/c", "a/b\nc", true},
           Case{"a/b/c", "a\nb/c", false},
           Case{"a", "a\n", true},
           Case{"a", "a\nb", false},
           Case{"a/*", "a\nb", true},
           Case{"a/*", "a\n", false},
           Case{"a/b*", "a\nbc", true},
           Case{"a*", "abc\nx", true},
           Case{"*b", "any\nab", true},
           Case{"*b", "b\na", false},
           Case{"*/b", "any\nb", true},
           Case{"*x/b", "aX\nb", false},
           Case{"*x/b", "ax\nb", true},
       })
    EXPECT_EQ(matches(request_principal(value), subject), expected) << value << " on " << subject;
}

}  // namespace s2a::message_test
