// From a document's objects to resources: kind, API version, name, labels, then the kind's own decoder.
#include "frontend/decode/decode.h"

#include <fmt/format.h>

#include "frontend/decode/kinds.h"
#include "frontend/grammar/object_name.h"
#include "frontend/yaml/scan.h"

namespace s2a {
namespace {

constexpr std::string_view kList = "List";
constexpr int kListDepth = 8;
constexpr std::size_t kMaxObjects = 100'000;  // items may be aliases of lists of aliases

constexpr std::string_view kUntoldKind = "its kind is not known before it is rendered";

class Decoder {
 public:
  Decoder(const Document& source, DocumentId document, const SourceFile& file) : text_{source, file}, document_(document) {}

  Decoded run() && {
    if (text_.document.root != kNoNode) object(text_.document.root, {}, 0);
    if (!text_.document.locked.empty()) decoded_.diagnostics = {};
    return std::move(decoded_);
  }

 private:
  /// What the items of a typed list may leave out.
  struct Defaults {
    Spanned<std::string> api_version;
    std::string kind;
  };

  void object(NodeId node, const Defaults& defaults, int depth) {
    const Reader reader(text_, {}, decoded_.diagnostics);
    if (reader[node].kind != NodeKind::Map || reader.get(node, "$patch") != kNoNode) return;  // a patch is no object
    auto kind = reader.string(node, "kind");
    if (!kind.written()) kind.value = defaults.kind;
    auto api_version = reader.string(node, "apiVersion");
    if (!api_version.written()) api_version = defaults.api_version;

    if (kind.value.ends_with(kList)) {
      auto item_kind = kind.value.substr(0, kind.value.size() - kList.size());
      if (item_kind.empty()) api_version = {};
      if (item_kind.empty() || find_kind(item_kind) != nullptr) check_fields(reader, node, *object_type(kList), UnknownFields::Ignore);
      return list(reader, node, "items", {api_version, std::move(item_kind)}, depth);
    }
    if (is_openshift_template(kind.value, api_version.value)) return list(reader, node, kTemplateObjects, {}, depth);
    if (is_untold(reader, node, kind, api_version)) return untold(reader, node, api_version, depth);
    if (kind.value.empty() && is_kustomization_file(text_.file.path)) kind.value = "Kustomization";
    const bool versioned = is_readable(api_version.value);
    const auto* row = versioned ? find_kind(kind.value, split_api_version(api_version.value).group) : find_kind(kind.value);
    if (row == nullptr || (row->applies != nullptr && !row->applies(reader, node))) return;
    const bool ours = versioned || (row->kind == Kind::Kustomization ? is_kustomization_file(text_.file.path) : reader[reader.get(node, "metadata")].kind == NodeKind::Map);
    if (ours) resource(reader, node, *row, kind, api_version);
  }

  /// Whether the kind is a placeholder, or empty where a template may fill it in.
  [[nodiscard]] bool is_untold(const Reader& reader, NodeId node, const Spanned<std::string>& kind, const Spanned<std::string>& api_version) const {
    if (!api_version.written() && reader[reader.get(node, "metadata")].kind != NodeKind::Map) return false;
    const auto end = kind.value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
    if (!kind.value.empty()) return end != std::string::npos && std::string_view("{$<").find(kind.value[end]) != std::string_view::npos;
    return text_.document.is_template && text_.document.find(node, "kind").has_value();
  }

  /// What stands for an object of an untold kind: an AuthorizationPolicy decides most. It may as well be a List.
  void untold(const Reader& reader, NodeId node, const Spanned<std::string>& api_version, int depth) {
    list(reader, node, "items", {}, depth);
    if (!may_decide(api_version.value)) return;
    Resource out{.kind = Kind::AuthorizationPolicy, .file = text_.file.id, .document = document_, .node = node, .api_version = api_version};
    const auto metadata = reader.get(node, "metadata");
    const auto legal = [](Spanned<std::string> text, Parsed<void> (*check)(std::string_view)) { return check(text.value) ? std::move(text) : Spanned<std::string>{}; };
    out.name = legal(reader.string(metadata, "name"), check_object_name);
    out.ns = legal(reader.string(metadata, "namespace"), check_dns_label);
    if (out.ns.value.empty()) out.ns.value = kAnyNamespace;
    out.spec = AuthorizationPolicy{};
    out.translatable = out.editable = false;
    out.locked = text_.document.locked.empty() ? kUntoldKind : text_.document.locked;
    decoded_.resources.push_back(std::move(out));
  }

  void list(const Reader& reader, NodeId node, std::string_view field, const Defaults& defaults, int depth) {
    if (depth == kListDepth) return too_big(node, "lists stand in lists too deep to be read");
    for (const auto item : reader.items(node, field)) {
      if (++objects_ > kMaxObjects) return too_big(node, fmt::format("a list expands to more than {} objects", kMaxObjects));
      object(item, defaults, depth + 1);
    }
  }

  void too_big(NodeId node, std::string message) {
    Diagnostics found;
    Reader(text_, {}, found).report(Code::TooBig, node, std::move(message));
    decoded_.diagnostics.append(found);
  }

  void resource(const Reader& unnamed, NodeId node, const KindRow& row, const Spanned<std::string>& kind, const Spanned<std::string>& api_version) {
    Resource out{.kind = row.kind, .file = text_.file.id, .document = document_, .node = node, .api_version = api_version};
    const auto metadata = unnamed.get(node, "metadata");
    out.name = unnamed.string(metadata, "name");
    if (!row.cluster_scoped) out.ns = unnamed.string(metadata, "namespace");
    out.labels = unnamed.labels(metadata, "labels");
    out.annotations = unnamed.labels(metadata, "annotations");
    out.editable = text_.document.locked.empty();
    out.locked = text_.document.locked;

    Diagnostics found;
    const Reader reader(text_, out.subject(), found);
    check_version(reader, node, row, kind, api_version);
    if (const auto* type = object_type(row.fields)) check_fields(reader, node, *type, row.unknown);
    check_name(reader, node, row, kind);
    reader.check_legal(out.ns, "namespace", check_dns_label);
    if (row.decode != nullptr) out.spec = row.decode(reader, node);
    out.translatable = out.editable && !found.has(Severity::Error);
    decoded_.diagnostics.append(found);
    decoded_.resources.push_back(std::move(out));
  }

  static void check_version(const Reader& reader, NodeId node, const KindRow& row, const Spanned<std::string>& kind, const Spanned<std::string>& api_version) {
    const auto newest = row.versions.substr(0, row.versions.find(' '));
    const auto wanted = row.group.empty() ? std::string(newest) : fmt::format("{}/{}", row.group, newest);
    if (api_version.value.empty()) {
      if (row.kind != Kind::Kustomization)
        reader.report(Code::UnknownVersion, kind.written() ? kind.node : node, fmt::format("kind `{}` without an `apiVersion`", row.name),
                      fmt::format("add `apiVersion: {}`", wanted));
    } else if (!row.serves(split_api_version(api_version.value).version)) {
      reader.report(Code::UnknownVersion, api_version.node, fmt::format("`{}` was never served with the kind `{}`", shown(api_version.value), row.name),
                    fmt::format("use `{}`", wanted));
    }
  }

  static void check_name(const Reader& reader, NodeId node, const KindRow& row, const Spanned<std::string>& kind) {
    if (!row.named) return;
    const auto metadata = reader.get(node, "metadata");
    const auto name = reader.string(metadata, "name");
    const bool label = row.kind == Kind::Namespace || row.kind == Kind::Service;
    if (!name.value.empty()) return reader.check_legal(name, "name", label ? check_dns_label : check_object_name);
    if (reader.get(metadata, "name") != kNoNode && !name.written()) return;  // of the wrong type: reported
    const auto generated = reader.key(metadata, "generateName");
    const auto place = generated != kNoNode ? generated : name.written() ? name.node : metadata != kNoNode ? reader.key(node, "metadata") : kind.written() ? kind.node : node;
    reader.report(Code::MissingName, place, generated != kNoNode ? "`generateName` alone: what the name will be is not known" : "the resource has no name",
                  "give it a `metadata.name`");
  }

  Text text_;
  DocumentId document_;
  Decoded decoded_;
  std::size_t objects_ = 0;
};

}  // namespace

Decoded decode(const Document& source, DocumentId document, const SourceFile& file) { return Decoder(source, document, file).run(); }

}  // namespace s2a
