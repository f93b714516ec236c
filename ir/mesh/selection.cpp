// Matching labels, and the index that finds pods by them.
#include "ir/mesh/selection.h"

#include <algorithm>

namespace s2a {

namespace {

/// No part can hold a NUL: YAML has none.
std::string key_of(std::string_view ns, std::string_view label = {}, std::string_view value = {}) {
  std::string key;
  key.reserve(ns.size() + label.size() + value.size() + 2);
  key.append(ns).push_back('\0');
  key.append(label).push_back('\0');
  return key.append(value);
}

}  // namespace

std::string_view value_of(const Labels& labels, std::string_view key) {
  const auto found = labels.find(key);
  return found == labels.end() ? std::string_view{} : found->second.value;
}

bool picks(const Labels& selector, const Labels& labels) {
  return std::ranges::all_of(selector, [&](const auto& wanted) {
    const auto found = labels.find(wanted.first);
    return found != labels.end() && found->second.value == wanted.second.value;
  });
}

bool picks(const std::optional<Selector>& selector, const Labels& labels) { return !selector || selector->empty() || picks(*selector->match_labels, labels); }

std::string selector_text(const Labels& labels) {
  std::string text;
  for (const auto& [key, value] : labels) text += (text.empty() ? "" : ",") + key + "=" + value.value;
  return text;
}

void WorkloadIndex::add(WorkloadId id, std::string_view ns, const Labels& labels) {
  for (const auto place : {kAllNamespaces, ns}) {
    ids_[key_of(place)].push_back(id);
    for (const auto& [label, value] : labels) ids_[key_of(place, label, value.value)].push_back(id);
  }
}

std::vector<WorkloadId> WorkloadIndex::select(std::string_view ns, const Labels& selector) const {
  std::vector<const std::vector<WorkloadId>*> lists;
  const auto look_up = [&](const std::string& key) {
    const auto found = ids_.find(key);
    if (found != ids_.end()) lists.push_back(&found->second);
    return found != ids_.end();
  };
  if (selector.empty() && !look_up(key_of(ns))) return {};
  for (const auto& [label, value] : selector) {
    if (!look_up(key_of(ns, label, value.value))) return {};
  }
  std::ranges::sort(lists, {}, [](const auto* list) { return list->size(); });
  std::vector<WorkloadId> picked;
  std::ranges::copy_if(*lists.front(), std::back_inserter(picked),
                       [&](WorkloadId id) { return std::all_of(lists.begin() + 1, lists.end(), [&](const auto* list) { return std::ranges::binary_search(*list, id); }); });
  return picked;
}

}  // namespace s2a
