// Clocks, and a child process whose memory is measured.
#include "tests/bench/figures.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "tests/support/files.h"

namespace s2a::bench {

void figure(std::string_view name, double value, std::string_view unit, std::string_view words) {
  fmt::print("{:<64} {:>10.2f} {}\n", words, value, unit);
  fmt::print("{{\"name\":\"{}\",\"value\":{:.4f},\"unit\":\"{}\"}}\n", name, value, unit);
  std::fflush(stdout);
}

double seconds_once(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double seconds(const std::function<void()>& work) {
  double best = 1e9;
  for (int round = 0; round < kRounds; ++round) best = std::min(best, seconds_once(work));
  return best;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

std::vector<std::string> repositories() {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(test::shared_files() / "corpus" / "files", error)) out.push_back(entry.path().string());
  std::ranges::sort(out);
  return out;
}

Process run_program(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), S2A_PROGRAM);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
  }
  int status = 0;
  struct rusage usage {};
  ::wait4(child, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 2) fmt::print(stderr, "the program ended with status {}\n", status);
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), static_cast<double>(usage.ru_maxrss) / 1024};
}

}  // namespace s2a::bench
