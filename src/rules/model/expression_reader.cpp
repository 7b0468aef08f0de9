// SPDX-License-Identifier: Apache-2.0
#include "rules/model/expression_reader.hpp"

#include <algorithm>
#include <array>

namespace vcsr::rules::model {

namespace {

constexpr int deepest = 64;

constexpr std::array<std::string_view, 12> forms = {
    "literalExpression",  "decisionTable", "context", "list", "relation", "invocation",
    "functionDefinition", "conditional",   "for",     "some", "every",    "filter",
};

/// Of every element.
constexpr std::array<std::string_view, 2> anywhere = {"description", "extensionElements"};

}  // namespace

bool ExpressionReader::is_expression(pugi::xml_node node) {
  return std::find(forms.begin(), forms.end(), Xml::local_name(node)) != forms.end();
}

void ExpressionReader::fault(pugi::xml_node node, const std::string& where, const std::string& what) {
  faults_.add(xml_.line_of(node), where, what);
}

void ExpressionReader::require_known(pugi::xml_node node, const std::string& where,
                                     std::initializer_list<std::string_view> known) {
  for (const pugi::xml_node child : xml_.children(node)) {
    const std::string_view name = Xml::local_name(child);
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    if (std::find(anywhere.begin(), anywhere.end(), name) != anywhere.end()) continue;
    fault(child, where,
          "element '" + std::string(name) + "' is not known in " + std::string(Xml::local_name(node)) +
              "; remove it, or put it into extensionElements in a namespace of its own");
  }
}

ExpressionPtr ExpressionReader::read_inside(pugi::xml_node parent, const std::string& where) {
  ExpressionPtr found;
  for (const pugi::xml_node child : xml_.children(parent)) {
    if (!is_expression(child)) continue;
    if (found) fault(child, where, "there is another expression before it; only one may stand here");
    else found = read(child, where);
  }
  return found;
}

ExpressionPtr ExpressionReader::read(pugi::xml_node node, const std::string& where) {
  auto expression = std::make_unique<Expression>();
  expression->id = node.attribute("id").value();
  expression->type = read_type(node, node.attribute("typeRef").value());
  expression->line = xml_.line_of(node);
  if (depth_ >= deepest) {
    fault(node, where, "expressions are nested deeper than " + std::to_string(deepest));
    return expression;
  }
  ++depth_;
  expression->form = read_form(node, where);
  --depth_;
  return expression;
}

Expression::Form ExpressionReader::read_form(pugi::xml_node node, const std::string& where) {
  const std::string_view name = Xml::local_name(node);
  if (name == "decisionTable") return read_table(node, where);
  if (name == "context") return read_context(node, where);
  if (name == "list") return read_list(node, where);
  if (name == "relation") return read_relation(node, where);
  if (name == "invocation") return read_invocation(node, where);
  if (name == "functionDefinition") return read_function(node, where);
  if (name == "conditional") return read_conditional(node, where);
  if (name == "filter") return read_filter(node, where);
  if (name == "literalExpression") return read_literal(node, where);
  return read_iteration(node, where);
}

Variable ExpressionReader::read_variable(pugi::xml_node node) const {
  if (!node) return {};
  return {.name = name_of(node.attribute("name").value()),
          .type = read_type(node, node.attribute("typeRef").value()),
          .line = xml_.line_of(node)};
}

std::string ExpressionReader::read_type(pugi::xml_node node, std::string_view written) const {
  std::string type = name_of(written);
  const std::size_t colon = type.find(':');
  if (colon == std::string::npos) return type;
  // DMN 1.1 has qualified names: "feel:number".
  const std::string prefix = type.substr(0, colon);
  const std::string_view space = xml_.space_of(node, prefix);
  if (prefix == "feel" || space.find("FEEL") != std::string_view::npos) return type.substr(colon + 1);
  return space.empty() ? type : std::string(space) + "#" + type.substr(colon + 1);
}

Text ExpressionReader::read_text(pugi::xml_node node) const {
  const pugi::xml_node text = xml_.child(node, "text");
  return {.text = trimmed(Xml::text_of(text)), .line = xml_.line_of(text ? text : node)};
}

std::optional<Text> ExpressionReader::read_tests(pugi::xml_node parent, std::string_view name) const {
  const pugi::xml_node node = xml_.child(parent, name);
  if (!node) return {};
  Text text = read_text(node);
  // An empty list of allowed values says nothing.
  if (text.text.empty()) return {};
  return text;
}

Text ExpressionReader::read_literal(pugi::xml_node node, const std::string& where) {
  require_known(node, where, {"text", "importedValues"});
  if (const pugi::xml_node imported = xml_.child(node, "importedValues"))
    fault(imported, where, "values that are imported are not supported; write them as a list");
  const std::string_view language = node.attribute("expressionLanguage").value();
  if (!language.empty() && language.find("FEEL") == std::string_view::npos &&
      language.find("feel") == std::string_view::npos)
    fault(node, where, "the expression language '" + std::string(language) + "' is not supported; use FEEL");
  return read_text(node);
}

Context ExpressionReader::read_context(pugi::xml_node node, const std::string& where) {
  require_known(node, where, {"contextEntry"});
  Context context;
  for (const pugi::xml_node entry : xml_.children(node, "contextEntry")) {
    Variable variable = read_variable(xml_.child(entry, "variable"));
    const std::string inside =
        where + ": " + (variable.name.empty() ? std::string("result") : "entry '" + variable.name + "'");
    require_known(entry, inside,
                  {"variable", "literalExpression", "decisionTable", "context", "list", "relation",
                   "invocation", "functionDefinition", "conditional", "for", "some", "every", "filter"});
    ExpressionPtr value = read_inside(entry, inside);
    if (!value) fault(entry, inside, "expected an expression");
    else context.entries.push_back({std::move(variable), std::move(value)});
  }
  return context;
}

List ExpressionReader::read_list(pugi::xml_node node, const std::string& where) {
  List list;
  for (const pugi::xml_node child : xml_.children(node)) {
    const std::string inside = where + ": element " + std::to_string(list.elements.size() + 1);
    if (is_expression(child)) list.elements.push_back(read(child, inside));
    else if (std::find(anywhere.begin(), anywhere.end(), Xml::local_name(child)) == anywhere.end())
      fault(child, inside, "expected an expression, got '" + std::string(Xml::local_name(child)) + "'");
  }
  return list;
}

Relation ExpressionReader::read_relation(pugi::xml_node node, const std::string& where) {
  require_known(node, where, {"column", "row"});
  Relation relation;
  for (const pugi::xml_node column : xml_.children(node, "column"))
    relation.columns.push_back(read_variable(column));
  for (const pugi::xml_node row : xml_.children(node, "row")) {
    const std::string inside = where + ": row " + std::to_string(relation.rows.size() + 1);
    relation.rows.push_back(read_list(row, inside));
    if (relation.rows.back().elements.size() != relation.columns.size())
      fault(row, inside,
            "expected " + std::to_string(relation.columns.size()) + " expressions, one per column, got " +
                std::to_string(relation.rows.back().elements.size()));
  }
  return relation;
}

Invocation ExpressionReader::read_invocation(pugi::xml_node node, const std::string& where) {
  Invocation invocation{.function = read_inside(node, where)};
  if (!invocation.function) fault(node, where, "expected the expression of the function that is invoked");
  for (const pugi::xml_node binding : xml_.children(node, "binding")) {
    Variable parameter = read_variable(xml_.child(binding, "parameter"));
    const std::string inside = where + ": parameter '" + parameter.name + "'";
    if (parameter.name.empty()) fault(binding, where, "a binding has no parameter with a name");
    invocation.bindings.push_back({std::move(parameter), read_inside(binding, inside)});
  }
  return invocation;
}

FunctionDefinition ExpressionReader::read_function(pugi::xml_node node, const std::string& where) {
  FunctionDefinition function{.line = xml_.line_of(node)};
  const std::string_view kind = node.attribute("kind").as_string("FEEL");
  if (kind == "Java") function.kind = FunctionDefinition::Kind::java;
  else if (kind == "PMML") function.kind = FunctionDefinition::Kind::pmml;
  else if (kind != "FEEL")
    fault(node, where, "expected a function of kind FEEL, Java or PMML, got '" + std::string(kind) + "'");
  for (const pugi::xml_node parameter : xml_.children(node, "formalParameter"))
    function.parameters.push_back(read_variable(parameter));
  function.body = read_inside(node, where);
  return function;
}

ExpressionPtr ExpressionReader::read_part(pugi::xml_node node, std::string_view name,
                                          const std::string& where) {
  const std::string inside = where + ": " + std::string(name);
  const pugi::xml_node part = xml_.child(node, name);
  ExpressionPtr expression = part ? read_inside(part, inside) : nullptr;
  if (!expression) fault(part ? part : node, inside, "expected an expression");
  return expression;
}

Conditional ExpressionReader::read_conditional(pugi::xml_node node, const std::string& where) {
  require_known(node, where, {"if", "then", "else"});
  return {read_part(node, "if", where), read_part(node, "then", where), read_part(node, "else", where)};
}

Iteration ExpressionReader::read_iteration(pugi::xml_node node, const std::string& where) {
  const std::string_view name = Xml::local_name(node);
  const char* const body = name == "for" ? "return" : "satisfies";
  require_known(node, where, {"in", body});
  Iteration iteration{.variable = name_of(node.attribute("iteratorVariable").value())};
  if (name == "some") iteration.kind = Iteration::Kind::some;
  if (name == "every") iteration.kind = Iteration::Kind::every;
  if (iteration.variable.empty()) fault(node, where, "'" + std::string(name) + "' has no iteratorVariable");
  iteration.in = read_part(node, "in", where);
  iteration.body = read_part(node, body, where);
  return iteration;
}

Filter ExpressionReader::read_filter(pugi::xml_node node, const std::string& where) {
  require_known(node, where, {"in", "match"});
  return {read_part(node, "in", where), read_part(node, "match", where)};
}

}  // namespace vcsr::rules::model
