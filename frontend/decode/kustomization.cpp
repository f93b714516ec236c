// kustomization.yaml.
#include "frontend/decode/decoders.h"
#include "frontend/grammar/object_name.h"

namespace s2a {

Spec decode_kustomization(const Reader& reader, NodeId object) {
  Kustomization out{.ns = reader.string(object, "namespace"), .resources = reader.get(object, "resources")};
  reader.check_legal(out.ns, "namespace", check_dns_label);
  const auto append = [](std::vector<Spanned<std::string>>& to, const std::vector<Spanned<std::string>>& from) { to.insert(to.end(), from.begin(), from.end()); };
  for (const std::string_view field : {"resources", "bases", "components"}) append(out.resource_paths, reader.strings(object, field));
  for (const std::string_view field : {"patches", "patchesStrategicMerge"}) {  // old kustomizations list paths under `patches`
    for (const auto& text : reader.strings(object, field)) {
      if (text.value.find('\n') == std::string::npos) out.patch_paths.push_back(text);  // several lines are a patch, not its file
    }
  }
  for (const std::string_view field : {"patches", "patchesJson6902"}) {
    for (const auto patch : reader.items(object, field)) {
      if (const auto path = reader.string(patch, "path"); path.written()) out.patch_paths.push_back(path);
    }
  }
  return out;
}

}  // namespace s2a
