// The only place of ir that sees RE2.
#include "ir/pattern/regex.h"

#include <re2/re2.h>

namespace s2a {

std::optional<Regex> Regex::compile(std::string text) {
  auto compiled = std::make_shared<const re2::RE2>(text, re2::RE2::Quiet);
  if (!compiled->ok()) return std::nullopt;
  return Regex(std::move(text), std::move(compiled));
}

bool Regex::matches(std::string_view subject) const { return re2::RE2::FullMatch({subject.data(), subject.size()}, *compiled_); }

std::optional<std::string> Regex::example() const {
  if (matches(text_)) return text_;
  std::string least;
  std::string most;
  if (compiled_->PossibleMatchRange(&least, &most, 64) && matches(least)) return least;
  return std::nullopt;
}

}  // namespace s2a
