// Folders, copies and runs.
#include "tests/golden/golden_case.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <sstream>

#include "cli/run.h"
#include "tests/support/files.h"

namespace fs = std::filesystem;

namespace s2a::test {
namespace {

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

}  // namespace

Tree read_tree(const fs::path& directory) {
  Tree out;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (it->is_regular_file()) out.emplace(it->path().lexically_relative(directory).generic_string(), bytes_of(it->path()));
  }
  return out;
}

std::string GoldenCase::id() const {
  auto out = topic + "_" + name;
  std::ranges::replace(out, '-', '_');
  return out;
}

std::vector<GoldenCase> golden_cases() {
  std::vector<GoldenCase> out;
  for (const auto& topic : fs::directory_iterator(fs::path(S2A_SOURCE_DIR) / "golden")) {
    if (!topic.is_directory()) continue;
    for (const auto& folder : fs::directory_iterator(topic)) {
      if (!fs::exists(folder.path() / "input") && !fs::exists(folder.path() / "stdin")) continue;
      out.push_back({.topic = topic.path().filename(), .name = folder.path().filename(), .folder = folder.path()});
    }
  }
  std::ranges::sort(out, {}, &GoldenCase::folder);
  return out;
}

Workspace::Workspace(const GoldenCase& golden) : before_(fs::current_path()) {
  for (const auto* name : {"input", "context", "second"}) {
    if (fs::exists(golden.folder / name)) fs::copy(golden.folder / name, tree_.root() / name, fs::copy_options::recursive);
  }
  for (const auto* name : {"stdin", ".s2a.yaml"}) {
    if (fs::exists(golden.folder / name)) fs::copy_file(golden.folder / name, tree_.root() / name);
  }
  if (const auto written = words(bytes_of(golden.folder / "args")); !written.empty()) args_ = written;
  stream_ = std::ranges::find(args_, "-") != args_.end();
  fs::current_path(tree_.root());
}

Workspace::~Workspace() { fs::current_path(before_); }

std::vector<std::string> Workspace::line(const std::string& command, const std::vector<std::string>& more) const {
  auto out = args_;
  out.front() = command;
  if (command != "verify") std::erase(out, "second");
  if (command != "plan") std::erase(out, "--origins");
  if (command != "trace" && traced()) out.resize(2);  // what the request is
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

Outcome Workspace::run(const std::vector<std::string>& args) const {
  const int keyboard = ::dup(STDIN_FILENO);
  const int input = ::open(stream_ ? "stdin" : "/dev/null", O_RDONLY | O_CLOEXEC);
  ::dup2(input, STDIN_FILENO);
  ::close(input);
  std::ostringstream out;
  std::ostringstream err;
  const int exit = s2a::run(args, out, err, {});
  ::dup2(keyboard, STDIN_FILENO);
  ::close(keyboard);
  return {.exit = exit, .out = out.str(), .err = err.str()};
}

Tree Workspace::edited() const {
  if (stream_) return {{"-", bytes_of("stdin")}};
  return read_tree("input");
}

void Workspace::put(const Tree& tree) const {
  if (!stream_) fs::remove_all("input");
  for (const auto& [path, bytes] : tree) tree_.write(stream_ ? "stdin" : "input/" + path, bytes);
}

Tree Workspace::applied() const {
  if (stream_) return {{"-", run(line("apply", {"--assume"})).out}};
  fs::remove_all("applied");
  (void)run(line("apply", {"--assume", "--out-dir", "applied"}));
  return read_tree("applied");
}

Outcome shell(const std::string& command) {
  Outcome out;
  auto* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {.exit = -1, .out = "popen failed", .err = {}};
  std::array<char, 4096> buffer{};
  while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) out.out.append(buffer.data(), got);
  const int status = ::pclose(pipe);
  out.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

}  // namespace s2a::test
