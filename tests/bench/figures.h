// What every topic of the bench needs: figures, the corpus, and the program run from outside.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace s2a::bench {

inline constexpr int kRounds = 3;

/// One line for people and one JSON line.
void figure(std::string_view name, double value, std::string_view unit, std::string_view words);

/// Of one run.
[[nodiscard]] double seconds_once(const std::function<void()>& work);
/// The best of a few rounds, in seconds.
[[nodiscard]] double seconds(const std::function<void()>& work);

/// The value below which this share of the values lies.
[[nodiscard]] double quantile(std::vector<double> values, double share);

/// Every repository of the corpus.
[[nodiscard]] std::vector<std::string> repositories();

struct Process {
  double seconds = 0;
  double peak_megabytes = 0;
};

/// Runs the program with its result thrown away.
Process run_program(std::vector<std::string> arguments);

}  // namespace s2a::bench
