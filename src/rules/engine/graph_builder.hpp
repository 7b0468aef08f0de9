// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "rules/engine/graph.hpp"

namespace vcsr::rules {

/// Joins documents into a graph: references become places, expressions what can be evaluated.
class GraphBuilder {
 public:
  /// `implied`: tables may ask for what no requirement names.
  GraphBuilder(Graph& graph, std::vector<model::Definitions> documents, bool implied);

  void build();
  /// Throws Error(invalid) of what is wrong with the graphs and, if `all`, with types and FEEL too.
  void refuse(bool all) const;

 private:
  using Place = std::pair<Graph::Kind, std::size_t>;

  struct Document {
    model::Definitions definitions;
    model::Faults structure;  ///< without which there is no graph
    model::Faults logic;
    std::unique_ptr<Types> types = {};
    std::unique_ptr<Compiler> compiler = {};
    std::map<std::string, Place> by_id = {};
    bool importing = false;
  };

  Document* document_of(const std::string& space);
  void build_types(Document& document);
  void add_elements(Document& document);
  void add(Document& document, const model::Element& element, Place place, const char* kind);
  Graph::Node node(const Document& document, const model::Element& element, const char* kind) const;
  std::optional<Place> find(Document& document, const model::Reference& reference, const std::string& where);
  std::string import_name(const Document& from, const std::string& space) const;
  void require(Document& document, const std::vector<model::Reference>& references, const std::string& where,
               std::vector<Graph::Slot>& slots);
  feel::Scope scope_of(const Document& document, const std::vector<Graph::Slot>& slots) const;
  feel::Type type_of(const Graph::Slot& slot) const;
  const std::string& name_at(Place place) const;
  void compile(Document& document, const model::DecisionNode& from, Graph::Decision& decision);
  void add_implied_inputs(Document& document, const model::DecisionNode& from, Graph::Decision& decision);
  void compile(Document& document, const model::KnowledgeModel& from, Graph::Knowledge& knowledge);
  void join(Document& document, const model::DecisionService& from, Graph::Service& service);
  void surround(Graph::Knowledge& knowledge);
  void refuse_circles();
  bool in_circle(std::size_t decision, std::vector<int>& state, std::vector<std::size_t>& path) const;
  static void decisions_in(const std::vector<Graph::Slot>& slots, std::vector<std::size_t>& decisions);

  std::size_t input_named(Document& document, const std::string& name, const model::InputClause& clause,
                          const Graph::Decision& decision);

  Graph& graph_;
  bool implied_;
  std::deque<Document> documents_;
};

}  // namespace vcsr::rules
