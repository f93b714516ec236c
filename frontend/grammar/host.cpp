// DNS labels.
#include "frontend/grammar/host.h"

#include <algorithm>

#include "frontend/grammar/whole.h"
#include "ir/pattern/address.h"

namespace s2a {
namespace {

constexpr std::size_t kLongestLabel = 63;
constexpr std::size_t kLongestName = 255;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Parsed<HostName> parse_host(std::string_view text) {
  const auto alnum = x3::char_("a-zA-Z0-9");
  const auto label = x3::rule<class Label>{"a DNS label"} = x3::omit[alnum >> *(*x3::lit('-') >> alnum)];
  const auto first = (x3::lit('*') >> -(-x3::lit('-') >> label)) | label;
  const auto dot = x3::lit('.') >> !x3::eoi;
  const auto name = first >> *(dot > label) >> -x3::lit('.');
  if (parse_address(text)) return HostName{.text = std::string(text), .wildcard = false, .qualified = true};
  if (auto shape = check_whole(text, name, "a host name", "letters, digits and `-`, in labels between dots; `*` in front only"); !shape) return tl::unexpected(std::move(shape).error());
  if (text.size() > kLongestName) return grammar_error(kLongestName, "a host name has at most 255 characters");
  auto last = text;
  if (last.ends_with('.')) last.remove_suffix(1);
  for (std::size_t begin = 0;;) {
    const auto end = std::min(last.find('.', begin), last.size());
    if (end - begin > kLongestLabel) return grammar_error(begin + kLongestLabel, "a label of a host name has at most 63 characters");
    if (end == last.size()) {
      if (begin > 0 && std::ranges::all_of(last.substr(begin), is_digit)) return grammar_error(begin, "the last label of a host name is not a number");
      break;
    }
    begin = end + 1;
  }
  return HostName{.text = std::string(text), .wildcard = text.starts_with('*'), .qualified = text == "*" || text.find('.') != std::string_view::npos};
}

std::string expand(std::string_view host, std::string_view ns, std::string_view cluster_domain) {
  const bool as_it_stands = host.empty() || host == "*" || host.find('.') != std::string_view::npos || parse_address(host);
  return as_it_stands ? std::string(host) : fmt::format("{}.{}.svc.{}", host, ns, cluster_domain);
}

}  // namespace s2a
