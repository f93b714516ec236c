// What a pass asks of the text, in terms of nodes; backend/edit turns each into byte edits in the style of the place.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "ir/source/document.h"
#include "ir/value.h"

namespace s2a {

enum class DocumentId : std::uint32_t {};

/// Puts a value where `node` stands (an unwritten null included).
struct ReplaceValue {
  DocumentId document{};
  NodeId node{};
  Value value;
};

/// Removes a key and its value from a map, own-line comments directly above included.
struct RemoveEntry {
  DocumentId document{};
  NodeId key{};
};

/// Removes one item of a sequence.
struct RemoveItem {
  DocumentId document{};
  NodeId item{};
};

/// Puts `key: value` into a map behind the entry whose key node is `after`; kNoNode: behind the last one.
struct InsertEntry {
  DocumentId document{};
  NodeId map{};
  NodeId after = kNoNode;
  std::string key;
  Value value;
};

/// Puts an item into a sequence behind `after`; kNoNode: behind the last one.
struct InsertItem {
  DocumentId document{};
  NodeId sequence{};
  NodeId after = kNoNode;
  Value value;
};

/// Puts a new resource behind the one that stands at `resource`: the next document of the file, or the next item where it is an item of a List.
struct AppendResource {
  DocumentId document{};
  NodeId resource{};  ///< the document's root, or the List's item
  Value value;
};

/// Takes a resource away: a document with its `---` and the comments that belong to it, or an item of a List; a List of nothing else goes as a whole. A file that holds nothing
/// else is left empty, which stands for a file that is deleted.
struct RemoveResource {
  DocumentId document{};
  NodeId resource{};  ///< the document's root, or the List's item
};

/// Puts comments on lines of their own above a resource: those that the other changes take from their places.
struct CommentResource {
  DocumentId document{};
  NodeId resource{};  ///< the document's root, or the List's item
  std::vector<Comment> comments;
};

/// Makes a new file that holds one document.
struct CreateFile {
  std::string path;
  Value value;
};

using Change = std::variant<ReplaceValue, RemoveEntry, RemoveItem, InsertEntry, InsertItem, AppendResource, RemoveResource, CommentResource, CreateFile>;

}  // namespace s2a
