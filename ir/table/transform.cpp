// Rewrites and header operations, in the order in which Envoy does them.
#include "ir/table/transform.h"

#include <algorithm>
#include <functional>
#include <map>

#include "ir/pattern/glob.h"
#include "ir/pattern/regex.h"

namespace s2a {
namespace {

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A substitution without references as the text that it is; nothing where it has some.
std::optional<std::string> literal(const std::string& substitution) {
  std::string out;
  for (std::size_t i = 0; i < substitution.size(); ++i) {
    if (substitution[i] != '\\') {
      out += substitution[i];
    } else if (i + 1 < substitution.size() && substitution[i + 1] == '\\') {
      out += substitution[++i];
    } else {
      return std::nullopt;
    }
  }
  return out;
}

const AttributeValues& lines_of(const Request& headers, const std::string& name) {
  static const AttributeValues kNone;
  const auto found = headers.find({Attribute::Header, name});
  return found == headers.end() ? kNone : found->second;
}

std::string joined(const AttributeValues& lines) {
  std::string out;
  for (const auto& line : lines) out += (out.empty() ? "" : ",") + line;
  return out;
}

/// What `%REQ(name)%` stands for: a header as it is now, or a part of the request's first line as it was sent.
std::string look_up(const std::string& name, const Request& headers, const Request& sent) {
  const auto first = [&](const Attribute& attribute) {
    const auto found = sent.find(attribute);
    return found == sent.end() || found->second.empty() ? std::string() : found->second.front();
  };
  if (name == ":path") return first(Attribute::Target);
  if (name == ":method") return first(Attribute::Method);
  if (name == ":authority" || name == "host") return first(Attribute::Host);
  return joined(lines_of(headers, name));
}

/// `%%` and `%REQ(name)%`; other operators do not occur in what istiod lets through. routing.md 1.3
std::string expanded(const std::string& value, const std::function<std::string(const std::string&)>& look) {
  constexpr std::string_view kRequest = "%REQ(";
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto rest = std::string_view(value).substr(i);
    const auto end = rest.starts_with(kRequest) ? rest.find(")%") : std::string_view::npos;
    if (end != std::string_view::npos) {
      out += look(lower(rest.substr(kRequest.size(), end - kRequest.size())));
      i += end + 1;
    } else {
      out += value[i];
      if (rest.starts_with("%%")) ++i;
    }
  }
  return out;
}

using Look = std::function<std::string(const std::string& header)>;

/// Removals; then all values are made; then what is set and what is added. An empty value does nothing.
void apply(const HeaderOperations& level, Request& headers, const Look& look) {
  for (const auto& name : level.remove) headers.erase({Attribute::Header, name});
  using Made = std::vector<std::pair<std::string, std::string>>;
  const auto made = [&](const Made& entries) {
    Made out;
    for (const auto& [name, value] : entries)
      if (auto text = expanded(value, look); !text.empty()) out.emplace_back(name, std::move(text));
    return out;
  };
  const auto set = made(level.set);
  const auto add = made(level.add);
  for (const auto& [name, value] : set) headers[{Attribute::Header, name}] = {value};
  for (const auto& [name, value] : add) headers[{Attribute::Header, name}].push_back(value);
}

/// What operations with fixed values make of one header: whether the sent lines stay, and what stands behind them.
struct Fate {
  bool kept = true;
  std::vector<std::string> lines;
};

bool fixed(const HeaderOperations& level) {
  const auto reads = [](const auto& entry) { return entry.second.find("%REQ(") != std::string::npos; };
  return std::ranges::none_of(level.set, reads) && std::ranges::none_of(level.add, reads);
}

void follow(const HeaderOperations& level, std::map<std::string, Fate>& fates) {
  for (const auto& name : level.remove) fates[name] = {.kept = false, .lines = {}};
  for (const auto& [name, value] : level.set)
    if (!value.empty()) fates[name] = {.kept = false, .lines = {value}};
  for (const auto& [name, value] : level.add)
    if (!value.empty()) fates[name].lines.push_back(value);
}

HeaderOperations with_lower_names(HeaderOperations level) {
  for (auto& name : level.remove) name = lower(name);
  for (auto* entries : {&level.set, &level.add})
    for (auto& entry : *entries) entry.first = lower(entry.first);
  return level;
}

}  // namespace

PathRewrite prefix_rewrite(std::string matched, std::string value, bool folded) {
  while (!matched.empty() && !value.empty() && matched.back() == value.back() && !(folded && letter(value.back()))) {
    matched.pop_back();
    value.pop_back();
  }
  if (matched.empty() && value.empty()) return {};
  folded = folded && std::ranges::any_of(matched, letter);
  return {.kind = PathRewrite::Kind::Prefix, .matched = std::move(matched), .value = std::move(value), .folded = folded};
}

PathRewrite regex_rewrite(std::string pattern, std::string substitution) {
  if (pattern == "/.*" || pattern == "^/.*$" || pattern == "^/.*" || pattern == "/.*$") {
    if (auto text = literal(substitution)) return {.kind = PathRewrite::Kind::Full, .matched = {}, .value = std::move(*text)};
    if (substitution.ends_with("\\0"))
      if (auto text = literal(substitution.substr(0, substitution.size() - 2))) return prefix_rewrite({}, std::move(*text));
  }
  return {.kind = PathRewrite::Kind::Regex, .matched = std::move(pattern), .value = std::move(substitution)};
}

std::vector<HeaderOperations> in_order(const std::vector<HeaderOperations>& levels) {
  std::vector<HeaderOperations> out;
  for (const auto& level : levels)
    if (!level.empty()) out.push_back(with_lower_names(level));
  if (!std::ranges::all_of(out, fixed)) return out;
  std::map<std::string, Fate> fates;
  for (const auto& level : out) follow(level, fates);
  HeaderOperations sum;
  for (auto& [name, fate] : fates) {
    if (!fate.kept && fate.lines.empty()) sum.remove.push_back(name);
    for (std::size_t i = 0; i < fate.lines.size(); ++i) (i == 0 && !fate.kept ? sum.set : sum.add).emplace_back(name, fate.lines[i]);
  }
  return sum.empty() ? std::vector<HeaderOperations>() : std::vector{std::move(sum)};
}

std::string applied(const PathRewrite& rewrite, const std::string& path) {
  switch (rewrite.kind) {
    case PathRewrite::Kind::None: return path;
    case PathRewrite::Kind::Prefix: {
      auto out = rewrite.value + path.substr(std::min(path.size(), rewrite.matched.size()));
      return out.empty() ? "/" : out;
    }
    case PathRewrite::Kind::Full: return rewrite.value;
    case PathRewrite::Kind::Regex: return replace_all(rewrite.matched, path, rewrite.value);
  }
  return path;
}

Request applied(const Transform& transform, const Request& request) {
  auto out = request;
  for (const auto& level : transform.request) apply(level, out, [&](const std::string& name) { return look_up(name, out, request); });
  if (transform.host) out[Attribute::Host] = {*transform.host};
  const auto path = request.find(Attribute::Path);
  const auto target = request.find(Attribute::Target);
  if (path == request.end() || target == request.end() || path->second.empty() || target->second.empty()) return out;
  const auto& sent = path->second.front();
  const auto now = applied(transform.path, sent) + target->second.front().substr(std::min(sent.size(), target->second.front().size()));
  out[Attribute::Target] = {now};
  out[Attribute::Path] = {now.substr(0, now.find('?'))};
  read_query(out, now);
  return out;
}

Request response_headers(const std::vector<HeaderOperations>& levels, const Request& request, Request response) {
  for (const auto& level : levels) apply(level, response, [&](const std::string& name) { return look_up(name, request, request); });
  return response;
}

std::set<std::string> names_in(const std::vector<HeaderOperations>& levels) {
  std::set<std::string> out;
  const auto note = [&](const std::string& name) {
    out.insert(lower(name));
    return std::string();
  };
  for (const auto& level : levels) {
    out.insert(level.remove.begin(), level.remove.end());
    for (const auto* entries : {&level.set, &level.add})
      for (const auto& [name, value] : *entries) {
        out.insert(name);
        static_cast<void>(expanded(value, note));
      }
  }
  return out;
}

}  // namespace s2a
