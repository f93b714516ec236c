// YAML -> JSON -> python3 -> answers.
#include "tests/support/python_model.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "tests/support/files.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

Json to_json(const YAML::Node& node) {
  if (node.IsMap()) {
    auto out = Json::object();
    for (const auto& entry : node) out[entry.first.as<std::string>()] = to_json(entry.second);
    return out;
  }
  if (node.IsSequence()) {
    auto out = Json::array();
    for (const auto& item : node) out.push_back(to_json(item));
    return out;
  }
  if (node.IsNull()) return nullptr;
  const auto text = node.Scalar();
  const auto points = std::ranges::count(text, '.');
  const bool number = node.Tag() == "?" && !text.empty() && points < 2 && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  if (!number) return text;
  return points == 0 ? Json(std::stoi(text)) : Json(std::stod(text));
}

}  // namespace

Json kubernetes_objects(const std::string& yaml) {
  auto out = Json::array();
  for (const auto& document : YAML::LoadAll(yaml)) {
    if (document.IsMap()) out.push_back(to_json(document));
  }
  return out;
}

Json python_request(const Json& asked, const Json& mesh_config) {
  const auto& to = asked.at("to");
  Json out = asked.value("http", Json::object());
  const bool lets_pass = !out.empty() && out.at("headers").value("x-ext", Json()) == "allow";
  if (out.value("jwt", Json()) == "invalid") out["jwt"] = {{"invalid", true}};
  out.update({{"client", asked.at("client")}, {"src_ip", asked.at("ip")}, {"workload", to.at("pod")}, {"port", to.at("port")}, {"http", asked.at("protocol") == "http"}});
  if (to.at("address") == "VIP") out["service"] = to.at("service");
  if (asked.at("client") == "ambient" && asked.contains("sni")) out["sni"] = asked.at("sni");  // sidecars and gateways speak TLS of their own
  out["identity"] = asked.at("principal").is_null() ? Json() : Json(asked.at("principal").get<std::string>().substr(std::string_view("spiffe://").size()));
  out["ext"] = asked.value("ext", Json::object());
  for (const auto& provider : mesh_config.value("extensionProviders", Json::array()))
    if (!asked.contains("ext")) out["ext"][provider.at("name").get<std::string>()] = lets_pass && provider.contains("envoyExtAuthzHttp");
  return out;
}

std::vector<Json> answers_in_python(const std::string& script, const std::vector<Json>& lines) {
  const auto model = shared_files() / "model" / script;
  if (!std::filesystem::exists(model) || std::system("python3 -c 'import yaml' 2>/dev/null") != 0) return {};  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  const TempTree tree;
  std::ofstream asked(tree.at("asked"));
  for (const auto& line : lines) asked << line.dump() << '\n';
  asked.close();
  const auto command = fmt::format("python3 '{}' < '{}' > '{}'", model.string(), tree.at("asked"), tree.at("answers"));
  EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c,concurrency-mt-unsafe)
  std::ifstream answers(tree.at("answers"));
  std::vector<Json> out;
  for (std::string line; std::getline(answers, line);) out.push_back(Json::parse(line));
  EXPECT_EQ(out.size(), lines.size());
  return out;
}

std::vector<bool> decide_in_python(const std::vector<Json>& lines) {
  std::vector<bool> out;
  for (const auto& answer : answers_in_python("decide.py", lines)) {
    if (!answer.contains("allow")) ADD_FAILURE() << answer.dump();
    out.push_back(answer.value("allow", false));
  }
  return out;
}

}  // namespace s2a::test
