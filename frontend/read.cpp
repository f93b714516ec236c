// Reads files side by side, then joins them in order: the number of threads cannot be seen in the result.
#include "frontend/read.h"

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

#include "frontend/decode/decode.h"
#include "frontend/decode/kinds.h"
#include "frontend/decode/stand_in.h"
#include "frontend/grammar/object_name.h"
#include "frontend/load/text.h"
#include "frontend/screen/kustomize.h"
#include "frontend/screen/templates.h"
#include "frontend/yaml/parse.h"

namespace s2a {
namespace {

constexpr unsigned kMaxThreads = 16;

const KindRow& row_of(const Resource& resource) { return *std::ranges::find(kinds(), resource.kind, &KindRow::kind); }

/// What a policy or a route of a template leaves to the rendering is not known.
void settle_template(Resource& resource) {
  const auto& row = row_of(resource);
  if (row.decides() && !row.cluster_scoped && !check_dns_label(resource.ns.value)) resource.ns.value = kAnyNamespace;
}

/// The documents of a file, as far as they can be read, and what is wrong with them.
ParsedFile parse_text(const SourceFile& file, const HelmCharts& charts) {
  if (const auto problem = not_text(file)) return unread_file(file, relevant_kinds(), *problem);
  auto out = parse_relevant(file, relevant_kinds());
  if (const auto found = find_template(file, out.documents, charts)) {
    for (auto& document : out.documents) {
      document.is_template = true;
      document.locked = found->message;
    }
    out.diagnostics.add(*found);
  }
  return out;
}

FileContent read(const SourceFile& file, const HelmCharts& charts) {
  auto [documents, diagnostics] = parse_text(file, charts);
  const bool is_template = std::ranges::find(diagnostics.all(), Code::Template, &Diagnostic::code) != diagnostics.all().end();
  FileContent out{.documents = std::move(documents), .resources = {}, .diagnostics = std::move(diagnostics)};
  for (std::size_t i = 0; i < out.documents.size(); ++i) {
    const DocumentId id{static_cast<std::uint32_t>(i)};
    if (out.documents[i].unread) {
      if (auto resource = stand_in(out.documents[i], id, file, is_template)) out.resources.push_back(std::move(*resource));
      continue;
    }
    auto decoded = decode(out.documents[i], id, file);
    std::ranges::move(decoded.resources, std::back_inserter(out.resources));
    out.diagnostics.append(decoded.diagnostics);
  }
  if (is_template) {
    for (auto& resource : out.resources) settle_template(resource);
  }
  return out;
}

std::vector<FileContent> read_side_by_side(const SourceSet& sources, std::span<const FileId> files, const HelmCharts& charts, unsigned threads) {
  std::vector<FileContent> out(files.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (auto i = next++; i < files.size(); i = next++) out[i] = read(sources[files[i]], charts);
  };
  const auto wanted = std::clamp(threads != 0 ? threads : std::thread::hardware_concurrency(), 1U, kMaxThreads);
  {
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < std::min<std::size_t>(wanted, files.size()); ++i) helpers.emplace_back(work);
    work();
  }  // the helpers join here
  return out;
}

Snapshot add(Store& store, FileContent content) {
  std::vector<DocumentId> documents;
  for (auto& document : content.documents) documents.push_back(store.add(std::move(document)));
  Snapshot out;
  for (auto& resource : content.resources) {
    resource.document = documents[static_cast<std::size_t>(resource.document)];
    out.push_back(store.add(std::move(resource)));
  }
  return out;
}

/// Reads files into the store; their namespaces are not settled yet.
Snapshot read_files(Store& store, std::span<const FileId> files, const HelmCharts& charts, const ReadOptions& options, Diagnostics& diagnostics) {
  Snapshot out;
  for (auto& content : read_side_by_side(store.sources, files, charts, options.threads)) {
    diagnostics.append(content.diagnostics);
    std::ranges::copy(add(store, std::move(content)), std::back_inserter(out));
  }
  return out;
}

/// What needs no name (Kustomization, IstioOperator) is in no namespace.
void settle_namespaces(Store& store, const Snapshot& fresh, const std::string& default_namespace) {
  for (const auto id : fresh) {
    auto& resource = store.edit(id);
    const auto& row = row_of(resource);
    if (resource.ns.value.empty() && !row.cluster_scoped && row.named) resource.ns.value = default_namespace;
  }
}

/// `found` was told of the fresh resources' files one by one. A patch is a fragment: what it lacks as a resource is not told.
Snapshot join(Store& store, const Snapshot& all, const Snapshot& fresh, const Diagnostics& found, const ReadOptions& options, Diagnostics& diagnostics) {
  settle_namespaces(store, fresh, options.default_namespace);
  const auto patches = patch_files(store, all);
  for (const auto& diagnostic : found.all())
    if (diagnostic.labels.empty() || !patches.contains(store.sources[diagnostic.labels.front().file].path)) diagnostics.add(diagnostic);
  return apply_kustomizations(store, all, fresh, diagnostics);
}

}  // namespace

FileContent read_file(const SourceFile& file) { return read(file, {}); }

Snapshot read_all(Store& store, std::span<const FileId> files, const ReadOptions& options, Diagnostics& diagnostics) {
  Diagnostics found;
  const auto all = read_files(store, files, HelmCharts(store.sources, files), options, found);
  return join(store, all, all, found, options, diagnostics);
}

Snapshot read_again(Store& store, const Snapshot& old, std::vector<NewVersion> versions, const ReadOptions& options, Diagnostics& diagnostics) {
  std::set<FileId> replaced;
  std::vector<FileId> added;
  for (auto& version : versions) {
    if (version.old) replaced.insert(*version.old);
    added.push_back(store.sources.add(std::move(version.file)));
  }
  Diagnostics found;
  const auto fresh = read_files(store, added, {}, options, found);
  Snapshot all = fresh;
  std::ranges::copy_if(old, std::back_inserter(all), [&](ResourceId id) { return !replaced.contains(store[id].file); });
  std::ranges::stable_sort(all, {}, [&](ResourceId id) { return std::string_view(store.file_of(store[id]).path); });
  return join(store, all, fresh, found, options, diagnostics);
}

}  // namespace s2a
