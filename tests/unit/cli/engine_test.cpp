// What must never happen, made to happen: each of our own bugs is told, gives exit 3, and leaves nothing to be written.
#include "cli/engine.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "cli/outcome.h"
#include "tests/unit/cli/program.h"

namespace s2a::test::engine_test {

class FixedPoint : public testing::Test {
 protected:
  [[nodiscard]] Input read() const { return read_input({tree.at("in")}, options); }
  /// The report of a Plan that changes something.
  [[nodiscard]] MeshReport planned() const { return plan_input(read(), options, false); }

  static Report report_of(MeshReport mesh) {
    Report out;
    out.meshes.push_back(std::move(mesh));
    return out;
  }

  TempTree tree{{"in/mesh.yaml", kShop}, {"in/policy.yaml", kPolicy}};
  Options options;
};

TEST_F(FixedPoint, IsReachedAsARule) {
  auto mesh = planned();
  EXPECT_FALSE(mesh.changes.empty());
  EXPECT_EQ(exit_by_findings(report_of(std::move(mesh)), FailOn::Error), Exit::Done);
}

/// As if the edits had been lost on the way: the result is what was read.
TEST_F(FixedPoint, IsOurBugWhereTheResultAsksForMore) {
  auto mesh = planned();
  const auto input = read();
  keep_if_done(mesh, input, input.reading.snapshot, options, options.passes);
  EXPECT_TRUE(mesh.changes.empty());
  ASSERT_FALSE(mesh.plan.diagnostics.all().empty());
  EXPECT_EQ(mesh.plan.diagnostics.all().back().code, Code::RoundTrip);
  EXPECT_EQ(mesh.plan.diagnostics.all().back().subject, "Namespace shop");
  EXPECT_EQ(exit_by_findings(report_of(std::move(mesh)), FailOn::Never), Exit::Bug);
}

/// Throws where a program may not expect it.
class BrokenBuffer : public std::streambuf {
 protected:
  int_type overflow(int_type /*byte*/) override { throw std::runtime_error("the buffer is broken"); }
};

TEST(Run, TellsAnExceptionThatNobodyCaught) {
  BrokenBuffer buffer;
  std::ostream out(&buffer);
  out.exceptions(std::ios::badbit);
  std::ostringstream err;
  EXPECT_EQ(run(std::vector<std::string>{"codes"}, out, err, {}), 3);
  EXPECT_TRUE(err.str().starts_with("error[S2A0999]: a bug in s2a: ")) << err.str();
}

}  // namespace s2a::test::engine_test
