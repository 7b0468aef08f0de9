// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/graph.hpp"

namespace vcsr::rules {

using feel::Value;

Run::Run(const Graph& graph, feel::Evaluation& evaluation)
    : graph_(graph),
      evaluation_(evaluation),
      inputs_(graph.inputs().size()),
      decisions_(graph.decisions().size()),
      accepted_(graph.inputs().size()) {}

void Run::give_import(const std::string& import, const feel::Context& inputs) {
  auto run = std::make_unique<Run>(graph_, evaluation_);
  for (const feel::Context::Entry& entry : inputs.entries()) {
    bool taken = false;
    for (std::size_t i = 0; i < graph_.inputs().size(); ++i) {
      if (graph_.inputs()[i].name != entry.name) continue;
      run->give_input(i, entry.value);
      taken = true;
    }
    const auto* const inner = entry.value.get_if<feel::Context>();
    if (!taken && inner) run->give_import(entry.name, *inner);
  }
  imports_[import] = std::move(run);
}

Run& Run::run_of(const std::string& import) {
  const auto own = imports_.find(import);
  return own == imports_.end() ? *this : *own->second;
}

Value Run::input(std::size_t index, const Spot& decision) {
  const Graph::Input& input = graph_.inputs()[index];
  std::optional<Value>& given = inputs_[index];
  if (accepted_[index]) return *given;
  try {
    if (!given && evaluation_.strict())
      throw Error(Error::Code::invalid, "it is missing; expected " + wanted(input.type->type) + " or null");
    given = given ? received(*given, *input.type, evaluation_)
                  : mistake(evaluation_, "the input '" + input.name + "' is missing");
  } catch (const Error& error) {
    throw_placed(error, {{}, 0, decision.where + ": input '" + input.name + "'"});
  }
  accepted_[index] = true;
  return *given;
}

Value Run::value_of(const Graph::Slot& slot, const Spot& from) {
  if (slot.import) {
    feel::Context context;
    Run& run = run_of(slot.name);
    for (const Graph::Slot& member : slot.members) context.put(member.name, run.value_of(member, from));
    return context;
  }
  switch (slot.kind) {
    case Graph::Kind::input: return input(slot.index, from);
    case Graph::Kind::decision: return decision(slot.index);
    case Graph::Kind::knowledge: return graph_.knowledge()[slot.index].function;
    case Graph::Kind::service: return graph_.services()[slot.index].function;
  }
  return {};
}

std::vector<Value> Run::variables(std::size_t index) {
  std::vector<Value> variables;
  const Graph::Decision& decision = graph_.decisions()[index];
  for (const Graph::Slot& slot : decision.slots) variables.push_back(value_of(slot, decision.spot));
  return variables;
}

Value Run::decision(std::size_t index, TableRecord* record) {
  if (decisions_[index]) return *decisions_[index];
  const feel::Evaluation::Level level(evaluation_);
  const Graph::Decision& decision = graph_.decisions()[index];
  try {
    std::vector<Value> with = variables(index);
    Frame frame{with, evaluation_, record};
    decisions_[index] = decision.logic->evaluate(frame);
  } catch (const PlacedError&) {
    throw;
  } catch (const Error& error) {
    throw_placed(error, decision.spot);
  }
  return *decisions_[index];
}

Value Run::service(std::size_t index) {
  const Graph::Service& service = graph_.services()[index];
  feel::Context context;
  for (const std::size_t output : service.outputs)
    context.put(graph_.decisions()[output].name, decision(output));
  const Value value = context.size() == 1 ? context.entries()[0].value : Value(std::move(context));
  return accepted(value, *service.type, evaluation_);
}

}  // namespace vcsr::rules
