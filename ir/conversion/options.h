// What routes are made for: releases of Istio and of the Gateway API, and how prefixes are taken. routing.md 1.7, 3.1
#pragma once

#include <compare>
#include <cstdint>

#include "ir/routing/context.h"

namespace s2a {

/// 1.`minor` of the Gateway API's CRDs, as installed; from 1.2, which has 64 matches a rule and timeouts. routing.md 1.7
struct GatewayApi {
  int minor = 6;
  bool experimental = false;
  auto operator<=>(const GatewayApi&) const = default;

  /// Whether the CRDs have a field that came with these releases of the two channels.
  [[nodiscard]] bool has(int standard_since, int experimental_since) const { return minor >= (experimental ? experimental_since : standard_since); }
  [[nodiscard]] bool mirror_shares() const { return has(3, 2); }
  [[nodiscard]] bool rule_names() const { return has(4, 2); }
  [[nodiscard]] bool cors() const { return has(5, 3); }
  [[nodiscard]] bool late_redirects() const { return has(5, 5); }  ///< 303, 307 and 308
  [[nodiscard]] bool retries() const { return experimental && minor >= 2; }
  [[nodiscard]] bool no_retries() const { return experimental && minor >= 2 && minor < 6; }  ///< `attempts: 0`
};

/// Strict: a prefix is a text, and `/foo` takes `/foobar`. Segment: `/foo` is taken to mean `/foo` and what is below it.
enum class PathPrefixMode : std::uint8_t { Strict, Segment };

struct ConversionOptions {
  IstioRelease istio;
  GatewayApi gateway_api;
  PathPrefixMode path_prefix = PathPrefixMode::Strict;

  /// What istiod reads of what the CRDs have. routing.md 1.7
  [[nodiscard]] bool retries() const { return gateway_api.retries() && istio.minor >= 25; }
  [[nodiscard]] bool no_retries() const { return gateway_api.no_retries() && istio.minor >= 25; }
  [[nodiscard]] bool cors() const { return gateway_api.cors() && istio.minor >= 26; }
};

/// The apiVersion that a kind of route is written with, `v1` or `v1alpha2`; empty where no such route has an effect. routing.md 1.7
[[nodiscard]] const char* tcp_route_version(const ConversionOptions& options);
[[nodiscard]] const char* tls_route_version(const ConversionOptions& options);

}  // namespace s2a
