// The rows of the table of settings, and what each makes of its values.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "cli/inquiry_options.h"
#include "cli/settings.h"
#include "frontend/grammar/object_name.h"
#include "ir/mesh/split.h"
#include "ir/source/did_you_mean.h"

namespace s2a {
namespace {

using Set = tl::expected<void, UsageError>;

/// What a chain of members leads to: member<&Options::mesh, &MeshOptions::trust_domain>.
template <auto First, auto... Rest>
auto& member(auto& owner) {
  if constexpr (sizeof...(Rest) == 0) {
    return owner.*First;
  } else {
    return member<Rest...>(owner.*First);
  }
}

template <auto Member>
Set flag(Options& options, const Values& values) {
  options.*Member = values.back() == "true";
  return {};
}

template <auto... Members>
Set text(Options& options, const Values& values) {
  if (values.back().empty()) return tl::unexpected(UsageError{.message = "its value is empty", .help = {}});
  member<Members...>(options) = values.back();
  return {};
}

template <auto... Members>
Set list(Options& options, const Values& values) {
  member<Members...>(options) = values;
  return {};
}

/// A DNS label, as names of namespaces are.
template <auto... Members>
Set label(Options& options, const Values& values) {
  const auto& name = values.back();
  if (!check_dns_label(name)) {
    return tl::unexpected(UsageError{.message = fmt::format("`{}` is no name of a namespace or a Gateway", name),
                                     .help = "at most 63 lower case letters, digits and `-`, with a letter or digit at both ends"});
  }
  member<Members...>(options) = name;
  return {};
}

/// One of a few values: its place among them is the enumerator's.
template <auto Member, const auto& kNames>
Set choice(Options& options, const Values& values) {
  using Enum = std::remove_reference_t<decltype(options.*Member)>;
  options.*Member = static_cast<Enum>(std::ranges::find(kNames, values.back()) - kNames.begin());
  return {};
}

Set jobs(Options& options, const Values& values) {
  const auto& value = values.back();
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), options.jobs);
  if (error != std::errc{} || end != value.data() + value.size() || options.jobs > 1024)
    return tl::unexpected(UsageError{.message = fmt::format("`{}` is no number of threads", value), .help = {}});
  return {};
}

/// Only what says that a translation is wider can be accepted. product.md 2
Set accept(Options& options, const Values& values) {
  options.passes.accepted.clear();
  std::vector<std::string> known;
  for (const auto code : kAcceptable) known.push_back(to_string(code));
  for (const auto& value : values) {
    const auto colon = std::min(value.find(':'), value.size());
    const auto name = value.substr(0, colon);
    const auto code = parse_code(name);
    if (!code || std::ranges::find(kAcceptable, *code) == kAcceptable.end()) {
      const auto near = code ? std::string() : did_you_mean(name, std::vector<std::string_view>(known.begin(), known.end()));
      return tl::unexpected(UsageError{.message = fmt::format("`{}` is {}", name, code ? "nothing that can be accepted" : "no code"),
                                       .help = near.empty() ? fmt::format("what is wider is told as {}", fmt::join(known, " or ")) : fmt::format("did you mean `{}`?", near)});
    }
    options.passes.accepted.push_back({.code = *code, .resource = value.substr(std::min(colon + 1, value.size()))});
  }
  return {};
}

Set enroll(Options& /*options*/, const Values& values) {
  if (values.back() == "service")
    return tl::unexpected(UsageError{.message = "`service` is not built yet", .help = "leave it out: the namespace is labelled, as the Istio guide recommends"});
  return {};
}

/// `1.30`, `1.29.2`
Set istio_version(Options& options, const Values& values) {
  auto& release = options.mesh.istio;
  const auto parts = split(values.back(), '.');
  const auto number = [](std::string_view text, int& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && out >= 0;
  };
  release.patch = 0;
  const bool read = (parts.size() == 2 || parts.size() == 3) && parts[0] == "1" && number(parts[1], release.minor) && (parts.size() == 2 || number(parts[2], release.patch));
  if (!read || release.minor < kOldestIstio || release.minor > kNewestIstio)
    return tl::unexpected(UsageError{.message = fmt::format("`{}` is no release of Istio that is known", values.back()),
                                     .help = fmt::format("from 1.{} to 1.{}, as 1.30 or 1.29.2", kOldestIstio, kNewestIstio)});
  return {};
}

constexpr std::array<std::string_view, 10> kGatewayApis{
    "1.2", "1.3", "1.4", "1.5", "1.6", "1.2-experimental", "1.3-experimental", "1.4-experimental", "1.5-experimental", "1.6-experimental"};

Set gateway_api(Options& options, const Values& values) {
  const auto at = std::ranges::find(kGatewayApis, values.back()) - kGatewayApis.begin();
  constexpr auto kReleases = static_cast<std::ptrdiff_t>(kGatewayApis.size() / 2);
  options.passes.gateway_api = {.minor = static_cast<int>(2 + at % kReleases), .experimental = at >= kReleases};
  return {};
}

constexpr std::array<std::string_view, 2> kPathPrefixes{"strict", "segment"};

Set path_prefix(Options& options, const Values& values) {
  options.mesh.segment_prefixes = values.back() == "segment";
  return {};
}

constexpr std::array<std::string_view, 4> kClients{"ambient", "sidecar", "ingress", "plaintext"};

Set client(Options& options, const Values& values) {
  options.inquiry.client = static_cast<CallerKind>(std::ranges::find(kClients, values.back()) - kClients.begin());
  return {};
}

constexpr auto kFormats = [] {
  std::array<std::string_view, kRenderers.size()> out;
  std::ranges::transform(kRenderers, out.begin(), &Renderer::name);
  return out;
}();
constexpr std::array<std::string_view, 4> kFailOn{"info", "warning", "error", "never"};
constexpr std::array<std::string_view, 3> kColors{"auto", "always", "never"};
constexpr std::array<std::string_view, 4> kStages{"document", "resources", "mesh", "plan"};
constexpr std::array<std::string_view, 2> kEnroll{"namespace", "service"};
constexpr std::array<std::string_view, 2> kSwitch{"true", "false"};

Set output(Options& options, const Values& values) {
  options.output = find_renderer(values.back());
  return {};
}

/// `FORMAT:FILE`, or a file whose name ends as the format's files do.
Set output_files(Options& options, const Values& values) {
  options.output_files.clear();
  for (const auto& value : values) {
    const auto colon = value.find(':');
    if (const auto* named = colon == std::string::npos ? nullptr : find_renderer(value.substr(0, colon)); named != nullptr && colon + 1 < value.size()) {
      options.output_files.push_back({.path = value.substr(colon + 1), .format = named});
      continue;
    }
    const auto by_name = std::ranges::find_if(kRenderers, [&](const Renderer& renderer) { return value.ends_with(renderer.extension); });
    if (by_name == kRenderers.end())
      return tl::unexpected(UsageError{.message = fmt::format("the format of `{}` is not known", value), .help = "write FORMAT:FILE, as `json:report`"});
    options.output_files.push_back({.path = value, .format = &*by_name});
  }
  return {};
}

constexpr CommandSet kReading{Command::Plan, Command::Diff, Command::Apply, Command::Check, Command::Audit, Command::Verify, Command::Trace, Command::Dump, Command::Config};
constexpr CommandSet kPlanning{Command::Plan, Command::Diff, Command::Apply, Command::Check, Command::Dump, Command::Config};
constexpr CommandSet kAssuming{Command::Plan, Command::Diff, Command::Apply, Command::Check, Command::Verify, Command::Config};
constexpr CommandSet kAccepting{Command::Plan, Command::Diff, Command::Apply, Command::Check, Command::Trace, Command::Dump, Command::Config};
constexpr CommandSet kReporting{Command::Plan, Command::Diff, Command::Apply, Command::Check, Command::Audit, Command::Verify, Command::Trace, Command::Config};
constexpr CommandSet kShowingOrigins{Command::Plan, Command::Config};
constexpr CommandSet kWriting{Command::Apply, Command::Config};
constexpr CommandSet kTracing{Command::Trace, Command::Config};
constexpr CommandSet kDumping{Command::Dump, Command::Config};

// clang-format off
constexpr std::array kSettings = {
    Setting{"context", "", "PATH", "", "manifests that are read and never changed: a cluster dump of Services, Deployments, Namespaces", kReading, list<&Options::context>, {}, true, true},
    Setting{"exclude", "", "GLOB", "", "files and directories to leave out", kReading, list<&Options::exclude>, {}, true},
    Setting{"stdin-filename", "", "FILE", "-", "the name that reports give to standard input", kReading, text<&Options::stdin_filename>},
    Setting{"namespace", "n", "NAME", "default", "the namespace of resources that name none", kReading, label<&Options::default_namespace>},
    Setting{"each", "", "", "false", "every PATH is a mesh of its own", kReading, flag<&Options::each>, kSwitch},
    Setting{"jobs", "j", "N", "0", "threads; 0: one a processor", kReading, jobs},
    Setting{"root-namespace", "", "NAME", "MeshConfig in the input, else istio-system", "Istio's root namespace", kReading, label<&Options::mesh, &MeshOptions::root_namespace>},
    Setting{"trust-domain", "", "NAME", "MeshConfig in the input, else cluster.local", "the mesh's trust domain", kReading, text<&Options::mesh, &MeshOptions::trust_domain>},
    Setting{"trust-domain-alias", "", "NAME", "MeshConfig in the input", "a further name of the trust domain", kReading, list<&Options::mesh, &MeshOptions::trust_domain_aliases>, {}, true},
    Setting{"cluster-domain", "", "NAME", "cluster.local", "the domain of Service names", kReading, text<&Options::mesh, &MeshOptions::cluster_domain>},
    Setting{"enroll", "", "WHAT", "namespace", "what gets the label of the waypoint", kPlanning, enroll, kEnroll},
    Setting{"waypoint-name", "", "NAME", "waypoint", "the name of a new waypoint", kReading, label<&Options::passes, &PassOptions::waypoint_name>},
    Setting{"istio-version", "", "VERSION", "1.32", "the release of Istio: what its sidecars and waypoints do with routes", kReading, istio_version},
    Setting{"gateway-api", "", "VERSION", "1.6", "the release of the Gateway API's CRDs, `-experimental` for that channel: which fields routes may have", kPlanning, gateway_api, kGatewayApis},
    Setting{"path-prefix", "", "MODE", "strict", "what a prefix `/foo` of a VirtualService is taken to mean; segment: not `/foobar`, which makes simpler routes", kReading, path_prefix, kPathPrefixes},
    Setting{"assume", "", "", "false", "write also what rests on assumptions about Services and workloads", kAssuming, flag<&Options::assume>, kSwitch},
    Setting{"accept", "", "CODE[:NAME]", "", "write though it is wider: S2A0602, S2A0410 or S2A0613, for all workloads or Services or for one, as S2A0602:shop/cart; every report shows it", kAccepting, accept, {}, true},
    Setting{"from", "", "ID", "", "who calls: a SPIFFE URI, NAMESPACE/ACCOUNT, a workload as `Deployment shop/web`, or plaintext", kTracing, text<&Options::inquiry, &Inquiry::from>},
    Setting{"client", "", "KIND", "what the mesh says of the caller", "how the caller takes part in the mesh", kTracing, client, kClients},
    Setting{"to", "", "HOST:PORT", "", "what is called: reviews.shop:9080, shop/reviews:9080, the host of a ServiceEntry, an address, or pod:NAME.NAMESPACE:PORT", kTracing, text<&Options::inquiry, &Inquiry::to>},
    Setting{"method", "", "METHOD", "GET", "of the request", kTracing, set_method},
    Setting{"path", "", "PATH", "/", "of the request, with its query", kTracing, set_path},
    Setting{"host", "", "HOST", "the host of --to", "of the request", kTracing, set_host},
    Setting{"header", "", "NAME:VALUE", "", "a header line of the request", kTracing, set_headers, {}, true},
    Setting{"ip", "", "ADDRESS", "the manifest's", "the caller's address", kTracing, set_address},
    Setting{"claim", "", "NAME=VALUE", "", "a claim of a token that holds, as iss=https://accounts.example or realm[roles]=admin; given twice, a list", kTracing, set_claims, {}, true},
    Setting{"bad-token", "", "", "false", "the request carries a token that does not hold", kTracing, set_bad_token, kSwitch},
    Setting{"bytes", "", "", "false", "what is sent is not HTTP", kTracing, flag<&Options::bytes>, kSwitch},
    Setting{"refused-by", "", "NAME", "", "an external authorizer or extension that does not let the request pass; all others do", kTracing, set_refused_by, {}, true},
    Setting{"write", "w", "", "false", "change the files in place", kWriting, flag<&Options::write>, kSwitch},
    Setting{"out-dir", "", "DIR", "", "write a changed copy of the tree into an empty or new directory", kWriting, text<&Options::out_dir>, {}, false, true},
    Setting{"output", "o", "FORMAT", "text; diff for `diff`", "the format of the report", kReporting, output, kFormats},
    Setting{"output-file", "", "FILE", "", "a further report: FORMAT:FILE, or a name that ends as that format's do: .json", kReporting, output_files, {}, true, true},
    Setting{"fail-on", "", "SEVERITY", "error", "the least severity of a finding that makes the exit code 1; `audit`: none, unless it is given", kReporting, choice<&Options::fail_on, kFailOn>, kFailOn},
    Setting{"color", "", "WHEN", "auto", "colours; `auto`: on a terminal, if NO_COLOR is not set", kReporting, choice<&Options::color, kColors>, kColors},
    Setting{"quiet", "q", "", "false", "text: errors and the sum only", kReporting, flag<&Options::quiet>, kSwitch},
    Setting{"origins", "", "", "false", "text: every line that is added, with the lines of the input that it comes from", kShowingOrigins, flag<&Options::origins>, kSwitch},
    Setting{"stage", "", "STAGE", "plan", "the stage to show", kDumping, choice<&Options::stage, kStages>, kStages},
};
// clang-format on

}  // namespace

std::span<const Setting> settings() { return kSettings; }

}  // namespace s2a
