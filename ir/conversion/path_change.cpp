// What a rewrite does to the path. routing.md 3.2
//
//   match: [{uri: {prefix: /foo/}}]                                                   `/foo/`, which the path begins with, becomes `/bar/`
//   rewrite: {uri: /bar/}                                                      ->
//   rewrite: {uriRegexRewrite: {match: ^/foo/(.*)$, rewrite: /bar/\1}}                the same
#include "ir/conversion/rule_action.h"
#include "ir/conversion/texts.h"
#include "ir/routing/prefix_regex.h"

namespace s2a {
namespace {

bool is_whole(std::string_view regex) { return regex == "/.*" || regex == ".*" || regex == "^/.*$" || regex == "^.*$" || regex == "^/.*"; }

std::optional<PathChange> of_prefix(const HttpRewrite& rewrite, const std::string& prefix) {
  auto said = prefix_regex(rewrite, prefix);
  if (!said) return std::nullopt;
  return PathChange{.whole = false, .matched = prefix, .text = std::move(said->text), .drop_slash = said->drop_slash};
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
