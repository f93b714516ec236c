// The rules of istiod's webhook and of the CRD for an HTTP rule of a VirtualService. routing.md 1.2, 1.3
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "frontend/decode/check_traffic.h"
#include "frontend/grammar/header_value.h"
#include "frontend/grammar/regex.h"

namespace s2a {
namespace {

/// What Envoy retries by name. Envoy's x-envoy-retry-on and x-envoy-retry-grpc-on
constexpr std::array<std::string_view, 16> kRetryOn{"5xx",
                                                    "cancelled",
                                                    "connect-failure",
                                                    "deadline-exceeded",
                                                    "envoy-ratelimited",
                                                    "gateway-error",
                                                    "http3-post-connect-failure",
                                                    "internal",
                                                    "refused-stream",
                                                    "reset",
                                                    "reset-before-request",
                                                    "resource-exhausted",
                                                    "retriable-4xx",
                                                    "retriable-headers",
                                                    "retriable-status-codes",
                                                    "unavailable"};
/// The status codes that Go has a name for, first and last: istiod takes no others.
constexpr std::array<std::pair<int, int>, 13> kNamedCodes{
    {{100, 103}, {200, 208}, {226, 226}, {300, 305}, {307, 308}, {400, 418}, {421, 426}, {428, 429}, {431, 431}, {451, 451}, {500, 508}, {510, 510}, {511, 511}}};

bool is_retry_policy(std::string_view text) {
  if (std::ranges::find(kRetryOn, text) != kRetryOn.end()) return true;
  int code = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
  if (error != std::errc{} || end != text.data() + text.size()) return false;
  return std::ranges::any_of(kNamedCodes, [&](const auto& range) { return code >= range.first && code <= range.second; });
}

class HttpRuleCheck {
 public:
  HttpRuleCheck(const Reader& reader, const HttpRule& rule) : reader_(reader), rule_(rule) {}

  void run(bool delegate) const {
    check_conflicts(delegate);
    check_weights(reader_, rule_.node, rule_.route);
    for (const auto& match : rule_.matches) check_match(match);
    if (rule_.retries) check_retries(*rule_.retries);
    if (rule_.rewrite) check_rewrite(*rule_.rewrite);
    if (rule_.redirect) check_redirect(*rule_.redirect);
    if (rule_.fault) check_fault(rule_.fault->node);
    check_headers(reader_.get(rule_.node, "headers"));
    for (const auto item : reader_.items(rule_.node, "route")) check_headers(reader_.get(item, "headers"));
  }

 private:
  void refuse(NodeId node, std::string message, std::string help = {}) const { reader_.report(Code::InvalidValue, node, std::move(message), std::move(help)); }
  [[nodiscard]] bool has(std::string_view field) const { return reader_.get(rule_.node, field) != kNoNode; }

  void conflict(std::string_view field, std::string_view beside) const {
    if (has(field)) refuse(reader_.key(rule_.node, field), fmt::format("`{}` beside `{}` in one rule is refused", field, beside), "remove one of the two");
  }

  void check_conflicts(bool delegate) const {
    if (has("mirror") && !rule_.mirrors.empty() && !reader_.items(rule_.node, "mirrors").empty()) conflict("mirrors", "mirror");
    if (has("delegate")) {
      if (delegate) return refuse(reader_.key(rule_.node, "delegate"), "a VirtualService that others include takes no `delegate`", "let the root include both");
      for (const std::string_view field : {"route", "redirect", "directResponse"}) conflict(field, "delegate");
      return;
    }
    if (has("redirect"))
      for (const std::string_view field : {"route", "fault", "rewrite", "directResponse"}) conflict(field, "redirect");
    if (has("directResponse"))
      for (const std::string_view field : {"route", "fault", "rewrite"}) conflict(field, "directResponse");
    if (rule_.route.empty() && !has("redirect") && !has("directResponse"))
      refuse(rule_.name.written() ? rule_.name.node : rule_.node, "a rule without `route`, `redirect` and `directResponse` is refused", "say where its requests go");
  }

  void check_match(const HttpMatch& match) const {
    for (const auto* text : {&match.uri, &match.scheme, &match.method, &match.authority})
      if (*text) check_text(**text);
    for (const auto* texts : {&match.headers, &match.without_headers, &match.query_params})
      for (const auto& [name, text] : *texts) check_text(text, texts == &match.without_headers);
  }

  /// A `*` alone stands for any value in `withoutHeaders`.
  void check_text(const StringMatch& match, bool star = false) const {
    if (match.kind != StringMatch::Kind::Regex || (star && match.text == "*")) return;
    const auto node = reader_.get(match.node, "regex");
    constexpr std::size_t kMaxRegex = 1024;
    if (match.text.size() > kMaxRegex) return refuse(node, fmt::format("the expression is {} bytes long, at most {} are taken", match.text.size(), kMaxRegex));
    reader_.check_text({.value = match.text, .node = node}, check_regex);
  }

  void check_retries(const HttpRetries& retries) const {
    const auto key = [&](std::string_view field) { return reader_.key(retries.node, field); };
    if (retries.attempts == 0) {
      for (const std::string_view field : {"perTryTimeout", "retryOn", "retryRemoteLocalities"})
        if (key(field) != kNoNode && (field != "retryOn" || !retries.retry_on.empty()))
          return refuse(key(field), fmt::format("`{}` with 0 attempts, which means none, is refused", field), "add `attempts`, or remove it");
      return;
    }
    if (retries.retry_on.empty()) return;
    for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
      end = retries.retry_on.find(',', begin);
      const auto name = retries.retry_on.substr(begin, end == std::string::npos ? end : end - begin);
      if (!is_retry_policy(name))
        reader_.report_inside(Code::InvalidValue, reader_.get(retries.node, "retryOn"), begin, fmt::format("`{}` is nothing to retry on", shown(name)),
                              fmt::format("a status code, or one of {}", fmt::join(kRetryOn, ", ")));
    }
  }

  void check_rewrite(const HttpRewrite& rewrite) const {
    const bool regex = reader_.get(rewrite.node, "uriRegexRewrite") != kNoNode;
    if (regex && !rewrite.uri.empty()) refuse(reader_.key(rewrite.node, "uriRegexRewrite"), "`uriRegexRewrite` beside `uri` is refused", "remove one of the two");
    if (!regex && rewrite.uri.empty() && rewrite.authority.empty())
      refuse(reader_.key(rule_.node, "rewrite"), "a rewrite of nothing is refused", "add `uri`, `uriRegexRewrite` or `authority`");
    reader_.check_text(reader_.string(reader_.get(rewrite.node, "uriRegexRewrite"), "match"), check_regex);
  }

  void check_redirect(const HttpRedirect& redirect) const {
    // istiod takes all codes from 300 to 399, but Envoy takes none of the Service's routes then. routing.md 1.3
    if (redirect.code != 0 && std::ranges::find(kRedirectCodes, redirect.code) == kRedirectCodes.end())
      refuse(reader_.get(redirect.node, "redirectCode"), fmt::format("{} is no status of a redirect", redirect.code), "301, 302, 303, 307 or 308");
    if (reader_.get(redirect.node, "port") != kNoNode && reader_.get(redirect.node, "derivePort") != kNoNode)
      refuse(reader_.key(redirect.node, "derivePort"), "`derivePort` beside `port` is refused", "remove one of the two");
  }

  void check_fault(NodeId fault) const {
    if (reader_.get(fault, "abort") == kNoNode && reader_.get(fault, "delay") == kNoNode)
      refuse(reader_.key(rule_.node, "fault"), "a fault without `abort` and `delay` is refused", "remove `fault`");
    for (const std::string_view kind : {"abort", "delay"}) {
      const auto share = reader_.get(fault, {kind, "percentage", "value"});
      constexpr double kAll = 100;
      if (const auto value = reader_.number(reader_.get(fault, {kind, "percentage"}), "value"); value && (*value < 0 || *value > kAll))
        refuse(share, fmt::format("`{}` is no percentage", reader_[share].value), "a number from 0 to 100");
    }
  }

  void check_headers(NodeId changes) const {
    for (const std::string_view direction : {"request", "response"})
      for (const std::string_view operation : {"set", "add"})
        for (const auto& [name, value] : reader_.labels(reader_.get(changes, direction), operation)) reader_.check_text(value, check_header_value);
  }

  const Reader& reader_;
  const HttpRule& rule_;
};

}  // namespace

void check_http_rule(const Reader& reader, const HttpRule& rule, bool delegate) { HttpRuleCheck(reader, rule).run(delegate); }

}  // namespace s2a
