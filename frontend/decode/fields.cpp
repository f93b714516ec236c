// Reads the field lists into a graph of types.
#include "frontend/decode/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "frontend/grammar/duration.h"
#include "frontend/grammar/host.h"
#include "frontend/grammar/label.h"
#include "frontend/grammar/object_name.h"
#include "frontend/grammar/route_path.h"

namespace s2a {
namespace {

template <auto Parse>
Parsed<void> is_parsed(std::string_view text) {
  return Parse(text).map([](const auto&) {});
}

struct NamedType {
  std::string_view name;
  Shape shape{};
  Format format = nullptr;
  std::string_view element;
};
constexpr std::array kNamedTypes = {
    NamedType{"string", Shape::String},
    NamedType{"bool", Shape::Bool},
    NamedType{"int", Shape::Int},
    NamedType{"number", Shape::Number},
    NamedType{"int-or-string", Shape::IntOrString},
    NamedType{"any", Shape::Any},
    NamedType{"host", Shape::String, is_parsed<parse_host>},
    NamedType{"duration", Shape::String, check_timeout},
    NamedType{"age", Shape::String, is_parsed<parse_go_duration>},
    NamedType{"gateway-duration", Shape::String, is_parsed<parse_gateway_duration>},
    NamedType{"dns-label", Shape::String, check_dns_label},
    NamedType{"dns-name", Shape::String, check_object_name},
    NamedType{"header-name", Shape::String, check_header_name},
    NamedType{"precise-host", Shape::String, check_precise_host},
    NamedType{"route-host", Shape::String, check_route_host},
    NamedType{"origin", Shape::String, check_origin},
    NamedType{"label", Shape::String, check_label_value},
    NamedType{"labels", Shape::Map, check_label_key, "label"},
};

/// Cuts off everything up to the separator and returns it; the whole rest where there is none.
std::string_view take(std::string_view& rest, std::string_view separator) {
  const auto at = rest.find(separator);
  const auto head = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + separator.size());
  return head;
}

class FieldLists {
 public:
  FieldLists() {
    for (const auto list : {kCommonFields, kSecurityFields, kNetworkingFields, kTrafficPolicyFields, kExtensionFields, kGatewayApiFields, kKubernetesFields}) read(list);
    for (const auto& [name, type] : by_name_) {
      if (type.shape == Shape::Object && type.fields.empty()) errors_.push_back(fmt::format("`{}` is used and not defined", name));
    }
  }

  [[nodiscard]] const FieldType* find(std::string_view name) const {
    const auto found = by_name_.find(name);
    return found == by_name_.end() || found->second.shape != Shape::Object ? nullptr : &found->second;
  }
  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }

 private:
  void read(std::string_view list) {
    FieldType* object = nullptr;
    while (!list.empty()) {
      auto line = take(list, "\n");
      if (line.empty()) continue;
      if (line.starts_with("  ") && object != nullptr) {
        line.remove_prefix(2);
        auto name = take(line, ": ");
        const bool required = name.ends_with('!');
        if (required) name.remove_suffix(1);
        object->fields.push_back({.name = name, .required = required, .type = &type(line)});
      } else {
        const auto name = take(line, ": ");
        object = &type(name);
        if (!object->fields.empty()) errors_.push_back(fmt::format("`{}` is defined twice", name));
        if (!line.empty()) object->fields = type(line).fields;
      }
    }
  }

  /// The type of that text, made when it is first named; an object type gets its fields when its definition is read.
  FieldType& type(std::string_view text) {
    const auto [entry, is_new] = by_name_.try_emplace(text);
    auto& made = entry->second;
    if (!is_new) return made;
    made.text = text;
    if (const auto limits = text.rfind(' '); limits != std::string_view::npos && text.back() != ']') return limit(made, type(text.substr(0, limits)), text.substr(limits + 1));
    if (const auto named = std::ranges::find(kNamedTypes, text, &NamedType::name); named != kNamedTypes.end()) {
      made.shape = named->shape;
      made.format = named->format;
      if (!named->element.empty()) made.element = &type(named->element);
    } else if (text.starts_with('[') || text.starts_with('{')) {
      made.shape = text.starts_with('[') ? Shape::List : Shape::Map;
      made.element = &type(text.substr(1, text.size() - 2));
    } else if (text.find('|') != std::string_view::npos) {
      made.shape = Shape::Enum;
      for (auto rest = text; !rest.empty();) made.values.push_back(take(rest, "|"));
    } else {
      made.shape = Shape::Object;
    }
    return made;
  }

  /// Makes a type of another one and `FIRST..LAST`.
  FieldType& limit(FieldType& made, const FieldType& base, std::string_view limits) {
    const auto text = made.text;
    made = base;
    made.text = text;
    const auto least = take(limits, "..");
    const auto number = [&](std::string_view digits, std::int64_t& out) {
      if (std::from_chars(digits.data(), digits.data() + digits.size(), out).ec != std::errc{} || base.shape == Shape::Object)
        errors_.push_back(fmt::format("`{}` has no limits", text));
    };
    number(least, made.least);
    number(limits, made.most);
    return made;
  }

  std::map<std::string_view, FieldType> by_name_;  // nodes never move: types point at one another
  std::vector<std::string> errors_;
};

const FieldLists& lists() {
  static const FieldLists kAll;
  return kAll;
}

}  // namespace

const FieldType* object_type(std::string_view name) { return lists().find(name); }

const std::vector<std::string>& field_list_errors() { return lists().errors(); }

}  // namespace s2a
