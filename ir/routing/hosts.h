// The hosts that routes and rules can name: those of Services and of ServiceEntries, and what their names stand for. routing.md 1.1, 1.3
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ir/mesh/host_name.h"
#include "ir/mesh/mesh_model.h"

namespace s2a {

struct RoutedHost {
  std::string host;  ///< `reviews.shop.svc.cluster.local`, `api.example.com`
  std::string name;  ///< `shop/reviews`; the host of a ServiceEntry
  std::string ns;
  Dialled is;  ///< a Service or a ServiceEntry
};

/// Every host of the mesh, by name. Built once for a mesh.
class Hosts {
 public:
  explicit Hosts(const MeshModel& mesh);

  [[nodiscard]] const RoutedHost* find(std::string_view host) const;
  [[nodiscard]] const RoutedHost* find(ServiceId service) const;
  [[nodiscard]] const std::map<std::string, RoutedHost, std::less<>>& all() const { return by_host_; }
  [[nodiscard]] const std::vector<ServicePort>& ports(const RoutedHost& host) const;
  [[nodiscard]] const ServicePort* port(const RoutedHost& host, std::uint16_t number) const;

  /// A host as an object of that namespace writes it: a name without a dot is a Service beside it, everything else is taken as it is.
  [[nodiscard]] std::string resolved(std::string_view host, std::string_view ns) const;
  /// What a host is called where decisions are told: `shop/reviews` even where there is no such Service.
  [[nodiscard]] std::string name_of(const std::string& host) const;
  /// The names by which a client of that namespace asks for a Service, its own host first. routing.md 7.0
  [[nodiscard]] std::vector<std::string> names(const RoutedHost& host, std::string_view client_ns) const;

 private:
  const MeshModel* mesh_;
  std::map<std::string, RoutedHost, std::less<>> by_host_;
};

/// Whether an object of namespace `ns` is exported to the proxies of another one: its exportTo, or by default everywhere.
[[nodiscard]] bool exported(const std::vector<std::string>& export_to, std::string_view ns, std::string_view to);

}  // namespace s2a
