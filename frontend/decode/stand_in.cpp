// Reads lines, as there is no tree: `kind:` at the start of one, `name:` and `namespace:` where they can be nothing but metadata's own.
#include "frontend/decode/stand_in.h"

#include <algorithm>

#include "frontend/decode/kinds.h"
#include "frontend/grammar/object_name.h"

namespace s2a {
namespace {

/// What the lines say of one field; two different values are none.
struct Seen {
  std::string_view value;
  bool doubtful = false;

  void add(std::string_view text) {
    doubtful = doubtful || (!value.empty() && value != text);
    value = text;
  }
  [[nodiscard]] std::string certain() const { return std::string(doubtful ? std::string_view{} : value); }
};

std::string_view trimmed(std::string_view text, std::string_view what) {
  const auto begin = std::min(text.find_first_not_of(what), text.size());
  return text.substr(begin, text.find_last_not_of(what) + 1 - begin);
}

class Glance {
 public:
  explicit Glance(std::string_view document) {
    for (std::size_t at = 0; at < document.size();) {
      const auto end = std::min(document.find('\n', at), document.size());
      line(document.substr(at, end - at));
      at = end + 1;
    }
  }

  Seen api_version, kind, name, ns;

 private:
  void line(std::string_view text) {
    const auto indent = std::min(text.find_first_not_of(" \t"), text.size());
    text = trimmed(text.substr(0, text.find(" #")), " \t\r");
    if (text.empty() || text.front() == '#') return;
    if (indent == 0) {
      field(text, "apiVersion", api_version);
      field(text, "kind", kind);
      Seen map;
      in_metadata_ = field(text, "metadata", map);
      nested_ = false;
      first_indent_ = 0;
      if (map.value.starts_with('{')) flow(map.value.substr(1));
    } else if (in_metadata_) {
      if (first_indent_ == 0) first_indent_ = indent;
      nested_ = nested_ || text.ends_with(':');
      if (indent <= first_indent_ || !nested_) own_field(text);
    }
  }

  /// `name: p, namespace: shop, ...` up to the first bracket.
  void flow(std::string_view text) {
    text = text.substr(0, text.find_first_of("{}[]"));
    while (!text.empty()) {
      const auto comma = std::min(text.find(','), text.size());
      own_field(trimmed(text.substr(0, comma), " \t"));
      text.remove_prefix(std::min(comma + 1, text.size()));
    }
  }

  void own_field(std::string_view text) {
    field(text, "name", name);
    field(text, "namespace", ns);
  }

  static bool field(std::string_view text, std::string_view key, Seen& seen) {
    if (!text.starts_with(key) || text.substr(key.size(), 1) != ":") return false;
    seen.add(trimmed(text.substr(key.size() + 1), " \t\"'"));
    return true;
  }

  bool in_metadata_ = false;
  bool nested_ = false;  ///< a map was opened inside of metadata
  std::size_t first_indent_ = 0;
};

std::string legal(std::string text, Parsed<void> (*check)(std::string_view)) { return check(text) ? std::move(text) : std::string{}; }

/// Whether a template makes something that decides nothing, whatever its kind is; a List makes anything.
bool is_harmless(const Glance& glance, std::string_view text) {
  return glance.kind.value.find('{') != std::string_view::npos && !may_decide(glance.api_version.certain()) && text.find("items:") == std::string_view::npos;
}

}  // namespace

std::optional<Resource> stand_in(Document& unread, DocumentId document, const SourceFile& file, bool is_template) {
  const auto text = file.at(unread.span);
  const Glance glance(text);
  if (is_template && is_harmless(glance, text)) return std::nullopt;
  const auto* known = find_kind(glance.kind.certain());
  const auto& row = known != nullptr && known->kind != Kind::Kustomization ? *known : *find_kind("AuthorizationPolicy");
  const auto name = legal(glance.name.certain(), check_object_name);
  if ((row.applies != nullptr && !name.empty() && !name.starts_with("istio")) || (is_template && !row.decides())) return std::nullopt;

  const auto at = glance.kind.value.empty() ? text.substr(0, 0) : glance.kind.value;
  const auto begin = static_cast<std::uint32_t>(at.data() - file.text.data());
  unread.nodes = {Node{.span = {begin, begin + static_cast<std::uint32_t>(at.size())}}};
  unread.root = NodeId{0};

  Resource out{.kind = row.kind, .file = file.id, .document = document, .node = unread.root, .translatable = false, .editable = false};
  out.name.value = row.kind == Kind::Namespace && name.empty() ? std::string(kAnyNamespace) : name;
  if (!row.cluster_scoped) {
    out.ns.value = legal(glance.ns.certain(), check_dns_label);
    if (out.ns.value.empty()) out.ns.value = kAnyNamespace;
  }
  Diagnostics untold;
  if (row.decode != nullptr) out.spec = row.decode(Reader({unread, file}, {}, untold), unread.root);
  return out;
}

}  // namespace s2a
