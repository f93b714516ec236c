// From the resource that stands in the text to the one that should: the smallest list of changes.
#pragma once

#include <string_view>
#include <vector>

#include "ir/change.h"
#include "ir/mesh/store.h"
#include "ir/source/to_value.h"

namespace s2a {

/// The entry of a map, nullptr where there is none or the value is no map.
[[nodiscard]] Value* find(Value& map, std::string_view key);
/// Sets or adds (at the end) an entry of a map. Where it takes the place of another, it comes from there, unless it comes from elsewhere.
void set(Value& map, std::string_view key, Value value);
void erase(Value& map, std::string_view key);
/// The map under a key, made where there is none.
[[nodiscard]] Value& child(Value& map, std::string_view key);

/// Takes out of an object what an API server or a controller wrote into it: it is of another object then. routing.md 7.12
void erase_what_clusters_write(Value& object);

/// The changes that make `node` say `wanted`. Entries and items that are equal are left alone, whatever their order in `wanted`.
[[nodiscard]] std::vector<Change> reconcile(const Store& store, const Resource& resource, const Value& wanted);

}  // namespace s2a
