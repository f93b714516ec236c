// The rules of the CRDs for the filters of routes. routing.md 1.3, 1.5, 1.6
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "frontend/decode/check_route.h"
#include "frontend/decode/check_traffic.h"
#include "frontend/grammar/header_value.h"

namespace s2a {
namespace {

/// The field that goes with each type; only mirrors may be repeated.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kFilters{{{"RequestHeaderModifier", "requestHeaderModifier"},
                                                                                 {"ResponseHeaderModifier", "responseHeaderModifier"},
                                                                                 {"RequestMirror", "requestMirror"},
                                                                                 {"RequestRedirect", "requestRedirect"},
                                                                                 {"URLRewrite", "urlRewrite"},
                                                                                 {"ExtensionRef", "extensionRef"},
                                                                                 {"CORS", "cors"},
                                                                                 {"ExternalAuth", "externalAuth"}}};
constexpr std::array<std::string_view, 5> kOnce{"RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect", "URLRewrite", "CORS"};

class FiltersCheck {
 public:
  FiltersCheck(const Reader& reader, NodeId rule) : reader_(reader), rule_(rule) {}

  void all(NodeId holder) const {
    std::set<std::string> seen;
    for (const auto filter : reader_.items(holder, "filters")) {
      const auto type = reader_.string(filter, "type");
      const bool again = !seen.insert(type.value).second;
      if (again && std::ranges::find(kOnce, type.value) != kOnce.end())
        refuse(type.node, fmt::format("a second {} among the filters is refused", type.value), "make one of the two");
      const auto redirects = [&](const char* other) { return type.value == other && seen.contains(other == std::string_view("URLRewrite") ? "RequestRedirect" : "URLRewrite"); };
      if (redirects("URLRewrite") || redirects("RequestRedirect")) refuse(type.node, "a redirect beside a rewrite is refused", "remove one of the two");
      check_union(filter, type);
      check_content(filter);
    }
    if (holder == rule_ && seen.contains("RequestRedirect") && !reader_.items(rule_, "backendRefs").empty())
      refuse(reader_.key(rule_, "backendRefs"), "`backendRefs` beside a redirect are refused", "remove one of the two");
  }

 private:
  void refuse(NodeId node, std::string message, std::string help = {}) const { reader_.report(Code::InvalidValue, node, std::move(message), std::move(help)); }

  void check_union(NodeId filter, const Spanned<std::string>& type) const {
    for (const auto& [name, field] : kFilters) {
      const auto key = reader_.key(filter, field);
      if (name == type.value && key == kNoNode) refuse(type.node, fmt::format("a {} without `{}` is refused", name, field), fmt::format("add `{}`", field));
      if (name != type.value && key != kNoNode && type.written())
        refuse(key, fmt::format("`{}` in a {} is refused", field, shown(type.value)), fmt::format("make it a filter of type {}", name));
    }
  }

  void check_content(NodeId filter) const {
    for (const std::string_view field : {"requestHeaderModifier", "responseHeaderModifier"}) {
      const auto modifier = reader_.get(filter, field);
      check_distinct(reader_, modifier, "set", "name");
      check_distinct(reader_, modifier, "add", "name");
      check_distinct(reader_, modifier, "remove");
      for (const std::string_view operation : {"set", "add"})
        for (const auto item : reader_.items(modifier, operation)) reader_.check_text(reader_.string(item, "value"), check_header_value);
    }
    if (const auto mirror = reader_.get(filter, "requestMirror"); mirror != kNoNode) check_mirror(mirror);
    if (const auto cors = reader_.get(filter, "cors"); cors != kNoNode) {
      check_star(cors, "allowOrigins");
      check_star(cors, "allowMethods");
    }
    for (const std::string_view field : {"urlRewrite", "requestRedirect"}) check_path(reader_.get(filter, {field, "path"}));
    const auto code = reader_.integer(reader_.get(filter, "requestRedirect"), "statusCode");
    if (code && std::ranges::find(kRedirectCodes, *code) == kRedirectCodes.end())
      refuse(reader_.get(filter, {"requestRedirect", "statusCode"}), fmt::format("{} is no status of a redirect", *code), "301, 302, 303, 307 or 308");
  }

  void check_mirror(NodeId mirror) const {
    check_backend(reader_, reader_.get(mirror, "backendRef"));
    const auto fraction = reader_.get(mirror, "fraction");
    if (fraction == kNoNode) return;
    if (reader_.get(mirror, "percent") != kNoNode) refuse(reader_.key(mirror, "fraction"), "`fraction` beside `percent` is refused", "remove one of the two");
    constexpr std::int64_t kDefault = 100;
    if (reader_.integer(fraction, "numerator").value_or(0) > reader_.integer(fraction, "denominator").value_or(kDefault))
      refuse(reader_.get(fraction, "numerator"), "a share of more than one is refused", fmt::format("at most the denominator, which is {} where it is not written", kDefault));
  }

  void check_star(NodeId cors, std::string_view field) const {
    const auto items = reader_.strings(cors, field);
    if (items.size() < 2) return;
    for (const auto& item : items)
      if (item.value == "*") refuse(item.node, fmt::format("`*` beside other items of `{}` is refused", field), "let it stand alone, or remove it");
  }

  void check_path(NodeId path) const {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kValues{{{"ReplaceFullPath", "replaceFullPath"}, {"ReplacePrefixMatch", "replacePrefixMatch"}}};
    const auto type = reader_.string(path, "type");
    for (const auto& [name, field] : kValues) {
      const auto key = reader_.key(path, field);
      if (name == type.value && key == kNoNode) refuse(type.node, fmt::format("{} without `{}` is refused", name, field), fmt::format("add `{}`", field));
      if (name != type.value && key != kNoNode && type.written()) refuse(key, fmt::format("`{}` beside the type {} is refused", field, shown(type.value)), "remove one of the two");
    }
    if (const auto key = reader_.key(path, "replacePrefixMatch"); key != kNoNode && !has_one_prefix())
      refuse(key, "`replacePrefixMatch` needs a rule with one match, a PathPrefix", "split the rule, or use `replaceFullPath`");
  }

  /// One match with a prefix; not written, it is the prefix `/`.
  [[nodiscard]] bool has_one_prefix() const {
    if (reader_.get(rule_, "matches") == kNoNode) return true;
    const auto matches = reader_.items(rule_, "matches");
    if (matches.size() != 1) return false;
    const auto type = reader_.string(reader_.get(matches[0], "path"), "type").value;
    return type.empty() || type == "PathPrefix";
  }

  const Reader& reader_;
  NodeId rule_;
};

}  // namespace

void check_filters(const Reader& reader, NodeId rule, NodeId holder) { FiltersCheck(reader, rule).all(holder); }

}  // namespace s2a
