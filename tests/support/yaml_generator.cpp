// A recursive writer; each choice is one draw from the engine.
#include "tests/support/yaml_generator.h"

#include <array>
#include <string_view>
#include <vector>

namespace s2a::test {
namespace {

constexpr std::array<std::string_view, 10> kWords = {"app", "cart", "istio.io/rev", "a-b", "v1", "10.0.0.0/8", "x y", "80", "true", "\xC3\xA9t\xC3\xA9"};

class Writer {
 public:
  Writer(std::mt19937& engine, const YamlOptions& options) : engine_(engine), options_(options) {}

  std::string document() {
    out_.clear();
    anchors_.clear();
    switch (pick(8)) {
      case 0: block_sequence(0, 1); break;
      case 1: out_ += flow(1, 0) + "\n"; break;
      case 2: out_ += plain() + "\n"; break;
      default: block_map(0, 1, false); break;
    }
    return out_;
  }

  std::string json(int depth, int indent) {
    const bool lines = one_in(2);
    const auto gap = [&](int columns) { return lines ? "\n" + std::string(static_cast<std::size_t>(columns), ' ') : std::string(); };
    std::string out;
    switch (depth <= 0 ? 4 + pick(4) : pick(6)) {
      case 0:
      case 1:
      case 2: {
        for (int i = 0, n = pick(4); i < n; ++i) out += (i > 0 ? "," : "") + gap(indent + 2) + "\"" + key_text() + "\":" + (one_in(2) ? " " : "") + json(depth - 1, indent + 2);
        return "{" + out + (out.empty() ? "" : gap(indent)) + "}";
      }
      case 3: {
        for (int i = 0, n = pick(4); i < n; ++i) out += (i > 0 ? ", " : "") + gap(indent + 2) + json(depth - 1, indent + 2);
        return "[" + out + (out.empty() ? "" : gap(indent)) + "]";
      }
      case 4: return "null";
      case 5: return "true";
      case 6: return std::to_string(pick(1000));
      default: return double_quoted();
    }
  }

 private:
  int pick(int n) { return static_cast<int>(engine_() % static_cast<unsigned>(n)); }
  bool one_in(int n) { return pick(n) == 0; }
  static std::string spaces(int n) { return std::string(static_cast<std::size_t>(n), ' '); }

  std::string word() { return std::string(kWords[static_cast<std::size_t>(pick(kWords.size()))]); }
  std::string key_text() { return word() + std::to_string(++keys_); }

  std::string plain() { return one_in(6) ? word() + " #" + word() : one_in(6) ? word() + "#" + word() : word(); }
  std::string double_quoted() { return "\"" + (one_in(4) ? std::string() : word() + (one_in(3) ? R"( \" \\ \n # , ] } )" : "")) + "\""; }
  std::string single_quoted() { return "'" + (one_in(4) ? std::string() : word() + (one_in(3) ? " '' # { : " : "")) + "'"; }

  std::string key() {
    const std::string text = key_text();
    if (one_in(8)) return "\"" + text + "\"";
    if (one_in(8)) return "'" + text + "'";
    return text;
  }

  /// A scalar on one line. `plain()` may carry a comment: only where a line ends behind it.
  std::string inline_scalar() {
    switch (pick(6)) {
      case 0: return double_quoted();
      case 1: return single_quoted();
      case 2: return one_in(2) ? "~" : "null";
      default: return word();
    }
  }

  /// ` &a1`, ` !tag`, both or nothing; the anchor's name in `anchor` for later aliases.
  std::string properties(std::string& anchor) {
    if (!options_.anchors || !one_in(8)) return "";
    const bool tag = one_in(3);
    if (!tag || one_in(2)) anchor = "a" + std::to_string(++names_);
    const std::string name = anchor.empty() ? "" : " &" + anchor;
    return one_in(2) ? name + (tag ? " !t" : "") : (tag ? " !t" : "") + name;
  }
  void finish(const std::string& anchor) {
    if (!anchor.empty()) anchors_.push_back(anchor);
  }

  std::string comment() { return options_.comments && one_in(6) ? " # " + word() + ": [" : ""; }
  void comment_line(int indent) {
    if (!options_.comments || !one_in(8)) return;
    if (one_in(2)) out_ += "\n";
    out_ += spaces(one_in(2) ? indent : pick(6)) + "# " + word() + "\n";
  }

  std::string flow(int depth, int indent) {
    const auto gap = [&] { return one_in(6) ? (options_.comments && one_in(2) ? " # ]}\n" : "\n") + spaces(indent + 1 + pick(4)) : one_in(2) ? std::string(" ") : std::string(); };
    if (depth > options_.max_depth || one_in(3)) return inline_scalar();
    std::string out;
    const int n = pick(4);
    if (one_in(2)) {
      for (int i = 0; i < n; ++i) {
        const int shape = pick(8);
        out += (i > 0 ? "," : "") + gap();
        if (shape == 0) out += key_text() + ":" + (one_in(2) ? "" : " " + inline_scalar());  // a pair without braces
        if (shape != 0) out += flow(depth + 1, indent);
        out += gap();
      }
      return "[" + out + (n > 0 && one_in(6) ? ",]" : "]");
    }
    for (int i = 0; i < n; ++i) {
      const bool quoted = one_in(3);
      const std::string name = quoted ? "\"" + key_text() + "\"" : key_text();
      out += (i > 0 ? "," : "") + gap() + name;
      switch (pick(8)) {
        case 0: break;              // {key}
        case 1: out += ":"; break;  // {key:}
        default: out += (quoted && one_in(2) ? ":" : ": ") + flow(depth + 1, indent); break;
      }
      out += gap();
    }
    return "{" + out + "}";
  }

  /// `|` or `>` and its lines, indented by more than `indent`.
  void block_scalar(int indent) {
    const int step = 1 + pick(4);
    const bool indented = one_in(6);  // the first line further than the others: the digit must say so
    const bool digit = indented || one_in(5);
    const std::string chomp = one_in(3) ? "-" : one_in(3) ? "+" : "";
    out_ += std::string(" ") + (one_in(2) ? "|" : ">") + (digit ? std::to_string(step) : "") + chomp + comment() + "\n";
    bool first = true;
    for (int i = 0, n = pick(5); i < n; ++i) {
      if (one_in(5)) {
        out_ += one_in(2) ? "\n" : spaces(pick(indent + step + 1)) + "\n";
      } else {
        out_ += spaces(indent + step + (first ? (indented ? 2 : 0) : pick(3))) + (one_in(4) ? "# no comment" : word() + ": {") + "\n";
        first = false;
      }
    }
    if (one_in(4)) out_ += "\n";
  }

  void folded_scalar(int indent) {
    const std::string fold = (one_in(3) ? "  \n\n" : "\n") + spaces(indent + 1 + pick(3));
    const std::string text = "first" + fold + "second" + (one_in(2) ? fold + "third" : "");
    switch (pick(3)) {
      case 0: out_ += " \"" + text + "\"\n"; break;
      case 1: out_ += " '" + text + "'\n"; break;
      default: out_ += " " + text + comment() + "\n"; break;
    }
  }

  /// What stands behind a key's `:` or an item's `-`, the line's end included; the collections in it are indented by more than `indent`.
  void value(int indent, int depth, bool in_sequence) {
    if (!anchors_.empty() && one_in(10)) {
      out_ += " *" + anchors_[static_cast<std::size_t>(pick(static_cast<int>(anchors_.size())))] + comment() + "\n";
      return;
    }
    const int shape = pick(depth > options_.max_depth ? 8 : 12);
    if (shape == 0) return block_scalar(indent);
    std::string anchor;
    const std::string property = properties(anchor);
    if (shape == 1) {
      out_ += property + comment() + "\n";
    } else if (shape == 2) {
      out_ += property;
      folded_scalar(indent);
    } else if (shape == 3 && options_.flow) {
      out_ += property + " " + flow(depth, indent) + comment() + "\n";
    } else if (shape < 8) {
      out_ += property + " " + (property.empty() && one_in(3) ? plain() : inline_scalar()) + comment() + "\n";
    } else if (in_sequence && property.empty() && one_in(2)) {
      if (shape < 11) {
        out_ += " ";
        block_map(indent + 2, depth + 1, true);
      } else {
        out_ += " ";
        block_sequence(indent + 2, depth + 1, true);
      }
    } else {
      out_ += property + comment() + "\n";
      if (shape < 11) {
        block_map(indent + 1 + pick(4), depth + 1, false);
      } else {
        block_sequence(indent + (in_sequence || one_in(2) ? 1 + pick(3) : 0), depth + 1);
      }
    }
    finish(anchor);
  }

  void block_map(int indent, int depth, bool started) {
    for (int i = 0, n = 1 + pick(4); i < n; ++i) {
      if (i > 0 || !started) {
        comment_line(indent);
        out_ += spaces(indent);
      }
      if (options_.anchors && !anchors_.empty() && one_in(12)) {
        out_ += "<<: *" + anchors_[static_cast<std::size_t>(pick(static_cast<int>(anchors_.size())))] + "\n";
        return;  // once in a map
      }
      if (one_in(20)) {
        out_ += "? " + key() + "\n" + spaces(indent);
      } else {
        out_ += key() + (one_in(12) ? " " : "");
      }
      out_ += ":";
      value(indent, depth, false);
    }
  }

  void block_sequence(int indent, int depth, bool started = false) {
    for (int i = 0, n = 1 + pick(4); i < n; ++i) {
      if (i > 0 || !started) {
        comment_line(indent);
        out_ += spaces(indent);
      }
      out_ += "-";
      value(indent, depth, true);
    }
  }

  std::mt19937& engine_;
  const YamlOptions& options_;
  std::string out_;
  std::vector<std::string> anchors_;  ///< of finished nodes: an alias can stand for them
  int keys_ = 0;
  int names_ = 0;
};

std::string with_crlf(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out += '\r';
    out += c;
  }
  return out;
}

}  // namespace

std::string random_yaml(std::mt19937& engine, const YamlOptions& options) {
  const auto one_in = [&](unsigned n) { return engine() % n == 0; };
  Writer writer(engine, options);
  std::string out = one_in(4) ? "# first\n" : "";
  if (one_in(20)) out += "%YAML 1.2\n---\n";
  const auto documents = 1 + engine() % static_cast<unsigned>(options.max_documents);
  for (unsigned i = 0; i < documents; ++i) {
    if (i > 0 || one_in(4)) out += one_in(6) ? "--- # next\n" : "---\n";
    if (i > 0 && one_in(8)) out += one_in(2) ? "# nothing\n---\n" : "---\n";
    out += writer.document();
    if (one_in(10)) out += "...\n";
  }
  if (!options.line_ends) return out;
  if (one_in(6) && out.ends_with('\n')) out.pop_back();
  if (one_in(5)) out = with_crlf(out);
  if (one_in(8)) out.insert(0, "\xEF\xBB\xBF");
  return out;
}

std::string random_json(std::mt19937& engine, int max_depth) {
  const YamlOptions options;
  return "{\"root\": " + Writer(engine, options).json(max_depth, 0) + "}\n";
}

}  // namespace s2a::test
