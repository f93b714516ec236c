// The tallies for people and for programs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/support/translated_pairs.h"

namespace s2a::test {
namespace {

using Clients = std::map<std::string, KeptTally>;

void add(KeptTally& to, const KeptTally& more) {
  to.allowed += more.allowed;
  to.moved += more.moved;
  to.kept += more.kept;
  to.reference += more.reference;
}

std::string share(int part, int whole) { return whole == 0 ? "-" : fmt::format("{:.1f} %", 100.0 * part / whole); }

std::string row(const std::string& name, const KeptTally& kept) {
  return fmt::format("  {:<10} {:>7} {:>6} {:>8} {:>10} {:>8} {:>8} {:>10}\n", name, kept.allowed, kept.kept, share(kept.kept, kept.allowed), kept.reference,
                     share(kept.reference, kept.allowed), kept.moved, share(kept.kept, kept.moved));
}

std::string table(const Clients& clients) {
  auto out = fmt::format("  {:<10} {:>7} {:>6} {:>8} {:>10} {:>8} {:>8} {:>10}\n", "client", "allowed", "kept", "", "reference", "", "moved", "of moved");
  KeptTally all;
  for (const auto& [client, kept] : clients) {
    out += row(client, kept);
    add(all, kept);
  }
  return out + row("all", all);
}

std::string list(std::string_view title, const std::vector<std::string>& lines) {
  auto out = lines.empty() ? std::string() : fmt::format("  {}: {}\n", title, lines.size());
  for (const auto& line : lines) out += "    " + line + "\n";
  return out;
}

}  // namespace

std::string to_string(const TranslationTally& tally) {
  auto out = fmt::format("{}: {} cases of {} trees, {} cases translated, {} requests, {} of them asked of the Python model as well\n", tally.file, tally.cases, tally.trees.size(),
                         tally.translated, tally.requests, tally.asked_in_python);
  out += table(tally.clients);
  std::vector<std::string> codes;
  for (const auto& [code, cases] : tally.refusals) codes.push_back(fmt::format("{} {}", code, cases));
  if (!codes.empty()) out += fmt::format("  refused: {}\n", fmt::join(codes, ", "));
  return out + list("wider", tally.wider) + list("decided otherwise by the Python model", tally.disputed) + list("something left to do", tally.unfinished);
}

std::string sum_of(const std::vector<TranslationTally>& tallies) {
  Clients clients;
  for (const auto& tally : tallies)
    for (const auto& [client, kept] : tally.clients) add(clients[client], kept);
  return "all files\n" + table(clients);
}

std::string lost_requests(const TranslationTally& tally) {
  std::string out;
  for (const auto& [tree, lost] : tally.trees) {
    if (lost.requests.empty() && lost.refused == 0) continue;
    out += fmt::format("{}: {}\n", fmt::join(lost.cases, ", "), lost.about);
    for (const auto& why : lost.refusals) out += "    stays: " + why + "\n";
    if (lost.refused != 0) out += fmt::format("    {} requests to pods that stay\n", lost.refused);
    for (const auto& [request, elsewhere] : lost.requests)
      out += fmt::format("    {}{}\n", request, elsewhere.empty() ? "" : fmt::format("; allowed in {}", fmt::join(elsewhere, ", ")));
  }
  return out;
}

nlohmann::json to_json(const TranslationTally& tally) {
  nlohmann::json out{{"file", tally.file},
                     {"cases", tally.cases},
                     {"trees", tally.trees.size()},
                     {"translated", tally.translated},
                     {"requests", tally.requests},
                     {"refusals", tally.refusals},
                     {"wider", tally.wider.size()},
                     {"disputed", tally.disputed.size()},
                     {"unfinished", tally.unfinished.size()},
                     {"python", tally.asked_in_python},
                     {"clients", nlohmann::json::object()}};
  for (const auto& [client, kept] : tally.clients) out["clients"][client] = {{"allowed", kept.allowed}, {"moved", kept.moved}, {"kept", kept.kept}, {"reference", kept.reference}};
  return out;
}

}  // namespace s2a::test
