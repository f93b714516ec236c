// How values find their way into Options: checked, the strongest origin last.
#include "cli/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "ir/source/did_you_mean.h"

namespace s2a {
namespace {

constexpr std::string_view kPrefix = "S2A_";

/// What the setting made of the values, or why it did not take them.
tl::expected<void, UsageError> assign(Options& options, const Setting& setting, const Values& values) {
  if (values.empty() || (values.size() > 1 && !setting.repeatable)) return tl::unexpected(UsageError{.message = "it takes one value", .help = {}});
  for (const auto& value : values) {
    if (setting.choices.empty() || std::ranges::find(setting.choices, value) != setting.choices.end()) continue;
    const auto near = did_you_mean(value, setting.choices);
    return tl::unexpected(
        UsageError{.message = fmt::format("`{}` is none of {}", value, fmt::join(setting.choices, ", ")), .help = near.empty() ? near : fmt::format("did you mean `{}`?", near)});
  }
  return setting.set(options, values);
}

}  // namespace

std::string Setting::variable() const {
  std::string out(kPrefix);
  for (const char c : name) out += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

const Setting* find_setting(std::string_view name) {
  const auto found = std::ranges::find(settings(), name, &Setting::name);
  return found == settings().end() ? nullptr : &*found;
}

std::string closest_setting(std::string_view name) {
  std::vector<std::string_view> names;
  std::ranges::transform(settings(), std::back_inserter(names), &Setting::name);
  return did_you_mean(name, names);
}

tl::expected<Resolved, UsageError> resolve(std::span<const GivenSettings> origins) {
  Resolved out;
  for (const auto& setting : settings()) {
    Effective effective{.setting = &setting, .values = {}, .origin = {}};
    for (auto origin = origins.rbegin(); origin != origins.rend(); ++origin) {
      const auto given = origin->find(setting.name);
      if (given == origin->end()) continue;
      if (const auto done = assign(out.options, setting, given->second.values); !done) {
        return tl::unexpected(UsageError{.message = fmt::format("{}: {}", given->second.origin, done.error().message), .help = done.error().help});
      }
      effective.values = given->second.values;
      effective.origin = given->second.origin;
    }
    out.effective.push_back(std::move(effective));
  }
  return out;
}

tl::expected<GivenSettings, UsageError> settings_of(const std::map<std::string, std::string, std::less<>>& variables) {
  GivenSettings out;
  for (auto variable = variables.lower_bound(kPrefix); variable != variables.end() && variable->first.starts_with(kPrefix); ++variable) {
    const auto& [name, value] = *variable;
    const auto setting = std::ranges::find(settings(), name, &Setting::variable);
    if (setting == settings().end()) {
      std::vector<std::string> known;
      std::ranges::transform(settings(), std::back_inserter(known), [](const Setting& s) { return s.variable().substr(kPrefix.size()); });
      const auto near = did_you_mean(std::string_view(name).substr(kPrefix.size()), std::vector<std::string_view>(known.begin(), known.end()));
      if (near.empty()) continue;
      return tl::unexpected(UsageError{.message = fmt::format("{}: there is no such setting", name), .help = fmt::format("did you mean `{}{}`?", kPrefix, near)});
    }
    Values values;
    for (std::size_t from = 0; from <= value.size();) {
      const auto comma = setting->repeatable ? std::min(value.find(',', from), value.size()) : value.size();
      values.push_back(value.substr(from, comma - from));
      from = comma + 1;
    }
    out.insert_or_assign(std::string(setting->name), Given{.values = std::move(values), .origin = name});
  }
  return out;
}

}  // namespace s2a
