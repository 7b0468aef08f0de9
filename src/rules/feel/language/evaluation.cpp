// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/evaluation.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr::feel {

Value Evaluation::nothing(const std::string& reason) {
  Value null = Value::null(reason, position_);
  if (options_.trace) options_.trace->null(*null.reason());
  return null;
}

Value Evaluation::mistake(const std::string& reason) {
  if (strict()) throw Error(Error::Code::invalid, position_.text() + ": " + reason);
  return nothing(reason);
}

Value Evaluation::call(const Value& function, std::vector<Value> arguments) {
  const std::shared_ptr<const Function> called = function.function();
  if (!called) return mistake("expected a function to call, got " + described(function));
  if (!called->takes(arguments.size()))
    return mistake("the function takes " + std::to_string(called->parameters().size()) + " arguments, got " +
                   std::to_string(arguments.size()));
  const Level level(*this);
  step();
  return called->call(std::move(arguments), *this);
}

void Evaluation::too_many_steps() const {
  throw Error(Error::Code::refused, position_.text() + ": the evaluation was stopped after " +
                                        std::to_string(options_.limits.steps) + " steps");
}

void Evaluation::too_much_memory() const {
  throw Error(Error::Code::refused, position_.text() +
                                        ": the evaluation was stopped: its values would take more than " +
                                        std::to_string(options_.limits.memory >> 20) + " MB");
}

void Evaluation::too_deep() {
  --depth_;
  throw Error(Error::Code::refused, position_.text() + ": the evaluation was stopped: more than " +
                                        std::to_string(options_.limits.depth) + " steps inside one another");
}

}  // namespace vcsr::feel
