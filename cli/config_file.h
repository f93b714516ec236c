// `.s2a.yaml`: the same keys as the flags, found upwards from the working directory.
#pragma once

#include <filesystem>
#include <optional>
#include <tl/expected.hpp>

#include "cli/settings.h"
#include "cli/usage_error.h"

namespace s2a {

/// The nearest `.s2a.yaml` in this directory or one above it, as a path relative to the directory.
[[nodiscard]] std::optional<std::filesystem::path> find_config_file(const std::filesystem::path& directory);

/// Its settings; origins are `.s2a.yaml:3:1`. Paths in it are taken from where it stands and come out relative to the working directory.
/// Errors: what is wrong and where, with a hint; an unknown key is one.
[[nodiscard]] tl::expected<GivenSettings, UsageError> read_config_file(const std::filesystem::path& path);

}  // namespace s2a
