// What the program has to say: a code, a place, what was seen and what to do.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ir/source/codes.h"
#include "ir/source/span.h"

namespace s2a {

/// Primary: the problem. Info: what explains it.
enum class LabelKind : std::uint8_t { Primary, Info };

struct Label {
  FileId file{};
  Span span;
  LabelKind kind = LabelKind::Primary;
  std::string text;  ///< may be empty
  bool operator==(const Label&) const = default;
};

struct Diagnostic {
  Code code{};
  std::string subject;        ///< the resource, as `AuthorizationPolicy shop/cart-viewer`; empty where none was read
  std::string message;        ///< lower case, no full stop, names in backticks: the situation, not the rule
  std::vector<Label> labels;  ///< the first Primary one is the diagnostic's place
  std::string help;
  std::vector<std::string> notes;  ///< a witness request, the facts behind the message
  std::vector<std::string> keeps;  ///< the namespaces that stay on sidecars because of it, sorted
};

/// Every stage adds to one sink; the order of adding does not matter, see sorted().
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  void append(const Diagnostics& other) { all_.insert(all_.end(), other.all_.begin(), other.all_.end()); }
  /// By file, place, code and message; the same one twice is listed once.
  [[nodiscard]] std::vector<Diagnostic> sorted() const;
  /// The same for a report: of one code in one file only the first hundred, and the last of them notes how many more there are.
  [[nodiscard]] std::vector<Diagnostic> listed() const;
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return all_; }
  [[nodiscard]] bool has(Severity at_least) const;

 private:
  std::vector<Diagnostic> all_;
};

}  // namespace s2a
