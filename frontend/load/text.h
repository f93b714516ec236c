// Whether bytes are UTF-8 text.
#pragma once

#include <optional>

#include "ir/source/diagnostic.h"
#include "ir/source/source_file.h"

namespace s2a {

/// The first place where a file is not UTF-8; nothing where it is. Other text is never parsed: yaml-cpp would transcode it, and no span would fit.
[[nodiscard]] std::optional<Diagnostic> not_text(const SourceFile& file);

}  // namespace s2a
