// Pulling a table back through a view.
#include "ir/table/view.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace s2a {
namespace {

/// The texts that are in the set once their prefix is replaced. Where nothing takes its place, one slash stays. routing.md 3.2
Set before(const PathRewrite& rewrite, const Set& set) {
  const bool taken_off = rewrite.value.empty();
  return {.any_of = {after_rewrite(rewrite.matched, taken_off ? "/" : rewrite.value, taken_off, set)}};
}

/// The conjunction without its decided literals; nothing where one of them fails.
std::optional<Conjunction> preimage(const Conjunction& conjunction, const View& view) {
  Conjunction open;
  for (auto literal : conjunction) {
    const bool decided = view.hidden.contains(literal.attribute.kind) || view.fixed.contains(literal.attribute);
    if (decided && !holds(literal, view.hidden.contains(literal.attribute.kind) ? Request{} : view.fixed)) return std::nullopt;
    if (decided) continue;
    if (const auto more = view.added.find(literal.attribute);
        more != view.added.end() && std::ranges::any_of(more->second, [&](const auto& v) { return literal.set.contains(v); })) {
      if (literal.negated) return std::nullopt;
      continue;
    }
    if (view.path.kind == PathRewrite::Kind::Prefix && (literal.attribute.kind == Attribute::Path || literal.attribute.kind == Attribute::Target))
      literal.set = before(view.path, literal.set);
    if (const auto sent = view.stands_for.find(literal.attribute); sent != view.stands_for.end()) literal.attribute = sent->second;
    open.push_back(std::move(literal));
  }
  return open;
}

/// The guard without its decided clauses; nothing where it can never hold.
std::optional<Guard> preimage(const Guard& guard, const View& view) {
  Guard out;
  for (const auto& clause : guard.all_of) {
    Clause open;
    for (const auto& conjunction : clause.any_of) {
      if (auto kept = preimage(conjunction, view)) open.any_of.push_back(std::move(*kept));
    }
    if (open.any_of.empty()) return std::nullopt;
    if (std::ranges::none_of(open.any_of, &Conjunction::empty)) out.all_of.push_back(std::move(open));
  }
  return out;
}

/// What the level leaves of each header; values made of the request's headers are attributes of their own.
void see_headers(View& view, const HeaderOperations& level) {
  const auto header = [](const std::string& name) { return Attribute(Attribute::Header, name); };
  const auto changing = [](const std::string& value) { return value.find('%') != std::string::npos; };
  std::set<std::string> made;
  for (const auto* entries : {&level.set, &level.add})
    for (const auto& [name, value] : *entries)
      if (changing(value)) made.insert(name);
  for (const auto& name : level.remove) view.fixed[header(name)] = {};
  for (const auto& [name, value] : level.set) view.fixed[header(name)] = {value};
  for (const auto& [name, value] : level.add) {
    const auto fixed = view.fixed.find(header(name));
    (fixed == view.fixed.end() ? view.added[header(name)] : fixed->second).push_back(value);
  }
  for (const auto& name : made) {
    std::string how;
    for (const auto* entries : {&level.set, &level.add})
      for (const auto& entry : *entries)
        if (entry.first == name) how += fmt::format("{}{}", how.empty() ? "" : ", ", entry.second);
    view.fixed.erase(header(name));
    view.added.erase(header(name));
    view.stands_for[header(name)] = header(fmt::format("{} made of {}", name, how));
  }
}

void see_path(View& view, const PathRewrite& rewrite) {
  const auto made = [&](Attribute::Kind kind, std::string_view what) {
    view.stands_for[kind] = Attribute(Attribute::Header, fmt::format(":{} made of {} by {}", what, rewrite.matched, rewrite.value));
  };
  const bool unsayable = rewrite.kind == PathRewrite::Kind::Regex || rewrite.folded;
  if (rewrite.kind == PathRewrite::Kind::Prefix && !unsayable) view.path = rewrite;
  if (rewrite.kind == PathRewrite::Kind::Full) view.fixed[Attribute::Path] = {rewrite.value};
  if (unsayable) made(Attribute::Path, "path without query");
  if (unsayable || rewrite.kind == PathRewrite::Kind::Full) made(Attribute::Target, "path");
}

}  // namespace

View behind(const Transform& transform) {
  View out;
  see_path(out, transform.path);
  if (transform.host) out.fixed[Attribute::Host] = {*transform.host};
  for (const auto& level : transform.request) see_headers(out, level);
  return out;
}

Table View::preimage(const Table& table) const {
  Table out = table;
  out.rows.clear();
  for (const auto& row : table.rows) {
    if (auto guard = s2a::preimage(row.guard, *this)) out.rows.push_back({.guard = std::move(*guard), .outcome = row.outcome, .origin = row.origin, .action = row.action});
  }
  return out;
}

}  // namespace s2a
