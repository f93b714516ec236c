// One pass's changes at a time: sorted by document, turned into edits, composed with the edits before them, read back.
#include "cli/rewriter.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>
#include <utility>

#include "backend/edit/emit.h"
#include "backend/edit/verbs.h"

namespace fs = std::filesystem;

namespace s2a {
namespace {

std::optional<DocumentId> document_of(const Change& change) {
  return std::visit(
      [](const auto& c) -> std::optional<DocumentId> {
        if constexpr (requires { c.document; }) return c.document;
        return std::nullopt;
      },
      change);
}

/// What a change writes; nullptr where it only removes.
template <class AnyChange>
auto* value_of(AnyChange& change) {
  using Pointer = std::conditional_t<std::is_const_v<AnyChange>, const Value*, Value*>;
  return std::visit(
      [](auto& c) -> Pointer {
        if constexpr (requires { c.value; }) return &c.value;
        return nullptr;
      },
      change);
}

SourcePoint start_of(const Label& label) { return {.file = label.file, .offset = label.span.begin}; }

using Said = std::tuple<Code, std::string, std::string>;

/// What is wrong in the new texts and was not wrong before: we must have broken it.
std::optional<Diagnostic> first_new_error(const Diagnostics& before, const Diagnostics& after) {
  std::set<Said> known;
  for (const auto& d : before.all()) known.emplace(d.code, d.subject, d.message);
  for (const auto& d : after.all()) {
    if (info(d.code).severity == Severity::Error && !known.contains(Said(d.code, d.subject, d.message))) return d;
  }
  return std::nullopt;
}

/// Names the resource and the units that wanted the document changed.
void blame(std::span<const Action> actions, DocumentId document, Diagnostic& diagnostic, Rewriter::Units& refused) {
  for (const auto& action : actions) {
    if (std::ranges::none_of(action.changes, [&](const Change& change) { return document_of(change) == document; })) continue;
    if (diagnostic.subject.empty()) diagnostic.subject = action.subject;
    if (refused.insert(action.unit).second) diagnostic.keeps.push_back(action.unit);
  }
}

Diagnostic our_bug(std::string subject, std::string message, std::vector<Label> labels) {
  return {.code = Code::RoundTrip,
          .subject = std::move(subject),
          .message = std::move(message),
          .labels = std::move(labels),
          .help = "nothing of this mesh is written; please report it",
          .notes = {}};
}

/// Whether a path stands below a directory, whatever `..` they hold.
bool below(const fs::path& path, const fs::path& directory) {
  const auto normal = path.lexically_normal();
  const auto base = directory == "." ? fs::path() : directory.lexically_normal();
  const auto [end, rest] = std::ranges::mismatch(base, normal);
  return end == base.end() && rest != normal.end() && *rest != ".." && base.is_absolute() == normal.is_absolute();
}

/// A name in the input would lead a new file to some other place: the last lock behind the checks of names.
Diagnostic leads_out(const Action& action, std::string_view path) {
  return {.code = Code::NotWritten,
          .subject = action.subject,
          .message = fmt::format("the new file `{}` would stand outside of what was given as PATH", path),
          .labels = {action.place},
          .help = "use names that Kubernetes accepts: none holds a `/`",
          .notes = {},
          .keeps = {action.unit}};
}

}  // namespace

Rewrites::Rewrites(const Reading& reading, const MeshModel& before) : reading_(reading), before_(before), snapshot_(reading.snapshot), origins_(reading.store) {
  for (const auto id : snapshot_) {
    const auto& file = reading_.store.file_of(reading_.store[id]);
    if (file.access == Access::Edit && file.mesh_root == "-") stream_ = file.id;
  }
}

Rewriter Rewrites::rewriter() {
  return {.reset = [this] { reset(); },
          .apply = [this](std::span<const Action> actions, Rewriter::Units& refused, Diagnostics& diagnostics) { return apply(actions, refused, diagnostics); }};
}

void Rewrites::reset() {
  snapshot_ = reading_.snapshot;
  versions_.clear();
  now_.reset();
}

std::vector<FileChange> Rewrites::changes() const {
  std::vector<FileChange> out;
  for (const auto& [path, version] : versions_) {
    out.push_back(
        {.path = path, .original = version.original, .edits = version.edits, .text = reading_.store.sources[version.current].text, .origins = origins_.lines_of(version.current)});
  }
  return out;
}

const MeshModel* Rewrites::apply(std::span<const Action> proposed, Rewriter::Units& refused, Diagnostics& diagnostics) {
  Changes by_document;
  Steps steps;
  const auto actions = placed(proposed);
  for (const auto& action : actions) {
    for (const auto& change : action.changes) {
      if (const auto* file = std::get_if<CreateFile>(&change)) {
        if (!root_for(file->path)) {
          diagnostics.add(leads_out(action, file->path));
          refused.insert(action.unit);
          return nullptr;
        }
        auto& step = steps[file->path];
        (void)step.edits.add({.span = {}, .text = to_yaml(file->value)});
        step.made = file->value;
      } else {
        by_document[*document_of(change)].push_back(change);
      }
    }
  }
  for (const auto& [document, changes] : by_document) {
    auto why = add_edits(changes, document, steps);
    if (!why) continue;
    blame(actions, document, *why, refused);
    diagnostics.add(std::move(*why));
    return nullptr;
  }
  for (auto& [path, step] : steps)
    if (step.removes) step.edits = tidied(step.edits, reading_.store.sources[*step.current].text);
  return read_back(steps, by_document, diagnostics);
}

/// The actions, what they write traced to their places, and new files turned into further resources of the stream where there is one.
std::vector<Action> Rewrites::placed(std::span<const Action> actions) const {
  std::vector<Action> out(actions.begin(), actions.end());
  for (auto& action : out)
    for (auto& change : action.changes)
      if (auto* value = value_of(change); value != nullptr && !value->origin) value->origin = start_of(action.place);
  if (!stream_) return out;
  const auto name = reading_.store.sources[*stream_].path;
  const auto last =
      std::find_if(snapshot_.rbegin(), snapshot_.rend(), [&](ResourceId id) { return reading_.store[id].editable && reading_.store.file_of(reading_.store[id]).path == name; });
  if (last == snapshot_.rend()) return out;
  const auto& resource = reading_.store[*last];
  for (auto& action : out) {
    for (auto& change : action.changes) {
      if (auto* file = std::get_if<CreateFile>(&change)) change = AppendResource{.document = resource.document, .resource = resource.node, .value = std::move(file->value)};
    }
  }
  return out;
}

/// Why the document cannot be changed so; nothing where its edits were added.
std::optional<Diagnostic> Rewrites::add_edits(std::span<const Change> changes, DocumentId id, Steps& steps) const {
  const auto& document = reading_.store[id];
  const auto& file = reading_.store.sources[document.file];
  if (file.access == Access::Context) {
    return Diagnostic{.code = Code::NotEditable,
                      .subject = {},
                      .message = fmt::format("`{}` was given as --context and is never changed", file.path),
                      .labels = {{.file = file.id, .span = document[document.root].span, .text = {}}},
                      .help = "give it as a PATH too, if it is to be changed",
                      .notes = {}};
  }
  const auto edits = edits_for(changes, file, document);
  if (!edits) {
    const auto& refusal = edits.error();
    const auto node = refusal.node == kNoNode ? document.root : refusal.node;
    return Diagnostic{
        .code = refusal.code, .subject = {}, .message = refusal.reason, .labels = {{.file = file.id, .span = document[node].span, .text = {}}}, .help = {}, .notes = {}};
  }
  auto& step = steps[file.path];
  step.current = file.id;
  step.removes = step.removes || std::ranges::any_of(changes, [](const Change& change) { return std::holds_alternative<RemoveResource>(change); });
  for (const auto& edit : edits->edits()) {
    if (!step.edits.add(edit)) return our_bug({}, "two edits of one file overlap", {{.file = file.id, .span = edit.span, .text = {}}});
  }
  return std::nullopt;
}

/// The PATH below which, or beside which, a new file stands; nullopt: it would stand outside of all.
std::optional<std::string> Rewrites::root_for(const std::string& path) const {
  std::optional<std::string> best;
  for (const auto& file : reading_.store.sources) {
    const auto& root = file.mesh_root;
    if (file.access != Access::Edit || file.made || (best && best->size() >= root.size())) continue;
    if (below(path, file.path == root ? fs::path(root).parent_path() : fs::path(root))) best = root;
  }
  return best;
}

/// Documents are found again by their places in the file: what was appended stands behind its own, and what was removed counts no more.
void Rewrites::note_origins(const Steps& steps, const Changes& changes, std::size_t first_document) {
  std::map<FileId, std::map<std::uint32_t, DocumentId>> made;  // by ordinal
  for (auto i = first_document; i < reading_.store.document_count(); ++i) {
    const auto id = static_cast<DocumentId>(i);
    made[reading_.store[id].file].emplace(reading_.store[id].ordinal, id);
  }
  std::map<FileId, std::map<std::uint32_t, const Changes::value_type*>> changed;
  for (const auto& entry : changes) changed[reading_.store[entry.first].file].emplace(reading_.store[entry.first].ordinal, &entry);
  for (const auto& [path, step] : steps) {
    const auto now = versions_[path].current;
    MadeVersion version{.now = now, .old = step.current, .edits = step.edits, .documents = {}};
    const auto note = [&](std::uint32_t ordinal, MadeDocument document) {
      const auto found = made[now].find(ordinal);
      if (found == made[now].end()) return;
      document.now = found->second;
      version.documents.push_back(document);
    };
    if (step.made) note(0, {.value = &*step.made});
    std::uint32_t appended = 0;
    std::uint32_t removed = 0;
    for (const auto& [ordinal, entry] : step.current ? changed[*step.current] : decltype(changed)::mapped_type{}) {
      if (removes_document(entry->second, reading_.store[entry->first])) {
        ++removed;
        continue;
      }
      note(ordinal + appended - removed, {.old = entry->first, .changes = entry->second});
      for (const auto& change : entry->second) {
        const auto* append = std::get_if<AppendResource>(&change);
        if (append != nullptr && reading_.store[entry->first][append->resource].parent == kNoNode) note(ordinal + ++appended - removed, {.value = &append->value});
      }
    }
    origins_.add(version);
  }
}

const MeshModel* Rewrites::read_back(const Steps& steps, const Changes& changes, Diagnostics& diagnostics) {
  std::vector<NewVersion> next;
  for (const auto& [path, step] : steps) {
    auto& version = versions_.try_emplace(path, Version{.original = step.current}).first->second;
    version.edits = compose(version.edits, step.edits);
    SourceFile file{.path = path, .text = {}, .access = Access::Edit, .mesh_root = {}};
    if (step.current) {
      const auto& old = reading_.store.sources[*step.current];
      file.text = step.edits.apply(old.text);
      file.mesh_root = old.mesh_root;
      file.made = old.made;
    } else {
      file.text = step.edits.apply({});
      file.made = true;
      file.mesh_root = root_for(path).value_or(std::string());
    }
    next.push_back({.old = step.current, .file = std::move(file)});
  }
  auto added = static_cast<std::uint32_t>(reading_.store.sources.size());  // read_again adds them in this order
  const auto documents = reading_.store.document_count();
  Diagnostics told;
  snapshot_ = read_again(reading_.store, snapshot_, std::move(next), reading_.options, told);
  for (const auto& [path, step] : steps) versions_[path].current = FileId{added++};
  if (auto broken = first_new_error(reading_.diagnostics, told)) {
    diagnostics.add(our_bug(broken->subject, fmt::format("the result does not read back: {}", broken->message), broken->labels));
    return nullptr;
  }
  note_origins(steps, changes, documents);
  now_ = before_.rebuilt(snapshot_);
  return &*now_;
}

}  // namespace s2a
