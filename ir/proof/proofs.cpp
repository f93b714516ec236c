// Two ways as one text that stands for nothing else.
#include "ir/proof/proofs.h"

#include <string_view>
#include <variant>

namespace s2a {
namespace {

/// Numbers end in a semicolon and texts follow their length, so that two contents never spell the same.
class Content {
 public:
  void add(const Path& path) {
    add(path.table.otherwise == Outcome::Allow);
    add(path.table.rows.size());
    for (const auto& row : path.table.rows) {
      add(row.outcome == Outcome::Allow);
      add(row.guard);
    }
    add(path.next.size());
    for (const auto& next : path.next) add(next);
  }

  void add(std::string_view part) {
    add(part.size());
    text.append(part);
  }

  void add(std::size_t number) {
    do text.push_back(static_cast<char>('0' + number % 10));
    while ((number /= 10) != 0);
    text.push_back(';');
  }

  std::string text;
  bool asks_for_host = false;

 private:
  void add(const Guard& guard) {
    add(guard.all_of.size());
    for (const auto& clause : guard.all_of) {
      add(clause.any_of.size());
      for (const auto& conjunction : clause.any_of) {
        add(conjunction.size());
        for (const auto& literal : conjunction) add(literal);
      }
    }
  }

  void add(const Literal& literal) {
    asks_for_host |= literal.attribute.kind == Attribute::Host;
    add(static_cast<std::size_t>(literal.attribute.kind));
    add(std::string_view(literal.attribute.name));
    add(literal.negated);
    add(literal.set);
  }

  void add(const Set& set) {
    add(set.any_of.size());
    for (const auto& pattern : set.any_of) {
      add(pattern.index());
      std::visit([&](const auto& alternative) { add(alternative); }, pattern);
    }
  }

  void add(const Present&) {}
  void add(const NonEmpty&) {}
  void add(const Exact& exact) { add_text(exact.text, exact.ignore_case); }
  void add(const Prefix& prefix) { add_text(prefix.text, prefix.ignore_case); }
  void add(const Suffix& suffix) { add_text(suffix.text, suffix.ignore_case); }
  void add(const Contains& contains) { add_text(contains.text, contains.ignore_case); }
  void add(const Regex& regex) { add(std::string_view(regex.text())); }
  void add(const AfterRewrite& rewritten) {
    add(std::string_view(rewritten.matched));
    add(std::string_view(rewritten.replacement));
    add(rewritten.drop_slash);
    add(*rewritten.inner);
  }
  void add(const Cidr& block) {
    add(static_cast<std::size_t>(block.base.family));
    text.append(block.base.bytes.begin(), block.base.bytes.end());
    add(block.length);
  }
  void add(const PortRange& range) {
    add(range.first);
    add(range.last);
  }
  void add(const Glob& glob) {
    add(glob.ignore_case);
    add(glob.any_of.size());
    for (const auto& sequence : glob.any_of) {
      add(sequence.size());
      for (const auto& piece : sequence) {
        add(piece.index());
        if (const auto* star = std::get_if<Star>(&piece))
          add(2 * static_cast<std::size_t>(star->chars) + (star->empty_too ? 1 : 0));
        else
          add(std::string_view(std::get<std::string>(piece)));
      }
    }
  }

  void add_text(std::string_view of, bool ignore_case) {
    add(of);
    add(ignore_case);
  }
};

}  // namespace

Comparison Proofs::compare(const Path& before, const Path& after, bool identified, bool http, const std::string& host) {
  Content content;
  content.add(identified);
  content.add(http);
  content.add(before);
  content.add(after);
  if (content.asks_for_host) content.add(std::string_view(host));
  callers_.identified = identified;
  callers_.http = http;
  callers_.host = host;
  const auto known = known_.find(content.text);
  if (known == known_.end()) {
    auto fresh = s2a::compare(before, after, callers_);
    known_.emplace(std::move(content.text),
                   Proof{.verdict = fresh.verdict, .request = fresh.difference ? std::optional(fresh.difference->request) : std::nullopt, .unknown = fresh.unknown});
    return fresh;
  }
  const auto& proof = known->second;
  Comparison out{.verdict = proof.verdict, .difference = std::nullopt, .unknown = proof.unknown};
  if (!proof.request) return out;
  auto request = *proof.request;
  if (!content.asks_for_host && http) request[Attribute::Host] = {host};
  auto was = evaluate(before, request);
  auto is = evaluate(after, request);
  out.difference = Difference{.request = std::move(request), .before = std::move(was), .after = std::move(is)};
  return out;
}

}  // namespace s2a
