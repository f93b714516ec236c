// The order of diagnostics, and how many of a kind are listed.
#include "ir/source/diagnostic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace s2a::diagnostic_test {

using testing::ElementsAre;
using testing::IsEmpty;

Diagnostic at(std::uint32_t offset, Code code = Code::MalformedYaml, FileId file = {}) {
  return {.code = code, .message = "m", .labels = {{.file = file, .span = {offset, offset + 1}}}};
}

TEST(Diagnostics, AreSortedByPlaceAndToldOnce) {
  Diagnostics all;
  for (const std::uint32_t offset : {7U, 3U, 7U}) all.add(at(offset));
  const auto sorted = all.sorted();
  ASSERT_EQ(sorted.size(), 2U);
  EXPECT_EQ(sorted[0].labels[0].span.begin, 3U);
}

TEST(Diagnostics, ListAHundredOfACodeInAFile) {
  Diagnostics all;
  for (std::uint32_t i = 0; i < 250; ++i) all.add(at(i));
  for (std::uint32_t i = 0; i < 100; ++i) all.add(at(i, Code::DuplicateKey));
  for (std::uint32_t i = 0; i < 101; ++i) all.add(at(i, Code::MalformedYaml, FileId{1}));
  for (int i = 0; i < 200; ++i) all.add({.code = Code::Unreadable, .message = std::to_string(i)});
  EXPECT_EQ(all.sorted().size(), 651U);
  const auto listed = all.listed();
  ASSERT_EQ(listed.size(), 500U) << "what has no place is all of a file of its own";
  std::vector<std::string> notes;
  for (const auto& diagnostic : listed) notes.insert(notes.end(), diagnostic.notes.begin(), diagnostic.notes.end());
  EXPECT_THAT(notes, ElementsAre("150 more of S2A0001 in this file are not listed", "1 more of S2A0001 in this file are not listed"));
  EXPECT_THAT(all.all().front().notes, IsEmpty());
}

}  // namespace s2a::diagnostic_test
