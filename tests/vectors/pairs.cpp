// `./dev pairs [--lost] [--json] [PATH]`: recorded pairs of trees decided by the models, and their `before` translated.
// Exit 1 where a model errs, or a translation is wider or not finished.
#include <fmt/format.h>

#include "tests/support/files.h"
#include "tests/support/translated_pairs.h"

int main(int argc, char** argv) {
  using namespace s2a::test;
  std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool lost = std::erase(arguments, "--lost") != 0;
  const bool json = std::erase(arguments, "--json") != 0;
  const auto files = read_pairs(arguments.empty() ? shared_files() / "vectors" / "authz-pairs" : std::filesystem::path(arguments.front()));
  if (files.empty()) fmt::print(stderr, "no *.json there\n");
  bool good = !files.empty();
  std::vector<PairTally> decided;
  for (const auto& file : files) decided.push_back(check_pairs(file));
  if (!json)
    for (const auto& tally : decided) fmt::print("{}", to_string(tally));
  const auto translated = translate_pairs(files);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& tally = translated[i];
    if (json) {
      auto line = to_json(tally);
      line["mismatches"] = {{"before", decided[i].before.size()}, {"after", decided[i].after.size()}};
      fmt::print("{}\n", line.dump());
    } else {
      fmt::print("\n{}{}", to_string(tally), lost ? "\n" + lost_requests(tally) : "");
    }
    good = good && decided[i].before.empty() && decided[i].after.empty() && tally.wider.empty() && tally.disputed.empty() && tally.unfinished.empty();
  }
  if (!json) fmt::print("\n{}", sum_of(translated));
  return good ? 0 : 1;
}
