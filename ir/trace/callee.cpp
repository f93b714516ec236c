// What is called.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "ir/mesh/host_name.h"
#include "ir/mesh/split.h"
#include "ir/pattern/address.h"
#include "ir/pattern/pattern.h"
#include "ir/source/did_you_mean.h"
#include "ir/trace/inquiry.h"

namespace s2a {
namespace {

constexpr std::string_view kPod = "pod:";

/// HOST:PORT in its parts; port 0 where none is written.
struct Dialling {
  std::string host;
  std::uint16_t port = 0;
};

tl::expected<Dialling, Unclear> read_dialling(const std::string& text) {
  const auto wrong = [&](std::string_view what) {
    return tl::unexpected(Unclear{.message = fmt::format("`{}` {}", text, what), .help = "write HOST:PORT, as `reviews.shop:9080`"});
  };
  const auto colon = text.rfind(':');
  const bool has_port = colon != std::string::npos && colon + 1 != kPod.size() && (text.front() == '[' ? text[colon - 1] == ']' : true);
  Dialling out{.host = text.substr(0, has_port ? colon : text.size()), .port = 0};
  if (has_port) {
    const auto port = port_number(std::string_view(text).substr(colon + 1));
    if (!port || *port == 0) return wrong("names no port");
    out.port = *port;
  }
  if (out.host.starts_with('[') && out.host.ends_with(']')) out.host = out.host.substr(1, out.host.size() - 2);
  if (out.host.empty()) return wrong("names no host");
  return out;
}

class Search {
 public:
  Search(const MeshModel& mesh, const Inquiry& inquiry, const Caller& caller) : mesh_(mesh), ns_(caller.ns.empty() ? inquiry.default_namespace : caller.ns) {}

  tl::expected<Callee, Unclear> run(const Dialling& to) const {
    if (to.host.starts_with(kPod)) return named_pod(to, to.host.substr(kPod.size()));
    if (parse_address(to.host)) return addressed(to);
    if (const auto* service = named_service(to.host)) return at(*service, to);
    if (const auto* entry = entry_of(to.host)) return at(*entry, to);
    return tl::unexpected(unknown(fmt::format("the input has no Service and no ServiceEntry `{}`", to.host), to.host, hosts()));
  }

 private:
  static Unclear unknown(std::string message, std::string_view seen, const std::vector<std::string>& names) {
    const auto near = did_you_mean(seen, std::vector<std::string_view>(names.begin(), names.end()));
    return {.message = std::move(message), .help = near.empty() ? "--context adds the manifests of the cluster" : fmt::format("did you mean `{}`?", near)};
  }

  std::vector<std::string> hosts() const {
    std::vector<std::string> out;
    for (const auto& service : mesh_.services()) out.push_back(fmt::format("{}.{}", service.name, service.ns));
    for (const auto* entry : mesh_.all(Kind::ServiceEntry))
      if (const auto* spec = std::get_if<ServiceEntry>(&entry->spec))
        for (const auto& host : spec->hosts) out.push_back(host.value);
    return out;
  }

  const MeshService* named_service(std::string_view host) const {
    std::string_view ns = ns_;
    std::string_view name = host;
    if (const auto slash = host.find('/'); slash != std::string_view::npos) {
      ns = host.substr(0, slash);
      name = host.substr(slash + 1);
    } else {
      for (const auto& suffix : {std::string("."), "." + mesh_.cluster_domain(), std::string(".svc")})
        if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
      if (const auto dot = name.find('.'); dot != std::string_view::npos) {
        ns = name.substr(dot + 1);
        name = name.substr(0, dot);
      }
    }
    const auto& all = mesh_.services();
    const auto found = std::ranges::find_if(all, [&](const MeshService& service) { return service.ns == ns && service.name == name; });
    return found == all.end() ? nullptr : &*found;
  }

  const Resource* entry_of(std::string_view host) const {
    for (const auto* entry : mesh_.all(Kind::ServiceEntry)) {
      const auto* spec = std::get_if<ServiceEntry>(&entry->spec);
      const auto is_host = [&](const Spanned<std::string>& listed) { return host_matches(listed.value, host); };
      if (spec != nullptr && std::ranges::any_of(spec->hosts, is_host)) return entry;
    }
    return nullptr;
  }

  /// The port that is asked for, or the only one.
  static tl::expected<std::uint16_t, Unclear> choose_port(const std::string& subject, const std::vector<ServicePort>& ports, std::uint16_t asked) {
    if (asked == 0 && ports.size() == 1) return ports.front().port;
    if (asked != 0 && std::ranges::find(ports, asked, &ServicePort::port) != ports.end()) return asked;
    std::vector<std::uint16_t> known;
    std::ranges::transform(ports, std::back_inserter(known), &ServicePort::port);
    return tl::unexpected(Unclear{.message = asked == 0 ? fmt::format("which port of {}?", subject) : fmt::format("{} has no port {}", subject, asked),
                                  .help = known.empty() ? "it has none" : fmt::format("it has {}", fmt::join(known, ", "))});
  }

  static tl::expected<Callee, Unclear> with_port(Callee callee, const std::string& subject, const std::vector<ServicePort>& ports, std::uint16_t asked) {
    return choose_port(subject, ports, asked).map([&](std::uint16_t port) {
      callee.port = port;
      callee.words = fmt::format("{} port {}", subject, port);
      if (port != 80) callee.host += fmt::format(":{}", port);
      return callee;
    });
  }

  static tl::expected<Callee, Unclear> at(const MeshService& service, const Dialling& to) {
    const auto host = to.host.find('/') == std::string::npos ? to.host : fmt::format("{}.{}", service.name, service.ns);
    return with_port({.service = service.id, .entry = {}, .entry_host = {}, .host = host, .words = {}}, service.subject(), service.spec.ports, to.port);
  }

  static tl::expected<Callee, Unclear> at(const Resource& entry, const Dialling& to) {
    return with_port({.service = {}, .entry = entry.id, .entry_host = to.host, .host = to.host, .words = {}}, entry.subject(), std::get<ServiceEntry>(entry.spec).ports, to.port);
  }

  tl::expected<Callee, Unclear> at(const MeshWorkload& pod, const Dialling& to, std::string host) const {
    if (to.port == 0) return tl::unexpected(Unclear{.message = fmt::format("which port of {}?", pod.subject(mesh_.store())), .help = "write it behind a colon"});
    return Callee{.service = {},
                  .entry = {},
                  .entry_host = {},
                  .pod = pod.id,
                  .port = to.port,
                  .host = fmt::format("{}:{}", host, to.port),
                  .words = fmt::format("the address of {}, port {}", pod.subject(mesh_.store()), to.port)};
  }

  tl::expected<Callee, Unclear> named_pod(const Dialling& to, const std::string& name) const {
    std::vector<std::string> known;
    for (const auto& pod : mesh_.workloads()) {
      known.push_back(fmt::format("{}.{}", pod.name, pod.ns));
      if (name == known.back() || name == pod.subject(mesh_.store()) || name == pod.address) return at(pod, to, known.back());
    }
    return tl::unexpected(unknown(fmt::format("the input has no pods `{}`", name), name, known));
  }

  tl::expected<Callee, Unclear> addressed(const Dialling& to) const {
    for (const auto& pod : mesh_.workloads())
      if (pod.address == to.host) return at(pod, to, to.host);
    for (const auto& service : mesh_.services())
      if (service.spec.cluster_ip == to.host) return at(service, to);
    return tl::unexpected(
        Unclear{.message = fmt::format("no pod and no Service of the input has the address {}", to.host), .help = "`pod:NAME.NAMESPACE:PORT` means the pod's own address"});
  }

  const MeshModel& mesh_;
  std::string ns_;
};

}  // namespace

tl::expected<Callee, Unclear> find_callee(const MeshModel& mesh, const Inquiry& inquiry, const Caller& caller) {
  return read_dialling(inquiry.to).and_then([&](const Dialling& to) { return Search(mesh, inquiry, caller).run(to); });
}

}  // namespace s2a
