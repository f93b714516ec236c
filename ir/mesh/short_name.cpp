// Cutting names.
#include "ir/mesh/short_name.h"

#include <fmt/format.h>

namespace s2a {
namespace {

constexpr std::size_t kLongest = 63;  // a label's length: names become label values

}  // namespace

std::uint32_t checksum(std::string_view text) {
  std::uint32_t hash = 2166136261U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash;
}

std::string name_with_checksum(std::string_view base, std::string_view text, std::string_view suffix) {
  const auto tail = fmt::format("-{:08x}{}", checksum(text), suffix);
  return fmt::format("{}{}", base.substr(0, kLongest - tail.size()), tail);
}

std::string short_name(std::string_view base, std::string_view suffix) {
  return base.size() + suffix.size() <= kLongest ? fmt::format("{}{}", base, suffix) : name_with_checksum(base, base, suffix);
}

}  // namespace s2a
