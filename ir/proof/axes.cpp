// Attribute by attribute: which values there are, and what has to fit together.
#include "ir/proof/axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "ir/authz/message.h"
#include "ir/mesh/split.h"
#include "ir/pattern/istio_values.h"
#include "ir/proof/axis_builder.h"
#include "ir/proof/domains.h"

namespace s2a {
namespace {

using Node = Diagrams::Node;

Attribute header(std::string_view name) { return {Attribute::Header, std::string(name)}; }
Attribute claim(std::string_view name) { return {Attribute::Claim, std::string(name)}; }
Attribute words(std::string_view name) { return {Attribute::ClaimWords, std::string(name)}; }

/// What a proxy writes where the caller does not. authorization.md 2.4
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kWrittenByProxies{
    {{"x-request-id", "generated"}, {kForwardedProto, "http"}, {kForwardedProtoOverTls, "https"}}};

/// A claim that is one text.
void add_claim(Request& request, std::string_view name, const std::string& text) {
  const auto parts = split(text, ' ');
  request[claim(name)] = {text};
  request[words(name)] = AttributeValues(parts.begin(), parts.end());
}

/// A token that holds, from its issuer and its subject.
Request token_of(const std::string& principal) {
  const auto at = principal.find('\n');
  Request out{{Attribute::Token, {principal.substr(0, at)}}, {Attribute::RequestPrincipal, {principal}}};
  add_claim(out, "iss", principal.substr(0, at));
  if (at != std::string::npos) add_claim(out, "sub", principal.substr(at + 1));
  return out;
}

/// Whom no rule names.
std::string anyone(const Callers& callers) { return fmt::format("spiffe://{}/ns/{}/sa/anyone", callers.trust_domain, callers.ns); }

class Attributes {
 public:
  Attributes(Questions& questions, const Callers& callers, Diagrams& diagrams, Axes& axes)
      : questions_(questions), callers_(callers), diagrams_(diagrams), axes_(axes), builder_(questions, diagrams, axes) {}

  void add_all() {
    if (callers_.identified) add_identity();
    for (const auto kind : {Attribute::PeerAddress, Attribute::WaypointAddress, Attribute::PodAddress, Attribute::ServiceAddress})
      if (asked(kind)) builder_.choose(kind, {}, partition_addresses);
    if (asked(Attribute::Port)) builder_.choose(Attribute::Port, {}, by_texts(PortRange{1, 65535}, "80"));
    if (asked(Attribute::ServerName)) builder_.choose(Attribute::ServerName, {Request{}}, by_texts(domain::server_names(), "other"));
    if (callers_.http) add_http();
    for (const auto& name : names_of(Attribute::Authorizer)) {
      const Attribute answer{Attribute::Authorizer, name};
      builder_.choose(answer, {{{answer, {"allow"}}}, {}}, [](std::span<const Set>) { return Partition{.values = {}, .signs = {}, .complete = true}; });
    }
  }

 private:
  [[nodiscard]] bool asked(const Attribute& attribute) const { return questions_.contains(attribute); }

  [[nodiscard]] std::set<std::string> names_of(Attribute::Kind kind) const {
    std::set<std::string> out;
    for (const auto& [attribute, sets] : questions_)
      if (attribute.kind == kind) out.insert(attribute.name);
    return out;
  }

  /// Those outside who would stand for a class of callers are told apart by a set of their own, so that leaving them out leaves out nobody else. Few do, however many waypoints
  /// there are.
  void add_identity() {
    const auto divide = by_texts(identities(callers_.foreign ? std::nullopt : std::optional<std::string_view>(callers_.trust_domain)), anyone(callers_));
    builder_.choose(Attribute::Identity, {}, [&](std::span<const Set> sets) {
      std::vector<Set> all(sets.begin(), sets.end());
      all.emplace_back().any_of = named(sets);
      for (;;) {
        const auto found = divide(all);
        Partition inside{.values = {}, .signs = {}, .complete = found.complete};
        auto& told_apart = all.back().any_of;
        const auto before = told_apart.size();
        for (std::size_t i = 0; i < found.values.size(); ++i) {
          if (found.signs[i].back()) continue;
          if (callers_.outside.contains(found.values[i])) told_apart.emplace_back(Exact{found.values[i]});
          inside.values.push_back(found.values[i]);
          inside.signs.push_back(found.signs[i]);
        }
        if (told_apart.size() == before) return inside;
      }
    });
  }

  /// Those outside whom a rule names.
  [[nodiscard]] std::vector<Pattern> named(std::span<const Set> sets) const {
    std::set<Pattern> out;
    for (const auto& set : sets)
      for (const auto& pattern : set.any_of)
        if (const auto* exact = std::get_if<Exact>(&pattern); exact != nullptr && callers_.outside.contains(exact->text)) out.insert(pattern);
    return {out.begin(), out.end()};
  }

  void add_http() {
    const bool preflights = ask_about_preflights();
    if (asked(Attribute::RemoteAddress)) builder_.choose(Attribute::RemoteAddress, {}, partition_addresses);
    builder_.choose(Attribute::Method, {}, by_texts(NonEmpty{}, std::vector<std::string>{"GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"}));
    add_path();
    add_query();
    builder_.choose(Attribute::Host, {}, by_texts(callers_.hosts.empty() ? Pattern(NonEmpty{}) : domain::hosts(callers_.hosts), callers_.host));
    add_headers();
    if (asks_for_tokens()) add_token(preflights ? preflight() : Diagrams::kNever);
  }

  void add_path() {
    const std::string plain = "/";
    if (!asked(Attribute::Target)) {
      builder_.choose(Attribute::Path, {}, by_texts(domain::paths(), plain));
      return;
    }
    builder_.choose({{Attribute::Path, domain::targets_by_path}, {Attribute::Target}}, {}, by_texts(domain::targets(), plain), [](const std::string& target) {
      return Request{{Attribute::Path, {target.substr(0, target.find('?'))}}, {Attribute::Target, {target}}};
    });
  }

  /// Parameters are independent of each other, and of the path; beside the whole target they are read twice.
  void add_query() {
    for (const auto& name : names_of(Attribute::Query)) {
      const Attribute parameter{Attribute::Query, name};
      if (asked(Attribute::Target)) axes_.loose = parameter;
      builder_.choose(parameter, {Request{}}, by_texts(domain::query_values(), "other"));
    }
  }

  void add_headers() {
    for (const auto& [name, line] : kWrittenByProxies)
      if (asked(header(name))) axes_.by_proxies[header(name)] = line;
    const auto over_tls = header(kForwardedProtoOverTls);
    const auto lines = callers_.hosts.empty() ? domain::header_lines() : domain::header_lines_in_utf8();
    for (const auto& name : names_of(Attribute::Header)) {
      std::vector<Attribute> same{header(name)};
      if (name == "x-envoy-internal" || (name == kForwardedProtoOverTls && asked(header(kForwardedProto)))) continue;  // never there; there with the other
      if (name == kForwardedProto && asked(over_tls)) same.push_back(over_tls);
      if (name == kClientCertificateOverTls || (name == "x-forwarded-for" && asked(Attribute::RemoteAddress))) axes_.loose = header(name);
      builder_.gather(same, by_texts(lines, "other"));
    }
  }

  [[nodiscard]] bool asks_for_tokens() const {
    return asked(Attribute::Token) || asked(Attribute::RequestPrincipal) || !names_of(Attribute::Claim).empty() || !names_of(Attribute::ClaimWords).empty();
  }

  /// Whether a CORS preflight can be told from other requests; if so, by these questions. 2.2
  bool ask_about_preflights() {
    if (!asks_for_tokens() || !asked(origin_) || !asked(requested_method_)) return false;
    questions_[origin_].try_emplace(there_);
    questions_[requested_method_].try_emplace(there_);
    questions_[Attribute::Method].try_emplace(options_);
    return true;
  }

  [[nodiscard]] Node preflight() {
    return diagrams_.all_of(std::array{questions_[Attribute::Method][options_].requests, questions_[origin_][there_].requests, questions_[requested_method_][there_].requests});
  }

  void restrict(const Attribute& attribute, Node to) {
    if (!asked(attribute)) return;
    for (auto& [set, answer] : questions_.at(attribute)) answer.requests = diagrams_.both(answer.requests, to);
  }

  /// No token, one that does not hold, or one that does: then issuer, principal and claims are those of one token. Nothing is known of the token of a preflight.
  void add_token(Node preflight) {
    const auto by_issuer_word = [](const Set& set) { return domain::principals_by_issuer(domain::claims_by_word(set)); };
    const auto by_subject_word = [](const Set& set) { return domain::principals_by_subject(domain::claims_by_word(set)); };
    const std::vector<Reader> readers{{Attribute::Token, domain::principals_by_issuer}, {Attribute::RequestPrincipal},
                                      {claim("iss"), domain::principals_by_issuer},     {words("iss"), by_issuer_word},
                                      {claim("sub"), domain::principals_by_subject},    {words("sub"), by_subject_word}};
    const std::vector<Request> without{{}, {{Attribute::Token, {"\n"}}}};
    const auto variable = builder_.choose(readers, without, by_texts(domain::principals(), "other"), token_of);
    std::vector<bool> good(axes_.all[variable].parts.size(), true);
    std::fill_n(good.begin(), without.size(), false);
    const auto seen = diagrams_.negation(preflight);
    for (const auto& reader : readers) restrict(reader.attribute, seen);
    const auto token = diagrams_.both(diagrams_.where(variable, good), seen);
    auto names = names_of(Attribute::Claim);
    names.merge(names_of(Attribute::ClaimWords));
    for (const auto& name : names)
      if (name != "iss" && name != "sub") add_claim(name, token);
  }

  /// A list of texts, none of them split at spaces; or a single text, for which that makes a difference.
  void add_claim(const std::string& name, Node token) {
    std::vector<Attribute> read;
    for (const auto& attribute : {claim(name), words(name)})
      if (asked(attribute)) read.push_back(attribute);
    const auto divide = by_texts(domain::claims(), "other");
    auto list = token;
    if (read.size() > 1) {
      const auto single = [&](const std::string& text) {
        Request part;
        s2a::add_claim(part, name, text);
        return part;
      };
      const auto variable = builder_.choose({{claim(name)}, {words(name), domain::claims_by_word}}, {Request{}}, divide, single);
      for (const auto& attribute : read) restrict(attribute, token);
      std::vector<bool> is_list(axes_.all[variable].parts.size(), false);
      is_list.front() = true;
      list = diagrams_.both(list, diagrams_.where(variable, is_list));
    }
    builder_.gather(read, divide, list);
  }

  const Attribute origin_ = header("origin");
  const Attribute requested_method_ = header("access-control-request-method");
  const Set there_{{Present{}}};
  const Set options_{{Exact{"OPTIONS"}}};
  Questions& questions_;
  const Callers& callers_;
  Diagrams& diagrams_;
  Axes& axes_;
  AxisBuilder builder_;
};

}  // namespace

Request Axes::request(const std::vector<std::size_t>& values) const {
  Request out;
  for (std::size_t variable = 0; variable < all.size(); ++variable)
    for (const auto& [attribute, added] : all[variable].parts[values[variable]]) {
      auto& own = out[attribute];
      own.insert(own.end(), added.begin(), added.end());
    }
  for (const auto& [attribute, line] : by_proxies)
    if (out[attribute].empty()) out[attribute] = {line};
  return out;
}

Request from_known_caller(Request request, const Questions& questions, const Callers& callers) {
  const auto caller = request.find(Attribute::Identity);
  const auto asked = questions.find(Attribute::Identity);
  if (callers.known == nullptr || caller == request.end() || caller->second.empty() || asked == questions.end() || caller->second.front() == anyone(callers)) return request;
  auto& identity = caller->second.front();
  const auto alike = [&](const std::string& other) {
    return !callers.outside.contains(other) && std::ranges::all_of(asked->second, [&](const auto& entry) { return entry.first.contains(other) == entry.first.contains(identity); });
  };
  const auto found = std::ranges::find_if(*callers.known, alike);
  if (found != callers.known->end()) identity = *found;
  return request;
}

Axes make_axes(Questions& questions, const Callers& callers, Diagrams& diagrams) {
  Axes out;
  Attributes(questions, callers, diagrams, out).add_all();
  return out;
}

}  // namespace s2a
