// Runs the program in a directory of its own.
#pragma once

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run.h"
#include "tests/support/temp_tree.h"

namespace s2a::test {

struct Said {
  int exit = 0;
  std::string out;
  std::string err;
};

inline Said s2a_in(const TempTree& tree, const std::vector<std::string>& args, const Environment& environment = {}) {
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(tree.root());
  std::ostringstream out;
  std::ostringstream err;
  const int exit = run(args, out, err, environment);
  std::filesystem::current_path(before);
  return {.exit = exit, .out = out.str(), .err = err.str()};
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// A namespace with a workload and a policy that needs layer 7.
inline constexpr const char* kShop = R"(apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    istio-injection: enabled
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
        image: cart
        ports:
        - containerPort: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  selector:
    app: cart
  ports:
  - name: http
    port: 80
    targetPort: 8080
)";

inline constexpr const char* kPolicy = R"(apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: cart-viewer
  namespace: shop
spec:
  selector:
    matchLabels:
      app: cart
  # who may read
  rules:
  - to:
    - operation:
        methods: [GET]
)";

}  // namespace s2a::test
