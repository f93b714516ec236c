// Writing words for people and for a shell.
#include "ir/mesh/kubectl.h"

#include "ir/mesh/selection.h"

namespace s2a {

std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string in_words(const Labels& labels) {
  std::string text;
  for (const auto& [key, value] : labels) text += (text.empty() ? "" : ", ") + key + ": " + value.value;
  return text;
}

std::string get_pods(const std::string& ns, const Labels& labels) {
  const auto all = "kubectl get pods -n " + shell_word(ns);
  return labels.empty() ? all : all + " -l " + shell_word(selector_text(labels));
}

}  // namespace s2a
