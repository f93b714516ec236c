// Durations of Go and of the Gateway API.
#include "frontend/grammar/duration.h"

#include "tests/unit/frontend_grammar/check.h"

namespace s2a::duration_test {

using namespace std::chrono_literals;

TEST(GoDuration, IsRead) {
  const std::pair<std::string, std::chrono::nanoseconds> cases[] = {
      {"0", 0ns},
      {"0s", 0ns},
      {"5s", 5s},
      {"1.5s", 1500ms},
      {"1h30m", 90min},
      {"100ms", 100ms},
      {"1us", 1us},
      {"1\xC2\xB5s", 1us},
      {"1ns", 1ns},
      {".5s", 500ms},
      {"1.s", 1s},
      {"-1.5h", -90min},
      {"+5s", 5s},
      {"-0", 0ns},
      {"1m1m", 2min},
      {"1s1h", 3601s},
      {"0.000000001s", 1ns},
      {"0.9ns", 0ns},
      {"2562047h47m16.854775807s", std::chrono::nanoseconds::max()},
      {"0.1234567890123456789012345s", 123456789ns},
  };
  for (const auto& [text, duration] : cases) {
    const auto parsed = parse_go_duration(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error().message;
    EXPECT_EQ(parsed->count(), duration.count()) << text;
  }
}

TEST(GoDuration, IsRefused) {
  expect_bad(parse_go_duration, {{"", 0, "expected a duration"},
                                 {"5", 1, "expected a unit"},
                                 {"5d", 1, "expected a unit"},
                                 {"s", 0, "expected a duration"},
                                 {".s", 0, "expected a duration"},
                                 {"1s ", 2, "does not belong"},
                                 {"-", 1, "expected a duration"},
                                 {"--1s", 1, "expected a duration"},
                                 {"1.2.3s", 3, "expected a unit"},
                                 {"1s5", 3, "expected a unit"},
                                 {"-5x", 2, "expected a unit"},
                                 {"99999999999999999999h", 0, "too long"},
                                 {"9999999h", 0, "too long"},
                                 {"2562047h47m16.854775808s", 0, "too long"}});
}

TEST(GatewayDuration, IsRead) {
  const std::pair<std::string, std::chrono::nanoseconds> cases[] = {
      {"10s", 10s}, {"0s", 0s}, {"1s500ms", 1500ms}, {"99999s", 99999s}, {"27h46m40s", 100000s}, {"1h1m1s1ms", 3661001ms}, {"1m1m", 2min}, {"00001s", 1s}};
  for (const auto& [text, duration] : cases) {
    const auto parsed = parse_gateway_duration(text);
    ASSERT_TRUE(parsed) << text << ": " << parsed.error().message;
    EXPECT_EQ(parsed->count(), duration.count()) << text;
  }
}

TEST(GatewayDuration, IsRefused) {
  expect_bad(parse_gateway_duration, {{"", 0, "expected a duration"},
                                      {"10", 2, "expected a unit"},
                                      {"0", 1, "expected a unit"},
                                      {"1.5s", 1, "expected a unit"},
                                      {"100us", 3, "expected a unit"},
                                      {"-1s", 0, "expected a duration"},
                                      {"100000s", 5, "expected a unit"},
                                      {"1h1m1s1ms1ms", 9, "does not belong"},
                                      {"1s ", 2, "does not belong"}});
}

TEST(Durations, InMilliseconds) {
  EXPECT_EQ(milliseconds_of_go("1.0019s"), 1001ms);
  EXPECT_EQ(milliseconds_of_go("1x"), std::nullopt);
  EXPECT_EQ(milliseconds_of_gateway("1s500ms"), 1500ms);
  EXPECT_EQ(milliseconds_of_gateway("1.5s"), std::nullopt);
  EXPECT_EQ(milliseconds_of_gateway(""), std::nullopt);
}

TEST(Timeout, LastsAMillisecond) {
  EXPECT_TRUE(check_timeout("1ms"));
  expect_bad(check_timeout, {{"0s", 0, "less than 1ms"}, {"-1s", 0, "less than 1ms"}, {"999us", 0, "less than 1ms"}, {"1", 1, "expected a unit"}});
}

}  // namespace s2a::duration_test
