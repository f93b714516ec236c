// Generated documents with `kind` written in every way at a random line: the scan never loses one that the parser would have seen.
#include <gtest/gtest.h>

#include <array>
#include <iostream>

#include "tests/property/yaml/properties.h"
#include "tests/support/yaml_generator.h"

namespace s2a::test::scan_test {

constexpr std::array kKinds = {RelevantKind{.kind = "ConfigMap", .needle = "name: istio"}, RelevantKind{.kind = "Service"}};

constexpr std::array<std::string_view, 24> kLines = {
    "kind: Service",       "kind: Other",       "kind: 'Service'",         "\"kind\": Service",      "'kind' : Other",         "kind : Service",
    "kind:   Service # c", "kind:\n  Service",  "kind: >-\n  Service",     "kind: &k Service",       "&k kind: Service",       "? kind\n: Service",
    "kind: !!str Service", "kind: ServiceList", "kind: Service-Entry",     "kinds: Service",         "kind: \"Serv\\x69ce\"",  "<<: {kind: Service}",
    "kind: ConfigMap",     "kind:\tService",    "x: &k Service\nkind: *k", "x: \"\nkind: Other\n\"", "x: [\nkind: Service\n]", "kind: ConfigMap\nmetadata:\n  name: istio",
};

TEST(Scan, LosesNoKindThatTheParserSees) {
  std::mt19937 engine(7);
  YamlOptions options;
  options.max_documents = 2;
  options.max_depth = 2;
  std::size_t documents = 0;
  std::size_t relevant = 0;
  for (int i = 0; i < 20000 && !testing::Test::HasFailure(); ++i) {
    std::string text = random_yaml(engine, options);
    for (auto count = 1 + engine() % 2; count > 0; --count) {
      auto line = text.find('\n', engine() % text.size());
      line = line == std::string::npos ? 0 : line + 1;
      text.insert(line, std::string(kLines[engine() % kLines.size()]) + "\n");
    }
    const auto file = source(std::move(text));
    const auto parsed = parse(file);
    expect_scan_is_parse(file, parsed, kKinds);
    documents += parsed.documents.size();
    relevant += parse_relevant(file, kKinds).documents.size();
  }
  std::cout << "seed 7: " << documents << " documents, " << relevant << " relevant\n";
  EXPECT_LT(relevant, documents);
}

}  // namespace s2a::test::scan_test
