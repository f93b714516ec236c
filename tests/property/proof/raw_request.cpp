// Parts of a request vary one by one; parts that no literal tells apart are tried once.
#include "tests/property/proof/raw_request.h"

#include <fmt/format.h>

#include <algorithm>

namespace s2a::test {
namespace {

using Change = std::function<void(RawRequest&)>;
using Texts = std::vector<std::string>;

using Literals = std::vector<Literal>;

/// Every list of the texts, each text once at most.
std::vector<Texts> subsets(const Texts& texts) {
  std::vector<Texts> out{{}};
  for (const auto& text : texts)
    for (std::size_t i = 0, n = out.size(); i < n; ++i) {
      out.push_back(out[i]);
      out.back().push_back(text);
    }
  return out;
}

/// One of the texts for each combination of sets that it can be in.
Texts told_apart(const Texts& texts, const Literals& literals) {
  std::set<std::vector<bool>> seen;
  Texts out;
  for (const auto& text : texts) {
    std::vector<bool> signs;
    for (const auto& literal : literals) signs.push_back(literal.set.contains(text));
    if (seen.insert(signs).second) out.push_back(text);
  }
  return out;
}

/// Every text of at most `longest` of the parts.
Texts joined(const Texts& parts, std::size_t longest, const std::string& between) {
  Texts out = parts;
  for (std::size_t i = 0, level = 1; level < longest; ++level)
    for (const auto n = out.size(); i < n; ++i)
      for (const auto& part : parts) out.push_back(fmt::format("{}{}{}", out[i], between, part));
  return out;
}

const Texts& words() {
  static const Texts kWords = [] {
    auto all = joined({"a", "b", "x"}, 3, "");
    all.emplace_back();
    return all;
  }();
  return kWords;
}

Texts identities_of(const std::set<std::string>& outside) {
  Texts out;
  for (const char* domain : {"td", "tx"})
    for (const char* ns : {"a", "b", "ab", "x", "ax", "xb"})
      for (const char* account : {"a", "b", "ab", "x"})
        if (auto text = std::string("spiffe://") + domain + "/ns/" + ns + "/sa/" + account; !outside.contains(text)) out.push_back(text);
  return out;
}

const Texts kAddresses{"10.0.0.1", "10.0.0.2", "10.1.0.1", "192.0.2.7", "::1"};

/// Lines of a header that is sent under this name.
std::vector<Change> header_changes(const std::string& name, const Texts& lines) {
  std::vector<Change> out;
  for (const auto& chosen : subsets(lines))
    out.emplace_back([name, chosen](RawRequest& raw) {
      for (const auto& line : chosen) raw.message.headers.emplace_back(name, line);
    });
  return out;
}

std::vector<Change> claim_changes(const std::string& name, const Literals& literals) {
  std::vector<Change> out{[](RawRequest&) {}};
  const auto give = [&](const Texts& texts, bool list) {
    out.emplace_back([=](RawRequest& raw) {
      if (raw.token) raw.token->claims[name] = {.texts = texts, .list = list};
    });
  };
  for (const auto& text : joined({"", "a", "b", "ab", "ax", "x"}, 3, " ")) give({text}, false);
  for (const auto& texts : subsets(told_apart({"", "a", "b", "ab", "a b", "ax", "xb", "axb", "x"}, literals))) give(texts, true);
  return out;
}

std::vector<Change> token_changes(const Literals& literals) {
  std::vector<Change> out{[](RawRequest&) {}, [](RawRequest& raw) { raw.token = Token{.holds = false, .claims = {}}; }};
  const bool split = std::ranges::any_of(literals, [](const Literal& literal) { return literal.attribute.kind == Attribute::ClaimWords; });
  const auto subjects = joined({"s", "t", "st", "sx", "xt", "x", ""}, split ? 3 : 1, " ");
  for (const char* issuer : {"i", "j", "ij", "k", ""}) {
    const ClaimTexts iss{.texts = {issuer}};
    out.emplace_back([=](RawRequest& raw) { raw.token = Token{.holds = true, .claims = {{"iss", iss}}}; });
    for (const auto& subject : subjects) out.emplace_back([=](RawRequest& raw) { raw.token = Token{.holds = true, .claims = {{"iss", iss}, {"sub", {.texts = {subject}}}}}; });
  }
  return out;
}

/// What an attribute is read from, as an attribute: several are read from the same.
Attribute source_of(const Attribute& attribute) {
  const bool of_whole_token = attribute.name == "iss" || attribute.name == "sub";
  switch (attribute.kind) {
    case Attribute::Target:
    case Attribute::Query: return Attribute::Path;
    case Attribute::Header: return {Attribute::Header, attribute.name.substr(0, attribute.name.find(" over"))};
    case Attribute::RequestPrincipal: return Attribute::Token;
    case Attribute::Claim:
    case Attribute::ClaimWords: return of_whole_token ? Attribute(Attribute::Token) : Attribute(Attribute::Claim, attribute.name);
    case Attribute::Identity:
    case Attribute::PeerAddress:
    case Attribute::WaypointAddress:
    case Attribute::RemoteAddress:
    case Attribute::PodAddress:
    case Attribute::ServiceAddress:
    case Attribute::Port:
    case Attribute::ServerName:
    case Attribute::Method:
    case Attribute::Path:
    case Attribute::Host:
    case Attribute::Token:
    case Attribute::Authorizer: break;
  }
  return attribute;
}

std::vector<Change> on_connection(const Attribute& attribute, const Texts& values) {
  std::vector<Change> out;
  for (const auto& value : values) out.emplace_back([=](RawRequest& raw) { raw.connection[attribute] = value; });
  return out;
}

std::vector<Change> on_message(std::string Message::*member, const Texts& values) {
  std::vector<Change> out;
  for (const auto& value : values) out.emplace_back([=](RawRequest& raw) { raw.message.*member = value; });
  return out;
}

Texts methods() {
  Texts out = words();
  std::erase(out, "");
  out.insert(out.end(), {"GET", "OPTIONS"});
  return out;
}

Texts targets(bool with_queries) {
  auto paths = joined({"a", "b", "x", "/", "["}, 3, "");
  paths.emplace_back();
  Texts out;
  for (const auto& path : paths)
    for (const char* query : {"", "?", "?a", "?xb"})
      if (with_queries || *query == '\0') out.push_back("/" + path + query);
  return out;
}

/// What can be different in what attributes are read from, as far as these literals tell it apart.
std::vector<Change> changes(const Attribute& source, const std::set<std::string>& outside, const Literals& all) {
  static const auto kMethods = methods();
  static const auto kHosts = joined({"a", "b", "x", "A", "B", "X"}, 3, "");  // some literals tell cases apart, others do not
  Literals literals;
  std::ranges::copy_if(all, std::back_inserter(literals), [&](const Literal& literal) { return source_of(literal.attribute) == source; });
  switch (source.kind) {
    case Attribute::Identity: return on_connection(source, identities_of(outside));
    case Attribute::PeerAddress:
    case Attribute::WaypointAddress:
    case Attribute::PodAddress:
    case Attribute::ServiceAddress: return on_connection(source, kAddresses);
    case Attribute::RemoteAddress: {
      auto out = header_changes("x-forwarded-for", {});
      for (const auto& address : kAddresses) out.emplace_back([=](RawRequest& raw) { raw.message.headers.emplace_back("x-forwarded-for", "1.2.3.4, " + address); });
      return out;
    }
    case Attribute::Port: return on_connection(source, {"80", "81", "90", "1"});
    case Attribute::ServerName: {
      auto out = on_connection(source, words());
      out.back() = [](RawRequest&) {};  // of an empty name
      return out;
    }
    case Attribute::Method: return on_message(&Message::method, kMethods);
    case Attribute::Path:
    case Attribute::Target:
    case Attribute::Query:
      return on_message(&Message::target, targets(std::ranges::any_of(literals, [](const Literal& literal) { return literal.attribute == Attribute::Target; })));
    case Attribute::Host: return on_message(&Message::host, kHosts);
    case Attribute::Header: return header_changes(source.name, told_apart({"", "a", "b", "ab", "axb", "ax", "xb", "x", "http", "https"}, literals));
    case Attribute::Token:
    case Attribute::RequestPrincipal: return token_changes(literals);
    case Attribute::Claim:
    case Attribute::ClaimWords: return claim_changes(source.name, literals);
    case Attribute::Authorizer: return {[](RawRequest&) {}, [=](RawRequest& raw) { raw.connection[source] = "allow"; }};
  }
  return {};
}

}  // namespace

Request request_of(const RawRequest& raw) {
  Request out;
  for (const auto& [attribute, value] : raw.connection) out[attribute] = {value};
  if (raw.http && !add_message(out, raw.message, raw.token, PathNormalization::None)) out.clear();
  return out;
}

std::vector<Request> all_requests(const RawRequest& plain, const std::set<Attribute>& attributes, const std::vector<Literal>& literals, const std::set<std::string>& outside) {
  auto told = literals;  // and what makes a preflight, and an address that is not the peer's
  told.push_back({.attribute = Attribute::Method, .set = {{Exact{"OPTIONS"}}}});
  for (const char* name : {"origin", "access-control-request-method", "x-forwarded-for"}) told.push_back({.attribute = {Attribute::Header, name}, .set = {{Present{}}}});

  std::set<Attribute> sources;  // a token comes before its claims
  for (const auto& attribute : attributes) {
    sources.insert(source_of(attribute));
    if (source_of(attribute).kind == Attribute::Claim) sources.insert(Attribute::Token);
  }
  std::vector<RawRequest> out{plain};
  for (const auto& source : sources) {
    auto base = plain;
    if (source.kind == Attribute::Claim) base.token = Token{.holds = true, .claims = {{"iss", {.texts = {"i"}}}}};
    std::set<std::vector<bool>> seen;
    std::vector<RawRequest> more;
    for (const auto& change : changes(source, outside, literals)) {
      auto changed = base;
      change(changed);
      const auto request = request_of(changed);
      std::vector<bool> signs{request.contains(Attribute::Token), request.contains(Attribute::RequestPrincipal)};
      for (const auto& literal : told) signs.push_back(holds(literal, request));
      if (!seen.insert(signs).second) continue;
      for (const auto& raw : out) change(more.emplace_back(raw));
    }
    out = std::move(more);
  }
  std::vector<Request> requests;
  std::ranges::transform(out, std::back_inserter(requests), request_of);
  return requests;
}

Request random_request(std::mt19937& random, const RawRequest& plain, const std::set<Attribute>& attributes, const std::set<std::string>& outside) {
  const auto text = [&](std::string_view letters) {
    std::string out;
    while (random() % 4 != 0) out += letters[random() % letters.size()];
    return out;
  };
  auto raw = plain;
  for (const auto& attribute : attributes) {
    switch (attribute.kind) {
      case Attribute::Method: raw.message.method = "m" + text("abxyAB"); break;
      case Attribute::Path:
      case Attribute::Target:
      case Attribute::Query: raw.message.target = "/" + text("abxy/?ab.AB"); break;
      case Attribute::Host: raw.message.host = "h" + text("abxyAB.:"); break;
      case Attribute::Header:
        while (random() % 3 != 0) raw.message.headers.emplace_back(attribute.name.substr(0, attribute.name.find(" over")), text("abxyAB ,"));
        break;
      case Attribute::Claim:
      case Attribute::ClaimWords:
      case Attribute::Token:
      case Attribute::RequestPrincipal:
        if (random() % 4 == 0) break;
        if (!raw.token) raw.token = Token{.holds = random() % 5 != 0, .claims = {{"iss", {.texts = {text("ijk/")}}}}};
        if (attribute.name != "iss" && random() % 3 != 0) raw.token->claims[attribute.name.empty() ? "sub" : attribute.name] = {.texts = {text("abst /")}};
        break;
      case Attribute::Identity:
      case Attribute::PeerAddress:
      case Attribute::WaypointAddress:
      case Attribute::RemoteAddress:
      case Attribute::PodAddress:
      case Attribute::ServiceAddress:
      case Attribute::Port:
      case Attribute::ServerName:
      case Attribute::Authorizer:
        if (const auto choices = changes(attribute, outside, {}); plain.http || attribute != Attribute::RemoteAddress) choices[random() % choices.size()](raw);
        break;
    }
  }
  return request_of(raw);
}

std::optional<RawRequest> sent_as(const Request& request) {
  RawRequest raw{.connection = {}, .http = request.contains(Attribute::Method), .message = {}, .token = std::nullopt};
  const auto values = [&](const Attribute& attribute) { return request.contains(attribute) ? request.at(attribute) : AttributeValues{}; };
  for (const auto& [attribute, own] : request)
    if (attribute.kind <= Attribute::ServerName || attribute.kind == Attribute::Authorizer)
      if (attribute.kind != Attribute::RemoteAddress && !own.empty()) raw.connection[attribute] = own.front();
  if (!raw.http) return raw;
  raw.message.method = values(Attribute::Method).front();
  raw.message.host = values(Attribute::Host).front();
  raw.message.target = values(request.contains(Attribute::Target) ? Attribute::Target : Attribute::Path).front();
  if (const auto remote = values(Attribute::RemoteAddress); !remote.empty()) raw.message.headers.emplace_back("x-forwarded-for", remote.front());
  const Attribute proto(Attribute::Header, std::string(kForwardedProto));
  const Attribute proto_over_tls(Attribute::Header, std::string(kForwardedProtoOverTls));
  const bool none = values(proto) == AttributeValues{"http"} && values(proto_over_tls) == AttributeValues{"https"};  // nothing was sent
  for (const auto& [attribute, lines] : request) {
    if (attribute.kind != Attribute::Header || (none && attribute == proto) || (attribute == proto_over_tls && request.contains(proto))) continue;
    for (const auto& line : lines) raw.message.headers.emplace_back(attribute == proto_over_tls ? proto.name : attribute.name, line);
  }
  if (!request.contains(Attribute::Token)) return raw;
  raw.token = Token{.holds = request.contains(Attribute::RequestPrincipal), .claims = {}};
  if (!raw.token->holds) return raw;
  for (const auto& [attribute, own] : request) {
    if (attribute.kind != Attribute::Claim && attribute.kind != Attribute::ClaimWords) continue;
    const bool single = attribute.name == "iss" || attribute.name == "sub" ||
                        (attribute.kind == Attribute::Claim && request.contains({Attribute::ClaimWords, attribute.name}) && values({Attribute::ClaimWords, attribute.name}) != own);
    if (own.empty()) continue;
    raw.token->claims.try_emplace(attribute.name, ClaimTexts{.texts = own, .list = !single});
  }
  return raw;
}

}  // namespace s2a::test
