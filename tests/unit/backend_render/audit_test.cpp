// Whole audits made by hand, in every format.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "backend/render/renderer.h"
#include "tests/support/json_schema.h"

namespace s2a::test::audit_test {

constexpr const char* kPolicies = "kind: AuthorizationPolicy\nspec:\n  selector: {}\n";

AuditMesh cart_audit() {
  auto store = std::make_unique<Store>();
  SourceFile file;
  file.path = "shop/policies.yaml";
  file.text = kPolicies;
  const auto id = store->sources.add(std::move(file));
  const auto at = [&](std::uint32_t begin, std::uint32_t end) { return Label{.file = id, .span = {begin, end}, .text = {}}; };
  const Reason methods{.path = "rules[0].to[0].operation.methods", .what = "methods", .place = at(26, 30)};
  const Reason header{.path = "rules[0].when[0]", .what = "request.headers[x|y]", .place = at(34, 42)};

  AuditMesh out{.name = {}, .store = nullptr, .files = 1, .resources = 3, .audit = {}};
  out.audit.namespaces = {{.name = "shop",
                           .needs_waypoint = true,
                           .workloads = {{.subject = "Deployment shop/cart", .needs = {"AuthorizationPolicy shop/cart", "AuthorizationPolicy istio-system/all"}},
                                         {.subject = "Deployment shop/db", .needs = {}},
                                         {.subject = "Pod shop/lone", .needs = {"AuthorizationPolicy shop/cart"}, .in_reach_of_waypoint = false}},
                           .needs = {{.subject = "AuthorizationPolicy shop/cart", .place = at(0, 4), .reasons = {methods, header}, .workloads = {}}},
                           .kept_by = {Code::UnsupportedProxyResource}}};
  AuditPolicy dropped{.subject = "AuthorizationPolicy shop/cart",
                      .place = at(0, 4),
                      .action = "ALLOW",
                      .layer_7 = {methods, header},
                      .missed_by_guide = true,
                      .prospect = {.fate = Fate::Dropped, .direct = {.keeps_out = true, .kept_out = "GET / from a"}, .because = {methods}},
                      .sentence = "ztunnel is not told rules[0]",
                      .behind_waypoint = "behind a waypoint: a hole"};
  dropped.prospect.behind_waypoint = Effect{.lets_in = true, .let_in = "PUT / from b with `x: y`"};
  out.audit.policies = {std::move(dropped),
                        {.subject = "AuthorizationPolicy shop/db",
                         .place = at(0, 4),
                         .action = "DENY",
                         .layer_7 = {},
                         .prospect = {},
                         .sentence = "ztunnel enforces it as sidecars do",
                         .behind_waypoint = {}}};
  out.audit.others = {{.kind = ImpactKind::Changes, .subject = "Deployment shop/cart", .place = at(0, 4), .sentence = "annotation a"},
                      {.kind = ImpactKind::Harmless, .subject = "PeerAuthentication shop/default", .place = at(0, 4), .sentence = "kept"},
                      {.kind = ImpactKind::Changes, .subject = "Deployment shop/db", .place = at(0, 4), .sentence = "annotation a"}};
  const Diagnostic blocker{.code = Code::UnsupportedProxyResource,
                           .subject = "EnvoyFilter shop/lua",
                           .message = "EnvoyFilter <is> not translated",
                           .labels = {at(0, 4)},
                           .help = {},
                           .notes = {},
                           .keeps = {"shop"}};
  out.audit.blockers = {{.code = blocker.code, .found = {blocker}}};
  out.audit.diagnostics.add(blocker);
  out.audit.diagnostics.add({.code = Code::Template, .subject = {}, .message = "a template", .labels = {at(5, 6)}, .help = {}, .notes = {}});
  out.store = std::move(store);
  return out;
}

AuditReport cart_report() {
  AuditReport out;
  out.meshes.push_back(cart_audit());
  return out;
}

constexpr const char* kSum =
    "Audit: 1 namespace with sidecars, 1 to get a waypoint, 1 kept on sidecars. 2 policies left as they are: 1 as before, 1 open a hole, 1 cause an outage; 1 not found by the "
    "guide's search. Found: 1 blocker.\n";

TEST(AuditText, SaysWhoWhatAndWhy) {
  EXPECT_EQ(render_audit_text(cart_report(), {}), std::string(R"(Audit of 3 resources in 1 file

  namespace shop   needs a waypoint   stays on sidecars: S2A0403
    Deployment shop/cart   needs a waypoint: cart, istio-system/all
    Deployment shop/db     ztunnel is enough
    Pod shop/lone          no Service leads there that could have a waypoint: cart
    because of
      AuthorizationPolicy shop/cart
          rules[0].to[0].operation.methods        shop/policies.yaml:2:1
          rules[0].when[0] request.headers[x|y]   shop/policies.yaml:3:3

Policies in ambient mode, if they are left as they are
  dropped     AuthorizationPolicy shop/cart   ALLOW   shop/policies.yaml:1:1
      ztunnel is not told rules[0]
          denied, e.g. GET / from a
      behind a waypoint: a hole
          let in, e.g. PUT / from b with `x: y`
  as before   AuthorizationPolicy shop/db     DENY    shop/policies.yaml:1:1
      ztunnel enforces it as sidecars do

Policies that need a waypoint, and that the migration guide's search does not find
  grep -E 'methods:|paths:|headers:|action: CUSTOM|action: AUDIT'
    AuthorizationPolicy shop/cart
        rules[0].to[0].operation.methods        shop/policies.yaml:2:1
        rules[0].when[0] request.headers[x|y]   shop/policies.yaml:3:3

Everything else that touches sidecars
  changes    annotation a
               Deployment shop/cart              shop/policies.yaml:1:1
               Deployment shop/db                shop/policies.yaml:1:1
  harmless   kept
               PeerAuthentication shop/default   shop/policies.yaml:1:1

Blockers: what keeps namespaces on sidecars
  S2A0403   1 x a resource changes what sidecars do to requests, and ambient mode does not follow it
      EnvoyFilter shop/lua   shop/policies.yaml:1:1
          EnvoyFilter <is> not translated; keeps shop

warning[S2A0004]: a template
 --> shop/policies.yaml:1:6
  |
1 | kind: AuthorizationPolicy
  |      ^
  |
  = help: see `s2a explain S2A0004`

)") + kSum);
}

TEST(AuditText, IsShortWhereAsked) {
  auto report = cart_report();
  report.brief = true;
  const auto text = render_audit_text(report, {});
  EXPECT_TRUE(text.starts_with("\nerror[S2A0403]")) << text;
  EXPECT_TRUE(text.ends_with(kSum)) << text;
  EXPECT_EQ(text.find("Everything else"), std::string::npos);
}

TEST(AuditText, HasColoursWhereAskedAndKeepsItsWidth) {
  auto report = cart_report();
  EXPECT_NE(render_audit_text(report, {.color = true}).find("\033["), std::string::npos);
  report.meshes.front().audit.policies.front().sentence = std::string(60, 'a') + " " + std::string(60, 'b');
  EXPECT_NE(render_audit_text(report, {.width = 90}).find("a\n      b"), std::string::npos);
}

TEST(AuditText, TamesWhatItShows) {
  auto report = cart_report();
  auto& audit = report.meshes.front().audit;
  for (auto* text : {&audit.namespaces.front().name, &audit.namespaces.front().workloads.front().subject, &audit.namespaces.front().workloads.front().needs.front(),
                     &audit.namespaces.front().needs.front().subject, &audit.namespaces.front().needs.front().reasons.front().path, &audit.policies.front().subject,
                     &audit.policies.front().sentence, &audit.policies.front().prospect.direct.kept_out, &audit.others.front().subject, &audit.others.front().sentence,
                     &audit.blockers.front().found.front().subject, &audit.blockers.front().found.front().message, &audit.blockers.front().found.front().keeps.front()})
    *text += "\033";
  EXPECT_EQ(render_audit_text(report, {}).find('\033'), std::string::npos);
  EXPECT_EQ(render_audit_markdown(report, {}).find('\033'), std::string::npos);
}

TEST(AuditJson, FollowsItsSchemaAndCounts) {
  const auto json = nlohmann::json::parse(render_audit_json(cart_report(), {}));
  const auto schema = nlohmann::json::parse(std::ifstream(S2A_SOURCE_DIR "/backend/render/audit.schema.json"));
  EXPECT_EQ(schema_errors(schema, json), "");
  const auto wanted = nlohmann::json::parse(R"({"namespaces":1,"needWaypoint":1,"stayOnSidecars":1,"workloads":3,"policies":2,"asBefore":1,"holes":1,"outages":1,"unknown":0,
    "missedByGuide":1,"harmless":1,"changes":2,"inTheWay":0,"blockers":1})");
  EXPECT_EQ(json.at("summary"), wanted);
  const auto& mesh = json.at("meshes")[0];
  EXPECT_EQ(mesh.at("policies")[0].at("fate"), "dropped");
  EXPECT_EQ(mesh.at("policies")[0].at("behindWaypoint").at("letIn"), "PUT / from b with `x: y`");
  EXPECT_FALSE(mesh.at("policies")[1].contains("behindWaypoint"));
  EXPECT_EQ(mesh.at("diagnostics").size(), 1U) << "blockers stand by themselves";
  EXPECT_EQ(mesh.at("namespaces")[0].at("needs")[0].at("reasons")[1].at("place").at("line"), 3);
}

TEST(AuditJson, TheSchemaRefusesWhatItDoesNotDescribe) {
  const auto schema = nlohmann::json::parse(std::ifstream(S2A_SOURCE_DIR "/backend/render/audit.schema.json"));
  auto json = nlohmann::json::parse(render_audit_json(cart_report(), {}));
  json["meshes"][0]["policies"][0]["fate"] = "fine";
  json["meshes"][0]["others"][0].erase("sentence");
  const auto errors = schema_errors(schema, json);
  EXPECT_NE(errors.find("\"fine\" is none of"), std::string::npos) << errors;
  EXPECT_NE(errors.find("\"sentence\" is missing"), std::string::npos) << errors;
}

TEST(AuditMarkdown, IsTables) {
  EXPECT_EQ(render_audit_markdown(cart_report(), {}), R"(## Ambient audit: 3 resources in 1 file

### Workloads

| Namespace | Workload | Waypoint | Because of | Kept on sidecars by |
| --- | --- | --- | --- | --- |
| `shop` | `Deployment shop/cart` | **needed** | `AuthorizationPolicy shop/cart`, `AuthorizationPolicy istio-system/all` | `S2A0403` |
| `shop` | `Deployment shop/db` | not needed |  | `S2A0403` |
| `shop` | `Pod shop/lone` | **no Service leads there that could have one** | `AuthorizationPolicy shop/cart` | `S2A0403` |

### Why a waypoint

| Namespace | Resource | Field | Place |
| --- | --- | --- | --- |
| `shop` | `AuthorizationPolicy shop/cart` | `rules[0].to[0].operation.methods` | `shop/policies.yaml:2:1` |
| `shop` | `AuthorizationPolicy shop/cart` | `rules[0].when[0]` `request.headers[x\|y]` | `shop/policies.yaml:3:3` |

### Policies in ambient mode, if they are left as they are

| Policy | Action | Fate | At ztunnel | Behind a waypoint | Place |
| --- | --- | --- | --- | --- | --- |
| `AuthorizationPolicy shop/cart` | ALLOW | **dropped** | ztunnel is not told rules\[0\]<br>denied, e.g. `GET / from a` | behind a waypoint: a hole<br>let in, e.g. PUT / from b with \`x: y\` | `shop/policies.yaml:1:1` |
| `AuthorizationPolicy shop/db` | DENY | **as before** | ztunnel enforces it as sidecars do |  | `shop/policies.yaml:1:1` |

### Not found by the migration guide's search, `grep -E 'methods:|paths:|headers:|action: CUSTOM|action: AUDIT'`

| Policy | Field | Place |
| --- | --- | --- |
| `AuthorizationPolicy shop/cart` | `rules[0].to[0].operation.methods` | `shop/policies.yaml:2:1` |
| `AuthorizationPolicy shop/cart` | `rules[0].when[0]` `request.headers[x\|y]` | `shop/policies.yaml:3:3` |

### Everything else that touches sidecars

|  | Resource | In ambient mode | Place |
| --- | --- | --- | --- |
| **changes** | `Deployment shop/cart` | annotation a | `shop/policies.yaml:1:1` |
| **harmless** | `PeerAuthentication shop/default` | kept | `shop/policies.yaml:1:1` |
| **changes** | `Deployment shop/db` | annotation a | `shop/policies.yaml:1:1` |

### Blockers

| Code | Resource | What | Keeps on sidecars | Place |
| --- | --- | --- | --- | --- |
| S2A0403 | `EnvoyFilter shop/lua` | EnvoyFilter \<is\> not translated | `shop` | `shop/policies.yaml:1:1` |

### Found in the input

| Code | Resource | What | Place |
| --- | --- | --- | --- |
| S2A0004 |  | a template | `shop/policies.yaml:1:6` |

)" + std::string(kSum));
}

}  // namespace s2a::test::audit_test
