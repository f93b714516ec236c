// The names of clients.
#include "ir/table/client.h"

namespace s2a {

std::string_view to_string(ClientClass client) {
  switch (client) {
    case ClientClass::AmbientToService: return "ambient via Service";
    case ClientClass::AmbientToPod: return "ambient to pod IP";
    case ClientClass::Sidecar: return "sidecar";
    case ClientClass::Ingress: return "ingress gateway";
    case ClientClass::Plaintext: return "plaintext";
  }
  return "";
}

}  // namespace s2a
