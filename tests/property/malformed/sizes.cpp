// What makes a careless program overflow its stack, its memory or its patience.
#include <fmt/format.h>

#include <string>

#include "tests/property/malformed/good_text.h"
#include "tests/property/malformed/row.h"

namespace s2a::test {
namespace {

constexpr std::string_view kHead = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: shop}\nspec:";

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

Row spec(std::string name, const std::string& text, Expect expect = Expect::Told) { return {.name = std::move(name), .text = std::string(kHead) + text, .expect = expect}; }

/// `levels` maps, each the value of the one before, two columns further right.
std::string stairs(std::string_view step, std::size_t levels) {
  std::string out = "\n";
  for (std::size_t i = 0; i < levels; ++i) out += std::string(i + 1, ' ') + std::string(step) + "\n";
  return out;
}

/// `b` is `width` times `a`, `c` is `width` times `b`, and so on.
std::string bomb(std::size_t levels, std::size_t width, bool maps) {
  std::string out = "\n  a0: &a0 [x]\n";
  for (std::size_t level = 1; level <= levels; ++level) {
    out += fmt::format("  a{0}: &a{0} {1}", level, maps ? "{" : "[");
    for (std::size_t i = 0; i < width; ++i) out += fmt::format("{}*a{} , ", maps ? fmt::format("k{}: ", i) : "", level - 1);
    out += maps ? "}\n" : "]\n";
  }
  return out;
}

}  // namespace

std::vector<Row> too_deep() {
  std::vector<Row> out;
  for (const std::size_t levels : {200U, 10'000U, 1'000'000U}) {
    out.push_back(spec(fmt::format("{} flow lists", levels), " " + repeated("[", levels) + repeated("]", levels) + "\n"));
    out.push_back(spec(fmt::format("{} flow lists that never end", levels), " " + repeated("[", levels)));
    out.push_back(spec(fmt::format("{} flow maps", levels), " " + repeated("{a: ", levels) + "b" + repeated("}", levels) + "\n"));
    out.push_back(spec(fmt::format("{} flow maps that never end", levels), " " + repeated("{a: ", levels)));
    out.push_back(spec(fmt::format("{} flow lists in flow maps", levels), " " + repeated("[{a: ", levels / 2) + repeated("}]", levels / 2) + "\n"));
    out.push_back(spec(fmt::format("{} block lists on a line", levels), "\n  " + repeated("- ", levels) + "a\n"));
    out.push_back(spec(fmt::format("{} keys marked by `?`", levels), "\n  " + repeated("? ", levels) + "a\n"));
    out.push_back({.name = fmt::format("{} brackets alone", levels), .text = repeated("[", levels), .expect = Expect::Either});
    out.push_back({.name = fmt::format("{} closing brackets alone", levels), .text = repeated("]", levels), .expect = Expect::Either});
    out.push_back({.name = fmt::format("{} braces in JSON", levels), .text = repeated("{\"kind\": ", levels), .expect = Expect::Either, .file = "bad.json"});
  }
  out.push_back(spec("2000 block maps", stairs("a:", 2000)));
  out.push_back(spec("2000 block lists", stairs("-", 2000)));
  out.push_back(spec("10000 block maps", stairs("a:", 10'000)));
  return out;
}

std::vector<Row> aliases() {
  return {spec("billion laughs in lists", bomb(9, 10, false)),
          spec("billion laughs in maps", bomb(9, 10, true)),
          spec("60 levels of two", bomb(60, 2, false)),
          spec("90 levels of two", bomb(90, 2, false)),
          spec("alias of its own list", "\n  rules: &a [*a]\n"),
          spec("alias of its own map", "\n  selector: &a {matchLabels: *a}\n"),
          spec("alias of the document", " &a {rules: [{from: *a}]}\n"),
          spec("alias as its own key", "\n  &a a: *a\n"),
          spec("undefined alias", "\n  rules: *rules\n"),
          spec("alias before its anchor", "\n  rules: *a\n  selector: &a {}\n"),
          spec("alias of another document's anchor", "\n  rules: *a\n---\nx: &a []\n"),
          spec("alias with a value behind it", "\n  action: &a ALLOW\n  rules: *a b\n"),
          spec("anchor on an alias", "\n  action: &a ALLOW\n  rules: &b *a\n"),
          spec("merge of itself", " &a\n  <<: *a\n"),
          spec("merge of each other", "\n  selector: &a {<<: *b}\n  provider: &b {<<: *a}\n"),
          spec("merge of a list of itself", " &a\n  <<: [*a, *a]\n"),
          spec(
              "merge bomb", "\n  a0: &a0 {x: y}\n" +
                                [] {
                                  std::string out;
                                  for (int i = 1; i <= 30; ++i) out += fmt::format("  a{0}: &a{0} {{<<: [*a{1}, *a{1}, *a{1}, *a{1}]}}\n", i, i - 1);
                                  return out;
                                }()),
          spec(
              "100000 anchors", "\n  rules:\n" +
                                    [] {
                                      std::string out;
                                      for (int i = 0; i < 100'000; ++i) out += fmt::format("  - &a{} x\n", i);
                                      return out;
                                    }()),
          spec("100000 aliases of a text", "\n  action: &a ALLOW\n  rules: [" + repeated("*a , ", 100'000) + "]\n")};
}

std::vector<Row> huge() {
  constexpr std::size_t kMany = 2U << 20U;
  const auto long_text = std::string(kMany, 'a');
  return {spec("plain text of 2 MB", "\n  action: " + long_text + "\n"),
          spec("quoted text of 2 MB", "\n  action: \"" + long_text + "\"\n"),
          spec("quoted text of 2 MB that never ends", "\n  action: \"" + long_text + "\n"),
          spec("escapes of 2 MB", "\n  action: \"" + repeated("\\x41", kMany / 4) + "\"\n"),
          spec("block text of 2 MB", "\n  action: |\n    " + long_text + "\n"),
          spec("key of 2 MB", "\n  " + long_text + ": a\n"),
          spec("key of 2 MB without a colon", "\n  " + long_text + "\n  b: c\n"),
          spec("name of an alias of 2 MB", "\n  action: *" + long_text + "\n"),
          spec("tag of 2 MB", "\n  action: !" + long_text + " ALLOW\n", Expect::Silent),
          {.name = "comment of 2 MB", .text = good_mesh() + "# " + long_text, .expect = Expect::Silent},
          {.name = "spaces of 2 MB", .text = good_mesh() + std::string(kMany, ' '), .expect = Expect::Silent},
          {.name = "1000000 line ends", .text = good_mesh() + std::string(1'000'000, '\n'), .expect = Expect::Silent},
          {.name = "100000 documents", .text = repeated("---\na: b\n", 100'000) + "---\n" + good_mesh(), .expect = Expect::Silent},
          {.name = "30000 documents without a name", .text = repeated("---\napiVersion: v1\nkind: Service\n", 30'000)},
          {.name = "30000 broken documents", .text = repeated("---\nkind: Service\na: [\n", 30'000)},
          {.name = "1000000 lines `---`", .text = repeated("---\n", 1'000'000) + good_mesh(), .expect = Expect::Silent},
          {.name = "1000000 lines `...`", .text = repeated("...\n", 1'000'000) + good_mesh(), .expect = Expect::Either},
          {.name = "1000000 colons", .text = "kind: Service\n" + repeated(": ", 1'000'000), .expect = Expect::Either},
          {.name = "1000000 commas", .text = "kind: Service\na: [" + repeated(",", 1'000'000) + "]\n", .expect = Expect::Either},
          {.name = "1000000 quotes", .text = "kind: Service\na: " + repeated("\"", 1'000'001) + "\n"},
          spec(
              "100000 unknown keys", "\n" +
                                         [] {
                                           std::string out;
                                           for (int i = 0; i < 100'000; ++i) out += fmt::format("  k{}: a\n", i);
                                           return out;
                                         }()),
          spec("30000 equal keys", "\n" + repeated("  action: ALLOW\n", 30'000)),
          spec("100000 rules", "\n  rules:\n" + repeated("  - {}\n", 100'000)),
          spec("100000 paths", "\n  rules: [{to: [{operation: {paths: [" + repeated("/a, ", 100'000) + "]}}]}]\n", Expect::Either)};
}

}  // namespace s2a::test
