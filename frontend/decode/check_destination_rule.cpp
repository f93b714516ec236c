// The rules of istiod's webhook and of the CRD for a DestinationRule. routing.md 4.2, 4.3
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "frontend/decode/check_traffic.h"
#include "frontend/grammar/object_name.h"

namespace s2a {
namespace {

class DestinationRuleCheck {
 public:
  explicit DestinationRuleCheck(const Reader& reader) : reader_(reader) {}

  void policy(NodeId holder) const {
    const auto policy = reader_.get(holder, "trafficPolicy");
    if (policy == kNoNode || reader_[policy].kind != NodeKind::Map) return;
    const auto ports = reader_.items(policy, "portLevelSettings");
    if (ports.empty() && empty(policy)) refuse(reader_.key(holder, "trafficPolicy"), "an empty `trafficPolicy` is refused", "remove it");
    settings(policy);
    for (const auto item : ports) {
      if (reader_[item].kind != NodeKind::Map) continue;
      if (!reader_.integer(reader_.get(item, "port"), "number")) refuse(item, "settings for a port that is not named are refused", "add `port: {number: ...}`");
      if (empty(item)) refuse(item, "settings for a port that set nothing are refused", "remove the item");
      settings(item);
    }
  }

  void subsets(const DestinationRule& rule) const {
    std::set<std::string_view> seen;
    for (const auto& subset : rule.subsets) {
      const auto& name = subset.name;
      if (name.written()) {
        if (const auto legal = check_subset_name(name.value); !legal)
          reader_.report_inside(Code::InvalidValue, name.node, legal.error().offset, legal.error().message, legal.error().hint);
        else if (!seen.insert(name.value).second)
          refuse(name.node, fmt::format("the subset `{}` is defined twice", name.value), "remove one of the two");
      }
      policy(subset.node);
    }
  }

 private:
  void refuse(NodeId node, std::string message, std::string help = {}) const { reader_.report(Code::InvalidValue, node, std::move(message), std::move(help)); }

  [[nodiscard]] bool empty(NodeId policy) const {
    constexpr std::array<std::string_view, 7> kFields{"connectionPool", "loadBalancer", "outlierDetection", "proxyProtocol", "retryBudget", "tls", "tunnel"};
    return std::ranges::all_of(kFields, [&](std::string_view field) { return reader_.get(policy, field) == kNoNode; });
  }

  /// At most one of these fields.
  void one_of(NodeId map, std::initializer_list<std::string_view> fields) const {
    std::string_view first;
    for (const auto field : fields) {
      if (reader_.get(map, field) == kNoNode) continue;
      if (!first.empty()) return refuse(reader_.key(map, field), fmt::format("`{}` beside `{}` is refused", field, first), "remove one of the two");
      first = field;
    }
  }

  void settings(NodeId policy) const {
    const auto balancer = reader_.get(policy, "loadBalancer");
    one_of(balancer, {"simple", "consistentHash"});
    const auto hash = reader_.get(balancer, "consistentHash");
    one_of(hash, {"httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"});
    one_of(hash, {"ringHash", "maglev"});
    const auto tls = reader_.get(policy, "tls");
    const auto mode = reader_.string(tls, "mode");
    if (mode.value != "MUTUAL" || !reader_.string(tls, "credentialName").value.empty()) return;
    for (const std::string_view field : {"clientCertificate", "privateKey"})
      if (reader_.string(tls, field).value.empty()) return refuse(mode.node, fmt::format("MUTUAL without `{}` is refused", field), "name a `credentialName`, or both files");
  }

  const Reader& reader_;
};

}  // namespace

void check_destination_rule(const Reader& reader, NodeId spec, const DestinationRule& rule) {
  const DestinationRuleCheck check(reader);
  check_export_to(reader, spec);
  check.policy(spec);
  check.subsets(rule);
}

}  // namespace s2a
