// What kustomizations do to the resources of the files they list.
#pragma once

#include <set>
#include <string>

#include "ir/mesh/store.h"
#include "ir/source/diagnostic.h"

namespace s2a {

/// The files that kustomizations name as patches and none lists: what stands in them are no resources.
[[nodiscard]] std::set<std::string, std::less<>> patch_files(const Store& store, const Snapshot& all);

/// Settles for the `fresh` resources what a build makes of them: namespace, labels; one that a build patches, renames or changes in another way that is not modelled is locked:
/// S2A0008. One that two builds put into different namespaces: S2A0012; its namespace is kAnyNamespace, as it is where a build may move it. Gives back `all` without the patches,
/// which are no resources.
[[nodiscard]] Snapshot apply_kustomizations(Store& store, const Snapshot& all, const Snapshot& fresh, Diagnostics& diagnostics);

}  // namespace s2a
