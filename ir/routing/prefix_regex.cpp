// Reading what people write: a prefix, a group for the rest, perhaps a slash between them.
#include "ir/routing/prefix_regex.h"

#include <string_view>

#include "ir/pattern/quoted.h"

namespace s2a {
namespace {

bool consume(std::string_view& text, std::string_view head) {
  if (!text.starts_with(head)) return false;
  text.remove_prefix(head.size());
  return true;
}

bool consume_end(std::string_view& text, std::string_view tail) {
  if (!text.ends_with(tail)) return false;
  text.remove_suffix(tail.size());
  return true;
}

}  // namespace

/// The path begins with the prefix, so that the first match begins there too.
std::optional<PrefixRegex> prefix_regex(const HttpRewrite& rewrite, const std::string& prefix) {
  std::string_view rest = rewrite.regex;
  consume(rest, "^");
  consume_end(rest, "$");
  if (!consume(rest, quoted(prefix)) && !consume(rest, prefix)) return std::nullopt;
  const bool in_group = consume(rest, "(/|$)") || consume(rest, "(/?)");
  const bool drop_slash = in_group || consume(rest, "/?");
  if (rest != "(.*)") return std::nullopt;
  std::string_view text = rewrite.regex_replacement;
  if (!consume_end(text, in_group ? "\\2" : "\\1") || text.find('\\') != std::string_view::npos) return std::nullopt;
  if (drop_slash && (text != "/" || prefix.ends_with('/'))) return std::nullopt;
  return PrefixRegex{.text = std::string(text), .drop_slash = drop_slash};
}

}  // namespace s2a
