// What is measured. Each function prints its figures and says whether what is promised holds.
#pragma once

namespace s2a::bench {

[[nodiscard]] bool reading();
[[nodiscard]] bool proof_of_corpus();
[[nodiscard]] bool proof_of_generated_meshes();
[[nodiscard]] bool proof_of_generated_routes();
[[nodiscard]] bool worst_cases();

}  // namespace s2a::bench
