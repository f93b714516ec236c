// One world and requests to it, before and after the program translated it, in the eyes of our models and of the Python model.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/property/translation/worlds.h"
#include "tests/support/translated_trees.h"

namespace s2a::test {

/// Who gets the request: a pod that left its sidecar, one that keeps its proxy, or one without any.
enum class Receiver : std::uint8_t { Moved, Stayed, Bare };

struct AskedOnce {
  nlohmann::json asked;
  Receiver receiver{};
  bool before = false;
  bool after = false;
  std::string by;      ///< who had the last word after: `ztunnel, S2A0102`
  std::string python;  ///< why the Python model is not asked; empty: it is
  std::string fault;   ///< `wider`, `changed`, ...; empty: none
};

struct Trial {
  World world;
  TranslatedTree tree;
  std::vector<AskedOnce> requests;
};

/// Translates the worlds, a trial each.
[[nodiscard]] std::vector<Trial> translated(std::vector<World> worlds);
/// Asks our models on both sides; a request that is outside the comparison is not kept.
void ask(Trial& trial, const std::vector<nlohmann::json>& requests);
/// Asks the Python model about what was asked, in one process; how many requests it decided.
std::size_t ask_python(std::vector<Trial>& trials);

}  // namespace s2a::test
