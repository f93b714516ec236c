// Rewritten paths as the URLRewrite filter can say them. routing.md 3.2
//
//   `/foo/`, which the path begins with, becomes `/bar/`       ->      PathPrefix /foo: {type: ReplacePrefixMatch, replacePrefixMatch: /bar}
//                                                                      Exact /foo/x: {type: ReplaceFullPath, replaceFullPath: /bar/x}
#include "ir/conversion/route_rules.h"
#include "ir/conversion/texts.h"

namespace s2a {
namespace {

tl::unexpected<RouteRefusal> refused(const PathChange& change) { return refused(Obstacle::PrefixRewrite, change.matched + " to " + change.text); }

/// What becomes of a text that begins with what is replaced.
std::string changed(const PathChange& change, std::string_view path) {
  auto rest = path.substr(change.matched.size());
  if (change.drop_slash && rest.starts_with('/')) rest.remove_prefix(1);
  return change.text + std::string(rest);
}

Value whole_path(const std::string& text) { return Value::Map{{"type", "ReplaceFullPath"}, {"replaceFullPath", text}}; }

/// The value of replacePrefixMatch; nothing where a route has no such: its trailing slash would be cut off, and `/` takes a slash with it.
std::optional<std::string> replacement(const PathChange& change, const std::string& prefix) {
  if (prefix + "/" == change.matched) {  // a guard takes the path without the slash
    if (!change.text.ends_with('/')) return std::nullopt;
    auto out = change.text.substr(0, change.text.size() - 1);
    if (out.empty()) return "/";
    return out.ends_with('/') ? std::nullopt : std::optional(out);
  }
  if (!prefix.starts_with(change.matched)) return std::nullopt;
  if (change.drop_slash && prefix == change.matched) return change.text;
  auto out = changed(change, prefix);
  return out.empty() || out.ends_with('/') ? std::nullopt : std::optional(out);
}

OrRefused<std::optional<Value>> path_value(const PathChange& change, const Pattern& path, const PathText& text) {
  if (change.whole) {
    if (change.text.size() > kLongestPath) return refused(change);
    return whole_path(change.text);
  }
  if (const auto* exact = one_text(path)) {
    if (!exact->starts_with(change.matched)) return refused(change);
    const auto to = escaped(changed(change, *exact));
    if (!to.starts_with('/') || to.size() > kLongestPath) return refused(change);
    return to == *exact ? std::optional<Value>() : whole_path(to);
  }
  if (text.type != PathMatchType::PathPrefix) return refused(change);
  const auto to = replacement(change, text.text);
  if (!to || !to->starts_with('/') || to->find('\\') != std::string::npos || to->size() > kLongestPath) return refused(change);
  return Value(Value::Map{{"type", "ReplacePrefixMatch"}, {"replacePrefixMatch", *to}});
}

}  // namespace

OrRefused<Value::Map> url_rewrite(const RuleAction& action, const Pattern& path, const PathText& text) {
  Value::Map out;
  if (!action.hostname.empty()) out.emplace_back("hostname", action.hostname);
  if (!action.path) return out;
  auto value = path_value(*action.path, path, text);
  if (!value) return tl::make_unexpected(value.error());
  if (*value) out.emplace_back("path", **std::move(value));
  return out;
}

}  // namespace s2a
