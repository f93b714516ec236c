// A workload in two meshes: every address by which a class of client can send to it, compared. authorization.md 8.6
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ir/authz/enforcement.h"
#include "ir/plan.h"
#include "ir/proof/proofs.h"
#include "ir/routing/routed_ways.h"

namespace s2a {

/// What is taken for granted of both meshes.
struct Presumed {
  bool callers_move = true;  ///< who is an ambient caller after had a sidecar before
  bool tunnel_taken = true;  ///< sidecars take HBONE, unless their pods are written as injected without it (8.8)
  bool any_caller = false;   ///< ambient callers may come from outside the input, gateways may dial pods, and anybody ports that sidecars leave alone
};

/// One address, and what the requests of one class of client to it get on both sides.
struct AddressCompared {
  Question question;                     ///< in the ids of the mesh before
  std::string address;                   ///< `Service shop/cart port 80`
  std::string labels{};                  ///< of the caller: `app=cart`; empty where all callers are led alike
  std::optional<Comparison> comparison;  ///< nothing where the input does not say what the port speaks
};

/// Whose requests routes lead.
inline constexpr std::array kRoutedClients = {ClientClass::AmbientToService, ClientClass::Sidecar, ClientClass::Ingress};

/// What is said of the routes of a Service or ServiceEntry where they do the same for this class of client.
[[nodiscard]] Finding about_routes(const MeshModel& mesh, const Dialled& to, ClientClass client);

/// What routes can be for, in one order: Services, then ServiceEntries.
[[nodiscard]] std::vector<Dialled> routable(const MeshModel& mesh);

class BothSides {
 public:
  /// The meshes must outlive it.
  BothSides(const MeshModel& before, const MeshModel& after, Presumed presumed);

  /// The workload of the mesh after that has the same kind, namespace and name; nothing where there is none.
  [[nodiscard]] std::optional<WorkloadId> counterpart(WorkloadId before) const;
  /// Every address that the workload has on both sides, and new Services by which it lets in more than by its own address (routing.md 7.15), but Services about which routes
  /// decide: see compare_routes(). It must have a counterpart.
  [[nodiscard]] std::vector<AddressCompared> compare_all(WorkloadId id, ClientClass client);

  /// Where requests to each port of a Service, or of each host of a ServiceEntry, go, and what becomes of them on the way; nothing for ports about which no route decides on
  /// either side. routing.md 7.0
  [[nodiscard]] std::vector<AddressCompared> compare_routes(const Dialled& to, ClientClass client);

  /// How many different proofs that took so far.
  [[nodiscard]] std::size_t proofs() const { return proofs_.size(); }

  /// `GET http://cart.shop/ from ... to Service shop/cart port 80: allowed at the sidecar, then denied at the ztunnel (...)`; of routes also what becomes of the request. There
  /// must be a difference.
  [[nodiscard]] std::string witness(const AddressCompared& compared) const;

 private:
  void compare_new_services(WorkloadId id, std::vector<AddressCompared>& out);
  void compare_host(const RoutedHost& host, const Dialled& there, ClientClass client, std::vector<AddressCompared>& out);
  [[nodiscard]] std::optional<Dialled> counterpart(const Dialled& before) const;
  [[nodiscard]] std::string address(const Question& question) const;
  [[nodiscard]] std::optional<Question> after(Question question) const;
  [[nodiscard]] Question before(const Question& question) const;
  /// The same of a client with a sidecar.
  [[nodiscard]] static Question by_sidecar(Question question);
  /// Whether routes decide about such requests of somebody on either side.
  [[nodiscard]] bool routed(const Question& was, const Question& is) const;
  [[nodiscard]] Callers callers(const Question& question) const;
  void note_clients();
  [[nodiscard]] std::vector<Question> questions(WorkloadId id, ClientClass client) const;
  /// What a request asks for that no rule on hosts names.
  [[nodiscard]] std::string host(const Question& question) const;

  const MeshModel& before_;
  const MeshModel& after_;
  Presumed presumed_;
  bool ambient_after_ = false;    ///< whether anybody can be an ambient caller
  bool leaves_sidecars_ = false;  ///< whether the mesh after shows anything ambient: where nothing is, callers keep the sidecars that route them
  std::map<std::string, WorkloadId> workloads_;
  std::map<std::pair<std::string, std::string>, ServiceId> services_;  ///< of the mesh after, by namespace and name
  RoutedWays ways_before_;
  RoutedWays ways_after_;
  std::set<ServiceId> new_services_;                         ///< of the mesh after: those that the mesh before lacks
  std::map<std::string, ResourceId> entries_;                ///< the ServiceEntries of the mesh after, by subject
  std::map<Dialled, std::vector<const RoutedHost*>> hosts_;  ///< of the mesh before, by what they lead to
  std::set<Dialled> gateway_targets_;                        ///< of the mesh before: only there ingress gateways come to what has routes
  std::vector<RoutingProxy> clients_;                        ///< whose sidecars may route differently
  std::map<WorkloadId, WorkloadId> numbers_;                 ///< of the pods of the mesh after, in the mesh before; those that it lacks follow behind its own
  Callers callers_;
  Proofs proofs_;
};

}  // namespace s2a
