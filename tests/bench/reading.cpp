// How fast the program reads and plans the corpus, next to plain yaml-cpp on the same bytes.
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "frontend/decode/kinds.h"
#include "frontend/load/load.h"
#include "frontend/yaml/parse.h"
#include "tests/bench/figures.h"
#include "tests/bench/topics.h"
#include "tests/support/files.h"

namespace s2a::bench {
namespace {

SourceSet load_all(const std::vector<std::string>& paths) {
  SourceSet sources;
  Diagnostics diagnostics;
  load({.paths = paths}, sources, diagnostics);
  return sources;
}

class Ignore : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// yaml-cpp's own events, with nothing done with them.
void plain_events(const SourceSet& sources) {
  for (const auto& file : sources) {
    std::istringstream in(file.text);
    Ignore ignore;
    try {
      YAML::Parser parser(in);
      while (parser.HandleNextDocument(ignore)) {
      }
    } catch (const YAML::Exception&) {
      continue;  // the rest of a malformed file is not read: that makes the measure smaller, and our task harder
    }
  }
}

}  // namespace

bool reading() {
  const auto paths = repositories();
  if (paths.empty()) {
    fmt::print(stderr, "there is no corpus at {}: set S2A_SHARED\n", (test::shared_files() / "corpus").string());
    return false;
  }
  const auto sources = load_all(paths);
  double megabytes = 0;
  for (const auto& file : sources) megabytes += static_cast<double>(file.text.size()) / 1e6;
  figure("corpus", megabytes, "MB", fmt::format("corpus: {} repositories, {} files", paths.size(), sources.size()));

  std::vector<RelevantKind> relevant;
  for (const auto& row : kinds()) relevant.push_back({.kind = row.name});
  std::ranges::sort(relevant);
  const auto load_scan = seconds([&] {
    for (const auto& file : load_all(paths)) static_cast<void>(scan(file.text, relevant));
  });
  figure("load_scan", megabytes / load_scan, "MB/s", "load and scan");
  const auto with_spans = seconds([&] {
    for (const auto& file : sources) static_cast<void>(parse(file));
  });
  figure("parse_spans", megabytes / with_spans, "MB/s", "parse with spans, every document");
  const auto plain = seconds([&] { plain_events(sources); });
  figure("yamlcpp_events", megabytes / plain, "MB/s", "plain yaml-cpp events");
  figure("parse_vs_yamlcpp", with_spans / plain, "ratio", "parse with spans / plain yaml-cpp");

  std::vector<std::string> arguments{"plan", "--each"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  Process best{.seconds = 1e9};
  for (int round = 0; round < kRounds; ++round) {
    const auto run = run_program(arguments);
    best = {std::min(best.seconds, run.seconds), std::max(best.peak_megabytes, run.peak_megabytes)};
  }
  figure("plan", best.seconds, "s", "s2a plan --each, all of it");
  figure("plan_speed", megabytes / best.seconds, "MB/s", "s2a plan --each, all of it");
  figure("plan_vs_yamlcpp", best.seconds / plain, "ratio", "s2a plan / plain yaml-cpp");
  figure("plan_peak_memory", best.peak_megabytes, "MB", "peak memory of s2a plan --each");
  return best.seconds < plain;
}

}  // namespace s2a::bench
