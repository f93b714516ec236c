// The specification of value matching, one function a field.
#include "ir/pattern/istio_values.h"

#include <algorithm>

namespace s2a {
namespace {

constexpr std::string_view kScheme = "spiffe://";
constexpr Star kPart{.chars = Chars::NotSlash, .empty_too = false};

/// Appends the text to a sequence, each `*` in it as that run.
void append_with_stars(std::vector<Piece>& sequence, std::string_view text, Star star) {
  for (auto at = text.find('*'); at != std::string_view::npos; at = text.find('*')) {
    sequence.emplace_back(std::string(text.substr(0, at)));
    sequence.emplace_back(star);
    text.remove_prefix(at + 1);
  }
  sequence.emplace_back(std::string(text));
}

struct Account {
  std::string ns;
  std::string name;
};

/// Reads `namespace/account`, or an account of the policy's own namespace.
Account account(std::string_view policy_namespace, std::string_view value) {
  const auto slash = value.find('/');
  if (slash == std::string_view::npos) return {std::string(policy_namespace), std::string(value)};
  return {std::string(value.substr(0, slash)), std::string(value.substr(slash + 1))};
}

/// `{*}` is a segment, `{**}` any number of them; all else is literal.
Glob path_template(std::string_view value) {
  std::vector<Piece> sequence;
  while (!value.empty()) {
    const auto at = std::min(value.find("{*}"), value.find("{**}"));
    if (at != 0) sequence.emplace_back(std::string(value.substr(0, at)));
    if (at == std::string_view::npos) break;
    const bool rest = value.substr(at).starts_with("{**}");
    sequence.emplace_back(rest ? Star{.chars = Chars::SegmentOrSlash} : Star{.chars = Chars::Segment, .empty_too = false});
    value.remove_prefix(at + (rest ? 4 : 3));
  }
  return Glob{{std::move(sequence)}};
}

/// Both sides of the line feed that a request principal has between issuer and subject.
Pattern issuer_and_subject(const Pattern& issuer, const Pattern& subject) {
  auto sequence = as_glob(issuer)->any_of.front();
  const auto rest = as_glob(subject)->any_of.front();
  sequence.emplace_back("\n");
  sequence.insert(sequence.end(), rest.begin(), rest.end());
  return Glob{{std::move(sequence)}};
}

}  // namespace

Pattern istio_string(std::string_view value, bool ignore_case) {
  if (value == "*") return NonEmpty{};
  if (value.starts_with('*')) return Suffix{std::string(value.substr(1)), ignore_case};
  if (value.ends_with('*')) return Prefix{std::string(value.substr(0, value.size() - 1)), ignore_case};
  return Exact{std::string(value), ignore_case};
}

Pattern never() { return Glob{}; }

Pattern identities(std::optional<std::string_view> trust_domain) {
  const auto domain = trust_domain ? Piece(std::string(*trust_domain)) : Piece(kPart);
  return Glob{{{std::string(kScheme), domain, "/ns/", kPart, "/sa/", kPart}}};
}

Pattern principal(std::string_view value) {
  const std::string scheme(kScheme);
  if (value == "*") return NonEmpty{};
  if (value.starts_with('*')) return Glob{{{scheme, Star{}, std::string(value.substr(1))}}};
  if (value.ends_with('*')) return Prefix{scheme + std::string(value.substr(0, value.size() - 1))};
  return Exact{scheme + std::string(value)};
}

Pattern principal_at_ztunnel(std::string_view value) { return principal(value); }

Pattern namespace_at_envoy(std::string_view value) {
  std::vector<Piece> sequence{Star{}, "/ns/"};
  append_with_stars(sequence, value, Star{});
  sequence.insert(sequence.end(), {"/", Star{}});
  return Glob{{std::move(sequence)}};
}

Pattern namespace_at_ztunnel(std::string_view value) {
  if (value.find('/') != std::string_view::npos) return never();
  std::vector<Piece> sequence{std::string(kScheme), kPart, "/ns/"};
  const auto part = *as_glob(istio_string(value));
  for (auto piece : part.any_of.front()) {
    if (auto* star = std::get_if<Star>(&piece)) star->chars = Chars::NotSlash;
    sequence.push_back(std::move(piece));
  }
  sequence.insert(sequence.end(), {"/sa/", kPart});
  return Glob{{std::move(sequence)}};
}

Pattern service_account_at_envoy(std::string_view policy_namespace, std::string_view value) {
  const auto [ns, name] = account(policy_namespace, value);
  const Star some{.empty_too = false};
  const std::vector<Piece> direct{std::string(kScheme), some, "/ns/" + ns + "/sa/" + name};
  const std::vector<Piece> deep{std::string(kScheme), some, "/ns/" + ns + "/", some, "/sa/" + name};
  Glob out{{direct, deep, direct, deep}};
  for (std::size_t i = 2; i < 4; ++i) out.any_of[i].insert(out.any_of[i].end(), {"/", some});
  return out;
}

Pattern service_account_at_ztunnel(std::string_view policy_namespace, std::string_view value) {
  const auto [ns, name] = account(policy_namespace, value);
  if (name.find('/') != std::string::npos) return never();
  return Glob{{{std::string(kScheme), kPart, "/ns/" + ns + "/sa/" + name}}};
}

Pattern trust_domain_at_envoy(std::string_view value) {
  if (value == "*") return NonEmpty{};
  std::vector<Piece> sequence{std::string(kScheme)};
  append_with_stars(sequence, value, Star{.chars = Chars::NotSlash});
  sequence.insert(sequence.end(), {"/", Star{}});
  return Glob{{std::move(sequence)}};
}

Pattern host(std::string_view value) { return istio_string(lower(value), true); }

Pattern method(std::string_view value) { return istio_string(value); }

Pattern path(std::string_view value) {
  const bool is_template = value.find("{*}") != std::string_view::npos || value.find("{**}") != std::string_view::npos;
  return is_template ? Pattern(path_template(value)) : istio_string(value);
}

Pattern header_value(std::string_view value) { return value == "*" ? Pattern(Present{}) : istio_string(value); }

Pattern request_principal(std::string_view value) {
  const auto slash = value.rfind('/');
  const bool split = slash != std::string_view::npos;
  const auto left = value.substr(0, split ? slash : 0);
  const auto right = value.substr(split ? slash + 1 : 0);
  if (value == "*") return issuer_and_subject(NonEmpty{}, NonEmpty{});
  if (value.starts_with('*')) return issuer_and_subject(split ? istio_string(left) : NonEmpty{}, istio_string(right));
  if (value.ends_with('*')) return split ? issuer_and_subject(istio_string(left), istio_string(right)) : issuer_and_subject(istio_string(value), NonEmpty{});
  return split ? issuer_and_subject(Exact{std::string(left)}, Exact{std::string(right)}) : issuer_and_subject(Exact{std::string(value)}, Exact{});
}

Pattern claim(std::string_view value) { return istio_string(value); }

Pattern server_name(std::string_view value) { return istio_string(value); }

std::optional<Pattern> cidr(std::string_view value) {
  const auto block = parse_cidr(value);
  return block ? std::optional<Pattern>(*block) : std::nullopt;
}

std::optional<Pattern> port(std::string_view value) {
  const auto number = port_number(value);
  return number ? std::optional<Pattern>(PortRange{*number, *number}) : std::nullopt;
}

}  // namespace s2a
