// Folders -> trees and requests.
#include "tests/property/vector_cases/vector_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tests/support/files.h"
#include "tests/support/python_model.h"

namespace fs = std::filesystem;

namespace s2a::test {
namespace {

using Json = nlohmann::json;
using Files = std::map<std::string, std::string>;

constexpr std::array kTrees = {Tree::Sidecar, Tree::Unchanged, Tree::Ours, Tree::Step};

/// Files below a folder, over others.
Files over(Files files, const fs::path& folder) {
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[entry.path().lexically_relative(folder)] = bytes_of(entry.path());
  return files;
}

std::string joined(const Files& files) {
  std::string out;
  for (const auto& [path, text] : files) out += text + "\n---\n";
  return out;
}

/// `web/frontend` is a service account of the trust domain cluster.local; another one is written out.
Json principal(const Json& line) {
  if (!line.contains("caller")) return nullptr;
  const std::string caller = line.at("caller");
  if (caller.find("/ns/") != std::string::npos) return "spiffe://" + caller;
  const auto slash = caller.find('/');
  return fmt::format("spiffe://cluster.local/ns/{}/sa/{}", caller.substr(0, slash), caller.substr(slash + 1));
}

/// A name stands for one in the namespace shop.
std::string in_shop(const std::string& name) { return name.find('/') == std::string::npos ? "shop/" + name : name; }

/// `reviews:80` is a Service, `pod reviews-v1:9080` a pod by its own address.
Json address(const Json& line) {
  constexpr std::string_view kPod = "pod ";
  const std::string to = line.at("to");
  const auto colon = to.find(':');
  const int port = std::stoi(to.substr(colon + 1));
  if (to.starts_with(kPod)) return {{"address", "pod"}, {"pod", in_shop(to.substr(kPod.size(), colon - kPod.size()))}, {"port", port}};
  return {{"address", "VIP"}, {"service", in_shop(to.substr(0, colon))}, {"port", port}, {"pod", in_shop(line.value("lands", "reviews-v1"))}};
}

AskedDecision read_line(const Json& line) {
  AskedDecision out{.wanted = {}, .asked = {{"client", line.at("client")}, {"principal", principal(line)}, {"ip", line.value("ip", "10.0.5.5")}, {"to", address(line)}}};
  for (const auto tree : kTrees)
    if (const auto key = std::string(to_string(tree)); line.contains(key)) out.wanted[tree] = line.at(key);
  out.waypoint_missing = line.value("waypoint", "") == "missing";
  const std::string send = line.at("send");
  out.asked["protocol"] = send == "bytes" ? "tcp" : "http";
  if (const auto space = send.find(' '); space != std::string::npos)
    out.asked["http"] = {{"method", send.substr(0, space)},
                         {"path", send.substr(space + 1)},
                         {"host", line.value("host", "reviews.shop")},
                         {"headers", line.value("headers", Json::object())},
                         {"jwt", line.value("token", Json())}};
  return out;
}

VectorCase read_case(const fs::path& folder) {
  VectorCase out{.folder = folder, .manifests = {}, .decisions = {}, .says = {}};
  const auto input = over({}, folder / "input");
  const auto ours = fs::exists(folder / "expected") ? over({}, folder / "expected") : input;
  out.manifests = {
      {Tree::Sidecar, joined(input)}, {Tree::Unchanged, joined(over(input, folder / "unchanged"))}, {Tree::Ours, joined(ours)}, {Tree::Step, joined(over(ours, folder / "step"))}};
  const auto file = kubernetes_objects(bytes_of(folder / "decisions.yaml")).at(0);
  for (const auto& line : file.value("decisions", Json::array())) out.decisions.push_back(read_line(line));
  out.says = file.value("says", out.says);
  return out;
}

}  // namespace

std::string_view to_string(Tree tree) {
  switch (tree) {
    case Tree::Sidecar: return "sidecar";
    case Tree::Unchanged: return "unchanged";
    case Tree::Ours: return "ours";
    case Tree::Step: return "step";
  }
  return {};
}

std::string VectorCase::id() const {
  auto out = name();
  std::ranges::replace(out, '-', '_');
  return out;
}

std::vector<VectorCase> vector_cases() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(fs::path(S2A_SOURCE_DIR) / "golden" / "vectors"))
    if (entry.is_directory()) folders.push_back(entry.path());
  std::ranges::sort(folders);
  std::vector<VectorCase> out;
  for (const auto& folder : folders) out.push_back(read_case(folder));
  return out;
}

std::string without_waypoints(const std::string& manifests) {
  constexpr std::string_view kSeparator = "\n---\n";
  std::string out;
  for (std::size_t at = 0; at < manifests.size();) {
    const auto end = std::min(manifests.find(kSeparator, at), manifests.size());
    const auto document = manifests.substr(at, end - at);
    if (document.find("gatewayClassName: istio-waypoint") == std::string::npos) out += document + std::string(kSeparator);
    at = end + kSeparator.size();
  }
  return out;
}

}  // namespace s2a::test
