// Whole reports of a Plan made by hand.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "backend/render/renderer.h"
#include "backend/render/tally.h"
#include "tests/support/json_schema.h"

namespace s2a::test::report_test {

constexpr const char* kPolicies = "kind: AuthorizationPolicy\nspec:\n  selector: {}\n";

MeshReport cart_mesh() {
  auto store = std::make_unique<Store>();
  SourceFile file;
  file.path = "shop/policies.yaml";
  file.text = kPolicies;
  const auto id = store->sources.add(std::move(file));
  const Label place{.file = id, .span = {0, 4}, .text = {}};

  MeshReport out{.name = {}, .store = nullptr, .files = 1, .resources = 3, .plan = {}, .changes = {}, .held_back = {}};
  out.plan.actions = {
      {.kind = ActionKind::Create,
       .code = Code::WaypointAdded,
       .unit = "shop",
       .subject = "Gateway shop/waypoint",
       .place = place,
       .file = "shop/waypoint.yaml",
       .what = "a waypoint",
       .why = "layer 7",
       .pass = "add_waypoints",
       .changes = {}},
      {.kind = ActionKind::Update,
       .code = Code::PolicySplit,
       .unit = "shop",
       .subject = "AuthorizationPolicy shop/cart",
       .place = place,
       .file = "shop/policies.yaml",
       .what = "selector -> targetRefs[Service/cart]",
       .why = "HTTP methods need a waypoint",
       .pass = "split_policies",
       .changes = {}},
  };
  out.plan.findings = {
      {.subject = "Deployment shop/cart", .ns = "shop", .client = ClientClass::AmbientToService, .verdict = Verdict::Equal, .witness = {}},
      {.subject = "Deployment shop/cart", .ns = "shop", .client = ClientClass::AmbientToPod, .verdict = Verdict::Narrower, .witness = "GET /x from shop/web"},
      {.subject = "Deployment shop/web", .ns = "shop", .client = ClientClass::Sidecar, .verdict = Verdict::Equal, .witness = {}, .assumed = true},
  };
  out.plan.assumptions = {{.text = "Service shop/web is there", .command = "kubectl get service web -n shop", .ns = "shop", .about_input = true},
                          {.text = "the waypoint is programmed", .command = "kubectl wait gateway/waypoint", .ns = "shop", .about_input = false}};
  out.plan.diagnostics.add({.code = Code::UnsupportedAttribute,
                            .subject = "AuthorizationPolicy billing/audit",
                            .message = "action `AUDIT` is not translated yet",
                            .labels = {place},
                            .help = {},
                            .notes = {},
                            .keeps = {"billing"}});
  out.plan.left_alone = {"billing"};
  EditSet edits;
  EXPECT_TRUE(edits.add({.span = {6, 6}, .text = "Istio"}));
  out.changes.push_back({.path = "shop/policies.yaml", .original = id, .edits = edits, .text = edits.apply(kPolicies), .origins = {{{.file = id, .offset = 0}}}});
  EditSet all;
  EXPECT_TRUE(all.add({.span = {}, .text = "kind: Gateway\n"}));
  out.changes.push_back({.path = "shop/waypoint.yaml", .original = std::nullopt, .edits = all, .text = "kind: Gateway\n", .origins = {{{.file = id, .offset = 0}}}});
  out.store = std::move(store);
  return out;
}

Report cart_report() {
  Report out;
  out.meshes.push_back(cart_mesh());
  out.arguments = "shop";
  return out;
}

TEST(TextReport, ShowsStepsFindingsVerdictsAssumptionsAndTheSum) {
  EXPECT_EQ(render_text(cart_report(), {}),
            R"(Ambient migration plan for 3 resources in 1 file

  namespace shop
    + Gateway shop/waypoint           new file shop/waypoint.yaml   S2A0501
        a waypoint                    layer 7
    ~ AuthorizationPolicy shop/cart   shop/policies.yaml:1          S2A0101
        selector -> targetRefs[Service/cart]
        HTTP methods need a waypoint

error[S2A0111]: action `AUDIT` is not translated yet
 --> shop/policies.yaml:1:1
  |
1 | kind: AuthorizationPolicy
  | ^^^^
  |
  = in: AuthorizationPolicy billing/audit
  = note: stays on sidecars: billing
  = help: see `s2a explain S2A0111`

Verdicts
  Deployment shop/cart   equal: ambient via Service   narrower: ambient to pod IP
      ambient to pod IP, e.g. GET /x from shop/web
  Deployment shop/web    equal for every client, given what is assumed
  not compared: callers in the host network; callers with a waypoint's identity; requests that a sidecar answers with
  400; TLS without Istio's ALPN; bytes that are not HTTP on an HTTP port; a foreign Host, and header lines that are not
  UTF-8, where routes decide; gateways whose routes the input does not show

Assumed, because the input does not say (`apply` wants --assume, or --context with the facts)
  Service shop/web is there
      kubectl get service web -n shop

To check on the cluster
  the waypoint is programmed
      kubectl wait gateway/waypoint

Left alone, on sidecars
  namespace billing   S2A0111

Plan: 1 to create, 1 to change, 0 to delete. Verdicts: 1 equal, 1 narrower, 0 wider, 0 unknown. Found: 1 error, 0 warnings.
Next: s2a diff shop | less      then: s2a apply --assume -w shop
)");
}

TEST(TextReport, IsShortWhereAskedAndSilentWhereThereIsNothing) {
  auto report = cart_report();
  report.brief = true;
  const auto text = render_text(report, {});
  EXPECT_TRUE(text.starts_with("\nerror[S2A0111]")) << text;
  EXPECT_EQ(text.find("\nVerdicts\n"), std::string::npos);
  report.meshes.front().plan = {};
  EXPECT_EQ(render_text(report, {}), "");
}

TEST(TextReport, SaysOnceWhatHoldsForSeveralResources) {
  auto report = cart_report();
  auto again = report.meshes.front().plan.diagnostics.all().front();
  again.subject = "AuthorizationPolicy billing/other";
  report.meshes.front().plan.diagnostics.add(again);
  EXPECT_NE(render_text(report, {}).find("= in: AuthorizationPolicy billing/audit, AuthorizationPolicy billing/other\n"), std::string::npos);
}

TEST(TextReport, HasASectionForEachMeshAndOneSum) {
  Report report;
  for (const auto* name : {"a", "b"}) {
    report.meshes.push_back(cart_mesh());
    report.meshes.back().name = name;
  }
  const auto text = render_text(report, {});
  EXPECT_NE(text.find("Ambient migration plan of a for 3 resources"), std::string::npos);
  EXPECT_NE(text.find("Ambient migration plan of b for 3 resources"), std::string::npos);
  EXPECT_NE(text.find("Plan: 2 to create, 2 to change, 0 to delete. Verdicts: 2 equal, 2 narrower"), std::string::npos);
  EXPECT_EQ(text.find("Plan:"), text.rfind("Plan:"));
}

TEST(DiffReport, IsAUnifiedDiffOfEveryFile) {
  EXPECT_EQ(render_diff(cart_report(), {}),
            "diff --git a/shop/policies.yaml b/shop/policies.yaml\n--- a/shop/policies.yaml\n+++ b/shop/policies.yaml\n@@ -1,3 +1,3 @@\n"
            "-kind: AuthorizationPolicy\n+kind: IstioAuthorizationPolicy\n spec:\n   selector: {}\n"
            "diff --git a/shop/waypoint.yaml b/shop/waypoint.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/shop/waypoint.yaml\n@@ -0,0 +1 @@\n+kind: Gateway\n");
}

TEST(JsonReport, FollowsItsSchemaAndCounts) {
  const auto json = nlohmann::json::parse(render_json(cart_report(), {}));
  const auto schema = nlohmann::json::parse(std::ifstream(S2A_SOURCE_DIR "/backend/render/report.schema.json"));
  EXPECT_EQ(schema_errors(schema, json), "");
  const auto wanted = nlohmann::json::parse(R"({"create":1,"update":1,"delete":0,"equal":1,"narrower":1,"wider":0,"unknown":0,"errors":1,"warnings":0,"infos":0})");
  EXPECT_EQ(json.at("summary"), wanted);
  const auto edit = nlohmann::json::parse(R"({"line":1,"column":7,"endLine":1,"endColumn":7,"text":"Istio"})");
  EXPECT_EQ(json.at("meshes")[0].at("changes")[0].at("edits")[0], edit);
  EXPECT_EQ(json.at("meshes")[0].at("changes")[0].at("origins"), nlohmann::json({{"1", "shop/policies.yaml:1"}}));
}

TEST(JsonReport, TheSchemaRefusesWhatItDoesNotDescribe) {
  const auto schema = nlohmann::json::parse(std::ifstream(S2A_SOURCE_DIR "/backend/render/report.schema.json"));
  auto json = nlohmann::json::parse(render_json(cart_report(), {}));
  json["meshes"][0]["surprise"] = 1;
  json["meshes"][0]["findings"][0]["verdict"] = "fine";
  json["summary"].erase("equal");
  EXPECT_EQ(schema_errors(schema, json),
            "$.meshes[0]: `surprise` is not described\n$.meshes[0].findings[0].verdict: \"fine\" is none of [\"equal\",\"narrower\",\"wider\",\"unknown\"]\n"
            "$.summary: \"equal\" is missing\n");
}

TEST(JsonReport, IsJsonEvenWhereTheTextIsNoUtf8) {
  auto report = cart_report();
  report.meshes.front().plan.actions.front().what = "\xFF";
  EXPECT_FALSE(nlohmann::json::parse(render_json(report, {}), nullptr, false).is_discarded());
}

TEST(Tally, CountsAWorkloadByItsWorstVerdict) {
  const auto worst = [](std::vector<Verdict> verdicts) {
    std::vector<Finding> findings;
    for (const auto verdict : verdicts) findings.push_back({.subject = "Pod a/b", .ns = "a", .client = ClientClass::Sidecar, .verdict = verdict, .witness = {}});
    return by_subject(findings).front().worst();
  };
  EXPECT_EQ(worst({Verdict::Equal, Verdict::Narrower}), Verdict::Narrower);
  EXPECT_EQ(worst({Verdict::Unknown, Verdict::Narrower}), Verdict::Unknown);
  EXPECT_EQ(worst({Verdict::Wider, Verdict::Unknown}), Verdict::Wider);
}

TEST(Reports, ShowAFileThatIsDeleted) {
  auto report = cart_report();
  auto& mesh = report.meshes.front();
  auto& change = mesh.changes.front();
  change.edits = {};
  ASSERT_TRUE(change.edits.add({.span = {.begin = 0, .end = static_cast<std::uint32_t>(std::string_view(kPolicies).size())}, .text = {}}));
  change.text.clear();
  change.origins.clear();
  report.origins = true;
  const auto text = render_text(report, {});
  EXPECT_NE(text.find("deleted file shop/policies.yaml   S2A0101\n"), std::string::npos) << text;
  EXPECT_NE(text.find("\n  deleted file shop/policies.yaml\n      1 - kind: AuthorizationPolicy\n"), std::string::npos) << text;
  const auto json = nlohmann::json::parse(render_json(report, {}));
  EXPECT_EQ(json.at("meshes")[0].at("changes")[0].at("isDeleted"), true);
  EXPECT_FALSE(json.at("meshes")[0].at("changes")[1].contains("isDeleted"));
  EXPECT_NE(render_diff(report, {}).find("deleted file mode 100644\n--- a/shop/policies.yaml\n+++ /dev/null\n"), std::string::npos);
}

TEST(Renderers, AreFoundByName) {
  for (const auto& renderer : kRenderers) EXPECT_EQ(find_renderer(renderer.name), &renderer);
  EXPECT_EQ(find_renderer("yaml"), nullptr);
}

}  // namespace s2a::test::report_test
