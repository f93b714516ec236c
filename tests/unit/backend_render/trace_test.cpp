// How a trace reads: routes as the caller's sidecar's, rules that did not hold with what fails.
#include <gtest/gtest.h>

#include "backend/render/renderer.h"

namespace s2a::trace_test {

/// A route of the caller's sidecar, and a pod whose policy has one rule.
TraceReport report(std::vector<std::string> fails) {
  auto store = std::make_unique<Store>();
  const auto file = store->sources.add({.path = "shop.yaml", .text = "rules:\n- {}\n", .access = Access::Edit, .mesh_root = {}});
  const Label rule{.file = file, .span = {7, 11}, .text = {}};
  const MissedRule missed{.policy = "AuthorizationPolicy shop/p", .rule = "spec.rules[0]", .place = rule, .fails = std::move(fails)};
  const Hop route{.engine = Engine::Sidecar,
                  .waypoint = {},
                  .outcome = Outcome::Allow,
                  .policy = "VirtualService shop/v",
                  .rule = {},
                  .place = {},
                  .why = {},
                  .route = "to Service shop/cart port 80"};
  const Hop judge{.engine = Engine::Sidecar,
                  .waypoint = {},
                  .outcome = Outcome::Forbidden,
                  .policy = "AuthorizationPolicy shop/p",
                  .rule = {},
                  .place = {},
                  .why = "no ALLOW rule holds",
                  .route = {},
                  .missed = {missed}};
  const Way way{.pods = {"Pod shop/cart"}, .port = 8080, .hops = {route, judge}, .unknown = {}, .past = {}, .seen = "403"};
  return {.store = std::move(store),
          .now = {.caller = CallerKind::Sidecar, .request = "GET /", .to = "Service shop/cart port 80", .ways = {way}},
          .planned = {},
          .stays = {},
          .diagnostics = {}};
}

bool says(const TraceReport& report, std::string_view text) { return render_trace_text(report, {}).find(text) != std::string::npos; }

TEST(TraceText, TellsTheCallersSidecarFromThePods) {
  EXPECT_TRUE(says(report({}), "caller's sidecar   routes   VirtualService shop/v: to Service shop/cart port 80\n"));
  EXPECT_TRUE(says(report({}), "    sidecar            denies   AuthorizationPolicy shop/p: no ALLOW rule holds\n"));
}

TEST(TraceText, SaysWhyARuleDidNotHold) {
  EXPECT_TRUE(says(report({"method", "path"}), "spec.rules[0]   shop.yaml:2   does not hold: method, path\n"));
  EXPECT_TRUE(says(report({}), "spec.rules[0]   shop.yaml:2   holds for no request\n"));
}

}  // namespace s2a::trace_test
