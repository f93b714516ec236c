// The fields that every kind has, as data: lists of `field: type` in the fields_*.cpp files, read once into a graph of types.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/grammar/grammar_error.h"

namespace s2a {

/// Any: whatever is below is not looked at. IntOrString: a port number or a port name.
enum class Shape : std::uint8_t { Any, String, Bool, Int, Number, IntOrString, Enum, List, Map, Object };

/// Whether a string has the form that its field asks for: one of the grammars.
using Format = Parsed<void> (*)(std::string_view);

struct FieldType;

struct Field {
  std::string_view name;
  bool required = false;
  const FieldType* type = nullptr;
};

struct FieldType {
  Shape shape = Shape::Any;
  std::string_view text;                                          ///< as in the list: `[string]`, `ALLOW|DENY`, `Rule`
  const FieldType* element = nullptr;                             ///< of a List or the values of a Map
  std::int64_t least = std::numeric_limits<std::int64_t>::min();  ///< of a number's value, a String's characters, a List's items
  std::int64_t most = std::numeric_limits<std::int64_t>::max();
  Format format = nullptr;               ///< of a String or the keys of a Map; null: any
  std::vector<std::string_view> values;  ///< of an Enum
  std::vector<Field> fields;             ///< of an Object, in the order listed
};

/// The object type of that name; null where no list has it.
[[nodiscard]] const FieldType* object_type(std::string_view name);

/// Types that a field names and no list defines, types defined twice and lines that cannot be read: empty, or the lists are wrong.
[[nodiscard]] const std::vector<std::string>& field_list_errors();

/// The lists. A line without indentation starts an object type, `Name` or `Name: Base` (the base's fields count too); the indented lines below are its fields, `name: type` or
/// `name!: type` (required). Types: string, bool, int, number, int-or-string, any, the strings host, duration (Go's, 1ms or more), age (Go's), gateway-duration, dns-label,
/// dns-name, header-name, precise-host, route-host, origin and label, labels (a map from label keys to label), `A|B` (one of these words), `[type]`, `{type}` (a map from strings),
/// or the name of an object type. Behind an int, a number, a string or a list, ` 1..16` limits its value, its characters or its items.
extern const std::string_view kCommonFields;
extern const std::string_view kSecurityFields;
extern const std::string_view kNetworkingFields;
extern const std::string_view kTrafficPolicyFields;
extern const std::string_view kExtensionFields;
extern const std::string_view kGatewayApiFields;
extern const std::string_view kKubernetesFields;

}  // namespace s2a
