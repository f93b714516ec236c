// What a report comes to: the numbers of its last line, of its JSON and of the exit code.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "backend/render/report.h"

namespace s2a {

/// The findings on one workload, or on the routes of one Service: the worst verdict for each class of client, in the order of the classes.
struct SubjectVerdicts {
  std::string subject;
  bool routes = false;
  std::map<ClientClass, Finding> clients;

  [[nodiscard]] Verdict worst() const;
};

/// In the order in which the subjects first occur.
[[nodiscard]] std::vector<SubjectVerdicts> by_subject(const std::vector<Finding>& findings);

/// The codes of what keeps a namespace on sidecars.
[[nodiscard]] std::set<std::string> codes_that_keep(const Diagnostics& diagnostics, std::string_view ns);

struct Tally {
  std::array<std::size_t, 3> actions{};   ///< by ActionKind
  std::array<std::size_t, 4> verdicts{};  ///< workloads and routes by worst Verdict
  std::array<std::size_t, 3> found{};     ///< diagnostics by Severity

  [[nodiscard]] std::size_t operator[](ActionKind kind) const { return actions[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] std::size_t operator[](Verdict verdict) const { return verdicts[static_cast<std::size_t>(verdict)]; }
  [[nodiscard]] std::size_t operator[](Severity severity) const { return found[static_cast<std::size_t>(severity)]; }
  /// Whether the Plans change anything.
  [[nodiscard]] bool pending() const { return actions != decltype(actions){}; }
};

[[nodiscard]] Tally tally(const std::vector<MeshReport>& meshes);

}  // namespace s2a
