// Label selectors and the index over pods.
#include "ir/mesh/selection.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace s2a::selection_test {

Labels labels(std::initializer_list<std::pair<std::string, std::string>> pairs) {
  Labels out;
  for (const auto& [key, value] : pairs) out[key].value = value;
  return out;
}

TEST(Picks, NeedsEveryLabelWithItsValue) {
  const auto pod = labels({{"app", "reviews"}, {"version", "v1"}});
  EXPECT_TRUE(picks(labels({{"app", "reviews"}}), pod));
  EXPECT_TRUE(picks(pod, pod));
  EXPECT_TRUE(picks(Labels{}, pod));
  EXPECT_FALSE(picks(labels({{"app", "review"}}), pod));
  EXPECT_FALSE(picks(labels({{"app", "reviews"}, {"tier", "web"}}), pod));
  EXPECT_FALSE(picks(labels({{"app", ""}}), Labels{}));
}

TEST(Picks, SelectorThatIsNotWrittenOrEmptyPicksAll) {
  EXPECT_TRUE(picks(std::optional<Selector>{}, Labels{}));
  EXPECT_TRUE(picks(std::optional<Selector>{Selector{}}, Labels{}));
  Selector selector;
  selector.match_labels = labels({{"app", "a"}});
  EXPECT_FALSE(picks(std::optional(selector), Labels{}));
}

TEST(SelectorText, IsWhatKubectlReads) { EXPECT_EQ(selector_text(labels({{"version", "v1"}, {"app", "a"}})), "app=a,version=v1"); }

using Pod = std::pair<std::string, Labels>;

Labels arbitrary_labels() {
  Labels out;
  for (const auto* key : {"a", "b", "c"}) {
    if (const auto value = *rc::gen::element<std::string>("", "1", "2"); !value.empty()) out[key].value = value;
  }
  return out;
}

RC_GTEST_PROP(WorkloadIndex, SelectsWhatALookAtEachPodWouldSelect, ()) {
  std::vector<Pod> pods(*rc::gen::inRange<std::size_t>(0, 12));
  WorkloadIndex index;
  for (std::uint32_t i = 0; i < pods.size(); ++i) {
    pods[i] = {*rc::gen::element<std::string>("shop", "web"), arbitrary_labels()};
    index.add(WorkloadId{i}, pods[i].first, pods[i].second);
  }
  const auto selector = arbitrary_labels();
  for (const std::string_view ns : {std::string_view("shop"), std::string_view("web"), std::string_view("none"), kAllNamespaces}) {
    std::vector<WorkloadId> expected;
    for (std::uint32_t i = 0; i < pods.size(); ++i) {
      if ((ns == kAllNamespaces || pods[i].first == ns) && picks(selector, pods[i].second)) expected.push_back(WorkloadId{i});
    }
    RC_ASSERT(index.select(ns, selector) == expected);
  }
}

}  // namespace s2a::selection_test
