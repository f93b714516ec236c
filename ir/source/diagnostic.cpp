// The order of diagnostics.
#include "ir/source/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace s2a {
namespace {

constexpr std::size_t kMostListed = 100;

const Label* primary(const Diagnostic& d) {
  const auto found = std::ranges::find(d.labels, LabelKind::Primary, &Label::kind);
  return found == d.labels.end() ? nullptr : &*found;
}

auto place(const Diagnostic& d) {
  const auto* label = primary(d);
  return std::tuple(label != nullptr ? static_cast<std::uint32_t>(label->file) : 0U, label != nullptr ? label->span : Span{}, d.code, std::string_view(d.subject),
                    std::string_view(d.message));
}

}  // namespace

std::vector<Diagnostic> Diagnostics::sorted() const {
  auto out = all_;
  std::stable_sort(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) { return place(a) < place(b); });
  out.erase(std::unique(out.begin(), out.end(), [](const Diagnostic& a, const Diagnostic& b) { return place(a) == place(b); }), out.end());
  return out;
}

std::vector<Diagnostic> Diagnostics::listed() const {
  struct Kept {
    std::size_t count = 0;
    std::size_t last = 0;  ///< in `out`
  };
  std::map<std::pair<FileId, Code>, Kept> kept;
  std::vector<Diagnostic> out;
  for (auto& diagnostic : sorted()) {
    if (const auto* label = primary(diagnostic)) {
      auto& same = kept[{label->file, diagnostic.code}];
      if (++same.count > kMostListed) continue;
      same.last = out.size();
    }
    out.push_back(std::move(diagnostic));
  }
  for (const auto& [where, same] : kept) {
    if (same.count > kMostListed) out[same.last].notes.push_back(fmt::format("{} more of {} in this file are not listed", same.count - kMostListed, to_string(where.second)));
  }
  return out;
}

bool Diagnostics::has(Severity at_least) const {
  return std::ranges::any_of(all_, [&](const Diagnostic& d) { return info(d.code).severity >= at_least; });
}

}  // namespace s2a
