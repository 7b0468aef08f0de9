// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/engine/compiler.hpp"
#include "rules/model/definitions.hpp"

namespace vcsr::rules {

/// The requirement graph of a document and of those it imports, ready to be evaluated. Immutable; what it
/// evaluates to may refer to it and must not outlive it.
class Graph {
 public:
  enum class Kind { input, decision, knowledge, service };

  /// What a variable of a decision holds: an element of the graph, or those that an import brings under its
  /// name.
  struct Slot {
    std::string name;
    Kind kind = Kind::input;
    std::size_t index = 0;
    std::vector<Slot> members = {};  ///< of an import
    bool import = false;
  };

  struct Node {
    std::string name;
    std::string id;
    std::string space;  ///< the namespace of its document
    Spot spot;
  };

  struct Input : Node {
    ItemTypePtr type;
  };

  struct Decision : Node {
    ItemTypePtr type;
    std::vector<Slot> slots = {};
    NodePtr logic = {};
  };

  struct Knowledge : Node {
    std::vector<Slot> slots = {};
    std::optional<FunctionLogic> logic = {};
    std::vector<feel::Value> surrounding = {};
    feel::Value function = {};
  };

  struct Service : Node {
    ItemTypePtr type;
    std::vector<std::size_t> outputs = {};
    std::vector<std::size_t> input_data = {};
    std::vector<std::size_t> input_decisions = {};
    feel::Value function = {};
  };

  /// The first document is the one that is asked; the others are what it imports. Throws Error(invalid): in
  /// strict mode for all that is wrong, otherwise only where a document is no requirement graph.
  static std::shared_ptr<const Graph> build(std::vector<model::Definitions> documents, feel::Mode mode);

  const std::vector<Input>& inputs() const { return inputs_; }
  const std::vector<Decision>& decisions() const { return decisions_; }
  const std::vector<Knowledge>& knowledge() const { return knowledge_; }
  const std::vector<Service>& services() const { return services_; }
  /// The namespace of the document that is asked.
  const std::string& space() const { return space_; }
  const std::string& document() const { return document_; }
  /// Whether a document has imports.
  bool importing() const { return importing_; }
  /// By name or id; those of the document that is asked come before those it imports. `space` may be "".
  template <class Element>
  static std::optional<std::size_t> find(const std::vector<Element>& elements, std::string_view name,
                                         std::string_view space);

 private:
  friend class GraphBuilder;

  Graph() = default;

  std::vector<Input> inputs_;
  std::vector<Decision> decisions_;
  std::vector<Knowledge> knowledge_;
  std::vector<Service> services_;
  std::string space_;
  std::string document_;
  bool importing_ = false;
};

template <class Element>
std::optional<std::size_t> Graph::find(const std::vector<Element>& elements, std::string_view name,
                                       std::string_view space) {
  for (std::size_t i = 0; i < elements.size(); ++i)
    if ((elements[i].name == name || elements[i].id == name) && (space.empty() || elements[i].space == space))
      return i;
  return {};
}

/// One evaluation of a graph: each decision is evaluated once.
class Run {
 public:
  /// Both must outlive it.
  Run(const Graph& graph, feel::Evaluation& evaluation);

  void give_input(std::size_t input, feel::Value value) { inputs_[input] = std::move(value); }
  /// Inputs of an imported document, by the name of its import: each import may be given its own.
  void give_import(const std::string& import, const feel::Context& inputs);
  /// A decision that is not evaluated, since its result is given.
  void give_decision(std::size_t decision, feel::Value value) { decisions_[decision] = std::move(value); }
  /// Throws Error: invalid in strict mode, refused at a limit.
  feel::Value decision(std::size_t decision, TableRecord* record = nullptr);
  /// The results of a service's output decisions: a context where there are several.
  feel::Value service(std::size_t service);
  /// The variables that a decision's logic is evaluated with.
  std::vector<feel::Value> variables(std::size_t decision);

 private:
  feel::Value input(std::size_t input, const Spot& from);
  feel::Value value_of(const Graph::Slot& slot, const Spot& from);
  Run& run_of(const std::string& import);

  const Graph& graph_;
  feel::Evaluation& evaluation_;
  std::vector<std::optional<feel::Value>> inputs_;
  std::vector<std::optional<feel::Value>> decisions_;
  std::vector<bool> accepted_;  // of the inputs
  std::map<std::string, std::unique_ptr<Run>> imports_;
};

}  // namespace vcsr::rules
