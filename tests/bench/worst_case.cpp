// Rules built to blow up the comparison: how long it takes until it is done, or says which attribute is to blame.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "frontend/grammar/regex.h"
#include "ir/pattern/istio_values.h"
#include "ir/proof/compare.h"
#include "tests/bench/figures.h"
#include "tests/bench/topics.h"

namespace s2a::bench {
namespace {

constexpr double kPatience = 5;  ///< seconds: several times what the comparison may take, for slow machines

Literal in(Attribute attribute, std::vector<Pattern> patterns, bool negated = false) {
  return {.attribute = std::move(attribute), .set = {std::move(patterns)}, .negated = negated};
}

Row allow(std::vector<Literal> literals) { return {.guard = {{Clause{{std::move(literals)}}}}, .outcome = Outcome::Allow, .origin = {}}; }

Attribute header(std::size_t n) { return {Attribute::Header, fmt::format("x-{}", n)}; }

std::string letters(std::size_t n) { return {static_cast<char>('a' + n % 26), static_cast<char>('a' + n / 26 % 26)}; }

struct Case {
  std::string name;
  std::string words;
  std::vector<Row> rows;
};

std::vector<Case> cases() {
  std::vector<Case> out;
  const auto add = [&](std::string name, std::string words, std::size_t rows, auto row) {
    auto& last = out.emplace_back(Case{std::move(name), std::move(words), {}});
    for (std::size_t n = 0; n < rows; ++n) last.rows.push_back(row(n));
  };
  add("not_paths", "a rule with 200 notPaths", 1, [](std::size_t) {
    std::vector<Pattern> paths;
    for (std::size_t n = 0; n < 200; ++n) paths.push_back(path(n % 3 == 0 ? fmt::format("/{}/*", letters(n)) : n % 3 == 1 ? fmt::format("*.{}", letters(n)) : "/" + letters(n)));
    return allow({in(Attribute::Path, std::move(paths), true)});
  });
  add("nested_suffixes", "200 rules, each on a longer suffix", 200, [](std::size_t n) { return allow({in(Attribute::Path, {path("*" + std::string(n + 1, 'a'))})}); });
  add("suffixes", "26 rules on any path that ends in one of 26 letters, one behind the other", 26, [](std::size_t n) {
    return allow({in(Attribute::Path, {path("*" + std::string(1, static_cast<char>('a' + n))), path("*" + std::string(1, static_cast<char>('a' + n)) + "x")})});
  });
  add("templates", "60 rules on a segment anywhere in the path", 60,
      [](std::size_t n) { return allow({in(Attribute::Path, {path(fmt::format("/{{**}}/{}/{{**}}", letters(n)))})}); });
  add("prefixes", "2,000 rules, each on a path and what is below it", 2'000, [](std::size_t n) {
    return allow({in(Attribute::Path, {path(fmt::format("/{}", n)), path(fmt::format("/{}/*", n))})});
  });
  add("prefixes_and_suffixes", "300 rules on 150 prefixes and 150 suffixes", 300,
      [](std::size_t n) { return allow({in(Attribute::Path, {path(n % 2 == 0 ? fmt::format("/{}*", n) : fmt::format("*{}", n))})}); });
  add("headers", "400 headers, each in a rule of its own", 400, [](std::size_t n) { return allow({in(header(n), {Exact{"a"}})}); });
  add("pairs_of_headers", "200 rules on two headers each, of 400", 200, [](std::size_t n) { return allow({in(header(n), {Exact{"a"}}), in(header(n + 200), {Exact{"b"}})}); });
  add("lines", "200 values of one header, in rules of their own", 200, [](std::size_t n) { return allow({in(header(0), {Exact{fmt::format("v{}", n)}})}); });
  add("prefixes_of_lines", "60 prefixes and suffixes of one header", 60,
      [](std::size_t n) { return allow({in(header(0), {n % 2 == 0 ? Pattern(Prefix{letters(n)}) : Pattern(Suffix{letters(n)})})}); });
  add("mixed", "1,000 rules on an identity, a path, a host and a header each", 1'000, [](std::size_t n) {
    return allow({in(Attribute::Identity, {principal(fmt::format("cluster.local/ns/team-{}/*", n))}), in(Attribute::Path, {path(fmt::format("/{}/*", n % 97))}),
                  in(Attribute::Host, {host(fmt::format("{}.*", n % 89))}), in(header(n % 7), {Exact{fmt::format("v{}", n)}})});
  });
  add("regexes", "20 regular expressions that overlap", 20, [](std::size_t n) { return allow({in(Attribute::Path, {*parse_regex(fmt::format("/.*{}.{{{}}}", letters(n), n))})}); });
  add("large_regex", "a regular expression whose automaton doubles twenty times", 1, [](std::size_t) { return allow({in(Attribute::Path, {*parse_regex("/(a|b)*a(a|b){20}")})}); });
  return out;
}

/// The same decisions by more rows: nothing that is equal at a glance.
Path closed_but_for(std::vector<Row> rows) {
  return {.engine = Engine::Sidecar, .table = {.rows = std::move(rows), .otherwise = Outcome::Forbidden, .otherwise_origin = {}}, .next = {}};
}

}  // namespace

bool worst_cases() {
  const Callers callers{.identified = true, .http = true, .trust_domain = "cluster.local", .host = "cart.shop", .outside = {}};
  bool kept = true;
  for (auto& [name, words, rows] : cases()) {
    const auto before = closed_but_for(rows);
    rows.push_back(rows.front());
    const auto after = closed_but_for(std::move(rows));
    Comparison found;
    const auto took = seconds_once([&] { found = compare(before, after, callers); });
    figure("worst_" + name, took, "s", fmt::format("{}: {}", words, to_string(found.verdict)));
    if (!found.unknown.empty()) fmt::print("    {}\n", found.unknown);
    kept &= took <= kPatience;
  }
  return kept;
}

}  // namespace s2a::bench
