// The only place that runs yaml-cpp: its events go to a Builder, its exceptions end here.
#include "frontend/yaml/events.h"

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "frontend/yaml/builder.h"
#include "frontend/yaml/syntax_error.h"

namespace s2a::yaml {
namespace {

/// Thrown through yaml-cpp to leave a document that is refused.
struct Stop {};

class Handler final : public YAML::EventHandler {
 public:
  Handler(Builder& builder, Offset base) : builder_(builder), base_(base) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) stop(mark, kTextBehindEnd);
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { builder_.null({.at = offset(mark), .anchor = anchor}); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    builder_.scalar({.at = offset(mark), .anchor = anchor, .tagged = tag != "?"}, value);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override { check(mark, builder_.alias({.at = offset(mark), .anchor = anchor})); }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(NodeKind::Sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { builder_.close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(NodeKind::Map, mark, tag, anchor, style);
  }
  void OnMapEnd() override { builder_.close(); }

  [[nodiscard]] Offset offset(const YAML::Mark& mark) const { return base_ + static_cast<Offset>(std::max(mark.pos, 0)); }
  [[nodiscard]] const Refused& refused() const { return refused_; }

 private:
  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    check(mark, builder_.open(kind, style == YAML::EmitterStyle::Block ? NodeStyle::Block : NodeStyle::Flow, {.at = offset(mark), .anchor = anchor, .tagged = tag != "?"}));
  }
  void check(const YAML::Mark& mark, const std::optional<Wording>& refusal) {
    if (refusal) stop(mark, *refusal);
  }
  [[noreturn]] void stop(const YAML::Mark& mark, const Wording& wording) {
    refused_ = {.wording = wording, .at = offset(mark)};
    throw Stop{};
  }

  Builder& builder_;
  Offset base_;
  int documents_ = 0;
  Refused refused_;
};

}  // namespace

tl::expected<Document, Diagnostic> read_document(const SourceFile& file, const DocumentText& where, std::uint32_t ordinal) {
  const auto text = std::string_view(file.text).substr(0, where.feed.end);
  const auto refuse = [&](const Refused& refused) { return tl::unexpected(syntax_error(file.id, text, where.feed, refused)); };
  if (const auto refused = unreadable(text, where.feed)) return refuse(*refused);

  Document document{.file = file.id, .ordinal = ordinal, .span = where.span};
  Builder builder(text, document);
  Handler handler(builder, where.feed.begin);
  try {
    std::istringstream stream{std::string(text.substr(where.feed.begin))};
    YAML::Parser parser(stream);
    if (parser.HandleNextDocument(handler)) parser.HandleNextDocument(handler);  // the second time to see that nothing follows
  } catch (const Stop&) {
    return refuse(handler.refused());
  } catch (const YAML::DeepRecursion& e) {
    return refuse({.wording = kTooDeep, .at = handler.offset(e.mark)});
  } catch (const YAML::Exception& e) {
    return refuse({.wording = reword(e.msg), .at = handler.offset(e.mark)});
  }
  if (builder.misread()) return refuse(*builder.misread());
  return document;
}

}  // namespace s2a::yaml
