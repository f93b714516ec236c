// The properties over generated texts.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "tests/property/yaml/properties.h"
#include "tests/support/yaml_events.h"
#include "tests/support/yaml_generator.h"

namespace s2a::test::generated_test {

constexpr std::array kKinds = {RelevantKind{.kind = "Service"}};

/// S2A_SEED, or the same seed every day.
unsigned seed() {
  const char* given = std::getenv("S2A_SEED");
  return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : 20240601U;
}

void check(const SourceFile& file, std::mt19937& engine, Counts& counts) {
  const auto parsed = parse(file);
  ++counts.texts;
  counts.documents += parsed.documents.size();
  for (const Diagnostic& d : parsed.diagnostics.all()) ADD_FAILURE() << to_string(d.code) << " " << d.message << "\n" << file.text;
  expect_same_events(file, parsed);
  expect_scan_is_parse(file, parsed, kKinds);
  for (const Document& document : parsed.documents) {
    counts.nodes += document.nodes.size();
    expect_nested(file, document);
    expect_replaceable(file, document, engine, 12, counts);
  }
}

void report(const Counts& counts) {
  std::cout << "seed " << seed() << ": " << counts.texts << " texts, " << counts.documents << " documents, " << counts.nodes << " nodes, " << counts.replaced << " replaced\n";
}

TEST(GeneratedYaml, IsReadAsYamlCppReadsItAndSpansAreExact) {
  std::mt19937 engine(seed());
  Counts counts;
  std::size_t refused = 0;
  for (int i = 0; i < 3000 && !testing::Test::HasFailure(); ++i) {
    auto file = source(random_yaml(engine));
    file.path = "generated text " + std::to_string(i);
    if (yaml_events(file.text)) {
      check(file, engine, counts);
    } else {
      ++refused;
    }
  }
  report(counts);
  std::cout << refused << " texts that yaml-cpp itself refuses were left out\n";
  EXPECT_LT(refused, 150U) << "the generator is to write what yaml-cpp can read";
}

TEST(GeneratedJson, IsReadAsYamlCppReadsItAndSpansAreExact) {
  std::mt19937 engine(seed());
  Counts counts;
  for (int i = 0; i < 1000 && !testing::Test::HasFailure(); ++i) check(source(random_json(engine)), engine, counts);
  report(counts);
}

TEST(BrokenYaml, NeverCrashesAndNamesAPlaceInTheFile) {
  std::mt19937 engine(seed());
  Counts counts;
  std::size_t diagnosed = 0;
  for (int i = 0; i < 4000; ++i) {
    auto file = source(random_yaml(engine));
    for (auto hits = 1 + engine() % 4; hits > 0 && !file.text.empty(); --hits) {  // cut, overwrite, insert
      constexpr std::string_view kBytes = "\t\n\r[]{}:,#&*!|>'\"%@`-? {a\x01\xFF";
      const auto at = engine() % file.text.size();
      const char byte = kBytes[engine() % kBytes.size()];
      switch (engine() % 4) {
        case 0: file.text.resize(at); break;
        case 1: file.text[at] = byte; break;
        case 2: file.text.insert(at, 1, byte); break;
        default: file.text.erase(at, 1 + engine() % 5); break;
      }
    }
    const auto parsed = parse(file);
    ++counts.texts;
    counts.documents += parsed.documents.size();
    for (const Diagnostic& d : parsed.diagnostics.all()) {
      ++diagnosed;
      ASSERT_FALSE(d.labels.empty()) << file.text;
      ASSERT_LE(d.labels.front().span.end, file.text.size()) << file.text;
      ASSERT_FALSE(d.message.empty() || d.help.empty()) << file.text;
    }
    expect_scan_is_parse(file, parsed, kKinds);
    for (const Document& document : parsed.documents) {
      if (!document.locked.empty()) continue;
      counts.nodes += document.nodes.size();
      expect_nested(file, document);
    }
    ASSERT_FALSE(testing::Test::HasFailure()) << i << "\n" << file.text;
  }
  report(counts);
  std::cout << diagnosed << " diagnostics\n";
}

}  // namespace s2a::test::generated_test
