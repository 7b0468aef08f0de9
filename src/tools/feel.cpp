// SPDX-License-Identifier: Apache-2.0
#include "tools/feel.hpp"

#include <cstdio>

#include <CLI/CLI.hpp>

#include "rules/feel/language/expression.hpp"
#include "tools/tool.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

std::string evaluated(const FeelRequest& request, WallTime now) {
  const Value input = from_json(request.input);
  const auto* const facts = input.get_if<Value::Map>();
  if (!facts)
    throw Error(Error::Code::invalid,
                "--input: expected a JSON object such as {\"age\": 42}, got " + request.input);
  feel::Scope scope;
  std::vector<feel::Value> variables;
  for (const auto& [name, fact] : *facts) {
    variables.push_back(feel::from_fact(fact));
    scope.add(name, feel::type_of(variables.back()));
  }
  const feel::Expression expression = feel::Expression::parse(request.expression, scope);
  feel::Evaluation evaluation(
      {.mode = request.spec ? feel::Mode::spec : feel::Mode::strict,
       .now = std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch()).count()});
  const feel::Value value = expression.evaluate(variables, evaluation);
  const feel::Reason* const reason = value.reason();
  return to_literal(value) + (reason ? " // " + reason->at.text() + ": " + reason->text : "");
}

void add_feel_command(CLI::App& app, FeelRequest& request,
                      const std::function<void(std::function<int()>)>& choose) {
  CLI::App* command = app.add_subcommand("feel", "Say what an expression of the language of rules is");
  command->add_option("expression", request.expression, "FEEL: docs/feel.md")->required();
  command->add_option("--input", request.input, "What it can name, a JSON object");
  command->add_flag("--spec", request.spec, "As the standard says: what has no result is null, not an error");
  command->callback([&request, choose] {
    choose([&request] {
      std::printf("%s\n", evaluated(request, AsioLoop().wall_time()).c_str());
      return succeeded;
    });
  });
}

}  // namespace vcsr
