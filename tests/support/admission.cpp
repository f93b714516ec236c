// Manifests -> a file -> the checker -> its words.
#include "tests/support/admission.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "tests/support/files.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// `reject AuthorizationPolicy shop/viewer`: the line without the reasons, in which line numbers differ; `reject ?` for what is not YAML.
std::string subject_of(const std::string& line) {
  const auto subject = line.substr(0, line.find(": "));
  return subject.starts_with("reject ?") ? "reject ?" : subject;
}

}  // namespace

bool has_checker() { return std::getenv("S2A_ADMIT") != nullptr; }  // NOLINT(concurrency-mt-unsafe)

std::optional<std::string> rejected(const std::string& manifests, const std::string& gateway_api) {
  const char* checker = std::getenv("S2A_ADMIT");  // NOLINT(concurrency-mt-unsafe)
  if (checker == nullptr) return std::nullopt;
  const TempTree tree;
  tree.write("manifests.yaml", manifests);
  const auto dash = gateway_api.find('-');
  const auto release = fmt::format("--gateway-api {} --channel {}", gateway_api.substr(0, dash), dash == std::string::npos ? "standard" : gateway_api.substr(dash + 1));
  const auto line = fmt::format("'{}' -q {} '{}' > '{}' 2>&1", checker, release, tree.at("manifests.yaml"), tree.at("words"));
  const auto status = std::system(line.c_str());  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  auto words = bytes_of(tree.at("words"));
  if (status != 0 && words.empty()) words = fmt::format("{} could not be run\n", checker);
  return words;
}

std::vector<std::string> newly_rejected(const std::string& before, const std::string& after, const std::string& gateway_api) {
  auto out = lines_of(rejected(after, gateway_api).value_or(""));
  const auto known = out.empty() ? std::vector<std::string>() : lines_of(rejected(before, gateway_api).value_or(""));
  std::erase_if(out, [&](const std::string& line) { return std::ranges::find(known, subject_of(line), subject_of) != known.end(); });
  return out;
}

std::vector<std::string> newly_rejected(std::span<const ChangedManifests> changes, const std::string& gateway_api) {
  std::string all;
  for (const auto& change : changes) all += change.after + "\n---\n";
  if (changes.empty() || rejected(all, gateway_api).value_or("").empty()) return {};
  std::vector<std::string> out;
  if (changes.size() == 1) {
    for (const auto& line : newly_rejected(changes.front().before, changes.front().after, gateway_api)) out.push_back(fmt::format("{}: {}", changes.front().name, line));
    return out;
  }
  const auto half = changes.size() / 2;
  for (const auto& part : {changes.first(half), changes.subspan(half)})
    for (auto& line : newly_rejected(part, gateway_api)) out.push_back(std::move(line));
  return out;
}

}  // namespace s2a::test
