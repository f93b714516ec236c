// Texts from random trees: each part is written so that it stays one.
#include "tests/support/random_regex.h"

#include <fmt/format.h>

namespace s2a::test {
namespace {

std::string random_class(Random& random) {
  static const Texts kItems{"a",          "b",         "/",   "a-b", "A-B", "\\d",   "\\D",   "\\s",     "\\W",     "[:alpha:]",
                            "[:^upper:]", "[:punct:]", "\\n", ".",   "-",   "\\x61", "\\142", "\\x{2f}", "\xC3\xA9"};
  std::string out = random.chance(40) ? "[^" : "[";
  if (random.chance(5)) out += ']';
  if (random.chance(2)) out += "\\pL";
  for (int n = random.number(1, 3); n > 0; --n) out += random.pick(kItems);
  return out + (random.chance(5) ? "-]" : "]");
}

std::string random_leaf(Random& random) {
  static const Texts kLeaves{"a", "b", "/", "ab", "."};
  static const Texts kRare{"\\w", "\\W", "\\d", "\\S",  "\\s",        "\\n", "\\x61", "\\x{62}", "\\057",    "\\Qa.b\\E",   "\\Q",
                           "A",   "B",   "\\C", "\\pL", "\\P{Greek}", "",    "{",     "a{,2}",   "\xC3\xA9", "\xE2\x84\xAA"};
  static const Texts kAnchors{"^", "$", "\\A", "\\z", "\\b", "\\B"};
  if (random.chance(12)) return random.pick(kAnchors);
  if (random.chance(20)) return random_class(random);
  if (random.chance(10)) return "(?:" + random.pick(kRare) + ")";
  return random.pick(kLeaves);
}

std::string random_count(Random& random) {
  const int least = random.number(0, 3);
  static const Texts kSigns{"*", "+", "?"};
  auto out = random.chance(60)   ? random.pick(kSigns)
             : random.chance(40) ? fmt::format("{{{}}}", least)
             : random.chance(50) ? fmt::format("{{{},}}", least)
                                 : fmt::format("{{{},{}}}", least, least + random.number(0, 2));
  return random.chance(15) ? out + "?" : out;
}

std::string random_group(Random& random, const std::string& inside) {
  static const Texts kOpen{"(", "(?:", "(?P<x>", "(?i:", "(?s:", "(?m:", "(?-s:", "(?ims:", "(?i-m:", "(?U:", "((?i)", "((?m)", "(?:(?s)"};
  return (random.chance(60) ? "(?:" : random.pick(kOpen)) + inside + ")";
}

std::string random_part(Random& random, int depth) {
  if (depth == 0 || random.chance(25)) return random_leaf(random);
  if (random.chance(30)) return random_group(random, random_part(random, depth - 1)) + random_count(random);
  if (random.chance(35)) return random_group(random, random_part(random, depth - 1) + "|" + random_part(random, depth - 1));
  return random_part(random, depth - 1) + random_part(random, depth - 1);
}

}  // namespace

std::string random_regex(Random& random) {
  static const Texts kFlags{"(?i)", "(?m)", "(?s)", "(?ms)", "(?im)"};
  return (random.chance(25) ? random.pick(kFlags) : "") + random_part(random, random.number(1, 5));
}

Texts strings(std::string_view letters, std::size_t longest) {
  Texts out{""};
  for (std::size_t begin = 0; out[begin].size() < longest; ++begin)
    for (const char c : letters) out.push_back(out[begin] + c);
  return out;
}

}  // namespace s2a::test
