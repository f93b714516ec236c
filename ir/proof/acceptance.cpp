// Matching what was accepted with what was found.
#include "ir/proof/acceptance.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "ir/source/did_you_mean.h"

namespace s2a {
namespace {

/// `shop/cart` of `Deployment shop/cart`
std::string_view name_of(std::string_view subject) { return subject.substr(subject.find(' ') + 1); }

bool names(const Acceptance& acceptance, std::string_view subject) {
  return acceptance.resource.empty() || acceptance.resource == subject || acceptance.resource == name_of(subject);
}

/// What findings can be about.
std::vector<std::string> subjects_of(const MeshModel& mesh) {
  std::vector<std::string> out;
  for (const auto& workload : mesh.workloads()) out.push_back(workload.subject(mesh.store()));
  for (const auto& service : mesh.services()) out.push_back(service.subject());
  return out;
}

Diagnostic told(const Acceptance& acceptance, Code code, std::string_view why, std::string help) {
  return {.code = code,
          .subject = acceptance.resource,
          .message = fmt::format("`--accept {}` accepts nothing: {}", to_string(acceptance), why),
          .labels = {},
          .help = std::move(help),
          .notes = {}};
}

}  // namespace

std::string to_string(const Acceptance& acceptance) { return fmt::format("{}{}{}", to_string(acceptance.code), acceptance.resource.empty() ? "" : ":", acceptance.resource); }

bool accepts(const std::vector<Acceptance>& accepted, Code code, std::string_view subject) {
  return std::ranges::any_of(accepted, [&](const Acceptance& acceptance) { return acceptance.code == code && names(acceptance, subject); });
}

bool names_any(const Acceptance& acceptance, const MeshModel& mesh) {
  return acceptance.resource.empty() || std::ranges::any_of(subjects_of(mesh), [&](const std::string& subject) { return names(acceptance, subject); });
}

Diagnostics unused_acceptances(const std::vector<Acceptance>& accepted, const MeshModel& mesh, const std::vector<AcceptedWider>& met) {
  const auto subjects = subjects_of(mesh);
  Diagnostics out;
  for (const auto& acceptance : accepted) {
    if (std::ranges::any_of(met, [&](const AcceptedWider& wider) { return wider.code == acceptance.code && names(acceptance, wider.subject); })) continue;
    if (names_any(acceptance, mesh)) {
      out.add(told(acceptance, Code::AcceptsNothing, "there is no such finding", "take it back"));
      continue;
    }
    std::vector<std::string_view> known(subjects.begin(), subjects.end());
    if (acceptance.resource.find(' ') == std::string::npos) std::ranges::transform(subjects, known.begin(), [](const std::string& subject) { return name_of(subject); });
    const auto near = did_you_mean(acceptance.resource, known);
    out.add(told(acceptance, Code::AcceptsNobody, "the input has no workload and no Service of that name",
                 near.empty() ? "name it as the report does" : fmt::format("did you mean `{}`?", near)));
  }
  return out;
}

}  // namespace s2a
