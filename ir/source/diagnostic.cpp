// The order of diagnostics.
#include "ir/source/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace s2a {
namespace {

auto place(const Diagnostic& d) {
  const auto primary = std::ranges::find(d.labels, LabelKind::Primary, &Label::kind);
  const bool known = primary != d.labels.end();
  return std::tuple(known ? static_cast<std::uint32_t>(primary->file) : 0U, known ? primary->span : Span{}, d.code, std::cref(d.subject).get(), d.message);
}

}  // namespace

std::vector<Diagnostic> Diagnostics::sorted() const {
  auto out = all_;
  std::ranges::stable_sort(out, {}, place);
  const auto rest = std::ranges::unique(out, {}, place);
  out.erase(rest.begin(), rest.end());
  return out;
}

bool Diagnostics::has(Severity at_least) const {
  return std::ranges::any_of(all_, [&](const Diagnostic& d) { return info(d.code).severity >= at_least; });
}

}  // namespace s2a
