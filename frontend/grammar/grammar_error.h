// What every grammar of this room answers: the value, or where and why the text stops being one.
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

namespace s2a {

struct GrammarError {
  std::size_t offset = 0;  ///< in bytes from the start of the text, at most its size
  std::string message;     ///< lower case, no full stop
  std::string hint;        ///< what to write instead; may be empty
};

template <class T>
using Parsed = tl::expected<T, GrammarError>;

inline tl::unexpected<GrammarError> grammar_error(std::size_t offset, std::string message, std::string hint = {}) {
  return tl::unexpected(GrammarError{offset, std::move(message), std::move(hint)});
}

}  // namespace s2a
