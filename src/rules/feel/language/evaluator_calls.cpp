// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/builtins/java_function.hpp"
#include "rules/feel/language/evaluator.hpp"

namespace vcsr::feel {

namespace {

/// "function(x) x + rate", with the rate there was where it was made.
class DefinedFunction final : public Function, public std::enable_shared_from_this<DefinedFunction> {
 public:
  DefinedFunction(std::shared_ptr<const Lambda> lambda, std::vector<Value> captured)
      : lambda_(std::move(lambda)), captured_(std::move(captured)) {
    for (const Value& value : captured_) depth_ = std::max(depth_, value.depth() + 1);
  }

  std::vector<Parameter> parameters() const override { return lambda_->parameters; }
  Type result() const override { return lambda_->result; }
  int depth() const override { return depth_; }
  bool takes(std::size_t arguments) const override { return arguments == lambda_->parameters.size(); }

  Value call(std::vector<Value> arguments, Evaluation& evaluation) const override {
    std::vector<Value> frame(lambda_->frame_size);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      frame[i] = coerced(arguments[i], lambda_->parameters[i].type, evaluation);
      if (frame[i].is_null() && !arguments[i].is_null()) return frame[i];
    }
    for (std::size_t i = 0; i < captured_.size(); ++i) frame[lambda_->captures[i].to] = captured_[i];
    if (lambda_->self) frame[*lambda_->self] = std::shared_ptr<const Function>(shared_from_this());
    const Value result = Evaluator({}, frame, evaluation).evaluate(*lambda_->body);
    return lambda_->external ? call_java(result, std::span(frame).first(arguments.size()), evaluation)
                             : result;
  }

 private:
  std::shared_ptr<const Lambda> lambda_;
  std::vector<Value> captured_;
  int depth_ = 1;
};

/// Arguments by name in the order of the parameters; empty where they do not fit.
std::optional<std::vector<Value>> ordered(const Function& function, const std::vector<std::string>& names,
                                          std::vector<Value> arguments) {
  const std::vector<Parameter> parameters = function.parameters();
  std::vector<Value> ordered(parameters.size());
  std::vector<bool> taken(parameters.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto place = static_cast<std::size_t>(std::ranges::find(parameters, names[i], &Parameter::name) -
                                                parameters.begin());
    if (place == parameters.size() || taken[place]) return std::nullopt;
    taken[place] = true;
    ordered[place] = std::move(arguments[i]);
  }
  if (!std::ranges::all_of(taken, std::identity())) return std::nullopt;
  return ordered;
}

}  // namespace

Value Evaluator::function(const Node& node) {
  std::vector<Value> captured;
  captured.reserve(node.more->lambda->captures.size());
  for (const Lambda::Capture& capture : node.more->lambda->captures)
    captured.push_back(capture.given ? given_[capture.from] : locals_[capture.from]);
  evaluation_.charge(sizeof(DefinedFunction) + captured.size() * sizeof(Value));
  return Value(std::shared_ptr<const Function>(
      std::make_shared<DefinedFunction>(node.more->lambda, std::move(captured))));
}

Value Evaluator::call(const Node& node) {
  const Value callee = evaluate(*node.parts[0]);
  if (!node.more->names.empty()) return named_call(node, callee);
  std::vector<Value> arguments = parts_from(node, 1);
  const std::vector<Value> told = evaluation_.options().trace ? arguments : std::vector<Value>();
  evaluation_.set_position(node.at);
  Value result = evaluation_.call(callee, std::move(arguments));
  if (evaluation_.options().trace) evaluation_.options().trace->called("", told, result, node.at);
  return result;
}

Value Evaluator::named_call(const Node& node, const Value& callee) {
  std::vector<Value> arguments = parts_from(node, 1);
  const auto* const function = callee.get_if<Function>();
  if (!function) return mistake(node, "expected a function to call, got " + described(callee));
  std::optional<std::vector<Value>> fitting = ordered(*function, node.more->names, std::move(arguments));
  if (!fitting) return mistake(node, "the names of the arguments are not those of the function's parameters");
  evaluation_.set_position(node.at);
  return evaluation_.call(callee, std::move(*fitting));
}

Value Evaluator::builtin_call(const Node& node) {
  const NodeDetails& details = *node.more;
  if (!details.builtin)
    return mistake(node, "the function '" + details.name + "' does not take these " +
                             std::to_string(node.parts.size()) + " arguments");
  const std::vector<Value> arguments = parts_from(node, 0);
  evaluation_.set_position(node.at);
  Value result = details.builtin->call(arguments, evaluation_);
  if (Trace* const trace = evaluation_.options().trace)
    trace->called(details.name, arguments, result, node.at);
  return result;
}

}  // namespace vcsr::feel
