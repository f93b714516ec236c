// Translated trees -> recorded requests to them, decided by both models -> tallies.
#include "tests/support/translated_pairs.h"

#include <fmt/format.h>

#include "tests/support/python_model.h"
#include "tests/support/translated_trees.h"

namespace s2a::test {
namespace {

using Json = nlohmann::json;

/// Every tree that a case begins with, once.
struct Trees {
  std::vector<TranslatedTree> all;
  std::map<std::string, std::size_t> by_text;

  std::size_t add(const Json& c) {
    auto text = recorded_manifests(c.at("before"), c.at("mesh"));
    const auto [found, added] = by_text.try_emplace(text, all.size());
    if (added) all.push_back({.before = std::move(text), .mesh_config = c.at("mesh"), .after = {}, .refusals = {}, .made_by = {}, .left_to_do = {}});
    return found->second;
  }
};

/// A request to a pod that moved, as our models decide it.
struct Decided {
  std::size_t file;
  std::size_t tree;
  std::string words;
  bool before;
  bool ours;
  Json json;  ///< for decide.py
};

/// One case on the translation of the tree that it begins with.
class TranslatedCase {
 public:
  TranslatedCase(const Json& c, const TranslatedTree& tree, TranslationTally& tally, LostTally& lost)
      : case_(c), id_(c.at("id")), tree_(tree), mesh_(tree.after, tree.mesh_config), tally_(tally), lost_(lost) {}

  [[nodiscard]] std::vector<Decided> measure() {
    if (lost_.cases.empty()) lost_.about = case_.at("about");
    lost_.cases.insert(id_);
    if (!tree_.left_to_do.empty()) tally_.unfinished.push_back(id_ + ": " + tree_.left_to_do);
    std::vector<Decided> out;
    std::set<std::string> stayed;  // namespaces
    for (const auto& asked : case_.at("requests")) {
      const std::string pod = asked.at("to").at("pod");
      const bool moved = (*mesh_)[mesh_.workload(pod)].dataplane != Dataplane::Sidecar;
      count(asked, moved);
      if (moved)
        out.push_back(decided(asked));
      else
        stayed.insert(pod.substr(0, pod.find('/')));
    }
    tell_why(stayed);
    return out;
  }

 private:
  void count(const Json& asked, bool moved) {
    ++tally_.requests;
    if (!asked.at("before").get<bool>()) return;
    auto& kept = tally_.clients[asked.at("client")];
    ++kept.allowed;
    kept.reference += asked.at("after").get<bool>() ? 1 : 0;
    ++(moved ? kept.moved : lost_.refused);
  }

  Decided decided(const Json& asked) {
    const auto decision = decide(mesh_, asked, Side::After);
    const bool ours = decision && decision->allowed();
    const bool before = asked.at("before");
    const auto words = in_words(asked);
    if (ours && !before) tally_.wider.push_back(id_ + ": " + words);
    if (ours && before) ++tally_.clients[asked.at("client")].kept;
    if (before && !ours) {
      auto& elsewhere = lost_.requests[fmt::format("{}: denied by {}", words, decided_by(decision, mesh_->store()))];
      const bool sound = case_.at("verdict") == "equal" || case_.at("verdict") == "narrower";
      if (sound && asked.at("after")) elsewhere.insert(id_);
    }
    return {.file = 0, .tree = 0, .words = id_ + ": " + words, .before = before, .ours = ours, .json = python_request(asked, tree_.mesh_config)};
  }

  void tell_why(const std::set<std::string>& stayed) {
    if (stayed.empty()) ++tally_.translated;
    std::set<std::string> codes;
    for (const auto& ns : stayed) {
      const auto found = tree_.refusals.find(ns);
      if (found == tree_.refusals.end()) {
        codes.insert("none");
        continue;
      }
      for (const auto& [code, message] : found->second) {
        codes.insert(code);
        lost_.refusals.insert(code + " " + message);
      }
    }
    for (const auto& code : codes) ++tally_.refusals[code];
  }

  const Json& case_;
  std::string id_;
  const TranslatedTree& tree_;
  RecordedMesh mesh_;
  TranslationTally& tally_;
  LostTally& lost_;
};

/// The second opinion on all of it.
void ask_python(const std::vector<Decided>& all, const std::vector<TranslatedTree>& trees, std::vector<TranslationTally>& tallies) {
  std::vector<Json> lines;
  auto tree = trees.size();
  for (const auto& decided : all) {
    Json line{{"mode", "ambient"}, {"request", decided.json}};
    if (decided.tree != tree) line["world"] = {{"objects", kubernetes_objects(trees[decided.tree].after)}, {"mesh", trees[decided.tree].mesh_config}};
    tree = decided.tree;
    lines.push_back(std::move(line));
  }
  const auto answers = decide_in_python(lines);
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto& tally = tallies[all[i].file];
    ++tally.asked_in_python;
    if (answers[i] && !all[i].before) tally.wider.push_back(all[i].words + " (the Python model)");
    if (answers[i] != all[i].ours) tally.disputed.push_back(fmt::format("{}: we say {}", all[i].words, all[i].ours ? "allowed" : "denied"));
  }
}

}  // namespace

std::vector<TranslationTally> translate_pairs(const std::vector<PairFile>& files) {
  Trees trees;
  for (const auto& file : files)
    for (const auto& c : file.cases) trees.add(c);
  translate(trees.all);
  std::vector<TranslationTally> out;
  std::vector<Decided> all;
  for (const auto& file : files) {
    auto& tally = out.emplace_back();
    tally.file = file.name;
    tally.cases = static_cast<int>(file.cases.size());
    for (const auto& c : file.cases) {
      const auto tree = trees.add(c);
      for (auto& decided : TranslatedCase(c, trees.all[tree], tally, tally.trees[tree]).measure()) {
        decided.file = out.size() - 1;
        decided.tree = tree;
        all.push_back(std::move(decided));
      }
    }
  }
  ask_python(all, trees.all, out);
  return out;
}

}  // namespace s2a::test
