// SPDX-License-Identifier: Apache-2.0
#include "rules/model/definitions_reader.hpp"

#include <array>
#include <utility>

#include "rules/model/expression_reader.hpp"

namespace vcsr::rules::model {

namespace {

using Version = std::pair<std::string_view, const char*>;
constexpr std::array<Version, 6> versions = {
    Version{"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"},
    Version{"http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"},
    Version{"https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"},
    Version{"https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"},
    Version{"https://www.omg.org/spec/DMN/20230324/MODEL/", "1.5"},
    Version{"https://www.omg.org/spec/DMN/20240513/MODEL/", "1.6"},
};

class Reader {
 public:
  Reader(std::string_view xml, const std::string& document)
      : xml_(xml, document), faults_(document), expressions_(xml_, faults_) {
    read_.document = document;
  }

  Definitions read() {
    const pugi::xml_node root = xml_.root();
    if (Xml::local_name(root) != "definitions")
      fault(root, "",
            "expected a DMN document with the element definitions, got " + std::string(root.name()));
    else if (known_version(root)) read_root(root);
    faults_.refuse();
    return std::move(read_);
  }

 private:
  void fault(pugi::xml_node node, const std::string& where, const std::string& what) {
    faults_.add(xml_.line_of(node), where, what);
  }

  bool known_version(pugi::xml_node root) {
    const std::string_view space = xml_.space_of(root, Xml::prefix(root));
    for (const auto& [name, version] : versions) {
      if (name != space) continue;
      read_.version = version;
      return true;
    }
    const std::string attribute =
        Xml::prefix(root).empty() ? "xmlns" : "xmlns:" + std::string(Xml::prefix(root));
    fault(root, attribute,
          "expected the namespace of DMN 1.1 to 1.6, such as \"" + std::string(versions[4].first) +
              "\", got \"" + std::string(space) + "\"");
    return false;
  }

  void read_root(pugi::xml_node root) {
    read_.name = name_of(root.attribute("name").value());
    read_.space = root.attribute("namespace").value();
    for (const pugi::xml_node node : xml_.children(root)) read_element(node);
  }

  void read_element(pugi::xml_node node) {
    const std::string_view kind = Xml::local_name(node);
    if (kind == "decision") read_decision(node);
    else if (kind == "inputData") read_.inputs.push_back({element_of(node), variable_of(node)});
    else if (kind == "businessKnowledgeModel") read_knowledge(node);
    else if (kind == "decisionService") read_service(node);
    else if (kind == "itemDefinition") read_.types.push_back(read_item(node));
    else if (kind == "import") read_import(node);
    else if (kind == "knowledgeSource") read_.sources.push_back({element_of(node)});
    else if (!passed_over(kind))
      fault(node, "", "element '" + std::string(kind) + "' is not known in definitions; remove it");
  }

  static bool passed_over(std::string_view kind) {
    for (const char* const known :
         {"description", "extensionElements", "textAnnotation", "association", "group", "elementCollection",
          "performanceIndicator", "organizationUnit", "DMNDI"})
      if (kind == known) return true;
    return false;
  }

  Element element_of(pugi::xml_node node) const {
    Element element{.id = node.attribute("id").value(),
                    .name = name_of(node.attribute("name").value()),
                    .line = xml_.line_of(node)};
    if (element.name.empty()) element.name = element.id;
    return element;
  }

  /// An element's variable has its name, whatever else the document says.
  Variable variable_of(pugi::xml_node node) const {
    Variable variable = expressions_.read_variable(xml_.child(node, "variable"));
    if (variable.name.empty()) variable.name = element_of(node).name;
    return variable;
  }

  std::vector<Reference> references(pugi::xml_node node, std::string_view name) const {
    std::vector<Reference> all;
    for (const pugi::xml_node child : xml_.children(node, name))
      all.push_back({child.attribute("href").value(), xml_.line_of(child)});
    return all;
  }

  std::vector<Reference> required(pugi::xml_node node, std::string_view requirement,
                                  std::string_view name) const {
    std::vector<Reference> all;
    for (const pugi::xml_node child : xml_.children(node, requirement))
      for (Reference& reference : references(child, name)) all.push_back(std::move(reference));
    return all;
  }

  void read_decision(pugi::xml_node node) {
    const Element element = element_of(node);
    const std::string where = "decision '" + element.name + "'";
    expressions_.require_known(node, where,
                               {"question",
                                "allowedAnswers",
                                "variable",
                                "informationRequirement",
                                "knowledgeRequirement",
                                "authorityRequirement",
                                "supportedObjective",
                                "impactedPerformanceIndicator",
                                "decisionMaker",
                                "decisionOwner",
                                "usingProcess",
                                "usingTask",
                                "literalExpression",
                                "decisionTable",
                                "context",
                                "list",
                                "relation",
                                "invocation",
                                "functionDefinition",
                                "conditional",
                                "for",
                                "some",
                                "every",
                                "filter"});
    DecisionNode decision{element, variable_of(node)};
    decision.decisions = required(node, "informationRequirement", "requiredDecision");
    decision.inputs = required(node, "informationRequirement", "requiredInput");
    decision.knowledge = required(node, "knowledgeRequirement", "requiredKnowledge");
    decision.logic = expressions_.read_inside(node, where);
    read_.decisions.push_back(std::move(decision));
  }

  void read_knowledge(pugi::xml_node node) {
    const Element element = element_of(node);
    const std::string where = "business knowledge model '" + element.name + "'";
    KnowledgeModel model{element, variable_of(node)};
    model.knowledge = required(node, "knowledgeRequirement", "requiredKnowledge");
    if (const pugi::xml_node logic = xml_.child(node, "encapsulatedLogic")) {
      model.logic = expressions_.read_function(logic, where);
      model.type = expressions_.read_type(logic, logic.attribute("typeRef").value());
    }
    read_.knowledge.push_back(std::move(model));
  }

  void read_service(pugi::xml_node node) {
    DecisionService service{element_of(node), variable_of(node)};
    service.outputs = references(node, "outputDecision");
    service.encapsulated = references(node, "encapsulatedDecision");
    service.input_decisions = references(node, "inputDecision");
    service.input_data = references(node, "inputData");
    read_.services.push_back(std::move(service));
  }

  ItemDefinition read_item(pugi::xml_node node) {
    ItemDefinition item{.name = name_of(node.attribute("name").value()),
                        .line = xml_.line_of(node),
                        .collection = node.attribute("isCollection").as_bool()};
    expressions_.require_known(
        node, "type '" + item.name + "'",
        {"typeRef", "allowedValues", "typeConstraint", "itemComponent", "functionItem"});
    if (const pugi::xml_node type = xml_.child(node, "typeRef"))
      item.type = expressions_.read_type(type, Xml::text_of(type));
    item.allowed = expressions_.read_tests(node, "allowedValues");
    item.constraint = expressions_.read_tests(node, "typeConstraint");
    for (const pugi::xml_node component : xml_.children(node, "itemComponent"))
      item.components.push_back(read_item(component));
    if (const pugi::xml_node function = xml_.child(node, "functionItem")) {
      FunctionItem kind{.result =
                            expressions_.read_type(function, function.attribute("outputTypeRef").value())};
      for (const pugi::xml_node parameter : xml_.children(function, "parameters"))
        kind.parameters.push_back(expressions_.read_variable(parameter));
      item.function = std::move(kind);
    }
    return item;
  }

  void read_import(pugi::xml_node node) {
    const std::string_view kind = node.attribute("importType").value();
    // PMML models and XML schemas are named by documents that do not need them to be decided.
    if (kind.find("/DMN/") == std::string_view::npos) return;
    Import import{.name = name_of(node.attribute("name").value()),
                  .space = node.attribute("namespace").value(),
                  .location = node.attribute("locationURI").value(),
                  .line = xml_.line_of(node)};
    if (import.space.empty()) fault(node, "import '" + import.name + "'", "it has no namespace");
    read_.imports.push_back(std::move(import));
  }

  Xml xml_;
  Faults faults_;
  ExpressionReader expressions_;
  Definitions read_;
};

}  // namespace

Definitions read_definitions(std::string_view xml, const std::string& document) {
  return Reader(xml, document).read();
}

}  // namespace vcsr::rules::model
