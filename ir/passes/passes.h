// The passes; their order and what each is for stand in ir/pipeline.cpp.
#pragma once

#include "ir/passes/pass.h"

namespace s2a {

void translate_routes(PassContext& ctx);
void remove_delegates(PassContext& ctx);
void drop_empty_selectors(PassContext& ctx);
void enroll_namespaces(PassContext& ctx);
void add_waypoints(PassContext& ctx);
void bind_pods(PassContext& ctx);
void keep_off_waypoints(PassContext& ctx);
void normalise_mtls(PassContext& ctx);
void close_services(PassContext& ctx);
void move_authentications(PassContext& ctx);
void retarget_extensions(PassContext& ctx);
void split_policies(PassContext& ctx);
void spare_waypoints(PassContext& ctx);
void list_new_files(PassContext& ctx);
void unlist_files(PassContext& ctx);

}  // namespace s2a
