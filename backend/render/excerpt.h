// A diagnostic as people read it: what, where, the source lines with carets, notes and help.
#pragma once

#include <string>

#include "backend/render/report.h"

namespace s2a {

/// In: a diagnostic and the files that its labels point into. Out: lines as rustc's, the last one with a line end.
[[nodiscard]] std::string excerpt(const Diagnostic& diagnostic, const SourceSet& sources, const Look& look);

/// `shop/policies.yaml:46:7`
[[nodiscard]] std::string place(const SourceSet& sources, const Label& label);

}  // namespace s2a
