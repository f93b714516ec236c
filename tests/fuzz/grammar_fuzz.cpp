// Any bytes into any grammar: the first byte selects which. An error stands inside the text, and what was taken can be used.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "frontend/grammar/cidr.h"
#include "frontend/grammar/condition.h"
#include "frontend/grammar/duration.h"
#include "frontend/grammar/go_bool.h"
#include "frontend/grammar/host.h"
#include "frontend/grammar/label.h"
#include "frontend/grammar/path_template.h"
#include "frontend/grammar/port.h"
#include "frontend/grammar/principal.h"
#include "frontend/grammar/regex.h"
#include "ir/pattern/istio_values.h"
#include "ir/pattern/samples.h"

namespace s2a {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

template <auto grammar>
bool run(std::string_view text) {
  const auto parsed = grammar(text);
  if (!parsed) require(parsed.error().offset <= text.size() && !parsed.error().message.empty());
  return parsed.has_value();
}

void run_condition(std::string_view text) {
  if (run<parse_condition_key>(text)) require(to_string(*parse_condition_key(text)) == text);
}

void run_principal(std::string_view text) {
  if (run<parse_principal>(text)) require(overlap(principal(text), identities()));
}

void run_cidr(std::string_view text) {
  if (!run<parse_cidr_text>(text)) return;
  const auto block = *parse_cidr_text(text);
  require(parse_cidr(to_string(block)) == block && block.contains(block.first()) && block.contains(block.last()));
}

void run_samples(std::string_view text) {
  const auto cut = std::min(text.find('\n'), text.size());
  const std::array patterns{path(text.substr(0, cut)), namespace_at_envoy(text.substr(cut))};
  require(!samples(patterns).empty());
}

void run_host(std::string_view text) {
  if (run<parse_host>(text)) require(!expand(text, "shop", "cluster.local").empty());
}

using Target = void (*)(std::string_view);

template <auto grammar>
void only(std::string_view text) {
  run<grammar>(text);
}

constexpr std::array<Target, 14> kTargets{run_condition,
                                          run_principal,
                                          run_cidr,
                                          run_host,
                                          run_samples,
                                          only<parse_go_duration>,
                                          only<parse_gateway_duration>,
                                          only<check_path>,
                                          only<check_label_key>,
                                          only<check_label_value>,
                                          only<parse_label_selector>,
                                          only<parse_port>,
                                          only<parse_bool_go>,
                                          only<parse_regex>};

}  // namespace
}  // namespace s2a

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  s2a::kTargets[data[0] % s2a::kTargets.size()](text);
  return 0;
}
