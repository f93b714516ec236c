// The five parts of an identity, and where a `*` may stand.
#include "frontend/grammar/principal.h"

#include <boost/fusion/include/adapt_struct.hpp>

#include "frontend/grammar/whole.h"
#include "ir/pattern/istio_values.h"
#include "ir/pattern/samples.h"

BOOST_FUSION_ADAPT_STRUCT(s2a::PrincipalValue, trust_domain, ns, service_account)

namespace s2a {
namespace {

constexpr std::string_view kScheme = "spiffe://";
constexpr const char* kForm = "an identity is `TRUST-DOMAIN/ns/NAMESPACE/sa/ACCOUNT`; one `*` may stand first or last";

Parsed<PrincipalValue> parse_identity(std::string_view text) {
  const auto part = +(x3::char_ - '/');
  const auto domain = x3::rule<class Domain, std::string>{"a trust domain"} = part;
  const auto ns = x3::rule<class Namespace, std::string>{"a namespace"} = part;
  const auto account = x3::rule<class Account, std::string>{"a service account"} = part;
  return parse_whole<PrincipalValue>(text, domain > expected("/ns/", "`/ns/`") > ns > expected("/sa/", "`/sa/`") > account, "an identity", kForm);
}

}  // namespace

Parsed<PrincipalValue> parse_principal(std::string_view text) {
  if (const auto scheme = text.find(kScheme); scheme != std::string_view::npos) {
    return grammar_error(scheme, "a value with `spiffe://` matches no caller", "leave `spiffe://` out: Istio puts it in front itself");
  }
  PrincipalValue out;
  if (text == "*")
    out.form = PrincipalForm::Presence;
  else if (text.starts_with('*'))
    out.form = PrincipalForm::Suffix;
  else if (text.ends_with('*'))
    out.form = PrincipalForm::Prefix;

  const auto star = text.find('*', text.starts_with('*') ? 1 : 0);
  const bool literal = star != std::string_view::npos && !(out.form == PrincipalForm::Prefix && star + 1 == text.size());
  if (literal) return grammar_error(star, "this `*` is no wildcard: it is compared as it stands", kForm);
  if (out.form == PrincipalForm::Exact) return parse_identity(text);
  if (!overlap(principal(text), identities())) return grammar_error(0, fmt::format("no identity {} like this", out.form == PrincipalForm::Suffix ? "ends" : "begins"), kForm);
  return out;
}

}  // namespace s2a
