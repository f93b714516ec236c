// A manifest in block style has its `kind:` at the start of a line, so the first characters of its lines decide. Whatever is not as plain as that is relevant if
// any `kind` in it has a value that matters, or one that cannot be told.
#include "frontend/yaml/scan.h"

#include <algorithm>
#include <optional>

#include "frontend/yaml/text.h"

namespace s2a {
namespace {

using yaml::Offset;

constexpr std::string_view kKind = "kind";

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }
bool is_quote(char c) { return c == '"' || c == '\''; }

/// The word that starts there, in quotes or not; empty where there is something else.
std::string_view word_at(std::string_view text, std::size_t at) {
  const bool quoted = at < text.size() && is_quote(text[at]);
  const auto rest = text.substr(std::min(text.size(), at + (quoted ? 1 : 0)));
  const auto word = rest.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(rest, is_word) - rest.begin()));
  return quoted && rest.substr(word.size(), 1) != text.substr(at, 1) ? std::string_view{} : word;
}

bool matters(std::string_view document, std::string_view kind, std::span<const RelevantKind> kinds) {
  if (kind.ends_with("List")) return true;
  const auto row = std::ranges::lower_bound(kinds, kind, {}, &RelevantKind::kind);
  return row != kinds.end() && row->kind == kind && document.find(row->needle) != std::string_view::npos;
}

bool starts_with_kind(std::string_view line) { return line.starts_with(kKind) && (line.size() == kKind.size() || !is_word(line[kKind.size()])); }

/// `Service` of `kind: Service`, which may be in quotes and have a comment behind it; nothing where the line is anything else.
std::optional<std::string_view> plain_kind(std::string_view line) {
  if (line.substr(kKind.size(), 1) != ":") return std::nullopt;
  const auto colon_end = static_cast<Offset>(kKind.size() + 1);
  const auto value = yaml::skip_blanks(line, colon_end);
  const auto word = word_at(line, value);
  if (value == colon_end || word.empty()) return std::nullopt;
  const auto end = value + word.size() + (is_quote(line[value]) ? 2 : 0);
  return yaml::line_ends(line, static_cast<Offset>(end)) ? std::optional(word) : std::nullopt;
}

/// The kind of a document that is certainly a block map with exactly one plain `kind:` line; nothing where that is not certain.
std::optional<std::string_view> certain_kind(std::string_view document) {
  std::optional<std::string_view> kind;
  bool in_map = false;
  for (auto rest = document; !rest.empty();) {
    const char first = rest.front();
    if (first == ' ' || first == '\t') {
      if (!in_map && !yaml::line_ends(rest, 0)) return std::nullopt;
    } else if (is_word(first)) {
      in_map = true;
      if (starts_with_kind(rest)) {
        if (kind) return std::nullopt;
        kind = plain_kind(rest);
        if (!kind) return std::nullopt;
      }
    } else if (first != '#' && first != '\n' && first != '\r' && !(first == '-' && in_map)) {
      return std::nullopt;
    }
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
  }
  return kind;
}

/// Whether the value is no plain word: `{{ .x }}`, `Authorization${X}`.
bool is_placeholder(std::string_view document, std::size_t value, std::string_view word) {
  const auto next = document.substr(std::min(value + word.size(), document.size()), 1);
  return word.empty() || (!is_quote(document[value]) && !next.empty() && std::string_view("{$<").find(next.front()) != std::string_view::npos);
}

/// Whether a colon follows, or a comment with perhaps a colon behind it: what ends there may be a key.
bool may_end_key(std::string_view document, std::size_t end) {
  const auto next = document.find_first_not_of(" \t\r\n", end);
  return next != std::string_view::npos && (document[next] == ':' || document[next] == '#');
}

/// Whether a key may be `kind` with escapes in it, `"k\u0069nd":`: what follows the text in double quotes is a colon.
bool has_escaped_key(std::string_view document) {
  for (auto at = document.find('\\'); at != std::string_view::npos && at + 1 < document.size(); at = document.find('\\', at)) {
    const bool spells_letter = std::string_view("xuU\r\n").find(document[at + 1]) != std::string_view::npos;
    at += 2;
    if (!spells_letter) continue;
    while (at < document.size() && document[at] != '"') at += document[at] == '\\' ? 2 : 1;
    if (at < document.size() && may_end_key(document, at + 1)) return true;
  }
  return false;
}

/// Whether a key is an alias: `*k : X`.
bool has_alias_key(std::string_view document) {
  for (auto at = document.find('*'); at != std::string_view::npos; at = document.find('*', at + 1)) {
    if (at > 0 && std::string_view(" \t\r\n{[,").find(document[at - 1]) == std::string_view::npos) continue;
    const auto end = yaml::alias_end(document, static_cast<Offset>(at));
    if (end == at + 1 || is_quote(document[end - 1])) continue;
    if (document[end - 1] == ':' || may_end_key(document, end)) return true;
  }
  return false;
}

/// Whether any `kind` in the text, in whatever style, has a value that matters or that cannot be told.
bool may_matter(std::string_view document, std::span<const RelevantKind> kinds) {
  for (auto at = document.find(kKind); at != std::string_view::npos; at = document.find(kKind, at + 1)) {
    auto next = static_cast<Offset>(at + kKind.size());
    if (next < document.size() && is_quote(document[next])) ++next;
    next = yaml::skip_trivia(document, next);
    if (next >= document.size() || document[next] != ':') continue;
    const auto value = yaml::skip_trivia(document, next + 1);
    const auto kind = word_at(document, value);
    if (is_placeholder(document, value, kind) || matters(document, kind, kinds)) return true;
    if (yaml::line_ends(document, yaml::skip_blanks(document, next + 1))) return true;  // nothing, or what ytt says in a comment, or a value on the next line
  }
  return has_escaped_key(document) || has_alias_key(document);
}

}  // namespace

bool is_kustomization_file(std::string_view path) {
  const auto name = path.substr(path.rfind('/') + 1);  // npos + 1 == 0
  return name == "kustomization.yaml" || name == "kustomization.yml" || name == "Kustomization";
}

bool is_openshift_template(std::string_view kind, std::string_view api_version) {
  return kind == kTemplateKind && (api_version == "v1" || api_version.starts_with("template.openshift.io/"));
}

std::vector<ScannedDocument> scan(std::string_view text, std::span<const RelevantKind> kinds) {
  std::vector<ScannedDocument> out;
  for (const auto& where : yaml::split(text)) {
    const auto document = text.substr(where.span.begin, where.span.size());
    const auto kind = certain_kind(document);
    out.push_back({.text = where, .relevant = kind ? matters(document, *kind, kinds) : may_matter(document, kinds)});
  }
  return out;
}

}  // namespace s2a
