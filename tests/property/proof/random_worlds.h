// Small meshes with random policies over small alphabets, and changes of one field of one policy.
#pragma once

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

namespace s2a::test {

/// A field of a rule: where it stands, its name, and what policies write there.
struct WorldField {
  std::string of;  ///< `source`, `operation`, `when`
  std::string name;
  std::vector<std::string> values;
};

/// Pods `app: a` of namespace `a` behind Service `a`, with or without sidecars, and policies for them. Few fields, so that every combination of values can be tried.
struct World {
  bool ambient = false;
  bool waypoint = false;      ///< there is one, and the namespace's Services use it
  std::string port = "http";  ///< the name of the Service's port
  std::vector<nlohmann::json> policies;
  std::vector<const WorldField*> fields;

  [[nodiscard]] std::string yaml() const;
};

[[nodiscard]] World random_world(std::mt19937& random);
/// What a migration may make of it: right, wrong, or half done.
[[nodiscard]] World migrated(std::mt19937& random, World world);
/// With another value in one field of one policy; the same where it has no policy.
[[nodiscard]] World mutated(std::mt19937& random, World world);

}  // namespace s2a::test
