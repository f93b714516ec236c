// Ports, booleans, addresses, bytes, header values, regular expressions and path templates.
#include <gtest/gtest.h>

#include "frontend/grammar/base64.h"
#include "frontend/grammar/cidr.h"
#include "frontend/grammar/go_bool.h"
#include "frontend/grammar/header_value.h"
#include "frontend/grammar/path_template.h"
#include "frontend/grammar/port.h"
#include "frontend/grammar/regex.h"
#include "tests/unit/frontend_grammar/check.h"

namespace s2a::values_test {

TEST(Port, IsADecimalOf16Bits) {
  const std::pair<std::string, int> good[] = {{"0", 0}, {"1", 1}, {"8080", 8080}, {"08080", 8080}, {"65535", 65535}, {"000000000000000000000080", 80}};
  for (const auto& [text, port] : good) EXPECT_EQ(parse_port(text).value(), port) << text;
  expect_bad(parse_port, {{"", 0, "expected a port number"},
                          {"65536", 0, "expected a port number"},
                          {"-1", 0, "port"},
                          {"+1", 0, "port"},
                          {"*", 0, "port"},
                          {"http", 0, "port"},
                          {"80-90", 2, "does not belong"},
                          {"80 ", 2, "does not belong"},
                          {"0x50", 1, "does not belong"},
                          {"99999999999999999999", 0, "port"}});
}

TEST(GoBool, TakesTheTwelveWords) {
  for (const char* yes : {"1", "t", "T", "TRUE", "true", "True"}) EXPECT_EQ(parse_bool_go(yes).value_or(false), true) << yes;
  for (const char* no : {"0", "f", "F", "FALSE", "false", "False"}) EXPECT_EQ(parse_bool_go(no).value_or(true), false) << no;
  expect_bad(parse_bool_go, {{"", 0, "expected `true`"}, {"yes", 0, "expected"}, {"tRUE", 1, "does not belong"}, {"true ", 4, "does not belong"}, {"maybe", 0, "expected"}});
}

TEST(CidrText, SaysWhatIsWrong) {
  expect_good(parse_cidr_text, {"10.0.0.0/8", "10.1.2.3/8", "10.1.2.3", "::/0", "2001:db8::1", "fe80::1%eth0"});
  expect_bad(parse_cidr_text, {{"10.0.0", 6, "ends too early"},
                               {"10.0.0.0/33", 10, "prefix length"},
                               {"10.0.0.0/", 9, "prefix length"},
                               {"x", 0, "no IP address"},
                               {"10.0.0.1:80", 8, "no IP address"},
                               {"", 0, "ends too early"}});
}

TEST(RegexText, IsCheckedByRe2) {
  expect_good(parse_regex, {"", "a|b", "/v[0-9]+/.*", "(?i)x", "\\Qa.b\\E"});
  expect_bad(parse_regex, {{"a(", 0, "missing )"},
                           {"ab[z-a]", 3, "invalid character class range"},
                           {"a(?=b)", 1, "invalid perl operator"},
                           {"ab\\1", 2, "invalid escape"},
                           {"x**", 1, "bad repetition"},
                           {"*x", 0, "no argument for repetition"},
                           {"a|(?i)*", 6, "no argument for repetition"},
                           {"[a", 0, "missing ]"},
                           {"a)", 0, "unexpected )"},
                           {"[[:alfa:]]", 1, "invalid character class range"},
                           {"\\pX", 0, "invalid character class range"},
                           {"\\Z", 0, "invalid escape"},
                           {"((a{100}){100}){100}", 3, "invalid repetition size"},
                           {"a{1001}", 1, "invalid repetition"},
                           {"\xFF", 0, "UTF-8"}});
}

TEST(PathTemplate, IsWhatTheWebhookTakes) {
  expect_good(check_path, {"/a", "*", "/a/*/b", "/admin*", "//", "/", "a b", "/a[1]", "/a/{*}", "/a/{*}/b/{**}", "{*}", "/{**}", "/{**}/a/b", "//{*}//", "/a%2F/{*}", "/a:b@c/{**}",
                           "/{*}/{*}/{*}", "/{*}/{**}/x"});
  expect_bad(check_path, {
                             {"/a/{id}", 3, "does not belong to a path"},
                             {"/a/{", 3, "does not belong to a path"},
                             {"/a}", 2, "does not belong to a path"},
                             {"/a/{**}/b/{*}", 10, "`{**}` is the last one"},
                             {"/{**}/a/{**}", 8, "`{**}` is the last one"},
                             {"/{**}/{*}", 6, "`{**}` is the last one"},
                             {"/a/{*}/*", 7, "expected a segment"},
                             {"/a/{*}/x*", 8, "does not belong"},
                             {"/a/x{*}", 4, "does not belong"},
                             {"/a/{*}x", 6, "does not belong"},
                             {"/{**}x", 5, "does not belong"},
                             {"/a//{*}", 3, "expected a segment"},
                             {"/{id}/{*}", 1, "expected a segment"},
                             {"/a b/{*}", 2, "does not belong"},
                             {"/{**}//a", 6, "`{**}` is the last one"},
                         });
}

TEST(Base64, IsRead) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"", ""}, {"Zg==", "f"}, {"Zm8=", "fo"}, {"Zm9v", "foo"}, {"+/8=", "\xFB\xFF"}};
  for (const auto& [text, bytes] : cases) EXPECT_EQ(parse_base64(text).value_or("none"), bytes) << text;
  expect_bad(parse_base64, {{"Zg", 2, "too early"}, {"Z-==", 1, "no character"}, {"Zg=a", 2, "no character"}});
}

TEST(HeaderValue, HoldsCommandsOfEnvoy) {
  for (const auto* text : {"", "a", "100%%", "%DOWNSTREAM_REMOTE_ADDRESS%", "a %REQ(x-id?y)% b", "%REQ(x):10%%%"}) EXPECT_TRUE(check_header_value(text)) << text;
  expect_bad(check_header_value, {{"50%", 2, "begins no command"}, {"%a%", 0, "begins no command"}, {"%%%", 2, "begins no command"}, {"%A(%", 0, "begins no command"}});
}

}  // namespace s2a::values_test
