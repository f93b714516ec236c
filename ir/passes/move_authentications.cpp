// A RequestAuthentication goes where tokens are read: to the waypoint. What comes past it cannot be asked for a token, and is denied. authorization.md 7, 8.2, 8.3
//
//   kind: RequestAuthentication               kind: RequestAuthentication                 kind: AuthorizationPolicy
//   metadata: { name: jwt }                   metadata: { name: jwt }                     metadata: { name: jwt-ztunnel }
//   spec:                                     spec:                                       spec:
//     selector: { app: cart }          ->       targetRefs: [ Service cart ]       +        selector: { app: cart }
//     jwtRules: ...                             jwtRules: ...                               action: DENY
//                                                                                           rules: [ when: source.principal notValues [the waypoint] ]
#include "ir/passes/passes.h"
#include "ir/passes/retarget.h"

namespace s2a {

void move_authentications(PassContext& ctx) {
  Names authentications(ctx.now, Kind::RequestAuthentication);
  Names policies(ctx.now, Kind::AuthorizationPolicy);
  for (const auto& [name, moving] : ctx.survey.moving) {
    Retargeter retargeter(ctx, moving, policies);
    for (const auto* resource : ctx.now.all(Kind::RequestAuthentication)) {
      const auto reach = reach_of(ctx.now, *resource, moving);
      if (reach.pods.empty() || std::get<RequestAuthentication>(resource->spec).jwt_rules.empty()) continue;
      retargeter.to_services(*resource, reach, authentications, Code::AuthenticationMoved, "tokens are read at the waypoint");
      const auto without_tokens = common_ports(ctx.now, reach.pods, AppProtocol::Tcp);  // sidecars ask for none there either
      retargeter.close_to_others(*resource, reach, without_tokens, Code::AuthenticationGuard, "ztunnel cannot look at tokens");
    }
  }
}

}  // namespace s2a
