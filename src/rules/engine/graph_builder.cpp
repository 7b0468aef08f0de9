// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/graph_builder.hpp"

#include <algorithm>

#include "rules/engine/entry_names.hpp"
#include "rules/engine/graph_functions.hpp"
#include "rules/feel/values/characters.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::rules {

namespace {

constexpr const char* decision_kind = "decision";
constexpr const char* input_kind = "input";
constexpr const char* knowledge_kind = "business knowledge model";
constexpr const char* service_kind = "decision service";

std::string where_of(const model::Element& element, const char* kind) {
  return std::string(kind) + " '" + element.name + "'";
}

/// What a table may ask for without a requirement: a name and nothing else.
bool is_plain_name(const std::string& text) {
  return !text.empty() && text.find_first_of("-0123456789") != 0 &&
         text.find_first_of("\"()[]{}<>=,.+*/?@") == std::string::npos && text != "null" && text != "true" &&
         text != "false";
}

}  // namespace

std::shared_ptr<const Graph> Graph::build(std::vector<model::Definitions> documents, feel::Mode mode) {
  const std::shared_ptr<Graph> graph(new Graph());
  GraphBuilder builder(*graph, std::move(documents), mode == feel::Mode::strict);
  builder.build();
  builder.refuse(mode == feel::Mode::strict);
  return graph;
}

GraphBuilder::GraphBuilder(Graph& graph, std::vector<model::Definitions> documents, bool implied)
    : graph_(graph), implied_(implied) {
  for (model::Definitions& definitions : documents) {
    const std::string name = definitions.document;
    documents_.push_back({.definitions = std::move(definitions),
                          .structure = model::Faults(name),
                          .logic = model::Faults(name)});
  }
  graph_.space_ = documents_.front().definitions.space;
  graph_.importing_ = documents_.size() > 1;
  graph_.document_ = documents_.front().definitions.document;
}

void GraphBuilder::build() {
  std::vector<std::string> names;
  for (const Document& document : documents_) add_entry_names(document.definitions, names);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (Document& document : documents_) build_types(document);
  for (Document& document : documents_) {
    document.compiler =
        std::make_unique<Compiler>(*document.types, names, document.definitions.document, document.logic);
    add_elements(document);
  }
  // By now every element has its place and type, so that what requires it can be compiled.
  std::size_t decision = 0, knowledge = 0, service = 0;
  for (Document& document : documents_) {
    for (const model::DecisionNode& from : document.definitions.decisions)
      compile(document, from, graph_.decisions_[decision++]);
    for (const model::KnowledgeModel& from : document.definitions.knowledge)
      compile(document, from, graph_.knowledge_[knowledge++]);
    for (const model::DecisionService& from : document.definitions.services)
      join(document, from, graph_.services_[service++]);
  }
  for (Graph::Knowledge& each : graph_.knowledge_) surround(each);
  refuse_circles();
}

void GraphBuilder::refuse(bool all) const {
  std::string text;
  for (const Document& document : documents_)
    for (const model::Faults* faults : {&document.structure, &document.logic}) {
      if (faults == &document.logic && !all) continue;
      for (const std::string& fault : faults->found()) text += (text.empty() ? "" : "\n") + fault;
    }
  if (!text.empty()) throw Error(Error::Code::invalid, text);
}

GraphBuilder::Document* GraphBuilder::document_of(const std::string& space) {
  for (Document& document : documents_)
    if (document.definitions.space == space) return &document;
  return nullptr;
}

void GraphBuilder::build_types(Document& document) {
  if (document.types || document.importing) return;
  document.importing = true;
  Types::Imported imported;
  for (const model::Import& import : document.definitions.imports) {
    Document* const other = document_of(import.space);
    const std::string where = "import '" + import.name + "'";
    if (!other) {
      document.structure.add(import.line, where,
                             "no document of the namespace '" + import.space + "' is there; give it too");
      continue;
    }
    build_types(*other);
    if (other->types) imported[import.name] = other->types.get();
    else document.structure.add(import.line, where, "the documents import one another in a circle");
  }
  document.types = std::make_unique<Types>(document.definitions, std::move(imported), document.logic);
}

Graph::Node GraphBuilder::node(const Document& document, const model::Element& element,
                               const char* kind) const {
  return {element.name, element.id, document.definitions.space,
          Spot{document.definitions.document, element.line, where_of(element, kind)}};
}

void GraphBuilder::add(Document& document, const model::Element& element, Place place, const char* kind) {
  if (element.id.empty()) return;
  if (!document.by_id.emplace(element.id, place).second)
    document.structure.add(element.line, where_of(element, kind),
                           "there is another element of the id '" + element.id + "'");
}

void GraphBuilder::add_elements(Document& document) {
  Compiler& compiler = *document.compiler;
  for (const model::InputData& input : document.definitions.inputs) {
    add(document, input, {Graph::Kind::input, graph_.inputs_.size()}, input_kind);
    graph_.inputs_.push_back(
        {node(document, input, input_kind),
         compiler.type(input.variable.type, where_of(input, input_kind), input.variable.line)});
  }
  std::set<std::string> names;
  for (const model::DecisionNode& decision : document.definitions.decisions) {
    const std::string where = where_of(decision, decision_kind);
    if (!names.insert(decision.name).second)
      document.structure.add(decision.line, where, "there is another of this name");
    add(document, decision, {Graph::Kind::decision, graph_.decisions_.size()}, decision_kind);
    graph_.decisions_.push_back({node(document, decision, decision_kind),
                                 compiler.type(decision.variable.type, where, decision.variable.line)});
  }
  for (const model::KnowledgeModel& knowledge : document.definitions.knowledge) {
    const std::size_t place = graph_.knowledge_.size();
    add(document, knowledge, {Graph::Kind::knowledge, place}, knowledge_kind);
    graph_.knowledge_.push_back({node(document, knowledge, knowledge_kind)});
    if (knowledge.logic)
      graph_.knowledge_.back().function = feel::Value(std::static_pointer_cast<const feel::Function>(
          std::make_shared<const KnowledgeFunction>(graph_, place)));
  }
  for (const model::DecisionService& service : document.definitions.services) {
    const std::size_t place = graph_.services_.size();
    add(document, service, {Graph::Kind::service, place}, service_kind);
    ItemTypePtr type =
        compiler.type(service.variable.type, where_of(service, service_kind), service.variable.line);
    if (type->type.is(feel::Type::Kind::function))
      type = std::make_shared<const ItemType>(ItemType{.type = type->type.result()});
    graph_.services_.push_back({node(document, service, service_kind), std::move(type)});
    graph_.services_.back().function = feel::Value(std::static_pointer_cast<const feel::Function>(
        std::make_shared<const ServiceFunction>(graph_, place)));
  }
}

std::optional<GraphBuilder::Place> GraphBuilder::find(Document& document, const model::Reference& reference,
                                                      const std::string& where) {
  const std::size_t hash = reference.href.find('#');
  const std::string space = hash == std::string::npos ? "" : reference.href.substr(0, hash);
  const std::string id = hash == std::string::npos ? reference.href : reference.href.substr(hash + 1);
  Document* const target = space.empty() ? &document : document_of(space);
  if (target) {
    const auto found = target->by_id.find(id);
    if (found != target->by_id.end()) return found->second;
  }
  document.logic.add(reference.line, where,
                     "what it requires, '" + reference.href + "', is not there" +
                         (target ? "" : ": no document of that namespace is imported"));
  return {};
}

std::string GraphBuilder::import_name(const Document& from, const std::string& space) const {
  for (const model::Import& import : from.definitions.imports)
    if (import.space == space && space != from.definitions.space) return import.name;
  return {};
}

const std::string& GraphBuilder::name_at(Place place) const {
  switch (place.first) {
    case Graph::Kind::input: return graph_.inputs_[place.second].name;
    case Graph::Kind::decision: return graph_.decisions_[place.second].name;
    case Graph::Kind::knowledge: return graph_.knowledge_[place.second].name;
    case Graph::Kind::service: break;
  }
  return graph_.services_[place.second].name;
}

void GraphBuilder::require(Document& document, const std::vector<model::Reference>& references,
                           const std::string& where, std::vector<Graph::Slot>& slots) {
  for (const model::Reference& reference : references) {
    const std::optional<Place> place = find(document, reference, where);
    if (!place) continue;
    Graph::Slot slot{.name = name_at(*place), .kind = place->first, .index = place->second};
    const std::size_t hash = reference.href.find('#');
    const std::string import =
        hash == std::string::npos ? "" : import_name(document, reference.href.substr(0, hash));
    if (import.empty()) {
      slots.push_back(std::move(slot));
      continue;
    }
    auto group = std::find_if(slots.begin(), slots.end(), [&import](const Graph::Slot& each) {
      return each.import && each.name == import;
    });
    if (group == slots.end()) group = slots.insert(slots.end(), {.name = import, .import = true});
    group->members.push_back(std::move(slot));
  }
}

feel::Type GraphBuilder::type_of(const Graph::Slot& slot) const {
  if (slot.import) {
    std::vector<feel::Type::Field> fields;
    for (const Graph::Slot& member : slot.members) fields.push_back({member.name, type_of(member)});
    return feel::Type::context_of(std::move(fields));
  }
  switch (slot.kind) {
    case Graph::Kind::input: return graph_.inputs_[slot.index].type->type;
    case Graph::Kind::decision: return graph_.decisions_[slot.index].type->type;
    default: return {};
  }
}

feel::Scope GraphBuilder::scope_of(const Document& document, const std::vector<Graph::Slot>& slots) const {
  feel::Scope scope = document.compiler->scope();
  for (const Graph::Slot& slot : slots) scope.add(slot.name, type_of(slot));
  return scope;
}

std::size_t GraphBuilder::input_named(Document& document, const std::string& name,
                                      const model::InputClause& clause, const Graph::Decision& decision) {
  const std::string& space = document.definitions.space;
  if (const auto known = Graph::find(graph_.inputs_, name, space)) return *known;
  const std::string where = decision.spot.where + ": input '" + name + "'";
  const int line = clause.expression.line;
  graph_.inputs_.push_back({{name, "", space, {document.definitions.document, line, where}},
                            document.compiler->type(clause.type, where, line)});
  return graph_.inputs_.size() - 1;
}

void GraphBuilder::add_implied_inputs(Document& document, const model::DecisionNode& from,
                                      Graph::Decision& decision) {
  const auto* const table = from.logic ? std::get_if<model::DecisionTable>(&from.logic->form) : nullptr;
  if (!table || !implied_) return;
  for (const model::InputClause& clause : table->inputs) {
    const std::string name = feel::normalized_name(clause.expression.text);
    const bool known = std::any_of(decision.slots.begin(), decision.slots.end(),
                                   [&name](const Graph::Slot& slot) { return slot.name == name; });
    if (known || !is_plain_name(name)) continue;
    decision.slots.push_back({.name = name, .index = input_named(document, name, clause, decision)});
  }
}

void GraphBuilder::compile(Document& document, const model::DecisionNode& from, Graph::Decision& decision) {
  const std::string& where = decision.spot.where;
  require(document, from.inputs, where, decision.slots);
  require(document, from.decisions, where, decision.slots);
  require(document, from.knowledge, where, decision.slots);
  add_implied_inputs(document, from, decision);
  if (!from.logic) {
    decision.logic = std::make_unique<NullNode>("the decision has no logic", decision.spot);
    return;
  }
  decision.logic =
      document.compiler->compile(*from.logic, scope_of(document, decision.slots), where, decision.type);
}

void GraphBuilder::compile(Document& document, const model::KnowledgeModel& from,
                           Graph::Knowledge& knowledge) {
  if (!from.logic) return;
  const std::string& where = knowledge.spot.where;
  require(document, from.knowledge, where, knowledge.slots);
  knowledge.logic =
      document.compiler->function(*from.logic, scope_of(document, knowledge.slots), knowledge.name, where);
  // The type is that of the function or, in older documents, of its results.
  ItemTypePtr result = document.compiler->type(from.variable.type, where, from.variable.line);
  if (result->type.is(feel::Type::Kind::any)) result = document.compiler->type(from.type, where, from.line);
  if (result->type.is(feel::Type::Kind::function))
    result = std::make_shared<const ItemType>(ItemType{.type = result->type.result()});
  knowledge.logic->result = std::move(result);
}

void GraphBuilder::join(Document& document, const model::DecisionService& from, Graph::Service& service) {
  const auto add_all = [&](const std::vector<model::Reference>& references, Graph::Kind kind,
                           std::vector<std::size_t>& places) {
    for (const model::Reference& reference : references) {
      const std::optional<Place> place = find(document, reference, service.spot.where);
      if (place && place->first == kind) places.push_back(place->second);
    }
  };
  add_all(from.outputs, Graph::Kind::decision, service.outputs);
  add_all(from.input_data, Graph::Kind::input, service.input_data);
  add_all(from.input_decisions, Graph::Kind::decision, service.input_decisions);
  if (service.outputs.empty()) document.logic.add(from.line, service.spot.where, "it has no output decision");
}

void GraphBuilder::surround(Graph::Knowledge& knowledge) {
  const auto function_of = [this](const Graph::Slot& slot) {
    if (slot.kind == Graph::Kind::service) return graph_.services_[slot.index].function;
    return slot.kind == Graph::Kind::knowledge ? graph_.knowledge_[slot.index].function : feel::Value();
  };
  for (const Graph::Slot& slot : knowledge.slots) {
    if (!slot.import) {
      knowledge.surrounding.push_back(function_of(slot));
      continue;
    }
    feel::Context context;
    for (const Graph::Slot& member : slot.members) context.put(member.name, function_of(member));
    knowledge.surrounding.emplace_back(std::move(context));
  }
}

void GraphBuilder::decisions_in(const std::vector<Graph::Slot>& slots, std::vector<std::size_t>& decisions) {
  for (const Graph::Slot& slot : slots) {
    if (slot.import) decisions_in(slot.members, decisions);
    else if (slot.kind == Graph::Kind::decision) decisions.push_back(slot.index);
  }
}

bool GraphBuilder::in_circle(std::size_t decision, std::vector<int>& state,
                             std::vector<std::size_t>& path) const {
  if (state[decision] == 2) return false;
  path.push_back(decision);
  if (state[decision] == 1) return true;
  state[decision] = 1;
  std::vector<std::size_t> required;
  decisions_in(graph_.decisions_[decision].slots, required);
  for (const std::size_t next : required)
    if (in_circle(next, state, path)) return true;
  state[decision] = 2;
  path.pop_back();
  return false;
}

void GraphBuilder::refuse_circles() {
  std::vector<int> state(graph_.decisions_.size(), 0);
  for (std::size_t i = 0; i < state.size(); ++i) {
    std::vector<std::size_t> path;
    if (!in_circle(i, state, path)) continue;
    std::string names;
    for (auto at = std::find(path.begin(), path.end(), path.back()); at != path.end(); ++at)
      names += (names.empty() ? "'" : " -> '") + graph_.decisions_[*at].name + "'";
    const Spot& spot = graph_.decisions_[i].spot;
    documents_.front().structure.add(spot.line, spot.where,
                                     "decisions require one another in a circle: " + names);
    return;
  }
}

}  // namespace vcsr::rules
