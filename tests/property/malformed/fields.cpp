// Every field of an AuthorizationPolicy with every type of value that it does not have.
#include <fmt/format.h>

#include <array>
#include <string>

#include "tests/property/malformed/row.h"

namespace s2a::test {
namespace {

enum class Type : std::uint8_t { Text, Word, TextList, TextMap, Object, ObjectList };  ///< Word: one of a few texts

struct Field {
  std::string_view path;  ///< `-` is an item of a list
  Type type;
};

/// The places of lists of texts in a Rule; each is tried as a whole and for one item.
constexpr std::array<std::string_view, 14> kSourceLists{"principals",    "notPrincipals",   "requestPrincipals",  "notRequestPrincipals", "namespaces",
                                                        "notNamespaces", "serviceAccounts", "notServiceAccounts", "trustDomains",         "notTrustDomains",
                                                        "ipBlocks",      "notIpBlocks",     "remoteIpBlocks",     "notRemoteIpBlocks"};
constexpr std::array<std::string_view, 8> kOperationLists{"hosts", "notHosts", "ports", "notPorts", "methods", "notMethods", "paths", "notPaths"};
constexpr std::array<std::string_view, 2> kConditionLists{"values", "notValues"};

constexpr std::array kFields{Field{"metadata", Type::Object},
                             Field{"metadata name", Type::Text},
                             Field{"metadata namespace", Type::Text},
                             Field{"metadata labels", Type::TextMap},
                             Field{"metadata labels app", Type::Text},
                             Field{"metadata annotations", Type::TextMap},
                             Field{"metadata annotations note", Type::Text},
                             Field{"spec", Type::Object},
                             Field{"spec selector", Type::Object},
                             Field{"spec selector matchLabels", Type::TextMap},
                             Field{"spec selector matchLabels app", Type::Text},
                             Field{"spec targetRef", Type::Object},
                             Field{"spec targetRefs", Type::ObjectList},
                             Field{"spec targetRefs -", Type::Object},
                             Field{"spec targetRefs - group", Type::Text},
                             Field{"spec targetRefs - kind", Type::Text},
                             Field{"spec targetRefs - name", Type::Text},
                             Field{"spec targetRefs - namespace", Type::Text},
                             Field{"spec action", Type::Word},
                             Field{"spec provider", Type::Object},
                             Field{"spec provider name", Type::Text},
                             Field{"spec rules", Type::ObjectList},
                             Field{"spec rules -", Type::Object},
                             Field{"spec rules - from", Type::ObjectList},
                             Field{"spec rules - from -", Type::Object},
                             Field{"spec rules - from - source", Type::Object},
                             Field{"spec rules - to", Type::ObjectList},
                             Field{"spec rules - to -", Type::Object},
                             Field{"spec rules - to - operation", Type::Object},
                             Field{"spec rules - when", Type::ObjectList},
                             Field{"spec rules - when -", Type::Object},
                             Field{"spec rules - when - key", Type::Text}};

struct Value {
  std::string_view name, text;
};

constexpr std::array kValues{Value{"text", "word"},         Value{"int", "7"},           Value{"float", "1.5"},
                             Value{"bool", "true"},         Value{"map", "{a: b}"},      Value{"list", "[a]"},
                             Value{"nested list", "[[a]]"}, Value{"list of int", "[7]"}, Value{"list of maps", "[{a: b}]"}};

bool fits(Type type, std::string_view value) {
  switch (type) {
    case Type::Text: return value == "text";
    case Type::Word: return false;
    case Type::TextList: return value == "list";
    case Type::TextMap: return value == "map";
    case Type::Object:
    case Type::ObjectList: return false;  // `a` is a field of none
  }
  return false;
}

/// In block style, the value alone on its line: the keys and dashes of `path` one inside the other.
Row row(std::string_view path, const Value& value) {
  std::string text = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\n";
  if (!path.starts_with("metadata")) text += "metadata: {name: p, namespace: shop}\n";
  std::size_t depth = 0;
  for (std::size_t at = 0; at < path.size(); ++depth) {
    const auto end = std::min(path.find(' ', at), path.size());
    const auto step = path.substr(at, end - at);
    if (depth == 1 && path.starts_with("metadata ") && step != "name") text += "  name: p\n";
    text += std::string(2 * depth, ' ') + std::string(step) + (step == "-" ? "\n" : ":\n");
    at = end + 1;
  }
  text += std::string(2 * depth, ' ');
  const auto begin = static_cast<std::uint32_t>(text.size());
  text += value.text;
  const auto end = static_cast<std::uint32_t>(text.size());
  return {.name = fmt::format("{}: {}", path, value.name), .text = text + "\n", .place = Span{begin, end}};
}

void add(std::vector<Row>& out, std::string_view path, Type type) {
  for (const auto& value : kValues) {
    if (!fits(type, value.name)) out.push_back(row(path, value));
  }
}

template <class Names>
void add_lists(std::vector<Row>& out, std::string_view parent, const Names& names) {
  for (const auto name : names) {
    add(out, fmt::format("{} {}", parent, name), Type::TextList);
    add(out, fmt::format("{} {} -", parent, name), Type::Text);
  }
}

}  // namespace

std::vector<Row> wrong_types() {
  std::vector<Row> out;
  for (const auto& field : kFields) add(out, field.path, field.type);
  add_lists(out, "spec rules - from - source", kSourceLists);
  add_lists(out, "spec rules - to - operation", kOperationLists);
  add_lists(out, "spec rules - when -", kConditionLists);
  return out;
}

}  // namespace s2a::test
