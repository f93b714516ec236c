// Two ways of a request compared for every request at once.
#pragma once

#include <optional>
#include <string>

#include "ir/proof/axes.h"
#include "ir/proof/verdict.h"
#include "ir/table/path.h"

namespace s2a {

struct Difference {
  Request request;
  Decision before;
  Decision after;
};

/// Equal holds for every request that axes.h counts. Wider wins over narrower.
struct Comparison {
  Verdict verdict = Verdict::Equal;
  std::optional<Difference> difference;  ///< the plainest request that shows a Narrower or Wider
  std::string unknown;                   ///< why nothing can be said
  bool elsewhere = false;                ///< Wider because requests go elsewhere, or something else becomes of them on the way
  bool changed = false;                  ///< Narrower, and of requests that a route changes on the way before: policies may see what was sent instead. authorization.md 9.12
};

/// Admission: whether a request gets through. Routes: also where it goes, and what becomes of it on the way. product.md 2, routing.md 7.0
enum class Compared : std::uint8_t { Admission, Routes };

/// Whether both ask the same in the same order and do the same, whoever wrote it.
[[nodiscard]] bool same_rows(const Path& a, const Path& b);

/// Whether `after` does what `before` does. Takes a second at worst, then says Unknown.
[[nodiscard]] Comparison compare(const Path& before, const Path& after, const Callers& callers, Compared what = Compared::Admission);

}  // namespace s2a
