// DNS labels as Kubernetes has them; only for the .cpp files of this folder.
#pragma once

#include "frontend/grammar/whole.h"

namespace s2a {

inline const auto kLowerAlnum = x3::char_("a-z0-9");
/// Of any length.
inline const auto kDnsLabel = kLowerAlnum >> *(*x3::lit('-') >> kLowerAlnum);

}  // namespace s2a
