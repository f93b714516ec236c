// Meshes of sidecars and what the program makes of them.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace s2a::test {

struct TranslatedTree {
  std::string before;
  nlohmann::json mesh_config;  ///< of `before`, for those who do not read it there
  std::string after;           ///< all documents, those of `before` in their order first
  /// Why a namespace stays on sidecars: code and message.
  std::map<std::string, std::set<std::pair<std::string, std::string>>> refusals;
  std::map<std::string, std::set<std::string>> made_by;  ///< codes of the actions on a resource, by `AuthorizationPolicy shop/t1`
  std::string left_to_do;                                ///< what is asked for when `after` is planned again; has to be empty
};

/// Plans every tree as `apply --assume` does, and what comes out of it once more.
void translate(std::vector<TranslatedTree>& trees);

}  // namespace s2a::test
