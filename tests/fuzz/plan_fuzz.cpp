// Any bytes as a mesh: every command ends, and not with a bug of ours.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"
#include "tests/support/temp_tree.h"

namespace {

int s2a_run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int exit = s2a::run(arguments, out, err, {});
  if (exit == static_cast<int>(s2a::Exit::Bug)) std::abort();
  return exit;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const s2a::test::TempTree tree;
  tree.write("in/mesh.yaml", {reinterpret_cast<const char*>(data), size});
  std::filesystem::remove_all(tree.root() / "out");
  s2a_run({"diff", tree.at("in")});
  s2a_run({"apply", "--assume", "--out-dir", tree.at("out"), tree.at("in")});
  return 0;
}
