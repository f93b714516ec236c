// Kinds are split set by set.
#include "ir/pattern/letters.h"

#include <algorithm>
#include <optional>

namespace s2a {
namespace {

constexpr std::string_view kPlainestFirst = "xyzwvutsrqponmlkjihgfedcba0123456789XYZWVUTSRQPONMLKJIHGFEDCBA/-_.~%!$&'()*+,;:@=[]|^{}<>\"\\#? \t\n";

/// All characters, the plainest first.
const std::string& all_letters() {
  static const std::string kAll = [] {
    std::string out(kPlainestFirst);
    for (int c = 0; c < 256; ++c)
      if (kPlainestFirst.find(static_cast<char>(c)) == std::string_view::npos) out += static_cast<char>(c);
    return out;
  }();
  return kAll;
}

}  // namespace

void Kinds::tell_apart(const Bytes& bytes) {
  std::vector<std::optional<std::size_t>> inside(kinds_);  // what becomes of those of a kind that are in the set
  std::vector<bool> outside(kinds_, false);
  for (std::size_t i = 0; i < letters_.size(); ++i)
    if (!bytes.test(static_cast<unsigned char>(letters_[i]))) outside[kind_of_[i]] = true;
  for (std::size_t i = 0; i < letters_.size(); ++i) {
    auto& kind = kind_of_[i];
    if (!bytes.test(static_cast<unsigned char>(letters_[i])) || !outside[kind]) continue;
    if (!inside[kind]) inside[kind] = kinds_++;
    kind = *inside[kind];
  }
}

std::string Kinds::first_of_each() const {
  std::string out;
  std::vector<bool> seen(kinds_, false);
  for (std::size_t i = 0; i < letters_.size(); ++i) {
    if (!seen[kind_of_[i]]) out += letters_[i];
    seen[kind_of_[i]] = true;
  }
  return out;
}

std::size_t Kinds::size_of_kind(std::size_t letter) const { return static_cast<std::size_t>(std::ranges::count(kind_of_, kind_of_.at(letter))); }

std::string plainest_letters(std::span<const Bytes> sets, const Bytes& readable) {
  std::string letters;
  std::ranges::copy_if(all_letters(), std::back_inserter(letters), [&](char c) { return readable.test(static_cast<unsigned char>(c)); });
  Kinds kinds(letters);
  for (const auto& set : sets) kinds.tell_apart(set);
  struct Letter {
    char c = 0;
    std::size_t same = 0;  ///< of its kind
  };
  std::vector<Letter> found;
  for (const char c : kinds.first_of_each()) found.push_back({.c = c, .same = kinds.size_of_kind(letters.find(c))});
  const auto biggest = std::ranges::max_element(found, {}, &Letter::same);
  if (biggest != found.end()) std::rotate(found.begin(), biggest, biggest + 1);
  const auto alone = [](const Letter& letter) { return letter.same == 1; };
  const auto others = found.empty() ? found.begin() : std::stable_partition(found.begin() + 1, found.end(), alone);
  if (!found.empty()) std::sort(found.begin() + 1, others, [](const Letter& a, const Letter& b) { return a.c < b.c; });
  std::string out;
  for (const auto& letter : found) out += letter.c;
  return out;
}

}  // namespace s2a
