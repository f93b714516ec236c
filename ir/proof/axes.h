// The requests that the rules can tell apart, as the values of a diagram's variables.
// A request is what add_message (ir/authz/message.h) makes of one that can be sent, where
// - any text is a method or a host; a path begins with `/` and has no query, but need not be normalised;
// - every address is independent of every other;
// - a token that holds has an issuer; its `iss` and `sub` are single texts, and no text of it has a line feed.
// Where the lines of X-Forwarded-For are asked about beside the remote address, and where X-Forwarded-Client-Cert is, requests are counted that cannot be: Axes::loose.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ir/proof/diagram.h"
#include "ir/table/table.h"

namespace s2a {

/// What is known of the callers that are compared.
struct Callers {
  bool identified = true;  ///< mutual TLS; false: plaintext
  bool http = true;
  bool foreign = true;             ///< whether some have certificates of other trust domains
  std::string trust_domain;        ///< of a caller that no rule names
  std::string ns = "anywhere";     ///< and its namespace
  std::string host;                ///< what a request asks for that no rule on hosts names
  std::vector<std::string> hosts;  ///< what requests ask for, with or without a port, where routes are compared (routing.md 7.0): header lines are UTF-8 then; empty: anything
  std::set<std::string> outside;   ///< identities outside the comparison: the waypoints' own. authorization.md 8.6
  std::shared_ptr<const std::set<std::string>> known{};  ///< identities that pods of the input have; none: nobody is known
};

/// When some value of an attribute is in a set.
struct Answer {
  std::size_t first = 0;                       ///< the place of the question among all, as the rules ask them
  Diagrams::Node requests = Diagrams::kNever;  ///< for which it is
};
/// The sets that each attribute is compared with.
using Questions = std::map<Attribute, std::map<Set, Answer>>;

struct Axes {
  /// One variable. Each of its values adds a part to the request; the first is the plain one.
  struct Axis {
    Attribute attribute{};
    std::vector<Request> parts;
  };
  std::vector<Axis> all;                        ///< by variable
  std::map<Attribute, std::string> by_proxies;  ///< lines that the proxies write where the caller writes none
  std::optional<Attribute> incomplete;          ///< of which not every value that the rules can tell apart is there
  std::optional<Attribute> loose;               ///< of which values are there that cannot be: a difference proves nothing

  [[nodiscard]] Request request(const std::vector<std::size_t>& values) const;
};

/// Makes the variables and answers the questions. An attribute that such callers do not have has no value.
[[nodiscard]] Axes make_axes(Questions& questions, const Callers& callers, Diagrams& diagrams);

/// The same request from a caller that people know, where the rules cannot tell it from the one that stands for its kind. Who stands for everybody stays.
[[nodiscard]] Request from_known_caller(Request request, const Questions& questions, const Callers& callers);

}  // namespace s2a
