// Splits a file, reads each document by itself, and decides what must not be edited.
#include "frontend/yaml/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "frontend/yaml/events.h"
#include "frontend/yaml/verdict.h"

namespace s2a {
namespace {

using yaml::DocumentText;

constexpr std::size_t kMaxBytes = 64U << 20U;  ///< yaml-cpp's positions are of type int, and it it keeps every token of a JSON text in memory

/// What one document came to.
struct Reading {
  Document document;
  Diagnostics diagnostics;
  std::optional<Span> template_mark;
};

/// Where text that is not YAML shows that it is a template: Helm's and Jinja's braces.
std::optional<Span> template_mark(const SourceFile& file, Span document) {
  const auto text = file.at(document);
  const auto at = std::min(text.find("{{"), text.find("{%"));
  if (at == std::string_view::npos) return std::nullopt;
  const auto end = std::min({text.find('\n', at), text.find("\r\n", at), text.size()});
  return Span{.begin = document.begin + static_cast<std::uint32_t>(at), .end = document.begin + static_cast<std::uint32_t>(end)};
}

Reading read(const SourceFile& file, const DocumentText& where, std::uint32_t ordinal) {
  auto document = yaml::read_document(file, where, ordinal);
  if (document) {
    if (const auto address = yaml::address_in_flow(*document)) {
      document = tl::unexpected(yaml::syntax_error(file.id, std::string_view(file.text).substr(0, where.feed.end), where.feed, *address));
    }
  }
  if (!document) {
    const Diagnostic& problem = document.error();
    Reading out{.document = {.file = file.id, .ordinal = ordinal, .span = where.span, .unread = true, .locked = problem.message}};
    if (problem.code == Code::MalformedYaml) out.template_mark = template_mark(file, where.feed);
    if (!out.template_mark) out.diagnostics.add(problem);
    return out;
  }
  Reading out{.document = std::move(*document)};
  out.template_mark = yaml::template_mark(file, out.document);
  out.diagnostics = yaml::duplicate_keys(out.document);
  if (!out.diagnostics.all().empty()) out.document.locked = out.diagnostics.all().front().message;
  return out;
}

Diagnostic template_found(FileId file, Span mark) {
  return {.code = Code::Template,
          .message = "the file is a template: it is YAML only after it is rendered",
          .labels = {{.file = file, .span = mark}},
          .help = "render it first, for example with `helm template`, and give the result"};
}

Diagnostic too_big(const SourceFile& file) {
  return {.code = Code::TooBig,
          .message = fmt::format("the file has {} bytes, and at most {} are read", file.text.size(), kMaxBytes),
          .labels = {{.file = file.id}},
          .help = "split it into several files"};
}

ParsedFile parse_documents(const SourceFile& file, const std::vector<ScannedDocument>& scanned) {
  ParsedFile out;
  if (std::ranges::none_of(scanned, &ScannedDocument::relevant)) return out;
  std::optional<Span> template_mark_of_file;
  for (std::uint32_t ordinal = 0; ordinal < scanned.size(); ++ordinal) {
    const auto& [where, relevant] = scanned[ordinal];
    if (!relevant && !template_mark(file, where.feed)) continue;  // a template anywhere in the file counts for all of it
    auto reading = read(file, where, ordinal);
    if (!template_mark_of_file) template_mark_of_file = reading.template_mark;
    if (!relevant) continue;
    out.documents.push_back(std::move(reading.document));
    out.diagnostics.append(reading.diagnostics);
  }
  if (template_mark_of_file) {
    const auto diagnostic = template_found(file.id, *template_mark_of_file);
    for (Document& document : out.documents) {
      document.is_template = true;
      document.locked = diagnostic.message;
    }
    out.diagnostics.add(diagnostic);
  }
  return out;
}

}  // namespace

ParsedFile parse(const SourceFile& file) {
  if (file.text.size() > kMaxBytes) return unread_file(file, {}, too_big(file));
  std::vector<ScannedDocument> all;
  for (const auto& where : yaml::split(file.text)) all.push_back({.text = where});
  return parse_documents(file, all);
}

ParsedFile parse_relevant(const SourceFile& file, std::span<const RelevantKind> kinds) {
  if (file.text.size() > kMaxBytes || is_kustomization_file(file.path)) return parse(file);
  return parse_documents(file, scan(file.text, kinds));
}

ParsedFile unread_file(const SourceFile& file, std::span<const RelevantKind> kinds, const Diagnostic& problem) {
  ParsedFile out;
  out.diagnostics.add(problem);
  const auto add = [&](std::uint32_t ordinal, Span span) {
    out.documents.push_back({.file = file.id, .ordinal = ordinal, .span = span, .unread = true, .locked = problem.message});
  };
  const bool scannable = !kinds.empty() && file.text.find('\0') == std::string::npos;
  if (!scannable) add(0, {.begin = 0, .end = static_cast<std::uint32_t>(file.text.size())});
  const auto scanned = scannable ? scan(file.text, kinds) : std::vector<ScannedDocument>{};
  for (std::uint32_t ordinal = 0; ordinal < scanned.size(); ++ordinal) {
    if (scanned[ordinal].relevant) add(ordinal, scanned[ordinal].text.span);
  }
  return out;
}

}  // namespace s2a
