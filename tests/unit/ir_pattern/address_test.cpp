// Addresses and blocks: what is read, what is refused and where, and what is contained.
#include "ir/pattern/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

namespace s2a::address_test {

struct Case {
  std::string text;
  std::string printed;  ///< empty: refused
  std::size_t offset = 0;
};

TEST(Address, BlocksAreRead) {
  const Case cases[] = {
      {"10.0.0.0/8", "10.0.0.0/8"},
      {"10.1.2.3", "10.1.2.3"},
      {"10.1.2.3/8", "10.1.2.3/8"},
      {"0.0.0.0/0", "0.0.0.0/0"},
      {"255.255.255.255/32", "255.255.255.255"},
      {"::/0", "::/0"},
      {"::", "::"},
      {"::1", "::1"},
      {"2001:DB8:0:0:0:0:0:1/64", "2001:db8::1/64"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"::ffff:10.0.0.1", "::ffff:10.0.0.1"},
      {"1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"},
      {"fe80::1%eth0", "fe80::1"},
      {"", "", 0},
      {"10.0.0", "", 6},
      {"10.0.0.", "", 7},
      {"10.0.0.0.0", "", 8},
      {"10.0.0.256", "", 9},
      {"10.0.01.1", "", 6},
      {"10.0.0.0/33", "", 10},
      {"10.0.0.0/08", "", 10},
      {"10.0.0.0/", "", 9},
      {"10.0.0.0/8 ", "", 10},
      {"10.0.0.0/-1", "", 9},
      {"10.0.0.1:80", "", 8},
      {"10.0.0.1%eth0", "", 8},
      {"fe80::1%eth0/64", "", 7},
      {"fe80::1%", "", 7},
      {"x", "", 0},
      {":1", "", 1},
      {"1:", "", 2},
      {":::", "", 2},
      {"1::2::3", "", 5},
      {"12345::", "", 4},
      {"1:2:3:4:5:6:7", "", 13},
      {"1:2:3:4:5:6:7:8:9", "", 15},
      {"::1:2:3:4:5:6:7:8", "", 17},
      {"::/129", "", 5},
      {"[::1]", "", 0},
  };
  for (const auto& [text, printed, offset] : cases) {
    const auto block = parse_cidr(text);
    EXPECT_EQ(block ? to_string(*block) : "", printed) << text;
    EXPECT_EQ(block ? 0 : block.error(), offset) << text;
  }
}

TEST(Address, BlocksContainTheirFamilyOnly) {
  struct {
    std::string block, address;
    bool inside;
  } const cases[] = {
      {"10.0.0.0/8", "10.255.0.1", true},
      {"10.0.0.0/8", "11.0.0.0", false},
      {"10.9.9.9/8", "10.0.0.1", true},
      {"10.1.2.3", "10.1.2.3", true},
      {"10.1.2.3", "10.1.2.2", false},
      {"0.0.0.0/0", "255.255.255.255", true},
      {"0.0.0.0/0", "::1", false},
      {"::/0", "1.2.3.4", false},
      {"::/0", "ffff::", true},
      {"::ffff:10.0.0.1", "10.0.0.1", false},
      {"2001:db8::/33", "2001:db8:7fff::", true},
      {"2001:db8::/33", "2001:db8:8000::", false},
      {"10.0.0.4/31", "10.0.0.5", true},
      {"10.0.0.4/31", "10.0.0.6", false},
  };
  for (const auto& [block, address, inside] : cases) EXPECT_EQ(parse_cidr(block)->contains(*parse_address(address)), inside) << block << " " << address;
}

TEST(Address, EndsOfBlocks) {
  const auto block = *parse_cidr("10.1.2.3/15");
  EXPECT_EQ(to_string(block.first()), "10.0.0.0");
  EXPECT_EQ(to_string(block.last()), "10.1.255.255");
  EXPECT_EQ(to_string(next(block.last())), "10.2.0.0");
  EXPECT_EQ(to_string(next(*parse_address("255.255.255.255"))), "0.0.0.0");
  EXPECT_EQ(to_string(next(*parse_address("2001:db8::ffff"))), "2001:db8::1:0");
}

TEST(Address, ReadsWhatTheCLibraryReads) {
  std::mt19937 random(20);
  std::size_t read = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text;
    const bool v6 = random() % 2 == 0;
    const std::string_view letters = v6 ? "::::00112fF.3" : "....0011225";
    for (auto n = random() % 14; n-- > 0;) text += letters[random() % letters.size()];
    std::array<std::uint8_t, 16> bytes{};
    const bool theirs = inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 || inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
    const auto ours = parse_address(text);
    ASSERT_EQ(ours.has_value(), theirs) << text;
    if (!theirs) continue;
    ASSERT_EQ(ours->bytes, bytes) << text;
    ++read;
  }
  EXPECT_GT(read, 1000U);
}

}  // namespace s2a::address_test
