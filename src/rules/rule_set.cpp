// SPDX-License-Identifier: Apache-2.0
#include "vcsr/rule_set.hpp"

#include <set>

#include "rules/engine/documents.hpp"
#include "rules/engine/facts.hpp"
#include "rules/engine/graph.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

using rules::Graph;

feel::Evaluation::Options options_of(RuleMode mode, WallTime now) {
  const auto since = std::chrono::duration_cast<std::chrono::nanoseconds>(now.time_since_epoch());
  return {.mode = mode == RuleMode::strict ? feel::Mode::strict : feel::Mode::spec, .now = since.count()};
}

void collect(const Graph& graph, const std::vector<Graph::Slot>& slots, std::set<std::size_t>& inputs,
             std::set<std::size_t>& decisions) {
  for (const Graph::Slot& slot : slots) {
    if (slot.import) collect(graph, slot.members, inputs, decisions);
    else if (slot.kind == Graph::Kind::input) inputs.insert(slot.index);
    else if (slot.kind == Graph::Kind::decision && decisions.insert(slot.index).second)
      collect(graph, graph.decisions()[slot.index].slots, inputs, decisions);
  }
}

Facts outputs_of(const Graph::Decision& decision, const rules::TableRecord& record, const Value& value) {
  if (record.table) {
    if (record.rows.empty() && value.is_null()) return {};
    const auto& columns = record.table->parts().outputs;
    if (columns.size() == 1) {
      const std::string& name = columns.front().name;
      return {{name.empty() ? decision.name : name, value}};
    }
  }
  if (const auto* const map = value.get_if<Value::Map>()) return *map;
  return {{decision.name, value}};
}

}  // namespace

class RuleSet::Impl {
 public:
  Impl(std::string_view xml, const std::string& document, const RuleSetOptions& options)
      : mode_(options.mode),
        graph_(Graph::build(rules::read_documents(xml, document, options.imports),
                            options.mode == RuleMode::strict ? feel::Mode::strict : feel::Mode::spec)) {
    std::vector<std::string> texts = {std::string(xml)};
    texts.insert(texts.end(), options.imports.begin(), options.imports.end());
    hash_ = rules::hash_of(texts);
  }

  const Graph& graph() const { return *graph_; }
  const std::string& hash() const { return hash_; }

  std::size_t find(std::string_view name) const {
    if (const auto own = Graph::find(graph_->decisions(), name, graph_->space())) return *own;
    if (const auto imported = Graph::find(graph_->decisions(), name, "")) return *imported;
    std::string names;
    for (const Graph::Decision& decision : graph_->decisions())
      names += (names.empty() ? "'" : ", '") + decision.name + "'";
    throw Error(
        Error::Code::not_found, Place{graph_->document(), 0, {}},
        "no decision '" + std::string(name) + "'; there " + (names.empty() ? "is none" : "are " + names));
  }

  /// All inputs that the facts have; those with other types are told when they are needed.
  void give(const Facts& facts, rules::Run& run) const {
    feel::Evaluation lenient;
    for (std::size_t i = 0; i < graph_->inputs().size(); ++i) {
      const auto fact = facts.find(graph_->inputs()[i].name);
      if (fact == facts.end()) continue;
      const feel::Type& type = graph_->inputs()[i].type->type;
      feel::Value value = rules::from_fact(fact->second, type, lenient);
      // A text that is no date stays a text, for the message.
      if (value.is_null() && !fact->second.is_null()) value = feel::from_fact(fact->second);
      run.give_input(i, std::move(value));
    }
    if (graph_->importing()) give_imports(facts, run);
  }

  /// A fact that is no input and has facts in it is of an import.
  void give_imports(const Facts& facts, rules::Run& run) const {
    for (const auto& [name, fact] : facts) {
      if (!fact.get_if<Value::Map>() || Graph::find(graph_->inputs(), name, "")) continue;
      run.give_import(name, *feel::from_fact(fact).get_if<feel::Context>());
    }
  }

  Decision decide(std::size_t index, const Facts& facts, WallTime now) const {
    feel::Evaluation evaluation(options_of(mode_, now));
    rules::Run run(*graph_, evaluation);
    give(facts, run);
    rules::TableRecord record;
    const feel::Value value = run.decision(index, &record);
    Decision decision{.value = feel::to_fact(value)};
    decision.outputs = outputs_of(graph_->decisions()[index], record, decision.value);
    for (const std::size_t row : record.rows) decision.rules.push_back(record.table->parts().rows[row].id);
    if (value.reason()) decision.reason = value.reason()->text;
    return decision;
  }

  std::vector<std::string> explain(std::size_t index, const Facts& facts, WallTime now) const {
    feel::Evaluation evaluation(options_of(mode_, now));
    rules::Run run(*graph_, evaluation);
    give(facts, run);
    std::vector<std::string> lines;
    for (const Graph::Slot& slot : graph_->decisions()[index].slots)
      if (!slot.import && slot.kind == Graph::Kind::decision)
        lines.push_back("decision '" + slot.name + "' is " + rules::shown(run.decision(slot.index)));
    std::vector<feel::Value> variables = run.variables(index);
    rules::TableRecord record;
    rules::Frame frame{variables, evaluation, &record};
    try {
      const feel::Value value = run.decision(index, &record);
      if (!record.table) lines.push_back("it is " + rules::shown(value) + because(value));
    } catch (const Error& error) {
      // Two rules that both match a UNIQUE table are what is to be explained.
      if (!record.table) throw;
    }
    if (record.table)
      for (std::string& line : record.table->explain(record, frame)) lines.push_back(std::move(line));
    return lines;
  }

 private:
  static std::string because(const feel::Value& value) {
    return value.reason() ? ": " + value.reason()->text : "";
  }

  RuleMode mode_;
  std::shared_ptr<const Graph> graph_;
  std::string hash_;
};

std::string Decision::text(std::string_view output) const {
  const auto found = outputs.find(output);
  return found == outputs.end() ? std::string() : found->second.text();
}

RuleSet RuleSet::load(const std::string& path, const RuleSetOptions& options) {
  const std::string xml = rules::read_file(path);
  RuleSetOptions all = options;
  for (std::string& text : rules::imports_beside(path, xml)) all.imports.push_back(std::move(text));
  return parse(xml, path, all);
}

RuleSet RuleSet::parse(std::string_view xml, const std::string& document, const RuleSetOptions& options) {
  return RuleSet(std::make_shared<const Impl>(xml, document, options));
}

Decision RuleSet::decide(std::string_view decision, const Facts& inputs, WallTime now) const {
  return impl_->decide(impl_->find(decision), inputs, now);
}

std::vector<std::string> RuleSet::explain(std::string_view decision, const Facts& inputs,
                                          WallTime now) const {
  return impl_->explain(impl_->find(decision), inputs, now);
}

std::vector<std::string> RuleSet::decisions() const {
  std::vector<std::string> names;
  for (const Graph::Decision& decision : impl_->graph().decisions())
    if (decision.space == impl_->graph().space()) names.push_back(decision.name);
  return names;
}

std::vector<std::string> RuleSet::inputs(std::string_view decision) const {
  const Graph& graph = impl_->graph();
  std::set<std::size_t> inputs, decisions;
  collect(graph, graph.decisions()[impl_->find(decision)].slots, inputs, decisions);
  std::vector<std::string> names;
  for (const std::size_t input : inputs) names.push_back(graph.inputs()[input].name);
  return names;
}

const std::string& RuleSet::hash() const { return impl_->hash(); }

}  // namespace vcsr
