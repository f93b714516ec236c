// Services for which no half of any policy says enough: what a waypoint cannot tell apart, or would not look at, it must refuse. authorization.md 8.2
//
//   pods of one Service without a common ALLOW policy     ->     kind: AuthorizationPolicy
//                                                                spec: { targetRefs: [ Service cart ] }      (allows nothing)
#include <fmt/format.h>

#include <algorithm>

#include "ir/passes/context.h"
#include "ir/passes/halves.h"
#include "ir/passes/names.h"
#include "ir/passes/passes.h"
#include "ir/passes/rule_text.h"

namespace s2a {
namespace {

class Closer {
 public:
  Closer(PassContext& ctx, const MovingNamespace& moving, Names& names) : ctx_(ctx), moving_(moving), names_(names) {}

  void close(const Front& front) {
    if (front.nothing_in_common) create(front, *front.allowing.begin(), "-allow-nothing", {}, {}, "no rules", "its pods have no ALLOW policy in common");
    if (front.tokens_differ)
      create(front, *front.tokens_differ, "-deny-all", "DENY", {Rule{}}, "denies all", "its pods take different tokens, and the waypoint cannot tell whose pod it will be");
    else if (front.extensions_differ)
      create(front, *front.extensions_differ, "-deny-all", "DENY", {Rule{}}, "denies all",
             "an extension may change requests to some of its pods, and the waypoint cannot tell whose it will be");
    else if (!front.unchecked_ports.empty())
      create(front, *front.http_reader, "-deny-bytes", "DENY", {for_ports(front.unchecked_ports)}, fmt::format("denies port {}", fmt::join(front.unchecked_ports, ", ")),
             "the waypoint takes for bytes what sidecars read as HTTP");
  }

 private:
  void create(const Front& front, ResourceId cause_id, std::string_view suffix, std::string_view action, const std::vector<Rule>& rules, std::string_view what, std::string why) {
    const auto& cause = ctx_.now.store()[cause_id];
    const auto name = names_.take(moving_.name, front.name, suffix);
    Value::Map spec{{"targetRefs", Value::Sequence{service_target(front.name)}}};
    if (!action.empty()) spec.emplace_back("action", action);
    if (!rules.empty()) spec.emplace_back("rules", to_value(rules));
    const Value value(Value::Map{
        {"apiVersion", policy_version(cause)}, {"kind", "AuthorizationPolicy"}, {"metadata", Value::Map{{"name", name}, {"namespace", front.ns}}}, {"spec", std::move(spec)}});
    ctx_.plan.actions.push_back(creation_of(ctx_, fmt::format("AuthorizationPolicy {}/{}", moving_.name, name), cause, Code::ServiceDefaultDeny, moving_.name,
                                            fmt::format("targetRefs[Service/{}], {}", front.name, what), std::move(why),
                                            AppendResource{.document = cause.document, .resource = cause.node, .value = value}));
  }

  PassContext& ctx_;
  const MovingNamespace& moving_;
  Names& names_;
};

}  // namespace

void close_services(PassContext& ctx) {
  Names names(ctx.now, Kind::AuthorizationPolicy);
  for (const auto& [name, moving] : ctx.survey.moving) {
    Closer closer(ctx, moving, names);
    for (const auto& front : fronts(ctx.now, moving)) closer.close(front);
  }
}

}  // namespace s2a
