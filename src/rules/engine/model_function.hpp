// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "rules/engine/node.hpp"

namespace vcsr::rules {

/// What a function of a model has: parameters with types, a body and the type of its results.
struct FunctionLogic {
  struct Parameter {
    std::string name;
    ItemTypePtr type;
  };

  std::string name = {};
  std::vector<Parameter> parameters = {};
  NodePtr body = {};  ///< its variables: what surrounds it, then the parameters
  ItemTypePtr result = any_type();
  Spot spot = {};
};

std::vector<feel::Parameter> parameters_of(const FunctionLogic& logic);
/// Each as its parameter's type holds it; false, and why, when one cannot be.
bool accept_arguments(const FunctionLogic& logic, std::vector<feel::Value>& arguments,
                      feel::Evaluation& evaluation, feel::Value& refusal);
/// Evaluates the body with `variables`, the arguments included.
feel::Value call_logic(const FunctionLogic& logic, std::vector<feel::Value>& variables,
                       feel::Evaluation& evaluation);

/// A boxed function definition where it was evaluated. The logic, part of its model, must outlive it.
class BoxedFunction : public feel::Function {
 public:
  BoxedFunction(const FunctionLogic& logic, std::vector<feel::Value> surrounding)
      : logic_(logic), surrounding_(std::move(surrounding)) {}
  std::vector<feel::Parameter> parameters() const override { return parameters_of(logic_); }
  feel::Type result() const override { return logic_.result->type; }
  feel::Value call(std::vector<feel::Value> arguments, feel::Evaluation& evaluation) const override;

 private:
  const FunctionLogic& logic_;
  std::vector<feel::Value> surrounding_;
};

class FunctionNode : public Node {
 public:
  explicit FunctionNode(FunctionLogic logic) : logic_(std::move(logic)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  FunctionLogic logic_;
};

/// The body of an iteration, for as long as the iteration is evaluated.
class BodyFunction : public feel::Function {
 public:
  BodyFunction(const Node& body, const std::vector<std::string>& parameters,
               const std::vector<feel::Value>& surrounding)
      : body_(body), parameters_(parameters), surrounding_(surrounding) {}
  std::vector<feel::Parameter> parameters() const override;
  feel::Value call(std::vector<feel::Value> arguments, feel::Evaluation& evaluation) const override;

 private:
  const Node& body_;
  const std::vector<std::string>& parameters_;
  std::vector<feel::Value> surrounding_;
};

}  // namespace vcsr::rules
