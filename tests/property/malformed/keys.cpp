// Keys written twice or misspelt at every level, and the braces of template languages at every kind of place.
#include <fmt/format.h>

#include <array>
#include <string>

#include "tests/property/malformed/good_text.h"
#include "tests/property/malformed/row.h"

namespace s2a::test {
namespace {

/// Each line of the policy that starts with a key; `indent` is what stands before it.
template <class Each>
void for_each_key(Each each) {
  for (std::size_t begin = 0; begin < kGoodPolicy.size(); begin = kGoodPolicy.find('\n', begin) + 1) {
    const auto key = kGoodPolicy.find_first_not_of("- ", begin);
    const auto colon = kGoodPolicy.find(':', key);
    if (colon < kGoodPolicy.find('\n', begin)) each(begin, key, kGoodPolicy.substr(key, colon - key));
  }
}

std::string with(std::size_t at, std::string_view inserted) { return std::string(kGoodPolicy).insert(at, inserted) + "---\n" + std::string(kGoodWorkload); }

struct Template {
  std::string_view name, text;
};

/// `{}` is where the braces go.
constexpr std::array kPlaces{Template{"value", "  name: {}\n"},
                             Template{"part of a value", "  name: cart-{}\n"},
                             Template{"quoted value", "  name: \"{}\"\n"},
                             Template{"key", "  name: a\n  {}: b\n"},
                             Template{"line", "  name: a\n  {}\n"},
                             Template{"first line", "{}\n  name: a\n"},
                             Template{"flow value", "  name: a\n  labels: {{a: {}}}\n"},
                             Template{"flow item", "  name: a\n  finalizers: [{}]\n"},
                             Template{"block item", "  name: a\n  finalizers:\n    - {}\n"},
                             Template{"map", "  name: a\n  labels: {}\n"},
                             Template{"comment", "  name: a # {}\n"},
                             Template{"comment line", "  # {}\n  name: a\n"},
                             Template{"block text", "  name: a\n  annotations:\n    a: |\n      {}\n"}};

constexpr std::array kBraces{Template{"Helm", "{{ .Values.a }}"}, Template{"Helm block", "{{- if .Values.a }}"},
                             Template{"Jinja", "{% if a %}"},     Template{"Jinja comment", "{# a #}"},
                             Template{"variable", "${a}"},        Template{"shell variable", "$a"},
                             Template{"ytt", "#@ data.values.a"}, Template{"ytt block", "#@ if a:"},
                             Template{"ERB", "<%= a %>"},         Template{"unclosed", "{{ .Values.a"},
                             Template{"closing", "}}"},           Template{"Go delimiters", "[[ a ]]"}};

}  // namespace

std::vector<Row> duplicate_keys() {
  std::vector<Row> out;
  for_each_key([&](std::size_t line, std::size_t key, std::string_view name) {
    const auto indent = std::string(key - line, ' ');
    const auto next = kGoodPolicy.find('\n', line) + 1;
    const bool block = kGoodPolicy[next - 2] == ':';
    const auto before = key - line;
    // A scalar or flow value is followed by the twin; a block is preceded by it, so that the block stays whole.
    out.push_back({.name = fmt::format("`{}` in column {}, {} its {}", name, before + 1, block ? "before" : "behind", block ? "block" : "value"),
                   .text = block ? with(key, fmt::format("{}: x\n{}", name, indent)) : with(next, fmt::format("{}{}: x\n", indent, name))});
  });
  out.push_back({.name = "in a flow map", .text = with(kGoodPolicy.find("{team: cart}") + 1, "team: a, ")});
  out.push_back({.name = "quoted and plain", .text = with(kGoodPolicy.find("  name:"), "  \"name\": a\n")});
  out.push_back({.name = "escaped and plain", .text = with(kGoodPolicy.find("  name:"), "  \"n\\x61me\": a\n")});
  return out;
}

std::vector<Row> unknown_keys() {
  std::vector<Row> out;
  for_each_key([&](std::size_t line, std::size_t key, std::string_view name) {
    const auto indent = std::string(key - line, ' ');
    if (name == "app") return;  // a label, whatever its name
    out.push_back({.name = fmt::format("beside `{}`", name), .text = with(key, fmt::format("{}z: x\n{}", name, indent))});
  });
  return out;
}

std::vector<Row> template_braces() {
  std::vector<Row> out;
  for (const auto& braces : kBraces) {
    for (const auto& place : kPlaces) {
      out.push_back({.name = fmt::format("{} as {}", braces.name, place.name),
                     .text = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  namespace: shop\n" + fmt::format(fmt::runtime(place.text), braces.text) +
                             "spec: {rules: [{}]}\n---\n" + std::string(kGoodWorkload),
                     .expect = Expect::Either});
    }
  }
  return out;
}

}  // namespace s2a::test
