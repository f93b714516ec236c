// How long a proof takes, for each workload or routed Service and class of client: over what the program makes of the corpus and of generated meshes.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <set>

#include "frontend/load/load.h"
#include "frontend/read.h"
#include "ir/proof/both_sides.h"
#include "tests/bench/figures.h"
#include "tests/bench/generated_mesh.h"
#include "tests/bench/topics.h"
#include "tests/support/files.h"
#include "tests/support/temp_tree.h"

namespace s2a::bench {
namespace {

constexpr std::array kClients = {ClientClass::AmbientToService, ClientClass::AmbientToPod, ClientClass::Sidecar, ClientClass::Ingress, ClientClass::Plaintext};

/// Every proof of two trees.
struct Proven {
  std::vector<double> milliseconds;  ///< for each workload or Service and class of client
  double seconds = 0;
  std::size_t equal = 0;      ///< those that say so
  std::size_t different = 0;  ///< those that were not known from another workload

  void add(const Proven& other) {
    milliseconds.insert(milliseconds.end(), other.milliseconds.begin(), other.milliseconds.end());
    seconds += other.seconds;
    equal += other.equal;
    different += other.different;
  }
};

/// Who is let in, or where requests go.
enum class About { Workloads, Routes };

void prove_workloads(BothSides& sides, const MeshModel& mesh, Proven& out) {
  for (const auto& workload : mesh.workloads()) {
    if (workload.waypoint || !sides.counterpart(workload.id)) continue;
    for (const auto client : kClients) out.milliseconds.push_back(1e3 * seconds_once([&] { static_cast<void>(sides.compare_all(workload.id, client)); }));
  }
}

void prove_routes(BothSides& sides, const MeshModel& mesh, Proven& out) {
  for (const auto& service : mesh.services())
    for (const auto client : kRoutedClients) {
      std::vector<AddressCompared> compared;
      const auto seconds = seconds_once([&] { compared = sides.compare_routes(service.id, client); });
      if (compared.empty()) continue;
      out.milliseconds.push_back(1e3 * seconds);
      out.equal += std::ranges::all_of(compared, [](const AddressCompared& c) { return c.comparison && c.comparison->verdict == Verdict::Equal; }) ? 1 : 0;
    }
}

Proven prove(About about, const std::string& before, const std::string& after) {
  Store store;
  Diagnostics told;
  const auto read = [&](const std::string& path) {
    const auto first = store.sources.size();
    load({.paths = {path}}, store.sources, told);
    std::vector<FileId> files;
    for (auto i = first; i < store.sources.size(); ++i) files.push_back(static_cast<FileId>(i));
    return read_all(store, files, {}, told);
  };
  const auto was = MeshModel::build(store, read(before), {});
  const auto is = was.rebuilt(read(after));
  Proven out;
  out.seconds = seconds_once([&] {
    BothSides sides(was, is, {.any_caller = true});
    about == About::Workloads ? prove_workloads(sides, was, out) : prove_routes(sides, was, out);
    out.different = sides.proofs();
  });
  return out;
}

/// The tree that the program makes of one.
Process translate(const std::string& before, const std::string& after) { return run_program({"apply", "--assume", "--quiet", "--out-dir", after, before}); }

bool tell(const std::string& name, const std::string& words, const Proven& proven) {
  const auto median = quantile(proven.milliseconds, 0.5);
  const auto p99 = quantile(proven.milliseconds, 0.99);
  figure(name + "_median", median, "ms", words + ", a class of client: median");
  figure(name + "_p99", p99, "ms", words + ": p99");
  figure(name + "_all", proven.seconds, "s",
         fmt::format("{}: all {}{}", words, proven.milliseconds.size(), proven.different > 0 ? fmt::format(", of them {} different", proven.different) : ""));
  return median <= 1 && p99 <= 10;
}

}  // namespace

bool proof_of_corpus() {
  Proven all;
  Proven routes;
  const auto paths = repositories();
  for (const auto& path : paths) {
    const test::TempTree disk;
    translate(path, disk.at("after"));
    all.add(prove(About::Workloads, path, disk.at("after")));
    routes.add(prove(About::Routes, path, disk.at("after")));
  }
  const bool kept = tell("proof_corpus", fmt::format("proofs of {} repositories, a workload", paths.size()), all);
  static_cast<void>(tell("proof_corpus_routes", "where requests go in them, a Service", routes));
  return kept && !paths.empty();
}

bool proof_of_generated_meshes() {
  bool kept = true;
  double smallest = 0;
  for (const MeshSize size : {MeshSize{100, 10}, MeshSize{100, 1'000}, MeshSize{1'000, 100}, MeshSize{1'000, 1'000}, MeshSize{10'000, 1'000}}) {
    const test::TempTree disk;
    for (const auto& [path, text] : generated_mesh(size)) disk.write("before/" + path, text);
    const auto planned = translate(disk.at("before"), disk.at("after"));
    const auto name = fmt::format("proof_{}x{}", size.workloads, size.policies);
    const auto words = fmt::format("{} workloads x {} policies", size.workloads, size.policies);
    const auto proven = prove(About::Workloads, disk.at("before"), disk.at("after"));
    kept &= tell(name, words, proven);
    const auto verified = run_program({"verify", disk.at("before"), disk.at("after")});
    figure(name + "_verify", verified.seconds, "s", words + ": s2a verify, reading and all");
    figure(name + "_verify_memory", verified.peak_megabytes, "MB", words + ": its peak memory");
    figure(name + "_apply", planned.seconds, "s", words + ": s2a apply");
    figure(name + "_apply_memory", planned.peak_megabytes, "MB", words + ": its peak memory");
    kept &= verified.seconds <= 10 && verified.peak_megabytes <= 500;
    if (size.workloads == 100 && size.policies == 10) smallest = proven.seconds;
    if (size.workloads == 10'000) figure("proof_growth", std::log(proven.seconds / smallest) / std::log(100), "exponent", "growth of proofs from 100 x 10 to 10,000 x 1,000");
  }
  return kept;
}

bool proof_of_generated_routes() {
  bool kept = true;
  for (const RouteSize size : {RouteSize{.services = 100, .rules = 10}, RouteSize{.services = 10, .rules = 100}, RouteSize{.services = 1, .rules = 1'000}}) {
    const test::TempTree disk;
    disk.write("before/mesh.yaml", generated_routes(size));
    const auto planned = translate(disk.at("before"), disk.at("after"));
    const auto name = fmt::format("routes_{}x{}", size.services, size.rules);
    const auto words = fmt::format("{} VirtualServices of {} rules", size.services, size.rules);
    const auto proven = prove(About::Routes, disk.at("before"), disk.at("after"));
    static_cast<void>(tell(name, words, proven));
    const bool translated = test::bytes_of(disk.at("after/mesh.yaml")).find("kind: HTTPRoute") != std::string::npos;
    if (!translated) fmt::print("{}: nothing was translated\n", words);
    figure(name + "_equal", static_cast<double>(proven.equal), "proofs", fmt::format("{}: of {} proofs, those that say equal", words, proven.milliseconds.size()));
    kept &= translated && !proven.milliseconds.empty() && proven.equal == proven.milliseconds.size();
    figure(name + "_apply", planned.seconds, "s", words + ": s2a apply");
    figure(name + "_apply_memory", planned.peak_megabytes, "MB", words + ": its peak memory");
  }
  return kept;
}

}  // namespace s2a::bench
