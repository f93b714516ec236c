// Bytes that are no text, texts that are no YAML, and YAML that nobody writes.
#include <fmt/format.h>

#include <string>

#include "tests/property/malformed/good_text.h"
#include "tests/property/malformed/row.h"

namespace s2a::test {
namespace {

using namespace std::literals;

/// The mesh's text with each ASCII character in `width` bytes, the low one first or last.
std::string wide(std::string_view mark, std::size_t width, bool low_first) {
  std::string out(mark);
  for (const char c : good_mesh()) {
    std::string unit(width, '\0');
    unit[low_first ? 0 : width - 1] = c;
    out += unit;
  }
  return out;
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
  return text;
}

/// A policy whose `spec` is followed by this.
Row with_spec(std::string_view name, std::string_view text, Expect expect = Expect::Told) {
  return {.name = std::string(name),
          .text = fmt::format("apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p, namespace: shop}}\nspec:{}", text),
          .expect = expect};
}

Row policy_json(std::string_view name, std::string_view text, Expect expect = Expect::Told) {
  return {.name = std::string(name),
          .text = replaced(std::string(text), "HEAD", R"("apiVersion": "security.istio.io/v1", "kind": "AuthorizationPolicy", "metadata": {"name": "p", "namespace": "shop"})"),
          .expect = expect,
          .file = "bad.json"};
}

}  // namespace

std::vector<Row> wrong_bytes() {
  std::vector<Row> out;
  struct Bytes {
    std::string_view name, bytes;
  };
  for (const auto& [name, bytes] : {Bytes{"lone continuation", "\x80"}, Bytes{"overlong slash", "\xC0\xAF"}, Bytes{"overlong in three bytes", "\xE0\x80\xAF"},
                                    Bytes{"overlong in four bytes", "\xF0\x80\x80\xAF"}, Bytes{"surrogate", "\xED\xA0\x80"}, Bytes{"above U+10FFFF", "\xF4\x90\x80\x80"},
                                    Bytes{"lead without continuation", "\xC3("}, Bytes{"cut off sequence", "\xE2\x82"}, Bytes{"Latin-1", "caf\xE9"}, Bytes{"0xFE", "\xFE"},
                                    Bytes{"0xFF", "\xFF"}, Bytes{"NUL", "\0"sv}, Bytes{"bell", "\x07"}, Bytes{"escape", "\x1B[31m"}, Bytes{"DEL", "\x7F"}}) {
    const auto name_at = kGoodPolicy.find("cart-viewer");
    out.push_back({.name = fmt::format("{} in a value", name), .text = good_mesh().insert(name_at, bytes)});
    out.push_back({.name = fmt::format("{} in quotes", name), .text = good_mesh().insert(kGoodPolicy.find("/cart*"), bytes)});
    out.push_back({.name = fmt::format("{} at the end", name), .text = good_mesh() + "# " + std::string(bytes)});
    out.push_back({.name = fmt::format("{} alone", name), .text = std::string(bytes), .expect = Expect::Either});
  }
  out.push_back({.name = "UTF-16 LE with BOM", .text = wide("\xFF\xFE", 2, true)});
  out.push_back({.name = "UTF-16 BE with BOM", .text = wide("\xFE\xFF", 2, false)});
  out.push_back({.name = "UTF-16 LE without BOM", .text = wide("", 2, true)});
  out.push_back({.name = "UTF-16 BE without BOM", .text = wide("", 2, false)});
  out.push_back({.name = "UTF-32 LE with BOM", .text = wide("\xFF\xFE\0\0"sv, 4, true)});
  out.push_back({.name = "UTF-32 BE with BOM", .text = wide("\0\0\xFE\xFF"sv, 4, false)});
  out.push_back({.name = "UTF-32 LE without BOM", .text = wide("", 4, true)});
  out.push_back({.name = "UTF-32 BE without BOM", .text = wide("", 4, false)});
  out.push_back({.name = "4096 NUL bytes", .text = std::string(4096, '\0'), .expect = Expect::Either});
  out.push_back({.name = "a gzip header", .text = "\x1F\x8B\x08\0\0\0\0\0\0\x03"s});
  return out;
}

std::vector<Row> line_ends() {
  return {{.name = "CR only", .text = replaced(good_mesh(), "\n", "\r")},
          {.name = "one CR among LF", .text = good_mesh().replace(good_mesh().find('\n'), 1, "\r")},
          {.name = "CR CR LF", .text = replaced(good_mesh(), "\n", "\r\r\n")},
          {.name = "CRLF", .text = replaced(good_mesh(), "\n", "\r\n"), .expect = Expect::Silent},
          {.name = "one CRLF among LF", .text = good_mesh().replace(good_mesh().find('\n'), 1, "\r\n"), .expect = Expect::Silent},
          {.name = "BOM", .text = "\xEF\xBB\xBF" + good_mesh(), .expect = Expect::Silent},
          {.name = "BOM twice", .text = "\xEF\xBB\xBF\xEF\xBB\xBF" + good_mesh(), .expect = Expect::Either},
          {.name = "NEL for LF", .text = replaced(good_mesh(), "\n", "\xC2\x85"), .expect = Expect::Either},
          {.name = "LS for LF", .text = replaced(good_mesh(), "\n", "\xE2\x80\xA8"), .expect = Expect::Either},
          {.name = "no-break spaces", .text = replaced(good_mesh(), "  ", "\xC2\xA0\xC2\xA0"), .expect = Expect::Either},
          {.name = "form feed between lines", .text = replaced(good_mesh(), "\nspec", "\n\f\nspec")},
          {.name = "no final line end", .text = good_mesh().substr(0, good_mesh().size() - 1), .expect = Expect::Silent}};
}

std::vector<Row> wrong_syntax() {
  return {with_spec("unclosed double quote", " {action: \"ALLOW}\n"),
          with_spec("unclosed single quote", " {action: 'ALLOW}\n"),
          with_spec("unclosed quote over a document end", "\n  action: \"ALLOW\n---\na: b\n"),
          with_spec("text behind a closed quote", "\n  action: \"ALLOW\" x\n"),
          with_spec("wrong escape", "\n  action: \"A\\qLLOW\"\n"),
          with_spec("short hexadecimal escape", "\n  action: \"\\x4\"\n"),
          with_spec("escaped surrogate", "\n  action: \"\\uD800\"\n"),
          with_spec("escape above U+10FFFF", "\n  action: \"\\U00110000\"\n"),
          with_spec("text behind a block header", "\n  action: | ALLOW\n"),
          with_spec("block header with indentation 0", "\n  action: |0\n    ALLOW\n"),
          with_spec("block header with two digits", "\n  action: |12\n    ALLOW\n"),
          with_spec("block text with less indentation than its header says", "\n  action: |9\n    ALLOW\n"),
          with_spec("block text that ends the map", "\n  action: |\nALLOW\n"),
          with_spec("`: ` in a plain value", "\n  action: ALLOW: DENY\n"),
          with_spec("value that starts with `@`", "\n  action: @ALLOW\n"),
          with_spec("value that starts with a backtick", "\n  action: `ALLOW`\n"),
          with_spec("value that starts with `%`", "\n  action: %ALLOW\n"),
          with_spec("value that starts with `*`", "\n  action: *\n"),
          with_spec("value that starts with `&`", "\n  action: & ALLOW\n"),
          with_spec("two anchors", "\n  action: &a &b ALLOW\n"),
          with_spec("two tags", "\n  action: !a !b ALLOW\n"),
          with_spec("unclosed verbatim tag", "\n  action: !<tag ALLOW\n"),
          with_spec("undefined tag handle", "\n  action: !e!text ALLOW\n", Expect::Silent),
          with_spec("list item behind a key", "\n  rules: - a\n"),
          with_spec("list among map entries", "\n  action: ALLOW\n  - a\n"),
          with_spec("map entry among list items", "\n  rules:\n  - a\n  b: c\n"),
          with_spec("key without a colon", "\n  action: ALLOW\n  rules\n"),
          with_spec("key over two lines", "\n  action\n    x: ALLOW\n"),
          with_spec("flow list closed by a brace", " {rules: [}\n"),
          with_spec("flow map closed by a bracket", " {rules: {]}\n"),
          with_spec("closing bracket alone", " ]\n"),
          with_spec("closing brace alone", " }\n"),
          with_spec("flow map that never ends", " {action: ALLOW\n"),
          with_spec("flow list that never ends", " [\n"),
          with_spec("flow map cut by a document", " {\n---\na: b\n"),
          with_spec("commas alone", " {,,}\n"),
          with_spec("text behind a flow map", " {} x\n"),
          with_spec("list as a key", "\n  ? [a, b]\n  : c\n"),
          with_spec("map as a key", "\n  ? {a: b}\n  : c\n"),
          with_spec("flow list as a key", "\n  [a, b]: c\n"),
          with_spec("null key", "\n  ~: c\n"),
          with_spec("empty key", "\n  : c\n"),
          with_spec("`?` without a key", "\n  ?\n"),
          with_spec("int key", "\n  1: c\n"),
          with_spec("!!binary", "\n  action: !!binary QUxMT1c=\n"),
          with_spec("!!python/object", " !!python/object/apply:os.system [\"true\"]\n"),
          with_spec("!!int of a text", "\n  action: !!int ALLOW\n", Expect::Silent),
          with_spec("!!set", " !!set {a, b}\n"),
          with_spec("merge of a text", "\n  <<: a\n", Expect::Either),
          with_spec("merge of an undefined anchor", "\n  <<: *a\n")};
}

std::vector<Row> odd_syntax() {
  const auto before = [](std::string_view name, std::string_view text, Expect expect) {
    return Row{.name = std::string(name), .text = std::string(text) + good_mesh(), .expect = expect};
  };
  const auto behind = [](std::string_view name, std::string_view text, Expect expect) {
    return Row{.name = std::string(name), .text = good_mesh() + std::string(text), .expect = expect};
  };
  return {before("%YAML 1.2", "%YAML 1.2\n---\n", Expect::Silent),
          before("%YAML 3.0", "%YAML 3.0\n---\n", Expect::Either),
          before("%YAML twice", "%YAML 1.2\n%YAML 1.2\n---\n", Expect::Either),
          before("%YAML without a version", "%YAML\n---\n", Expect::Either),
          before("%YAML x", "%YAML x.y\n---\n", Expect::Either),
          before("%TAG", "%TAG ! tag:example.com,2000:\n---\n", Expect::Either),
          before("%TAG without a prefix", "%TAG !\n---\n", Expect::Either),
          before("unknown directive", "%FOO bar\n---\n", Expect::Either),
          before("directive without a document", "%YAML 1.2\n", Expect::Either),
          before("text before the first document", "hello\n---\n", Expect::Silent),
          before("document that is a list", "- a\n- b\n---\n", Expect::Silent),
          before("document that is null", "~\n---\n", Expect::Silent),
          before("empty documents", "---\n---\n---\n", Expect::Silent),
          before("document with its text on the `---` line", "--- a\n---\n", Expect::Silent),
          behind("`...` at the end", "...\n", Expect::Silent),
          behind("`...` twice", "...\n...\n", Expect::Silent),
          behind("text behind `...`", "...\nhello\n", Expect::Silent),
          behind("`---` at the end", "---\n", Expect::Silent),
          behind("`---` with a comment", "--- # a\n", Expect::Silent),
          behind("`---` indented", " ---\n", Expect::Either),
          behind("`----`", "----\n", Expect::Either),
          behind("other YAML that is broken", "---\na: [\n", Expect::Either),
          behind("spaces at the end", "    \n", Expect::Silent),
          behind("tab at the end", "\t\n", Expect::Either)};
}

std::vector<Row> wrong_json() {
  return {policy_json("trailing comma in a map", R"({HEAD, "spec": {"rules": [{}],}})", Expect::Either),
          policy_json("trailing comma in a list", R"({HEAD, "spec": {"rules": [{},]}})", Expect::Either),
          policy_json("two commas", R"({HEAD,, "spec": {}})"),
          policy_json("missing comma", R"({HEAD "spec": {}})"),
          policy_json("missing colon", R"({HEAD, "spec" {}})"),
          policy_json("missing value", R"({HEAD, "spec": })", Expect::Either),
          policy_json("single quotes", R"({HEAD, 'spec': {}})", Expect::Either),
          policy_json("key without quotes", R"({HEAD, spec: {}})", Expect::Either),
          policy_json("missing last brace", R"({HEAD, "spec": {})"),
          policy_json("one brace too many", R"({HEAD, "spec": {}}})"),
          policy_json("one bracket for a brace", R"({HEAD, "spec": {}])"),
          policy_json("unclosed string", R"({HEAD, "spec": {"action": "ALLOW}})"),
          policy_json("line end in a string", "{HEAD, \"spec\": {\"action\": \"ALL\nOW\"}}"),
          policy_json("// comment", "{HEAD, // why\n \"spec\": {}}"),
          policy_json("/* comment */", "{HEAD, /* why */ \"spec\": {}}"),
          policy_json("# comment", "{HEAD, # why\n \"spec\": {}}", Expect::Either),
          policy_json("wrong escape", R"({HEAD, "spec": {"action": "A\qLLOW"}})"),
          policy_json("half a surrogate pair", R"({HEAD, "spec": {"action": "\uD83D"}})"),
          policy_json("whole surrogate pair", R"({HEAD, "spec": {"action": "\uD83D\uDE00"}})", Expect::Either),
          policy_json("NaN", R"({HEAD, "spec": NaN})"),
          policy_json("number for the object", "7", Expect::Silent),
          policy_json("two objects", R"({HEAD, "spec": {}} {HEAD})"),
          policy_json("two objects, a line each", "{HEAD, \"spec\": {}}\n{HEAD}\n"),
          policy_json("tab as indentation", "{\n\tHEAD,\n\t\"spec\": {}\n}\n", Expect::Silent),
          policy_json("empty", "", Expect::Silent),
          policy_json("a bracket", "[", Expect::Either),
          policy_json("key twice", R"({HEAD, "spec": {}, "spec": {}})"),
          policy_json("huge number", R"({HEAD, "spec": {"rules": [{"to": [{"operation": {"ports": [1e999]}}]}]}})")};
}

}  // namespace s2a::test
