// The table of condition keys.
#include "ir/pattern/condition_key.h"

#include <array>
#include <cstddef>

namespace s2a {
namespace {

using enum ConditionAttribute;

constexpr std::array kKeys = {
    ConditionKeyInfo{SourceIp, "source.ip", Brackets::None},
    ConditionKeyInfo{RemoteIp, "remote.ip", Brackets::None},
    ConditionKeyInfo{SourceNamespace, "source.namespace", Brackets::None},
    ConditionKeyInfo{SourcePrincipal, "source.principal", Brackets::None},
    ConditionKeyInfo{SourceServiceAccount, "source.serviceAccount", Brackets::None},
    ConditionKeyInfo{SourceTrustDomain, "source.trustDomain", Brackets::None},
    ConditionKeyInfo{RequestPrincipal, "request.auth.principal", Brackets::None},
    ConditionKeyInfo{RequestAudiences, "request.auth.audiences", Brackets::None},
    ConditionKeyInfo{RequestPresenter, "request.auth.presenter", Brackets::None},
    ConditionKeyInfo{RequestClaim, "request.auth.claims", Brackets::Many},
    ConditionKeyInfo{RequestHeader, "request.headers", Brackets::One},
    ConditionKeyInfo{DestinationIp, "destination.ip", Brackets::None},
    ConditionKeyInfo{DestinationPort, "destination.port", Brackets::None},
    ConditionKeyInfo{ConnectionSni, "connection.sni", Brackets::None},
    ConditionKeyInfo{EnvoyFilter, "experimental.envoy.filters.", Brackets::One},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kKeys.size(); ++i) {
    if (kKeys[i].attribute != static_cast<ConditionAttribute>(i)) return false;
  }
  return true;
}
static_assert(in_order(), "a row for each attribute, in the order of the enum");

}  // namespace

std::span<const ConditionKeyInfo> condition_keys() { return kKeys; }

std::string to_string(const ConditionKey& key) {
  std::string out(kKeys[static_cast<std::size_t>(key.attribute)].spelling);
  for (std::size_t i = 0; i < key.names.size(); ++i) {
    const bool filter_name = key.attribute == EnvoyFilter && i == 0;
    out += filter_name ? key.names[i] : "[" + key.names[i] + "]";
  }
  return out;
}

}  // namespace s2a
