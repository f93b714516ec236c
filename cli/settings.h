// THE table of settings: `--name`, key `name` in .s2a.yaml, variable S2A_NAME.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/usage_error.h"

namespace s2a {

using Values = std::vector<std::string>;

struct Setting {
  std::string_view name;
  std::string_view letter;       ///< of the short flag, empty: none
  std::string_view placeholder;  ///< of its value; empty: a switch
  std::string_view fallback;     ///< the default, for people; empty: nothing
  std::string_view help;
  CommandSet commands;                                                                      ///< those that take the flag
  tl::expected<void, UsageError> (*set)(Options& options, const Values& values) = nullptr;  ///< one value, or several where `repeatable`
  std::span<const std::string_view> choices{};                                              ///< the values, where they are a fixed few
  bool repeatable = false;                                                                  ///< in a variable, values are separated by commas
  bool names_path = false;                                                                  ///< in a config file, relative to where that stands

  [[nodiscard]] bool is_switch() const { return placeholder.empty(); }
  /// `S2A_FAIL_ON`
  [[nodiscard]] std::string variable() const;
};

[[nodiscard]] std::span<const Setting> settings();
/// Null where there is no such setting.
[[nodiscard]] const Setting* find_setting(std::string_view name);
/// The setting whose name was probably meant; empty where none is close.
[[nodiscard]] std::string closest_setting(std::string_view name);

/// Values that a setting was given, and by whom: `--fail-on`, `S2A_FAIL_ON`, `.s2a.yaml:3:1`.
struct Given {
  Values values;
  std::string origin;
};
using GivenSettings = std::map<std::string, Given, std::less<>>;

/// Where the values of one setting came from in the end; no origin: its default.
struct Effective {
  const Setting* setting = nullptr;
  Values values;
  std::string origin;
};

struct Resolved {
  Options options;
  std::vector<Effective> effective;  ///< in the order of the table
};

/// Reads the settings of several origins, the strongest first. Each value is checked, also where a stronger one hides it.
[[nodiscard]] tl::expected<Resolved, UsageError> resolve(std::span<const GivenSettings> origins);

/// What S2A_* variables give. One that is no setting's is somebody else's, unless it is close to a setting's: that is an error.
[[nodiscard]] tl::expected<GivenSettings, UsageError> settings_of(const std::map<std::string, std::string, std::less<>>& variables);

}  // namespace s2a
