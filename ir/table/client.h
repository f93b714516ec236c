// Who calls: the classes of clients that are compared. product.md 2
#pragma once

#include <cstdint>
#include <string_view>

namespace s2a {

enum class ClientClass : std::uint8_t { AmbientToService, AmbientToPod, Sidecar, Ingress, Plaintext };
[[nodiscard]] std::string_view to_string(ClientClass client);

}  // namespace s2a
