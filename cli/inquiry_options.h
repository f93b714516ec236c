// What the flags of `trace` make of an Inquiry.
#pragma once

#include "cli/settings.h"

namespace s2a {

using SettingDone = tl::expected<void, UsageError>;

[[nodiscard]] SettingDone set_method(Options& options, const Values& values);
[[nodiscard]] SettingDone set_path(Options& options, const Values& values);
[[nodiscard]] SettingDone set_host(Options& options, const Values& values);
/// `NAME:VALUE`
[[nodiscard]] SettingDone set_headers(Options& options, const Values& values);
[[nodiscard]] SettingDone set_address(Options& options, const Values& values);
/// `NAME=VALUE`; `realm[roles]=x` is a claim within a claim, and a name that comes twice is a list.
[[nodiscard]] SettingDone set_claims(Options& options, const Values& values);
[[nodiscard]] SettingDone set_bad_token(Options& options, const Values& values);
[[nodiscard]] SettingDone set_refused_by(Options& options, const Values& values);

}  // namespace s2a
