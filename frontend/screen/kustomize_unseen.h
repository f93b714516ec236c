// What kustomizations build and the input does not hold: files that are not given, remote bases, charts, generators.
#pragma once

#include "frontend/screen/kustomize_tree.h"
#include "ir/source/diagnostic.h"

namespace s2a {

/// S2A0019, once for a kustomization. What it brings in adds resources and changes none, so nothing is held back.
void tell_unseen(const Store& store, const Build& build, Diagnostics& diagnostics);

}  // namespace s2a
