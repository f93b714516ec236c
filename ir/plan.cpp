// The names of what a Plan speaks of.
#include "ir/plan.h"

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

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::Equal: return "equal";
    case Verdict::Narrower: return "narrower";
    case Verdict::Wider: return "wider";
    case Verdict::Unknown: return "unknown";
  }
  return "";
}

}  // namespace s2a
