// Partitions become variables; their signs become diagrams.
#include "ir/proof/axis_builder.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace s2a {
namespace {

/// How unusual a part is that is not the plain one: first of all that it is there, then its length.
std::uint64_t weight(const Request& part) {
  auto out = std::uint64_t{1} << 32U;
  for (const auto& [attribute, values] : part)
    for (const auto& value : values) out += value.size();
  return out;
}

/// Without a Regex, for one, which cannot be said of a part of a text.
bool of_globs(const Set& set) {
  return std::ranges::all_of(set.any_of, [](const Pattern& pattern) { return as_glob(pattern).has_value(); });
}

}  // namespace

Divide by_texts(Pattern domain, std::vector<std::string> preferred) {
  return [domain = std::move(domain), preferred = std::move(preferred)](std::span<const Set> sets) { return partition(sets, domain, preferred); };
}

Divide by_texts(Pattern domain, std::string plain) { return by_texts(std::move(domain), std::vector{std::move(plain)}); }

AxisBuilder::Texts AxisBuilder::texts(const std::vector<Reader>& readers, const Divide& divide) {
  Texts out;
  std::vector<Set> sets;
  for (const auto& reader : readers) {
    const auto asked = questions_.find(reader.attribute);
    if (asked == questions_.end()) continue;
    for (auto& [set, answer] : asked->second) {
      out.questions.push_back({.attribute = reader.attribute, .set = &set, .answer = &answer});
      sets.push_back(reader.texts ? reader.texts(set) : set);
      if (reader.texts && !of_globs(set)) axes_.incomplete = reader.attribute;
    }
  }
  out.partition = divide(sets);
  if (!out.partition.complete) axes_.incomplete = readers.front().attribute;
  return out;
}

std::vector<std::size_t> AxisBuilder::as_asked(const Texts& texts) {
  const auto first = [&](std::size_t text) {
    auto out = std::numeric_limits<std::size_t>::max();
    for (std::size_t i = 0; i < texts.questions.size(); ++i)
      if (texts.partition.signs[text][i]) out = std::min(out, texts.questions[i].answer->first);
    return out;
  };
  std::vector<std::pair<std::size_t, std::size_t>> order;
  for (std::size_t text = 0; text < texts.partition.values.size(); ++text) order.emplace_back(first(text), text);
  std::ranges::sort(order);
  std::vector<std::size_t> out;
  std::ranges::transform(order, std::back_inserter(out), [](const auto& entry) { return entry.second; });
  return out;
}

AxisBuilder::Variable AxisBuilder::add_variable(const Attribute& attribute, std::vector<Request> parts) {
  Diagrams::Weights weights;
  std::ranges::transform(parts, std::back_inserter(weights), weight);
  weights.front() = 0;
  axes_.all.push_back({.attribute = attribute, .parts = std::move(parts)});
  return diagrams_.add_variable(std::move(weights));
}

AxisBuilder::Variable AxisBuilder::choose(const std::vector<Reader>& readers, const std::vector<Request>& others, const Divide& divide, const ToPart& to_part) {
  const auto [questions, partition] = texts(readers, divide);
  auto parts = others;
  std::ranges::transform(partition.values, std::back_inserter(parts), to_part);
  const auto variable = add_variable(readers.front().attribute, std::move(parts));
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Literal literal{.attribute = questions[i].attribute, .set = *questions[i].set};
    std::vector<bool> signs;
    for (const auto& other : others) signs.push_back(holds(literal, other));
    for (const auto& of_text : partition.signs) signs.push_back(of_text[i]);
    questions[i].answer->requests = diagrams_.where(variable, signs);
  }
  return variable;
}

AxisBuilder::Variable AxisBuilder::choose(const Attribute& attribute, const std::vector<Request>& others, const Divide& divide) {
  return choose({Reader{attribute}}, others, divide, [&](const std::string& text) { return Request{{attribute, {text}}}; });
}

void AxisBuilder::gather(const std::vector<Attribute>& attributes, const Divide& divide, Node given) {
  std::vector<Reader> readers;
  for (const auto& attribute : attributes) readers.push_back({attribute});
  const auto found = texts(readers, divide);
  const auto& [questions, partition] = found;
  std::vector<Node> there(partition.values.size());
  for (const auto text : as_asked(found)) {
    Request part;
    for (const auto& attribute : attributes) part[attribute] = {partition.values[text]};
    there[text] = diagrams_.where(add_variable(attributes.front(), {{}, std::move(part)}), {false, true});
  }
  const auto none = diagrams_.negation(diagrams_.any_of(there));
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto& [attribute, set, answer] = questions[i];
    std::vector<Node> in_set;
    for (std::size_t text = 0; text < there.size(); ++text)
      if (partition.signs[text][i]) in_set.push_back(there[text]);
    const auto by_proxies = axes_.by_proxies.find(attribute);
    if (by_proxies != axes_.by_proxies.end() && set->contains(by_proxies->second)) in_set.push_back(none);
    answer->requests = diagrams_.either(answer->requests, diagrams_.both(given, diagrams_.any_of(in_set)));
  }
}

}  // namespace s2a
