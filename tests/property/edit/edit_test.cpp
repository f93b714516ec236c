// Random verbs on random nodes of real and of generated files: the result means what was asked for, all else stays, and git takes the diff.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>

#include "backend/edit/diff.h"
#include "backend/edit/lines.h"
#include "backend/edit/verbs.h"
#include "frontend/yaml/parse.h"
#include "tests/property/edit/random_change.h"
#include "tests/property/edit/tree.h"
#include "tests/support/files.h"
#include "tests/support/temp_tree.h"
#include "tests/support/yaml_generator.h"

namespace s2a::test::edit_test {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = 64 * 1024;  ///< larger files are parsed, not edited
constexpr std::size_t kGitShare = 10;        ///< of so many edits one goes through git
constexpr std::size_t kGitBatch = 500;

std::uint32_t seed() { return static_cast<std::uint32_t>(number_from("S2A_SEED", 1)); }
/// Of real files, and as many of generated ones.
std::size_t edits_per_source() { return number_from("S2A_RANDOM_EDITS", 24'000) / 2; }

SourceFile file_of(std::string path, std::string text) {
  SourceFile file;
  file.path = std::move(path);
  file.text = std::move(text);
  return file;
}

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '\n' ? "\r\n" : std::string(1, c));
  return out;
}

/// Now and then with a BOM, with CRLF, without a final line end.
std::string variant(std::mt19937& engine, std::string text) {
  switch (engine() % 8) {
    case 0: return text.find('\r') == std::string::npos ? with_crlf(text) : text;
    case 1: return text.starts_with("\xEF\xBB\xBF") ? text : "\xEF\xBB\xBF" + text;
    case 2: return text.substr(0, text.find_last_not_of('\n') + 1);
    default: return text;
  }
}

/// Diffs that wait for git.
class GitBatch {
 public:
  void add(std::string_view before, const EditSet& edits) {
    const auto name = fmt::format("{} file\"\\é{}.yaml", files_.size(), files_.size() % 3 == 0 ? "" : " ");
    files_.push_back({.name = name, .before = std::string(before), .after = edits.apply(before)});
    diff_ += unified_diff(name, name, before, edits);
    if (files_.size() == kGitBatch) run();
  }
  /// `git apply` must give what apply() gives.
  void run() {
    if (files_.empty()) return;
    const TempTree tree;
    for (const auto& file : files_) tree.write(file.name, file.before);
    tree.write("diff", diff_ + unified_diff(kNoFile, "new file", "", new_file()));
    const auto command = fmt::format("cd '{}' && git apply --whitespace=nowarn diff", tree.root().string());
    EXPECT_EQ(std::system(command.c_str()), 0);  // NOLINT(concurrency-mt-unsafe)
    for (const auto& file : files_) EXPECT_EQ(bytes_of(tree.root() / file.name), file.after) << file.name;
    EXPECT_EQ(bytes_of(tree.root() / "new file"), "a: 1\nb: 2");
    taken_ += files_.size();
    files_.clear();
    diff_.clear();
  }
  std::size_t taken() const { return taken_; }

 private:
  struct File {
    std::string name, before, after;
  };
  static EditSet new_file() {
    EditSet out;
    EXPECT_TRUE(out.add({.span = {}, .text = "a: 1\nb: 2"}));
    return out;
  }
  std::vector<File> files_;
  std::string diff_;
  std::size_t taken_ = 0;
};

class Trial {
 public:
  explicit Trial(std::uint32_t from) : engine(from) {}

  /// Parses, edits some documents at random and checks each result. Returns how many edits were made.
  std::size_t try_file(const SourceFile& file, std::size_t wanted) {
    const auto parsed = parse(file);
    for (const auto& document : parsed.documents) EXPECT_TRUE(!document.locked.empty() || edits_for({}, file, document)->empty());
    EXPECT_EQ(EditSet().apply(file.text), file.text);
    if (file.text.size() > kLargest) return 0;
    std::size_t made = 0;
    for (std::size_t tries = 0; made < wanted && tries < 4 * wanted; ++tries) {
      if (parsed.documents.empty()) return made;
      const auto which = engine() % parsed.documents.size();
      const Document& document = parsed.documents[which];
      if (document.root == kNoNode || !document.locked.empty()) continue;
      std::vector<Change> changes;
      for (auto count = engine() % 4 == 0 ? 4 : 1; count > 0; --count) {
        auto change = random_change(engine, document);
        if (!change) continue;
        auto instead = engine() % 2 == 0 ? random_successor(engine, document, *change) : std::nullopt;
        changes.push_back(std::move(*change));
        if (instead) changes.push_back(std::move(*instead));
      }
      if (!changes.empty() && try_changes(file, parsed, which, changes)) ++made;
    }
    return made;
  }

  void report(std::string_view source, std::size_t made) const {
    auto line = fmt::format("{}: seed {}, {} edits", source, seed(), made);
    for (const auto& [what, count] : counts_) line += fmt::format(", {} {}", what, count);
    fmt::print("{}, through git {}\n", line, git.taken());
  }
  std::size_t count(const std::string& what) const { return counts_.contains(what) ? counts_.at(what) : 0; }

  std::mt19937 engine;
  GitBatch git;

 private:
  bool try_changes(const SourceFile& file, const ParsedFile& parsed, std::size_t which, const std::vector<Change>& changes) {
    const Document& document = parsed.documents[which];
    const auto edits = edits_for(changes, file, document);
    if (!edits) {
      ++counts_["refused as " + to_string(edits.error().code)];
      const bool contradicts = edits.error().code == Code::InternalError;
      EXPECT_FALSE(contradicts && changes.size() == 1) << file.path << ": " << verb_of(changes.front()) << ": " << edits.error().reason;
      return false;
    }
    const auto after = file_of(file.path, edits->apply(file.text));
    const auto failure = difference_of(parse(after), parsed, which, changes);
    EXPECT_EQ(failure, "") << describe(file, document, changes, *edits);
    EXPECT_EQ(lost(file, document, changes, *edits), "") << describe(file, document, changes, *edits);
    for (const auto& change : changes) ++counts_[std::string(verb_of(change))];
    if (changes.size() > 1) ++counts_["sets of several"];
    if (engine() % kGitShare == 0) git.add(file.text, *edits);
    return true;
  }

  static std::string describe(const SourceFile& file, const Document& document, const std::vector<Change>& changes, const EditSet& edits) {
    std::string out = file.path + ": ";
    for (const auto& change : changes) out += fmt::format("{} ", verb_of(change));
    if (const auto* remove = std::get_if<RemoveEntry>(&changes.front())) out += document.path_of(remove->key);
    if (const auto* replace = std::get_if<ReplaceValue>(&changes.front())) out += document.path_of(replace->node);
    return fmt::format("{}\n{}", out, unified_diff("f", "f", file.text, edits));
  }

  static std::string difference_of(const ParsedFile& actual, const ParsedFile& before, std::size_t which, const std::vector<Change>& changes) {
    std::vector<Tree> wanted;
    for (std::size_t i = 0; i < before.documents.size(); ++i) {
      const auto trees = intended(before.documents[i], i == which ? std::span<const Change>(changes) : std::span<const Change>());
      wanted.insert(wanted.end(), trees.begin(), trees.end());
    }
    if (actual.documents.size() != wanted.size()) return fmt::format("{} documents instead of {}", actual.documents.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (auto found = difference(wanted[i], tree_of(actual.documents[i])); !found.empty()) return fmt::format("document {}: {}", i, found);
    }
    return {};
  }

  /// A scalar or a comment line that an edit touched though nothing that changes holds it.
  static std::string lost(const SourceFile& file, const Document& document, const std::vector<Change>& changes, const EditSet& edits) {
    const auto changed = changed_spans(file.text, document, changes);
    const auto touched = [&](Span span) { return std::ranges::any_of(edits.edits(), [&](const Edit& edit) { return edit.span.begin < span.end && span.begin < edit.span.end; }); };
    const auto inside = [&](Span span) { return std::ranges::any_of(changed, [&](Span outer) { return outer.begin <= span.begin && span.end <= outer.end; }); };
    std::vector<Span> scalars;
    for (const auto& node : document.nodes) {
      const bool leaf = node.kind == NodeKind::Scalar || node.kind == NodeKind::Alias;
      if (!leaf) continue;
      scalars.push_back(node.span);
      const bool header_at_end = (node.style == NodeStyle::Literal || node.style == NodeStyle::Folded) && node.span.end == file.text.size();
      if (!header_at_end && touched(node.span) && !inside(node.span)) return std::string(file.at(node.span));
    }
    for (auto line = document.span.begin; line < document.span.end; line = lines::next(file.text, line)) {
      const Span span{.begin = line, .end = lines::end(file.text, line)};
      const auto in_scalar = [&](Span scalar) { return scalar.begin < span.end && span.begin < scalar.end; };
      if (!lines::comment(file.text, line) || std::ranges::any_of(scalars, in_scalar)) continue;
      if (touched(span) && !inside(span)) return std::string(file.at(span));
    }
    return {};
  }

  /// The lines of what is removed or replaced, the comments directly above (not of what something takes the place of), and those below that are indented deeper.
  /// In flow style the whole collection.
  static std::vector<Span> changed_spans(std::string_view text, const Document& document, const std::vector<Change>& changes) {
    std::vector<Span> out;
    const auto followed = [&](NodeId removed) {
      return std::ranges::any_of(changes, [&](const Change& change) {
        const auto* entry = std::get_if<InsertEntry>(&change);
        const auto* item = std::get_if<InsertItem>(&change);
        return (entry != nullptr && entry->after == removed) || (item != nullptr && item->after == removed);
      });
    };
    const auto add = [&](NodeId first, NodeId last) {
      const auto parent = document[first].parent;
      const bool flow = parent != kNoNode && document[parent].style == NodeStyle::Flow;
      auto begin = lines::begin(text, flow ? document[parent].span.begin : dash_or_key(text, document, first));
      auto end = lines::next(text, flow ? document[parent].span.end : document[last].span.end);
      const auto indentation = lines::indentation(text, begin).size();
      const bool own_line = lines::first_on_line(text, dash_or_key(text, document, first));
      while (!(own_line && followed(first)) && begin > document.span.begin && lines::comment(text, lines::begin(text, begin - 1)) && begin != lines::begin(text, begin - 1))
        begin = lines::begin(text, begin - 1);
      for (auto line = end; line < text.size(); line = lines::next(text, line)) {
        if (lines::blank(text, line, lines::end(text, line))) continue;
        if (!lines::comment(text, line) || lines::indentation(text, line).size() <= indentation) break;
        end = lines::next(text, line);
      }
      out.push_back({.begin = begin, .end = end});
    };
    for (const auto& change : changes) {
      if (const auto* replace = std::get_if<ReplaceValue>(&change)) add(replace->node, replace->node);
      if (const auto* item = std::get_if<RemoveItem>(&change)) add(item->item, item->item);
      if (const auto* entry = std::get_if<RemoveEntry>(&change)) {
        const auto siblings = document.children(document[entry->key].parent);
        add(entry->key, *std::next(std::ranges::find(siblings, entry->key)));
      }
    }
    return out;
  }

  /// A block item begins with its dash, maybe lines above its value.
  static std::uint32_t dash_or_key(std::string_view text, const Document& document, NodeId id) {
    const auto parent = document[id].parent;
    if (parent == kNoNode || document[parent].kind != NodeKind::Sequence) return document[id].span.begin;
    const auto siblings = document.children(parent);
    const auto index = std::ranges::find(siblings, id) - siblings.begin();
    return index == 0 ? document[parent].span.begin : lines::skip_space(text, document[siblings[static_cast<std::size_t>(index) - 1]].span.end);
  }

  std::map<std::string, std::size_t> counts_;
};

TEST(EditProperty, RealFiles) {
  const auto corpus = shared_files() / "corpus" / "files";
  if (!fs::exists(corpus)) GTEST_SKIP() << "no corpus at " << corpus;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(corpus)) {
    const auto extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".yaml" || extension == ".yml" || extension == ".json")) paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  Trial trial(seed());
  std::ranges::shuffle(paths, trial.engine);
  const auto wanted = edits_per_source();
  std::size_t made = 0;
  for (std::size_t round = 0; made < wanted && round < 10; ++round) {
    for (const auto& path : paths) {
      if (made < wanted && !HasFailure()) made += trial.try_file(file_of(path.string(), variant(trial.engine, bytes_of(path))), 4);
    }
  }
  trial.git.run();
  trial.report("real files", made);
  EXPECT_GE(made, wanted);
}

TEST(EditProperty, GeneratedFiles) {
  Trial trial(seed());
  const auto wanted = edits_per_source();
  std::size_t made = 0;
  while (made < wanted && !HasFailure()) {
    const bool json = trial.engine() % 5 == 0;
    auto text = json ? random_json(trial.engine) : random_yaml(trial.engine);
    made += trial.try_file(file_of(json ? "a.json" : "a.yaml", std::move(text)), 6);
  }
  trial.git.run();
  trial.report("generated files", made);
  EXPECT_LT(trial.count("refused as S2A0018"), wanted / 5);
}

}  // namespace s2a::test::edit_test
