// A shop of one Service for meshes that audits are tried on.
#pragma once

#include <string>

#include "tests/support/mesh_from_yaml.h"

namespace s2a::test {

/// Pods `app: cart` on port 8080 behind Service `cart` port 80, and pods `app: db` on port 5432 behind none.
inline constexpr const char* kCart = R"(kind: Namespace
apiVersion: v1
metadata: {name: shop, labels: {istio-injection: enabled}}
---
kind: Deployment
apiVersion: apps/v1
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]}
---
kind: Service
apiVersion: v1
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
kind: Deployment
apiVersion: apps/v1
metadata: {name: db, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: c, image: c, ports: [{containerPort: 5432}]}]}
)";

/// AuthorizationPolicy shop/p with this spec in flow style.
inline std::string policy(const std::string& spec, const std::string& annotations = "{}") {
  return "---\nkind: AuthorizationPolicy\napiVersion: security.istio.io/v1\nmetadata: {name: p, namespace: shop, annotations: " + annotations + "}\nspec: " + spec + "\n";
}

inline const Resource& policy_of(const TestMesh& mesh) { return *mesh->all(Kind::AuthorizationPolicy).front(); }

}  // namespace s2a::test
