// What becomes of the AuthorizationPolicies and VirtualServices of a mesh: translated, kept, refused and why.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "cli/engine.h"

namespace s2a::test {

/// NotOfTheMesh: a VirtualService for gateways alone, or a part that others include. NoSidecar: it decides about nobody who has one.
enum class Fate : std::uint8_t { Translated, Kept, Refused, NoSidecar, NotOfTheMesh };

/// A resource of the mesh before it is planned.
struct Subject {
  Kind kind{};
  std::string name;                  ///< `VirtualService shop/cart`
  Label place;                       ///< of its name
  std::set<std::string> namespaces;  ///< of the pods with sidecars that it decides about; a policy's own where none are known
  bool of_the_mesh = true;
};

/// Those of the kinds that are counted.
[[nodiscard]] std::vector<Subject> subjects_of(const Input& input);

/// In one wording, how often, and the first place.
struct ReasonTally {
  std::size_t subjects = 0;
  std::string example;
};

/// What became of all subjects of one kind.
struct FateTally {
  std::size_t in_text = 0;  ///< that a search for their kind finds
  std::size_t read = 0;     ///< of these as resources; the others stand in templates, patches and prose
  std::array<std::size_t, 5> fates{};
  std::map<std::string, std::size_t> codes;         ///< refused ones by code: one may have several
  std::map<std::string, ReasonTally> refusals;      ///< the same by code and message, names left out
  std::map<std::string, ReasonTally> kept_because;  ///< by what stands in the way of routes
  std::vector<std::string> each;                    ///< a line a subject: its fate, its name and file, and why
};

/// Counts a subject by the report on its mesh. Examples name their file as it stands below `root`.
void count(const Subject& subject, const MeshReport& report, const std::string& root, FateTally& tally);

/// A table of one kind; the ten most frequent reasons, each with an example.
[[nodiscard]] std::string to_string(std::string_view kind, const FateTally& tally);

}  // namespace s2a::test
