// Conditions of a match, one after the other.
#include "ir/conversion/match_regions.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ir/conversion/texts.h"
#include "ir/pattern/glob.h"
#include "ir/routing/literals.h"

namespace s2a {
namespace {

constexpr std::array<std::string_view, 9> kMethods{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};

/// Methods are tokens.
const Pattern& all_methods() {
  static const Pattern kAll = Glob{.any_of = {{Star{.chars = Chars::InPath, .empty_too = false}}}, .ignore_case = false};
  return kAll;
}

/// Those that the CRD lists.
const Pattern& listed_methods() {
  static const Pattern kListed = [] {
    Glob out;
    for (const auto method : kMethods) out.any_of.push_back({std::string(method)});
    return out;
  }();
  return kListed;
}

/// `{}`, and the regex `*`, which istiod takes for it. routing.md 3.3
bool presence(const StringMatch& match) { return match.kind == StringMatch::Kind::Present || (match.kind == StringMatch::Kind::Regex && match.text == "*"); }

class Reader {
 public:
  Reader(const FlatRule& rule, const HttpMatch& match, PathPrefixMode mode, Relations& relations) : rule_(rule), match_(match), mode_(mode), relations_(relations) {}

  MatchRegions read() {
    path();
    source();
    for (const auto& [name, value] : match_.headers) header(name, value);
    if (match_.authority && match_.authority->kind != StringMatch::Kind::Present) host("Host", *match_.authority);
    if (match_.method && match_.method->kind != StringMatch::Kind::Present) methods_.push_back(pattern(*match_.method));
    for (const auto& [name, value] : match_.query_params) out_.region.query.emplace(name, pattern(value));
    method();
    for (const auto& [name, value] : match_.without_headers) without(name, value);
    out_.dead = out_.dead && valid_;
    return std::move(out_);
  }

 private:
  void obstacle(Obstacle what, NodeId node, std::string detail) {
    out_.obstacles.push_back({.obstacle = what, .resource = &rule_.holder_of("match"), .node = node == kNoNode ? match_.node : node, .detail = std::move(detail)});
  }

  Pattern pattern(const StringMatch& match) {
    if (match.kind != StringMatch::Kind::Regex || match.regex) return pattern_of(match);
    obstacle(Obstacle::InvalidRegex, match.node, match.text);
    valid_ = false;
    return Present{};
  }

  /// What has no slash at its begin, or has what ends a path, matches nothing. routing.md 1.2
  void path() {
    const auto& uri = match_.uri;
    if (!uri || uri->kind == StringMatch::Kind::Present) return;
    auto path = pattern(*uri);
    if (uri->kind != StringMatch::Kind::Regex) {
      const bool any = uri->kind == StringMatch::Kind::Prefix && uri->text.empty();
      out_.dead = !any && (!uri->text.starts_with('/') || uri->text.find_first_of("?#") != std::string::npos);
      if (match_.ignore_uri_case)
        std::visit(
            [](auto& p) {
              if constexpr (requires { p.ignore_case; }) p.ignore_case = true;
            },
            path);
    } else {
      out_.dead = relations_.disjoint(path, all_paths());
    }
    out_.region.path = plain_path(path);
    const auto* prefix = std::get_if<Prefix>(&out_.region.path);
    out_.as_segment = mode_ == PathPrefixMode::Segment && uri->kind == StringMatch::Kind::Prefix && prefix != nullptr && !prefix->ignore_case && !prefix->text.ends_with('/');
    if (out_.as_segment) out_.region.path = segment_prefix(uri->text);
  }

  /// With `gateways` istiod does not look at the caller. routing.md 1.2
  void source() {
    if (match_.scheme && match_.scheme->kind != StringMatch::Kind::Present) obstacle(Obstacle::SchemeMatch, match_.scheme->node, match_.scheme->text);
    if (!match_.gateways.empty()) return;
    if (!match_.source_labels.empty()) obstacle(Obstacle::SourceLabelsMatch, match_.node, match_.source_labels.begin()->first);
    if (!match_.source_namespace.empty()) obstacle(Obstacle::SourceNamespaceMatch, match_.node, match_.source_namespace);
  }

  void header(const std::string& name, const StringMatch& value) {
    const auto key = lower(name);
    if (key == ":method") return methods_.push_back(pattern(value));
    if (key == ":authority" || key == kHostHeader) return host("Host", value);
    if (key.starts_with(':') || key.starts_with('@')) return obstacle(Obstacle::HeaderMatch, value.node, name);
    if (!add_header(out_.region, name, pattern(value), relations_)) obstacle(Obstacle::HeaderMatch, value.node, name);
  }

  void host(const std::string& name, const StringMatch& value) {
    const auto added = add_header(out_.region, name, pattern(value), relations_);
    if (added) return;
    if (added.error() == NoRegion::Empty)
      out_.dead = true;
    else
      obstacle(Obstacle::AuthorityMatch, value.node, value.text);
  }

  void method() {
    if (methods_.empty() || std::ranges::all_of(methods_, [&](const Pattern& p) { return relations_.within(Present{}, p, all_methods()); })) return;
    if (std::ranges::none_of(methods_, [&](const Pattern& p) { return relations_.within(p, listed_methods(), all_methods()); }))
      return obstacle(Obstacle::MethodMatch, match_.method ? match_.method->node : match_.node, to_string(methods_.front()));
    out_.methods.clear();
    for (const auto method : kMethods)
      if (std::ranges::all_of(methods_, [&](const Pattern& p) { return matches(p, method); })) out_.methods.emplace_back(method);
    out_.dead = out_.dead || out_.methods.empty();
  }

  /// The region and the header is left to later rules. What takes an empty text asks that the header is there, which nothing else can say. routing.md 2.6
  void without(const std::string& name, const StringMatch& value) {
    const auto key = lower(name);
    if (key.starts_with(':') && key != ":authority") return obstacle(Obstacle::WithoutHeaderMatch, value.node, name);
    const auto asked = presence(value) ? Pattern(Present{}) : pattern(value);
    if (!presence(value) && matches(asked, "")) {
      if (relations_.within(Present{}, asked))
        out_.dead = true;
      else
        obstacle(Obstacle::WithoutHeaderMatch, value.node, fmt::format("{}: {}", name, to_string(asked)));
      return;
    }
    const auto header = key == ":authority" ? std::string("Host") : name;
    const auto same = out_.region.headers.find(lower(header));
    if (same != out_.region.headers.end() && relations_.within(same->second.value, asked)) {
      out_.dead = true;
      return;
    }
    auto left = out_.region;
    const auto added = add_header(left, header, asked, relations_);
    if (added)
      out_.without.push_back(std::move(left));
    else if (added.error() == NoRegion::Inexpressible)
      obstacle(Obstacle::WithoutHeaderMatch, value.node, name);
  }

  const FlatRule& rule_;
  const HttpMatch& match_;
  PathPrefixMode mode_;
  Relations& relations_;
  std::vector<Pattern> methods_;
  bool valid_ = true;  ///< each regular expression is one
  MatchRegions out_;
};

}  // namespace

MatchRegions regions_of(const FlatRule& rule, const HttpMatch& match, PathPrefixMode mode, Relations& relations) { return Reader(rule, match, mode, relations).read(); }

}  // namespace s2a
