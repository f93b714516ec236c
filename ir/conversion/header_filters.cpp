// Changes of headers as filters. routing.md 1.3
//
//   headers: {request: {set: {x-a: b}}}        ->     - type: RequestHeaderModifier
//                                                       requestHeaderModifier: {set: [{name: x-a, value: b}]}
#include <algorithm>
#include <string_view>

#include "ir/conversion/rule_action.h"
#include "ir/pattern/glob.h"

namespace s2a {
namespace {

constexpr std::size_t kMostChanges = 16;
constexpr std::size_t kLongestValue = 4096;

/// A percent sign that neither stands twice nor begins an operator of Envoy: istiod refuses it in a VirtualService, and Envoy in what a route makes of it.
bool stray_percent(std::string_view value) {
  for (std::size_t at = value.find('%'); at != std::string_view::npos; at = value.find('%', at)) {
    const auto end = value.find('%', at + 1);
    if (end == std::string_view::npos) return true;
    const auto word = value.substr(at + 1, end - at - 1);
    const auto name_end = std::min(word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), word.size());
    if (!word.empty() && (name_end == 0 || (name_end < word.size() && word[name_end] != '(' && word[name_end] != ':'))) return true;
    at = end + 1;
  }
  return false;
}

/// Single blanks between printable characters: what every release of the CRDs takes.
bool writable(std::string_view value) {
  if (value.empty() || value.size() > kLongestValue || value.front() == ' ' || value.back() == ' ') return false;
  const bool printable = std::ranges::all_of(value, [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
  return printable && value.find("  ") == std::string_view::npos;
}

/// `:authority` is written `Host`. routing.md 1.3
std::string name_in_route(const std::string& name) { return lower(name) == ":authority" ? "Host" : name; }

OrRefused<Value::Sequence> values(const std::vector<std::pair<std::string, std::string>>& entries) {
  if (entries.size() > kMostChanges) return refused(Obstacle::HeaderAction, "more than 16 headers");
  Value::Sequence out;
  for (const auto& [written, value] : entries) {
    auto name = name_in_route(written);
    if (!is_header_name(name)) return refused(Obstacle::HeaderAction, written);
    if (!writable(value) || stray_percent(value)) return refused(Obstacle::HeaderAction, written + ": " + value);
    out.emplace_back(Value::Map{{"name", std::move(name)}, {"value", value}});
  }
  return out;
}

OrRefused<Value::Map> operations(const HeaderOperations& changes) {
  Value::Map out;
  auto set = values(changes.set);
  if (!set) return tl::make_unexpected(set.error());
  if (!set->empty()) out.emplace_back("set", *std::move(set));
  auto add = values(changes.add);
  if (!add) return tl::make_unexpected(add.error());
  if (!add->empty()) out.emplace_back("add", *std::move(add));
  if (changes.remove.size() > kMostChanges) return refused(Obstacle::HeaderAction, "more than 16 headers");
  Value::Sequence removed;
  for (const auto& name : changes.remove) {
    if (!is_header_name(name)) return refused(Obstacle::HeaderAction, name);
    removed.emplace_back(name);
  }
  if (!removed.empty()) out.emplace_back("remove", std::move(removed));
  return out;
}

}  // namespace

OrRefused<Value::Sequence> header_filters(const HeaderChanges& changes) {
  Value::Sequence out;
  for (const bool request : {true, false}) {
    auto map = operations(request ? changes.request : changes.response);
    if (!map) return tl::make_unexpected(map.error());
    if (map->empty()) continue;
    out.emplace_back(
        Value::Map{{"type", request ? "RequestHeaderModifier" : "ResponseHeaderModifier"}, {request ? "requestHeaderModifier" : "responseHeaderModifier", *std::move(map)}});
  }
  return out;
}

std::set<std::string> changed_headers(const HeaderChanges& changes) {
  std::set<std::string> out;
  for (const auto* side : {&changes.request, &changes.response}) {
    for (const auto& entry : side->set) out.insert(lower(entry.first));
    for (const auto& entry : side->add) out.insert(lower(entry.first));
    for (const auto& name : side->remove) out.insert(lower(name));
  }
  return out;
}

}  // namespace s2a
