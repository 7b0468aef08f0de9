// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "rules/engine/graph.hpp"

namespace vcsr::rules {

/// A business knowledge model as a function. The graph must outlive it.
class KnowledgeFunction : public feel::Function {
 public:
  explicit KnowledgeFunction(const Graph& graph, std::size_t index) : graph_(graph), index_(index) {}
  std::vector<feel::Parameter> parameters() const override;
  feel::Type result() const override;
  feel::Value call(std::vector<feel::Value> arguments, feel::Evaluation& evaluation) const override;

 private:
  const FunctionLogic& logic() const { return *graph_.knowledge()[index_].logic; }

  const Graph& graph_;
  std::size_t index_;
};

/// A decision service as a function of its input data, then of its input decisions. The graph must outlive
/// it.
class ServiceFunction : public feel::Function {
 public:
  explicit ServiceFunction(const Graph& graph, std::size_t index) : graph_(graph), index_(index) {}
  std::vector<feel::Parameter> parameters() const override;
  feel::Type result() const override;
  feel::Value call(std::vector<feel::Value> arguments, feel::Evaluation& evaluation) const override;

 private:
  const Graph::Service& service() const { return graph_.services()[index_]; }

  const Graph& graph_;
  std::size_t index_;
};

}  // namespace vcsr::rules
