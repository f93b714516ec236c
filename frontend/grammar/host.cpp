// DNS labels.
#include "frontend/grammar/host.h"

#include <algorithm>

#include "frontend/grammar/whole.h"
#include "ir/pattern/address.h"

namespace s2a {
namespace {

constexpr std::size_t kLongest = 255;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

Parsed<HostName> parse_host(std::string_view text) {
  if (parse_address(text)) return HostName{.text = std::string(text), .wildcard = false, .qualified = true};
  const auto alnum = x3::char_("a-zA-Z0-9");
  const auto label = x3::rule<class Label>{"a DNS label of at most 63 characters"} = x3::raw[alnum >> *(*x3::lit('-') >> alnum)][at_most<63>];
  const auto first = (x3::lit('*') >> -(-x3::lit('-') >> label)) | label;
  const auto dot = x3::lit('.') >> !x3::eoi;
  auto shape = check_whole(text, first >> *(dot > label) >> -x3::lit('.'), "a host name", "letters, digits and `-`, in labels between dots; `*` in front only");
  if (!shape) return tl::unexpected(std::move(shape).error());
  if (text.size() > kLongest) return grammar_error(kLongest, "a host name has at most 255 characters");

  const auto name = text.substr(0, text.size() - (text.ends_with('.') ? 1 : 0));
  const auto last = name.rfind('.') + 1;  // npos + 1 == 0
  if (last > 0 && std::ranges::all_of(name.substr(last), is_digit)) return grammar_error(last, "the last label of a host name is not a number");
  return HostName{.text = std::string(text), .wildcard = text.starts_with('*'), .qualified = text == "*" || text.find('.') != std::string_view::npos};
}

std::string expand(std::string_view host, std::string_view ns, std::string_view cluster_domain) {
  const bool as_it_stands = host.empty() || host == "*" || host.find('.') != std::string_view::npos || parse_address(host);
  return as_it_stands ? std::string(host) : fmt::format("{}.{}.svc.{}", host, ns, cluster_domain);
}

}  // namespace s2a
