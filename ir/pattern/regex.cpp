// The only place of ir that sees RE2.
#include "ir/pattern/regex.h"

#include <re2/re2.h>

#include "ir/pattern/nfa.h"

namespace s2a {

std::optional<Regex> Regex::compile(std::string text, const RegexNode& tree) {
  auto compiled = std::make_shared<const re2::RE2>(text, re2::RE2::Quiet);
  if (!compiled->ok()) return std::nullopt;
  return Regex(std::move(text), std::move(compiled), std::make_shared<const Nfa>(nfa_of(tree)));
}

bool Regex::matches(std::string_view subject) const { return re2::RE2::FullMatch({subject.data(), subject.size()}, *compiled_); }

std::string replace_all(const std::string& regex, std::string subject, const std::string& substitution) {
  const re2::RE2 compiled(regex, re2::RE2::Quiet);
  if (compiled.ok()) re2::RE2::GlobalReplace(&subject, compiled, substitution);
  return subject;
}

bool full_match(const std::string& regex, std::string_view subject) {
  const re2::RE2 compiled(regex, re2::RE2::Quiet);
  return compiled.ok() && re2::RE2::FullMatch({subject.data(), subject.size()}, compiled);
}

}  // namespace s2a
