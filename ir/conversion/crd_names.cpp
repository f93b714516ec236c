// Names of hosts and headers as the CRDs take them. routing.md 1.6
#include <algorithm>
#include <charconv>

#include "ir/conversion/rule_action.h"

namespace s2a {

std::optional<std::pair<std::string_view, std::uint16_t>> host_and_port(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos) return std::pair(text, std::uint16_t{0});
  std::uint16_t port = 0;
  const auto* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data() + colon + 1, end, port);
  if (error != std::errc() || at != end || port == 0) return std::nullopt;
  return std::pair(text.substr(0, colon), port);
}

bool is_hostname(std::string_view text) {
  if (text.empty() || text.size() > 253) return false;
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  char before = '.';
  for (const char c : text) {
    if (!plain(c) && c != '-' && c != '.') return false;
    if (c == '-' && before == '.') return false;
    if (c == '.' && !plain(before)) return false;
    before = c;
  }
  return plain(before);
}

bool is_header_name(std::string_view text) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  const auto fits = [&](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || kOthers.find(c) != std::string_view::npos; };
  return !text.empty() && text.size() <= 256 && std::ranges::all_of(text, fits);
}

}  // namespace s2a
