// RFC 1123 labels and subdomains.
#include "frontend/grammar/object_name.h"

#include "frontend/grammar/dns.h"

namespace s2a {

Parsed<void> check_dns_label(std::string_view text) {
  return check_whole(text, x3::omit[x3::raw[kDnsLabel][at_most<63>]], "a name", "at most 63 lower case letters, digits and `-`, a letter or digit first and last");
}

Parsed<void> check_object_name(std::string_view text) {
  return check_whole(text, x3::omit[x3::raw[kDnsLabel % '.'][at_most<253>]], "a name",
                     "at most 253 lower case letters, digits, `-` and `.`, a letter or digit first and last of each part");
}

Parsed<void> check_subset_name(std::string_view text) {
  const auto alnum = x3::char_("A-Za-z0-9");
  return check_whole(text, x3::omit[x3::raw[alnum >> *(*x3::lit('-') >> alnum)][at_most<63>]], "a name of a subset",
                     "at most 63 letters, digits and `-`, a letter or digit first and last");
}

}  // namespace s2a
