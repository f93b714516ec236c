// A small mesh without a fault, to be damaged.
#pragma once

#include <string>
#include <string_view>

namespace s2a::test {

inline constexpr std::string_view kGoodPolicy = R"(apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: cart-viewer
  namespace: shop
  labels: {team: cart}
spec:
  selector:
    matchLabels:
      app: cart
  action: ALLOW
  rules:
    - from:
        - source:
            principals: ["cluster.local/ns/shop/sa/web"]
            notNamespaces: [legacy]
      to:
        - operation:
            methods: ["GET", 'HEAD']
            paths: ["/cart*"]
            ports:
              - "8080"
      when:
        - key: source.principal
          values: ["cluster.local/ns/shop/sa/web"]
)";

inline constexpr std::string_view kGoodWorkload = R"(apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  selector: {app: cart}
  ports:
    - name: http
      port: 80
      targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: cart
  namespace: shop
spec:
  selector:
    matchLabels:
      app: cart
  template:
    metadata:
      labels:
        app: cart
    spec:
      containers:
        - name: cart
          image: "example.com/cart:1"
          ports:
            - containerPort: 8080
)";

/// The policy first, then the Namespace, the Service and the Deployment that it needs.
[[nodiscard]] inline std::string good_mesh() { return std::string(kGoodPolicy) + "---\n" + std::string(kGoodWorkload); }

/// The same without a word of the other's names.
[[nodiscard]] inline std::string good_neighbour() {
  std::string out = good_mesh();
  for (auto at = out.find("shop"); at != std::string::npos; at = out.find("shop", at)) out.replace(at, 4, "bank");
  return out;
}

}  // namespace s2a::test
