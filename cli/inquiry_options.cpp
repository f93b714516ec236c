// Headers, claims, addresses.
#include "cli/inquiry_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "ir/mesh/split.h"
#include "ir/pattern/address.h"

namespace s2a {
namespace {

tl::unexpected<UsageError> wrong(std::string message, std::string help = {}) { return tl::unexpected(UsageError{.message = std::move(message), .help = std::move(help)}); }

/// `realm[roles]` as Token has it: the keys joined by `][`.
std::string claim_keys(std::string_view name) {
  auto out = std::string(name);
  if (const auto bracket = out.find('['); bracket != std::string::npos && bracket > 0 && out.ends_with(']')) {
    out.pop_back();
    out.insert(bracket, "]");
  }
  return out;
}

}  // namespace

SettingDone set_method(Options& options, const Values& values) {
  options.inquiry.message->method = values.back();
  return {};
}

SettingDone set_path(Options& options, const Values& values) {
  if (!values.back().starts_with('/')) return wrong(fmt::format("`{}` is no path", values.back()), "a path begins with `/`");
  options.inquiry.message->target = values.back();
  return {};
}

SettingDone set_host(Options& options, const Values& values) {
  options.inquiry.message->host = values.back();
  return {};
}

SettingDone set_headers(Options& options, const Values& values) {
  options.inquiry.message->headers.clear();
  for (const auto& value : values) {
    const auto colon = value.find(':', 1);
    if (colon == std::string::npos) return wrong(fmt::format("`{}` is no header line", value), "write NAME:VALUE");
    options.inquiry.message->headers.emplace_back(value.substr(0, colon), trimmed(std::string_view(value).substr(colon + 1)));
  }
  return {};
}

SettingDone set_address(Options& options, const Values& values) {
  if (!parse_address(values.back())) return wrong(fmt::format("`{}` is no address", values.back()));
  options.inquiry.address = values.back();
  return {};
}

SettingDone set_claims(Options& options, const Values& values) {
  options.inquiry.token = Token{};
  for (const auto& value : values) {
    const auto sign = value.find('=');
    if (sign == std::string::npos || sign == 0) return wrong(fmt::format("`{}` is no claim", value), "write NAME=VALUE");
    auto& claim = options.inquiry.token->claims[claim_keys(value.substr(0, sign))];
    claim.list = !claim.texts.empty();
    claim.texts.push_back(value.substr(sign + 1));
  }
  return {};
}

SettingDone set_bad_token(Options& options, const Values& values) {
  if (values.back() == "true") options.inquiry.token = Token{.holds = false, .claims = {}};
  return {};
}

SettingDone set_refused_by(Options& options, const Values& values) {
  options.inquiry.refused_by = {values.begin(), values.end()};
  return {};
}

}  // namespace s2a
