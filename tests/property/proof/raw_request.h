// Requests as they are sent, for tests of the prover: every one that small alphabets can make, and random ones. Knows nothing of the prover's classes.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "ir/authz/message.h"
#include "ir/table/table.h"

namespace s2a::test {

struct RawRequest {
  std::map<Attribute, std::string> connection;  ///< identity, addresses, port, server name, answers of authorizers
  bool http = true;
  Message message;
  std::optional<Token> token;
};

[[nodiscard]] Request request_of(const RawRequest& raw);

/// A way to send such a request; nothing where there is none.
[[nodiscard]] std::optional<RawRequest> sent_as(const Request& request);

/// Requests that differ in what these attributes are read from: at least one for each combination of literals that hold. `outside`: identities that nobody has.
[[nodiscard]] std::vector<Request> all_requests(const RawRequest& plain, const std::set<Attribute>& attributes, const std::vector<Literal>& literals,
                                                const std::set<std::string>& outside);

/// Of random texts over the letters that the rules use, and a few more.
[[nodiscard]] Request random_request(std::mt19937& random, const RawRequest& plain, const std::set<Attribute>& attributes, const std::set<std::string>& outside);

}  // namespace s2a::test
