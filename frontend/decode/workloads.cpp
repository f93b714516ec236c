// Pods, and everything that makes pods from a template.
#include <fmt/format.h>

#include "frontend/decode/decoders.h"
#include "frontend/yaml/parse.h"

namespace s2a {
namespace {

std::string first_of(const std::string& first, const std::string& second, std::string_view fallback) {
  if (!first.empty()) return first;
  return second.empty() ? std::string(fallback) : second;
}

void add_ports(const Reader& reader, NodeId container, Workload& out) {
  for (const auto port : reader.items(container, "ports")) {
    out.ports.push_back(
        {.name = reader.string(port, "name").value, .port = reader.port(port, "containerPort"), .protocol = first_of(reader.string(port, "protocol").value, {}, "TCP")});
  }
}

/// The names in the text of annotation proxy.istio.io/config.
std::vector<std::string> proxy_settings(const Reader& reader, const Labels& annotations) {
  const auto text = annotations.find("proxy.istio.io/config");
  if (text == annotations.end()) return {};
  const SourceFile file{.id = reader.text().file.id, .path = reader.text().file.path, .text = text->second.value};
  const auto parsed = parse(file);
  if (parsed.diagnostics.has(Severity::Error) || parsed.documents.size() != 1 || parsed.documents.front().root == kNoNode) return {""};
  const auto& document = parsed.documents.front();
  if (document[document.root].kind != NodeKind::Map) return {""};
  std::vector<std::string> out;
  for (const auto& [key, value] : document.merged_entries(document.root)) {
    const auto& name = document[key].value;
    if (name == "proxyMetadata")
      for (const auto& variable : document.merged_entries(value)) out.push_back(fmt::format("{}.{}", name, document[variable.key].value));
    else
      out.push_back(name);
  }
  return out;
}

/// `template` holds `metadata` and `spec` of the pods; a Pod is its own template.
Workload decode_template(const Reader& reader, NodeId pod) {
  const auto spec = reader.get(pod, "spec");
  const auto metadata = reader.get(pod, "metadata");
  Workload out{
      .pod_labels = reader.labels(metadata, "labels"),
      .pod_annotations = reader.labels(metadata, "annotations"),
      .service_account = first_of(reader.string(spec, "serviceAccountName").value, reader.string(spec, "serviceAccount").value, "default"),
      .host_network = reader.flag(spec, "hostNetwork"),
      .pod_metadata = metadata,
  };
  out.proxy_settings = proxy_settings(reader, out.pod_annotations);
  for (const auto container : reader.items(spec, "containers")) add_ports(reader, container, out);
  for (const auto container : reader.items(spec, "initContainers")) {
    if (reader.string(container, "restartPolicy").value == "Always") add_ports(reader, container, out);  // runs beside the others, ports and all
  }
  return out;
}

}  // namespace

Spec decode_pod(const Reader& reader, NodeId object) {
  auto out = decode_template(reader, object);
  out.address = reader.string(reader.get(object, "status"), "podIP").value;
  return out;
}

Spec decode_workload(const Reader& reader, NodeId object) {
  const auto spec = reader.get(object, "spec");
  auto out = decode_template(reader, reader.get(spec, "template"));
  out.selector = reader.labels(reader.get(spec, "selector"), "matchLabels");
  out.has_replicas = reader.integer(spec, "replicas") != 0;
  return out;
}

Spec decode_cron_job(const Reader& reader, NodeId object) { return decode_template(reader, reader.get(object, {"spec", "jobTemplate", "spec", "template"})); }

}  // namespace s2a
