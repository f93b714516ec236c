// Which field of a source or an operation is which member, and under which two names it is written.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "ir/mesh/authorization_policy.h"

namespace s2a {

struct FieldPair {
  std::string_view values;
  std::string_view not_values;
};

inline constexpr std::array<std::pair<Match Source::*, FieldPair>, 7> kSourceFields = {{
    {&Source::principals, {"principals", "notPrincipals"}},
    {&Source::request_principals, {"requestPrincipals", "notRequestPrincipals"}},
    {&Source::namespaces, {"namespaces", "notNamespaces"}},
    {&Source::service_accounts, {"serviceAccounts", "notServiceAccounts"}},
    {&Source::trust_domains, {"trustDomains", "notTrustDomains"}},
    {&Source::ip_blocks, {"ipBlocks", "notIpBlocks"}},
    {&Source::remote_ip_blocks, {"remoteIpBlocks", "notRemoteIpBlocks"}},
}};

inline constexpr std::array<std::pair<Match Operation::*, FieldPair>, 4> kOperationFields = {{
    {&Operation::hosts, {"hosts", "notHosts"}},
    {&Operation::ports, {"ports", "notPorts"}},
    {&Operation::methods, {"methods", "notMethods"}},
    {&Operation::paths, {"paths", "notPaths"}},
}};

inline constexpr std::string_view kDryRun = "istio.io/dry-run";

}  // namespace s2a
