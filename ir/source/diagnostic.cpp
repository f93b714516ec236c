// The order of diagnostics.
#include "ir/source/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace s2a {
namespace {

auto place(const Diagnostic& d) {
  const auto primary = std::ranges::find(d.labels, LabelKind::Primary, &Label::kind);
  const bool known = primary != d.labels.end();
  return std::tuple(known ? static_cast<std::uint32_t>(primary->file) : 0U, known ? primary->span : Span{}, d.code, d.subject, d.message);
}

}  // namespace

std::vector<Diagnostic> Diagnostics::sorted() const {
  auto out = all_;
  std::stable_sort(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  out.erase(std::unique(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) { return place(a) == place(b); }), out.end());
  return out;
}

bool Diagnostics::has(Severity at_least) const {
  return std::ranges::any_of(all_, [&](const Diagnostic& d) { return info(d.code).severity >= at_least; });
}

}  // namespace s2a
