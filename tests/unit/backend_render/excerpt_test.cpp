// Diagnostics as people read them: every trap of a source line.
#include "backend/render/excerpt.h"

#include <gtest/gtest.h>

namespace s2a::test::excerpt_test {

/// A place by the text that stands there.
Label label(const SourceSet& sources, FileId file, std::string_view what, std::string text, LabelKind kind = LabelKind::Primary) {
  const auto at = static_cast<std::uint32_t>(sources[file].text.find(what));
  return {.file = file, .span = {at, at + static_cast<std::uint32_t>(what.size())}, .kind = kind, .text = std::move(text)};
}

FileId add(SourceSet& sources, std::string path, std::string text) {
  SourceFile file;
  file.path = std::move(path);
  file.text = std::move(text);
  return sources.add(std::move(file));
}

Diagnostic diagnostic(std::vector<Label> labels) {
  return {.code = Code::UnknownField, .subject = {}, .message = "there is no field `selctor`", .labels = std::move(labels), .help = "did you mean `selector`?", .notes = {}};
}

TEST(Excerpt, ShowsTheLineAndTheColumn) {
  SourceSet sources;
  const auto file = add(sources, "shop/a.yaml", "spec:\n  selctor: {}\n");
  EXPECT_EQ(excerpt(diagnostic({label(sources, file, "selctor", "here")}), sources, {}),
            "error[S2A0009]: there is no field `selctor`\n"
            " --> shop/a.yaml:2:3\n"
            "  |\n"
            "2 |   selctor: {}\n"
            "  |   ^^^^^^^ here\n"
            "  |\n"
            "  = help: did you mean `selector`?; see `s2a explain S2A0009`\n");
}

struct LineCase {
  const char* name;
  std::string line;
  std::string marked;
  std::string shown;
  std::string carets;
};

class ExcerptLine : public testing::TestWithParam<LineCase> {};

TEST_P(ExcerptLine, PutsCaretsUnderWhatIsMeant) {
  SourceSet sources;
  const auto file = add(sources, "a.yaml", GetParam().line);
  const auto text = excerpt(diagnostic({label(sources, file, GetParam().marked, "")}), sources, {.color = false, .width = 60});
  EXPECT_NE(text.find("\n1 | " + GetParam().shown + "\n  | " + GetParam().carets + "\n"), std::string::npos) << text;
}

INSTANTIATE_TEST_SUITE_P(Lines, ExcerptLine,
                         testing::Values(LineCase{"tab", "a:\tb", "b", "a:    b", "      ^"}, LineCase{"wide", "名: b", "b", "名: b", "    ^"},
                                         LineCase{"combining", "e\xCC\x81: b", "b", "e\xCC\x81: b", "   ^"}, LineCase{"crlf", "a: b\r\nc: d\r\n", "b", "a: b", "   ^"},
                                         LineCase{"bom",
                                                  "\xEF\xBB\xBF"
                                                  "a: b",
                                                  "a", "a: b", "^"},
                                         LineCase{"control", "a: \x1B[31mb", "b", "a: ?[31mb", "        ^"}, LineCase{"end", "a: b", "", "a: b", "^"},
                                         LineCase{"long", "key: " + std::string(200, 'x'), "key", "key: " + std::string(48, 'x') + "...", "^^^"},
                                         LineCase{"far", std::string(200, 'x') + " here", "here", "..." + std::string(48, 'x') + " here", std::string(52, ' ') + "^^^^"},
                                         LineCase{"several_lines", "a: b\n  c", "b\n  c", "a: b", "   ^"}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(Excerpt, ShowsSeveralLabelsAndFiles) {
  SourceSet sources;
  const auto one = add(sources, "a.yaml", "a: 1\nb: 2\nc: 3\nd: 4\na: 5\n");
  const auto two = add(sources, "b.yaml", "x: y\n");
  const auto text = excerpt(
      diagnostic({label(sources, one, "a: 5", "again"), label(sources, one, "a", "first", LabelKind::Info), label(sources, two, "y", "and here", LabelKind::Info)}), sources, {});
  EXPECT_NE(text.find(" --> a.yaml:5:1\n"
                      "  |\n"
                      "1 | a: 1\n"
                      "  | - first\n"
                      "...\n"
                      "5 | a: 5\n"
                      "  | ^^^^ again\n"
                      " ::: b.yaml:1:4\n"
                      "  |\n"
                      "1 | x: y\n"
                      "  |    - and here\n"
                      "  |\n"),
            std::string::npos)
      << text;
}

TEST(Excerpt, WrapsNotesAndNamesTheResource) {
  auto told = diagnostic({});
  told.subject = "Service shop/cart";
  told.notes = {"one two three four five six seven eight nine ten eleven twelve"};
  EXPECT_EQ(excerpt(told, {}, {.color = false, .width = 60}),
            "error[S2A0009]: there is no field `selctor`\n"
            "  = in: Service shop/cart\n"
            "  = note: one two three four five six seven eight nine ten\n"
            "          eleven twelve\n"
            "  = help: did you mean `selector`?; see `s2a explain\n"
            "          S2A0009`\n");
}

TEST(Excerpt, ColoursOnlyWhereWanted) {
  EXPECT_EQ(excerpt(diagnostic({}), {}, {}).find('\033'), std::string::npos);
  EXPECT_EQ(excerpt(diagnostic({}), {}, {.color = true}).substr(0, 26), "\033[1;31merror[S2A0009]\033[0m:");
}

}  // namespace s2a::test::excerpt_test
