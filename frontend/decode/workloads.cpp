// Pods, and everything that makes pods from a template.
#include "frontend/decode/decoders.h"

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
  out.has_replicas = reader.integer(spec, "replicas") != 0;
  return out;
}

Spec decode_cron_job(const Reader& reader, NodeId object) { return decode_template(reader, reader.get(object, {"spec", "jobTemplate", "spec", "template"})); }

}  // namespace s2a
