// EditSet: order, overlaps, apply, compose, trimmed.
#include "backend/edit/edit_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace s2a::edit_set_test {

Edit edit(std::uint32_t begin, std::uint32_t end, std::string text) { return {.span = {.begin = begin, .end = end}, .text = std::move(text)}; }

EditSet set_of(std::initializer_list<Edit> edits) {
  EditSet out;
  for (const auto& one : edits) EXPECT_TRUE(out.add(one));
  return out;
}

TEST(EditSet, AppliesInOrderOfOffsetWhateverTheOrderOfAdding) { EXPECT_EQ(set_of({edit(4, 5, "E"), edit(0, 1, "A"), edit(2, 2, "-")}).apply("abcdef"), "Ab-cdEf"); }

TEST(EditSet, InsertionsAtOneOffsetKeepTheirOrderAndStandBeforeAReplacement) {
  EXPECT_EQ(set_of({edit(1, 2, "B"), edit(1, 1, "1"), edit(1, 1, "2"), edit(0, 1, "A")}).apply("abc"), "A12Bc");
}

TEST(EditSet, TouchingIsNoOverlap) { EXPECT_EQ(set_of({edit(1, 2, ""), edit(2, 3, "C"), edit(2, 2, "+")}).apply("abcd"), "a+Cd"); }

TEST(EditSet, RefusesOverlaps) {
  struct Case {
    Edit first, second;
  };
  for (const auto& [first, second] :
       {Case{edit(1, 4, "x"), edit(3, 5, "y")}, Case{edit(1, 4, "x"), edit(0, 2, "y")}, Case{edit(1, 4, "x"), edit(2, 3, "y")}, Case{edit(2, 3, "x"), edit(1, 4, "y")},
        Case{edit(1, 4, "x"), edit(1, 4, "y")}, Case{edit(1, 4, "x"), edit(2, 2, "y")}, Case{edit(2, 2, "x"), edit(1, 4, "y")}}) {
    EditSet set;
    EXPECT_TRUE(set.add(first));
    EXPECT_FALSE(set.add(second)) << second.span.begin << "-" << second.span.end;
    EXPECT_EQ(set.edits().size(), 1U);
  }
}

TEST(EditSet, TheSameReplacementTwiceCountsOnce) { EXPECT_EQ(set_of({edit(1, 3, "x"), edit(1, 3, "x")}).edits().size(), 1U); }

TEST(EditSet, DropsWhatDoesNothing) { EXPECT_TRUE(set_of({edit(1, 1, "")}).empty()); }

TEST(EditSet, TrimsWhatStaysTheSame) {
  EXPECT_EQ(set_of({edit(0, 5, "a-cde"), edit(5, 6, "f")}).trimmed("abcdef").edits(), (std::vector{edit(1, 2, "-")}));
  EXPECT_EQ(set_of({edit(1, 3, "aaa")}).trimmed("-aa-").edits(), (std::vector{edit(3, 3, "a")}));
}

TEST(Compose, TextInsertedAndThenEditedIsOneEdit) {
  EXPECT_EQ(compose(set_of({edit(1, 1, "hello")}), set_of({edit(2, 6, "i")})).edits(), (std::vector{edit(1, 1, "hi")}));
  EXPECT_TRUE(compose(set_of({edit(1, 1, "hello")}), set_of({edit(1, 6, "")})).empty());
}

/// Random edits of a text of that size.
EditSet random_edits(std::size_t size) {
  EditSet out;
  const auto count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) {
    const auto begin = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(size) + 1);
    const auto end = *rc::gen::inRange<std::uint32_t>(begin, std::min(begin + 5, static_cast<std::uint32_t>(size)) + 1);
    (void)out.add({.span = {.begin = begin, .end = end}, .text = *rc::gen::container<std::string>(rc::gen::inRange('a', 'e'))});
  }
  return out;
}

RC_GTEST_PROP(Compose, OneAfterTheOther, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::inRange('a', 'e'));
  const auto first = random_edits(text.size());
  const auto middle = first.apply(text);
  const auto second = random_edits(middle.size());
  RC_ASSERT(compose(first, second).apply(text) == second.apply(middle));
  RC_ASSERT(first.trimmed(text).apply(text) == middle);
}

}  // namespace s2a::edit_set_test
