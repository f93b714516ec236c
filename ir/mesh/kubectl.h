// Words and command lines about namespaces, pods and labels, safe to paste into a shell.
#pragma once

#include <string>

#include "ir/mesh/kubernetes.h"

namespace s2a {

/// Text that a shell takes as one word; quoted only where it must be.
[[nodiscard]] std::string shell_word(const std::string& text);
/// `app: reviews, version: v1`
[[nodiscard]] std::string in_words(const Labels& labels);
/// `kubectl get pods -n shop -l app=reviews`; without labels all pods of the namespace.
[[nodiscard]] std::string get_pods(const std::string& ns, const Labels& labels);

}  // namespace s2a
