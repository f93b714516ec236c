// Telling a waypoint a rule.
//
//   - to:                                                              - to:
//     - operation: { ports: ["8080"], methods: [GET] }       ->          - operation: { ports: ["80"], methods: [GET] }      (the Service: 80 -> 8080)
#include "ir/passes/rule_at_waypoint.h"

#include <algorithm>

#include "ir/mesh/rule_shape.h"
#include "ir/passes/rule_text.h"
#include "ir/pattern/pattern.h"

namespace s2a {
namespace {

/// Not seen at a waypoint, or seen as something else. F10, 9.7
bool lost_at_waypoint(const Condition& when) {
  return reads(when, ConditionAttribute::SourceIp) || reads(when, ConditionAttribute::DestinationIp) || reads(when, ConditionAttribute::ConnectionSni);
}

void strip_remote_address(Rule& rule) {
  for (auto& source : rule.from) source.remote_ip_blocks = {};
  std::erase_if(rule.when, [](const Condition& c) { return reads(c, ConditionAttribute::RemoteIp); });
}

void drop_always(Rule& rule) {
  drop_if_always(rule.from);
  drop_if_always(rule.to);
}

class WaypointTeller {
 public:
  WaypointTeller(AuthorizationAction action, std::span<const FrontPort> ports) : allow_(action == AuthorizationAction::Allow), ports_(ports) {}

  WaypointRules tell(const Rule& rule) {
    WaypointRules out;
    auto main = rule;
    if (!drop_addresses(main) || !map_ports(main)) return {.rules = {}, .exact = exact_};
    drop_always(main);
    const auto bytes_at_sidecar = ports_with([&](const FrontPort& p) { return p.raw_at_sidecar; });
    const auto bytes_at_one = ports_with([&](const FrontPort& p) { return p.raw_at_sidecar || p.raw_at_waypoint; });
    const auto skewed = reads_remote_address(rule) ? bytes_at_one : reads_http(rule) ? bytes_at_sidecar : std::vector<std::uint16_t>{};
    exact_ = exact_ && skewed.empty();
    if (allow_) {
      if (keep_to_other_ports(main, skewed)) out.rules.push_back(mark_as_http(rule, std::move(main)));
    } else {
      out.rules.push_back(main);
      if (!skewed.empty()) out.rules.push_back(for_bytes(std::move(main), skewed));
      const auto uncaptured = ports_with([](const FrontPort& p) { return p.uncaptured; });
      for (auto& told : out.rules) exempt_ports(told, uncaptured);
    }
    out.exact = exact_;
    return out;
  }

 private:
  template <class Wanted>
  [[nodiscard]] std::vector<std::uint16_t> ports_with(Wanted wanted) const {
    std::vector<std::uint16_t> out;
    for (const auto& port : ports_)
      if (wanted(port)) out.push_back(port.service_port);
    return out;
  }

  /// False: no request can match any more.
  bool drop_addresses(Rule& rule) {
    const auto lost = [](const Source& s) { return constrains(s.ip_blocks); };
    if (std::ranges::none_of(rule.from, lost) && std::ranges::none_of(rule.when, lost_at_waypoint)) return true;
    exact_ = false;
    if (allow_) {
      std::erase_if(rule.from, lost);
      return std::ranges::none_of(rule.when, lost_at_waypoint) && !rule.from.empty();
    }
    for (auto& source : rule.from) source.ip_blocks = {};
    std::erase_if(rule.when, lost_at_waypoint);
    return true;
  }

  /// The Service ports whose container ports are listed: of all pods, or of any.
  std::vector<std::uint16_t> service_ports(const Values& listed, bool of_all) {
    const auto is_listed = [&](std::uint16_t port) { return std::ranges::any_of(listed, [&](const auto& value) { return port_number(value.value) == port; }); };
    return ports_with([&](const FrontPort& port) {
      const bool all = !port.container_ports.empty() && std::ranges::all_of(port.container_ports, is_listed);
      const bool any = std::ranges::any_of(port.container_ports, is_listed);
      exact_ = exact_ && all == any;
      return of_all ? all : any;
    });
  }

  /// False: these ports can never match.
  bool map_ports(Match& match) {
    if (ports_.empty()) return true;
    if (!match.values.empty()) {
      const auto wanted = service_ports(match.values, allow_);
      if (wanted.empty()) return false;
      assign(match.values, port_texts(wanted));
    }
    if (!match.not_values.empty()) assign(match.not_values, port_texts(service_ports(match.not_values, !allow_)));
    return true;
  }

  bool map_ports(Rule& rule) {
    const bool had_operations = !rule.to.empty();
    std::erase_if(rule.to, [&](Operation& operation) { return !map_ports(operation.ports); });
    if (rule.to.empty() && had_operations) return false;
    for (auto& when : rule.when)
      if (reads(when, ConditionAttribute::DestinationPort) && !map_ports(when.match)) return false;
    std::erase_if(rule.when, [](const Condition& when) { return !constrains(when.match); });
    return true;
  }

  /// False: there are no other ports.
  bool keep_to_other_ports(Rule& rule, const std::vector<std::uint16_t>& skewed) const {
    const auto is_skewed = [&](std::uint16_t port) { return std::ranges::find(skewed, port) != skewed.end(); };
    if (skewed.empty() || avoids(rule, skewed)) return true;
    const auto others = ports_with([&](const FrontPort& p) { return !is_skewed(p.service_port); });
    if (!others.empty()) rule.when.push_back(condition(ConditionAttribute::DestinationPort, port_texts(others), {}));
    return !others.empty();
  }

  static Rule mark_as_http(const Rule& rule, Rule now) {
    if (!reads_http(rule) || reads_http(now)) return now;
    if (now.to.empty()) now.to.emplace_back();
    for (auto& operation : now.to) operation.methods.values = spanned({"*"});
    return now;
  }

  /// The same without what one of the two sides does not see, on the ports where that is so.
  static Rule for_bytes(Rule rule, const std::vector<std::uint16_t>& skewed) {
    strip_http(rule);
    strip_remote_address(rule);
    drop_always(rule);
    rule.when.push_back(condition(ConditionAttribute::DestinationPort, port_texts(skewed), {}));
    return rule;
  }

  bool allow_;
  bool exact_ = true;
  std::span<const FrontPort> ports_;
};

}  // namespace

WaypointRules rules_at_waypoint(const Rule& rule, AuthorizationAction action, std::span<const FrontPort> ports) { return WaypointTeller(action, ports).tell(rule); }

}  // namespace s2a
