// A mesh with VirtualServices against the same mesh with the routes that they become: what a client's sidecar did before, a waypoint does after.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/conversions.h"

namespace s2a::test {

struct Tally {
  int worlds = 0;
  int converted = 0;
  std::size_t requests = 0;
  int differences = 0;
  std::map<OrderKept, int> orders;
  std::map<std::string, int> obstacles;
};

struct Translated {
  nlohmann::json after;
  std::map<std::string, std::string> stand_in;  ///< as ConvertedMesh has it
  std::string added;
};

/// `before` is a case at a client's sidecar (shared/vectors/routing). The same at the waypoint, with routes, where the VirtualService of its Service becomes some.
[[nodiscard]] std::optional<Translated> translated(const nlohmann::json& before, Tally& tally, const ConversionOptions& options = {});

/// The requests that name the Service are decided by both, before and after; differences are failures of the test. What is after.
std::optional<nlohmann::json> check_alike(const nlohmann::json& before, const std::vector<nlohmann::json>& requests, Tally& tally, const ConversionOptions& options = {});

/// The objects of a list, each as a document.
[[nodiscard]] std::string documents(const nlohmann::json& objects);

/// In words, obstacles last.
[[nodiscard]] std::string to_string(const Tally& tally);

}  // namespace s2a::test
