// One folder golden/<topic>/<case>, and runs of the program on a copy of it.
#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "tests/support/temp_tree.h"

namespace s2a::test {

/// Files below a directory: path and bytes.
using Tree = std::map<std::string, std::string>;
[[nodiscard]] Tree read_tree(const std::filesystem::path& directory);

struct GoldenCase {
  std::string topic;
  std::string name;
  std::filesystem::path folder;

  /// `authorization_l7_allow`: what GoogleTest takes for a name.
  [[nodiscard]] std::string id() const;
  friend std::ostream& operator<<(std::ostream& out, const GoldenCase& golden) { return out << golden.topic << "/" << golden.name; }
};

/// Every folder that has `input` or `stdin`, sorted.
[[nodiscard]] std::vector<GoldenCase> golden_cases();

struct Outcome {
  int exit = 0;
  std::string out;
  std::string err;
};

/// The case's inputs in a directory of their own, which is the working directory as long as this lives.
class Workspace {
 public:
  explicit Workspace(const GoldenCase& golden);
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  ~Workspace();

  /// `args` with another command, or the default `input`, and further arguments behind.
  [[nodiscard]] std::vector<std::string> line(const std::string& command, const std::vector<std::string>& more = {}) const;
  [[nodiscard]] Outcome run(const std::vector<std::string>& args) const;
  [[nodiscard]] bool stream() const { return stream_; }
  /// Whether the case is about `s2a audit`.
  [[nodiscard]] bool audited() const { return args_.front() == "audit"; }
  /// Whether the case is about `s2a verify`: folder `second` holds the other tree.
  [[nodiscard]] bool verified() const { return args_.front() == "verify"; }

  /// Whether the case is about `s2a trace`.
  [[nodiscard]] bool traced() const { return args_.front() == "trace"; }

  /// What the program is to change: the files under `input`, or standard input as `-`.
  [[nodiscard]] Tree edited() const;
  void put(const Tree& tree) const;
  /// The same after `apply`.
  [[nodiscard]] Tree applied() const;

 private:
  TempTree tree_;
  std::filesystem::path before_;
  std::vector<std::string> args_{"plan", "input"};
  bool stream_ = false;
};

/// Runs a command of the system and gives back what it said and its exit code.
[[nodiscard]] Outcome shell(const std::string& command);

}  // namespace s2a::test
