// Cases -> python3 -> decisions in the words of the vectors.
#include "tests/support/python_routing.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/support/python_model.h"
#include "tests/support/routing_vectors.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

std::string seconds(const Json& milliseconds) {
  const int count = milliseconds;
  return count % 1000 == 0 ? fmt::format("{}s", count / 1000) : fmt::format("{}.{:03}s", count / 1000, count % 1000);
}

/// decide.py tells times in milliseconds, and every header of a response. That `x-forwarded-proto: https` makes the scheme from which a redirect starts it leaves out, and what the
/// CORS filter adds.
Json as_recorded(Json answer, const Json& ours, const Json& request) {
  if (auto& theirs = answer["redirect"]; theirs.is_object() && ours.at("redirect").is_object() && request.at("headers").contains("x-forwarded-proto"))
    theirs["location"] = ours.at("redirect").at("location");
  if (auto& retries = answer["retries"]; retries.is_object()) {
    if (retries.contains("perTry")) retries["perTry"] = seconds(retries["perTry"]);
    if (retries.contains("backoff")) retries["backoff"] = {{"baseInterval", seconds(retries["backoff"])}};
  }
  if (auto& fault = answer["fault"]; fault.is_object() && fault.contains("delay")) fault["delay"]["fixedDelay"] = seconds(fault["delay"]["fixedDelay"]);
  auto headers = Json::object();
  for (const auto& [name, value] : answer.at("responseHeaders").items())
    if (name.starts_with("x-r")) headers[name] = value;
  if (answer.value("cors", false) && !ours.at("responseHeaders").empty()) {  // not modelled there: what it adds, and that it answers preflights itself, also before a redirect
    const auto& added = ours.at("responseHeaders")[0];
    for (const auto& [name, value] : added.items())
      if (name.starts_with("access-control")) headers[name] = value;
    if (added.contains("access-control-allow-methods") || added.contains("access-control-max-age")) answer["status"] = ours.at("status");
  }
  answer["responseHeaders"] = std::move(headers);
  return answer;
}

}  // namespace

std::optional<std::vector<std::string>> routing_differences_in_python(const std::vector<Json>& lines, const std::vector<Json>& ours) {
  const auto answers = answers_in_python("routing/decide.py", lines);
  if (answers.empty()) return std::nullopt;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto theirs = as_recorded(answers[i], ours[i], lines[i].at("request"));
    const auto differences = routing_differences(ours[i], theirs);
    if (!differences.empty()) out.push_back(fmt::format("{}\n{}\nours   {}\ntheirs {}", fmt::join(differences, ", "), lines[i].dump(), ours[i].dump(), theirs.dump()));
  }
  return out;
}

void count_keys(const Json& value, std::map<std::string, int>& keys) {
  if (value.is_object())
    for (const auto& [key, below] : value.items()) {
      ++keys[key];
      count_keys(below, keys);
    }
  if (value.is_array())
    for (const auto& item : value) count_keys(item, keys);
}

}  // namespace s2a::test
