// The names of verdicts.
#include "ir/proof/verdict.h"

namespace s2a {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::Equal: return "equal";
    case Verdict::Narrower: return "narrower";
    case Verdict::Unknown: return "unknown";
    case Verdict::Wider: return "wider";
  }
  return "";
}

}  // namespace s2a
