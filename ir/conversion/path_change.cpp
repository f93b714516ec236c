// What a rewrite does to the path. routing.md 3.2
//
//   match: [{uri: {prefix: /foo/}}]                                                   `/foo/`, which the path begins with, becomes `/bar/`
//   rewrite: {uri: /bar/}                                                      ->
//   rewrite: {uriRegexRewrite: {match: ^/foo/(.*)$, rewrite: /bar/\1}}                the same
#include "ir/conversion/rule_action.h"
#include "ir/conversion/texts.h"

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

bool is_whole(std::string_view regex) { return regex == "/.*" || regex == ".*" || regex == "^/.*$" || regex == "^.*$" || regex == "^/.*"; }

/// A regular expression that says: the prefix, and what follows it. The path begins with the prefix, so that the first match begins there too.
std::optional<PathChange> of_prefix(const HttpRewrite& rewrite, const std::string& prefix) {
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
  return PathChange{.whole = false, .matched = prefix, .text = std::string(text), .drop_slash = drop_slash};
}

}  // namespace

OrRefused<std::optional<PathChange>> path_change(const HttpRewrite& rewrite, const std::optional<StringMatch>& uri) {
  const bool prefix = !uri || uri->kind == StringMatch::Kind::Prefix || uri->kind == StringMatch::Kind::Present;
  const std::string matched = uri && uri->kind == StringMatch::Kind::Prefix && !uri->text.empty() ? uri->text : "/";
  if (!rewrite.regex.empty()) {
    if (is_whole(rewrite.regex) && rewrite.regex_replacement.starts_with('/') && rewrite.regex_replacement.find('\\') == std::string::npos)
      return PathChange{.whole = true, .matched = {}, .text = rewrite.regex_replacement};
    if (auto change = prefix ? of_prefix(rewrite, matched) : std::nullopt) return change;
    return refused(Obstacle::RegexRewrite, rewrite.regex);
  }
  if (rewrite.uri.empty() || (prefix && rewrite.uri == matched)) return std::nullopt;
  if (!prefix) return PathChange{.whole = true, .matched = {}, .text = escaped(rewrite.uri)};
  return PathChange{.whole = false, .matched = matched, .text = rewrite.uri};
}

}  // namespace s2a
