// yaml-cpp's events and a Document's nodes in one notation.
#include "tests/support/yaml_events.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <sstream>

namespace s2a::test {
namespace {

class Recorder final : public YAML::EventHandler {
 public:
  std::vector<std::string> events;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > kMaxDocuments) throw YAML::ParserException(mark, "yaml-cpp stands still at a stray `,`");
    events.emplace_back("doc");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) override { add(anchor, "~"); }
  void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t anchor) override { add(0, "*" + std::to_string(anchor)); }
  void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t anchor, const std::string& value) override { add(anchor, "=" + value); }
  void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t anchor, YAML::EmitterStyle::value /*style*/) override { add(anchor, "["); }
  void OnSequenceEnd() override { add(0, "]"); }
  void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t anchor, YAML::EmitterStyle::value /*style*/) override { add(anchor, "{"); }
  void OnMapEnd() override { add(0, "}"); }

 private:
  static constexpr int kMaxDocuments = 10'000;
  int documents_ = 0;

  void add(YAML::anchor_t anchor, const std::string& event) { events.push_back((anchor > 0 ? "&" + std::to_string(anchor) : "") + event); }
};

/// Anchors are numbered in the order written, as yaml-cpp does.
void append(const Document& document, NodeId id, std::map<NodeId, std::string>& anchors, std::vector<std::string>& out) {
  const Node& node = document[id];
  if (node.anchored) anchors.emplace(id, std::to_string(anchors.size() + 1));
  const std::string anchor = node.anchored ? "&" + anchors.at(id) : "";
  switch (node.kind) {
    case NodeKind::Null: out.push_back(anchor + "~"); return;
    case NodeKind::Alias: out.push_back("*" + anchors.at(node.target)); return;
    case NodeKind::Scalar: out.push_back(anchor + "=" + node.value); return;
    case NodeKind::Sequence:
    case NodeKind::Map: break;
  }
  const bool map = node.kind == NodeKind::Map;
  out.push_back(anchor + (map ? "{" : "["));
  for (const NodeId child : document.children(id)) append(document, child, anchors, out);
  out.emplace_back(map ? "}" : "]");
}

}  // namespace

std::optional<std::vector<std::string>> yaml_events(std::string_view text) {
  std::istringstream stream{std::string(text)};
  Recorder recorder;
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(recorder)) {
    }
  } catch (const YAML::Exception&) {
    return std::nullopt;
  }
  return recorder.events;
}

std::vector<std::string> events_of(const Document& document) {
  std::vector<std::string> out{"doc"};
  std::map<NodeId, std::string> anchors;
  if (document.root == kNoNode) {
    out.emplace_back("~");
  } else {
    append(document, document.root, anchors, out);
  }
  return out;
}

}  // namespace s2a::test
