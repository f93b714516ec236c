// Sets of texts to variables of diagrams: one choice among texts, or any number of them.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ir/pattern/samples.h"
#include "ir/proof/axes.h"

namespace s2a {

/// An attribute that is read from a text: which texts have a value of it that is in a set. Without a function the text is the value.
/// The function knows Globs; of other patterns the classes are guesses.
struct Reader {
  Attribute attribute{};
  std::function<Set(const Set&)> texts{};
};

/// From sets to texts, one for each combination of sets that a text can be in.
using Divide = std::function<Partition(std::span<const Set>)>;
/// Of the texts of the domain; these stand for their kind before others do, the plain one first.
[[nodiscard]] Divide by_texts(Pattern domain, std::vector<std::string> preferred);
[[nodiscard]] Divide by_texts(Pattern domain, std::string plain);

/// What a text adds to the request.
using ToPart = std::function<Request(const std::string&)>;

/// Adds variables and answers the questions about the attributes that they are of.
class AxisBuilder {
 public:
  using Node = Diagrams::Node;
  using Variable = Diagrams::Variable;

  AxisBuilder(Questions& questions, Diagrams& diagrams, Axes& axes) : questions_(questions), diagrams_(diagrams), axes_(axes) {}

  /// One of `others`, or one of the texts that the questions tell apart.
  Variable choose(const std::vector<Reader>& readers, const std::vector<Request>& others, const Divide& divide, const ToPart& to_part);
  /// The same where the text is the value of the attribute.
  Variable choose(const Attribute& attribute, const std::vector<Request>& others, const Divide& divide);
  /// Any number of texts, each a value of all these attributes. They only count where `given` holds; answers so far stay beside them.
  void gather(const std::vector<Attribute>& attributes, const Divide& divide, Node given = Diagrams::kAlways);

 private:
  struct Asked {
    Attribute attribute;
    const Set* set;
    Answer* answer;
  };
  struct Texts {
    std::vector<Asked> questions;
    Partition partition;  ///< by the questions
  };

  Texts texts(const std::vector<Reader>& readers, const Divide& divide);
  /// By the first question that tells a text from others. What many rules ask one after the other gives small diagrams in that order.
  static std::vector<std::size_t> as_asked(const Texts& texts);
  Variable add_variable(const Attribute& attribute, std::vector<Request> parts);

  Questions& questions_;
  Diagrams& diagrams_;
  Axes& axes_;
};

}  // namespace s2a
