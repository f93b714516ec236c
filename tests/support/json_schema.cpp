// One function a keyword.
#include "tests/support/json_schema.h"

#include <fmt/format.h>

#include <map>
#include <regex>

namespace s2a::test {
namespace {

using Json = nlohmann::json;

class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  void check(const Json& schema, const Json& value, const std::string& path) {
    for (const auto& [keyword, wanted] : schema.items()) {
      const auto rule = kRules.find(keyword);
      if (rule == kRules.end()) {
        fail(path, fmt::format("the schema uses `{}`", keyword));
      } else if (rule->second != nullptr) {
        (this->*rule->second)(wanted, schema, value, path);
      }
    }
  }
  [[nodiscard]] const std::string& errors() const { return errors_; }

 private:
  using Rule = void (Validator::*)(const Json& wanted, const Json& schema, const Json& value, const std::string& path);
  static const std::map<std::string, Rule, std::less<>> kRules;

  void fail(const std::string& path, std::string_view why) { errors_ += fmt::format("{}: {}\n", path, why); }

  void type(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    const std::string name = value.is_number_integer() ? "integer" : value.type_name();
    if (name != wanted) fail(path, fmt::format("a {} where {} is wanted", name, wanted.dump()));
  }
  void one_of(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    if (std::ranges::find(wanted, value) == wanted.end()) fail(path, fmt::format("{} is none of {}", value.dump(), wanted.dump()));
  }
  void constant(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    if (value != wanted) fail(path, fmt::format("{} is not {}", value.dump(), wanted.dump()));
  }
  void pattern(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    if (value.is_string() && !std::regex_search(value.get<std::string>(), std::regex(wanted.get<std::string>())))
      fail(path, fmt::format("{} does not match {}", value.dump(), wanted.dump()));
  }
  void minimum(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    if (value.is_number() && value < wanted) fail(path, fmt::format("{} is below {}", value.dump(), wanted.dump()));
  }
  void required(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    for (const auto& name : wanted) {
      if (!value.contains(name)) fail(path, fmt::format("{} is missing", name.dump()));
    }
  }
  void properties(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    for (const auto& [name, schema] : wanted.items()) {
      if (value.contains(name)) check(schema, value.at(name), path + "." + name);
    }
  }
  void additional(const Json& wanted, const Json& schema, const Json& value, const std::string& path) {
    if (wanted != false || !value.is_object()) return;
    for (const auto& [name, ignored] : value.items()) {
      if (!schema.at("properties").contains(name)) fail(path, fmt::format("`{}` is not described", name));
    }
  }
  void items(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    if (!value.is_array()) return;
    for (std::size_t i = 0; i < value.size(); ++i) check(wanted, value[i], fmt::format("{}[{}]", path, i));
  }
  void reference(const Json& wanted, const Json& /*schema*/, const Json& value, const std::string& path) {
    check(root_.at(Json::json_pointer(wanted.get<std::string>().substr(1))), value, path);
  }

  const Json& root_;
  std::string errors_;
};

const std::map<std::string, Validator::Rule, std::less<>> Validator::kRules{
    {"$schema", nullptr},
    {"$defs", nullptr},
    {"title", nullptr},
    {"description", nullptr},
    {"type", &Validator::type},
    {"enum", &Validator::one_of},
    {"const", &Validator::constant},
    {"pattern", &Validator::pattern},
    {"minimum", &Validator::minimum},
    {"required", &Validator::required},
    {"properties", &Validator::properties},
    {"additionalProperties", &Validator::additional},
    {"items", &Validator::items},
    {"$ref", &Validator::reference},
};

}  // namespace

std::string schema_errors(const Json& schema, const Json& document) {
  Validator validator(schema);
  validator.check(schema, document, "$");
  return validator.errors();
}

}  // namespace s2a::test
