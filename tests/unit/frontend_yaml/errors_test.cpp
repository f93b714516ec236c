// What is refused, with which code, at which line and column, in which words.
#include <gtest/gtest.h>

#include "frontend/yaml/parse.h"

namespace s2a::errors_test {

struct Case {
  std::string text;
  Code code;
  std::uint32_t line, column;
  std::string_view message;     ///< part of it
  std::string_view label = "";  ///< the bytes pointed at, where that is of interest
};

std::string repeat(std::string_view piece, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += piece;
  return out;
}

/// Ten anchors of ten aliases each: 10^10 nodes.
std::string alias_bomb() {
  std::string out = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    out += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + below + repeat(", " + below, 9) + "]\n";
  }
  return out;
}

std::string nested_maps(int depth) {
  std::string out;
  for (int i = 0; i < depth; ++i) out += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  return out;
}

TEST(Errors, HaveACodeAPlaceAndPlainWords) {
  const std::vector<Case> cases = {
      {"a: b: c\n", Code::MalformedYaml, 1, 5, "where no value can start", ":"},
      {"a: 1\n b: 2\n", Code::MalformedYaml, 2, 3, "where no value can start"},
      {"a:\n  b: 1\n c: 2\n", Code::MalformedYaml, 3, 2, "no entry of the map"},
      {"- a\n -b: 1\n", Code::MalformedYaml, 2, 4, "where no value can start"},
      {"a: 1\n- b\n", Code::MalformedYaml, 2, 1, "no entry of the map"},
      {"- a\nb: 1\n", Code::MalformedYaml, 2, 1, "complete before"},
      {", a\n", Code::MalformedYaml, 1, 1, "complete before"},
      {"[a] b\n", Code::MalformedYaml, 1, 5, "complete before"},
      {"a: [1, 2\n", Code::MalformedYaml, 1, 9, "starts with `[`", ""},
      {"a: {x: 1\n\n\n", Code::MalformedYaml, 1, 9, "starts with `{`", ""},
      {"a: [a]]\n", Code::MalformedYaml, 1, 7, "closing bracket", "]"},
      {"a:\n\tb: 1\n", Code::MalformedYaml, 2, 1, "tab", "\t"},
      {"a:\n  b: 1\n  \tc: 2\n", Code::MalformedYaml, 3, 3, "tab", "\t"},
      {"a: 1\nfoo\n", Code::MalformedYaml, 2, 1, "without a `:`"},
      {"? \n: v\n", Code::MalformedYaml, 2, 1, "without a key"},
      {"{? : v}\n", Code::MalformedYaml, 1, 4, "without a key"},
      {"a:\n~\n", Code::MalformedYaml, 2, 1, "without a `:`"},
      {"a: 1\nnull\n", Code::MalformedYaml, 2, 1, "without a `:`"},
      {"a:\n  b: 1\n  foo", Code::MalformedYaml, 3, 3, "without a `:`"},
      {"? b\n:c\n", Code::MalformedYaml, 2, 1, "without a `:`"},
      {"a: *b\n", Code::MalformedYaml, 1, 4, "not defined", "*b"},
      {"a: &b x\n---\nc: *b\n", Code::MalformedYaml, 3, 4, "not defined", "*b"},
      {"a: @x\n", Code::MalformedYaml, 1, 4, "no value can start", "@"},
      {"\xC3\xA9: `x`\n", Code::MalformedYaml, 1, 4, "no value can start", "`"},
      {"a: \"x\nb: 1\n", Code::MalformedYaml, 1, 4, "never closed", "\""},
      {"a: 'it's'\n", Code::MalformedYaml, 1, 8, "no entry of the map"},
      {"a: \"\\q\"\n", Code::MalformedYaml, 1, 5, "does not escape", "\\"},
      {"a: |0\n x\n", Code::MalformedYaml, 1, 6, "indented by 0"},
      {"a: - b\n", Code::MalformedYaml, 1, 4, "list item"},
      {"a: &x &y b\n", Code::MalformedYaml, 1, 7, "second anchor", "&y"},
      {"a: [1.2.3.4, 001:db8::]\n", Code::MalformedYaml, 1, 14, "address", "001:db8::"},
      {"a: x\x01y\n", Code::MalformedYaml, 1, 5, "byte"},
      {"a: b\rc: d\r", Code::CarriageReturnsOnly, 1, 5, "carriage return", "\r"},
      {"a: b\r\nc: d\re: f\r\n", Code::CarriageReturnsOnly, 2, 5, "carriage return"},
      {"a: 1\nb: 2\n\"a\": 3\n", Code::DuplicateKey, 3, 1, "`a` is written twice", "\"a\""},
      {"x:\n- {a: 1, b: 2, a: 3}\n", Code::DuplicateKey, 2, 16, "`a` is written twice", "a"},
      {"a: {{ .Values.x }}\n", Code::Template, 1, 4, "template", "{{ .Values.x }}"},
      {"a: x-{{ .Values.x }}-y\n", Code::Template, 1, 6, "template", "{{ .Values.x }}"},
      {"a: 1\n---\n{{- if .x }}\na: 1\n{{- end }}\n", Code::Template, 3, 1, "template", "{{- if .x }}"},
      {"a: {% if x %}\n", Code::Template, 1, 4, "template"},
      {"a: &x [*x]\n", Code::TooBig, 1, 8, "never ends"},
      {alias_bomb(), Code::TooBig, 6, 0, "1,000,000"},
      {repeat("[", 101) + repeat("]", 101), Code::TooBig, 1, 101, "100 levels"},
      {repeat("[", 100'000), Code::TooBig, 1, 0, "100 levels"},
      {repeat("{a: ", 100'000), Code::TooBig, 1, 0, "100 levels"},
      {repeat("- ", 100'000), Code::TooBig, 1, 201, "100 levels"},
      {repeat("? ", 100'000), Code::TooBig, 1, 201, "100 levels"},
      {nested_maps(600), Code::TooBig, 101, 101, "100 levels"},
      {std::string((64U << 20U) + 1, ' '), Code::TooBig, 1, 1, "bytes"},
      {std::string(17U << 20U, '['), Code::TooBig, 1, 1, "too large"},
  };
  for (const Case& c : cases) {
    const SourceFile file{.text = c.text};
    const auto shown = c.text.substr(0, 60);
    const auto parsed = parse(file);
    ASSERT_EQ(parsed.diagnostics.all().size(), 1U) << shown;
    const Diagnostic& d = parsed.diagnostics.all().front();
    EXPECT_EQ(d.code, c.code) << shown;
    EXPECT_NE(d.message.find(c.message), std::string::npos) << shown << ": " << d.message;
    EXPECT_FALSE(d.help.empty()) << shown;
    const auto place = line_column(file, d.labels.at(0).span.begin);
    EXPECT_EQ(place.line, c.line) << shown;
    EXPECT_TRUE(c.column == 0 || place.column == c.column) << shown << ": column " << place.column;
    EXPECT_TRUE(c.label.empty() || file.at(d.labels.at(0).span) == c.label) << shown << ": `" << file.at(d.labels.at(0).span) << "`";
    for (const Document& document : parsed.documents)
      EXPECT_EQ(document.locked.empty(), c.code != Code::Template && document.root != kNoNode && c.code != Code::DuplicateKey) << shown;
  }
}

TEST(Errors, ADuplicateKeyShowsBothPlaces) {
  const SourceFile file{.text = "a: 1\nb: 2\na: 3\na: 4\n"};
  const auto parsed = parse(file);
  ASSERT_EQ(parsed.diagnostics.all().size(), 2U);
  const auto& labels = parsed.diagnostics.all().front().labels;
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_EQ(labels[0].kind, LabelKind::Primary);
  EXPECT_EQ(line_column(file, labels[0].span.begin).line, 3U);
  EXPECT_EQ(labels[1].kind, LabelKind::Info);
  EXPECT_EQ(line_column(file, labels[1].span.begin).line, 1U);
}

/// What looks wrong and is not.
TEST(Errors, AreNotRaisedFor) {
  for (const std::string_view text : {"a: |\n  {{ x }}\n", "a: '{{ x }}'\n", "- {a: 1}\n- {a: 2}\n", "a: [2001:db8::1, \"::\", 2001:db8::/32]\n", "a: [b: , c]\n",
                                      "? [a]: b\n: c\n", "*x : y\n", "a: \t\"x\"\n", "1: a\n'2': b\n~: c\n"}) {
    const auto parsed = parse({.text = std::string(text.starts_with('*') ? "z: &x w\n" + std::string(text) : text)});
    EXPECT_TRUE(parsed.diagnostics.all().empty()) << text << parsed.diagnostics.all().front().message;
    EXPECT_TRUE(parsed.documents.at(0).locked.empty()) << text;
  }
}

TEST(Errors, AreNoneForALargeDocumentWithoutAliases) {
  const auto parsed = parse({.text = "items: [" + repeat("a, ", 400'000) + "b]\nmore:\n" + repeat("- c: d\n", 300'000)});
  EXPECT_TRUE(parsed.diagnostics.all().empty());
  EXPECT_GT(parsed.documents.at(0).nodes.size(), 1'000'000U);
}

}  // namespace s2a::errors_test
