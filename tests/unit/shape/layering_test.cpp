// Who includes whom: architecture.md 3 and 5 rule 8, as tables.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string_view>

#include "tests/unit/shape/sources.h"

namespace s2a::test::layering_test {

struct Include {
  std::string target;
  bool quoted = false;
};

std::optional<Include> include_of(std::string_view line) {
  constexpr std::string_view kDirective = "#include ";
  if (!line.starts_with(kDirective)) return std::nullopt;
  line.remove_prefix(kDirective.size());
  const bool quoted = line.starts_with('"');
  const auto end = line.find(quoted ? '"' : '>', 1);
  return Include{.target = std::string(line.substr(1, end - 1)), .quoted = quoted};
}

/// Rooms that may include headers whose name starts like this. Tests may include all of them.
struct Outside {
  std::string_view header;
  std::vector<std::string_view> rooms;
};

const std::array kOutside{
    Outside{"yaml-cpp/", {"frontend/yaml/"}},
    Outside{"boost/", {"frontend/grammar/"}},
    Outside{"re2/", {"ir/pattern/", "frontend/grammar/"}},
    Outside{"CLI/", {"cli/"}},
    Outside{"nlohmann/", {"backend/render/"}},
    Outside{"git2", {"frontend/load/git_ignore.cpp"}},
    Outside{"fmt/", {"ir/", "frontend/", "backend/", "cli/"}},
    Outside{"tl/", {"ir/", "frontend/", "backend/", "cli/"}},
    // POSIX, where files, terminals and addresses are dealt with
    Outside{"fnmatch.h", {"frontend/load/"}},
    Outside{"fcntl.h", {"frontend/load/", "backend/write/", "cli/"}},
    Outside{"sys/", {"frontend/load/", "backend/write/", "cli/"}},
    Outside{"unistd.h", {"frontend/load/", "backend/write/", "cli/"}},
    Outside{"arpa/inet.h", {"ir/pattern/"}},
};

/// A folder and the folders that it may include.
struct Layer {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

const std::array kLayers{
    Layer{"ir/", {"ir/"}},
    Layer{"frontend/", {"ir/", "frontend/"}},
    Layer{"backend/", {"ir/", "backend/"}},
    Layer{"cli/", {"ir/", "frontend/", "backend/", "cli/"}},
};

bool starts_with_any(std::string_view text, const auto& prefixes) {
  return std::ranges::any_of(prefixes, [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool allowed(std::string_view path, const std::string& header) {
  const auto outside = std::ranges::find_if(kOutside, [&](const Outside& row) { return header.starts_with(row.header); });
  if (outside != kOutside.end()) return starts_with_any(path, outside->rooms);
  const bool standard = header.find_first_of("./") == std::string::npos;
  const bool file_system = header == "filesystem" || header == "fstream" || header == "iostream";
  return standard && !(file_system && path.starts_with("ir/"));
}

TEST(Layering, SourcesIncludeWhatTheirLayerMaySee) {
  std::size_t seen = 0;
  for (const auto& layer : kLayers) {
    for (const auto& file : sources({std::string(layer.folder)})) {
      for (const auto& line : file.lines) {
        const auto include = include_of(line);
        if (!include || !include->quoted) continue;
        ++seen;
        EXPECT_TRUE(starts_with_any(include->target, layer.may_include)) << file.path << " includes " << include->target;
        EXPECT_TRUE(std::filesystem::exists(std::filesystem::path(S2A_SOURCE_DIR) / include->target)) << file.path << " includes " << include->target;
      }
    }
  }
  EXPECT_GT(seen, 100U);
}

TEST(Layering, ThirdPartiesStayInTheirRooms) {
  std::size_t seen = 0;
  for (const auto& file : sources({"ir", "frontend", "backend", "cli"})) {
    for (const auto& line : file.lines) {
      const auto include = include_of(line);
      if (!include || include->quoted) continue;
      ++seen;
      EXPECT_TRUE(allowed(file.path, include->target)) << file.path << " includes <" << include->target << '>';
    }
  }
  EXPECT_GT(seen, 100U);
}

TEST(Layering, TheTablesRefuse) {
  EXPECT_FALSE(allowed("ir/mesh/store.h", "yaml-cpp/yaml.h"));
  EXPECT_FALSE(allowed("ir/mesh/store.h", "re2/re2.h"));
  EXPECT_FALSE(allowed("ir/mesh/store.h", "filesystem"));
  EXPECT_FALSE(allowed("frontend/load/load.cpp", "git2.h"));
  EXPECT_FALSE(allowed("frontend/yaml/parse.cpp", "unistd.h"));
  EXPECT_FALSE(allowed("cli/main.cpp", "gtest/gtest.h"));
  EXPECT_FALSE(allowed("cli/main.cpp", "unknown/library.h"));
  EXPECT_TRUE(allowed("frontend/yaml/parse.cpp", "yaml-cpp/yaml.h"));
  EXPECT_TRUE(allowed("ir/mesh/store.h", "vector"));
}

}  // namespace s2a::test::layering_test
