// Comments on the rules of a VirtualService go to the rules of routes.
//
//   http:                             rules:
//   # testers first                   # testers first
//   - match: ...               ->     - matches: ...
//     route: ...                        backendRefs: ...
#pragma once

#include <vector>

#include "ir/conversion/conversion.h"

namespace s2a {

/// Gives the comments in a VirtualService's spec, and in those of the delegates that it includes, to the first rule that stands for the match or the rule that they are about;
/// those about anything else to the first of the objects.
void carry_comments(const MeshModel& mesh, const Resource& virtual_service, std::vector<ConvertedObject>& objects);

}  // namespace s2a
