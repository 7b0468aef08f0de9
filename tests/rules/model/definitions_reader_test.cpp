// SPDX-License-Identifier: Apache-2.0
#include "rules/model/definitions_reader.hpp"

#include <doctest/doctest.h>

#include "thrown.hpp"

using namespace vcsr;
using namespace vcsr::rules::model;

namespace {

const std::string open_dmn =
    "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"urn:m\">\n";

std::string document(const std::string& inside) { return open_dmn + inside + "</definitions>\n"; }

Definitions read(const std::string& inside) { return read_definitions(document(inside), "x.dmn"); }

std::string faults(const std::string& xml) {
  return thrown(Error::Code::invalid, [&xml] { read_definitions(xml, "x.dmn"); });
}

/// The logic of a decision that is all of a document.
Definitions decision(const std::string& logic) {
  return read("<decision name=\"d\" id=\"1\">" + logic + "</decision>");
}

std::string literal(const std::string& feel) {
  return "<literalExpression><text>" + feel + "</text></literalExpression>";
}

template <class Form>
const Form& logic_of(const Definitions& definitions) {
  REQUIRE(definitions.decisions.size() == 1);
  REQUIRE(definitions.decisions[0].logic);
  const Form* form = std::get_if<Form>(&definitions.decisions[0].logic->form);
  REQUIRE(form);
  return *form;
}

std::string text_of(const ExpressionPtr& expression) {
  REQUIRE(expression);
  const Text* text = std::get_if<Text>(&expression->form);
  return text ? text->text : "no literal expression";
}

}  // namespace

TEST_CASE("documents of DMN 1.1 to 1.6 are read, with or without a prefix") {
  const struct {
    const char* space;
    const char* version;
  } table[] = {
      {"http://www.omg.org/spec/DMN/20151101/dmn.xsd", "1.1"},
      {"http://www.omg.org/spec/DMN/20180521/MODEL/", "1.2"},
      {"https://www.omg.org/spec/DMN/20191111/MODEL/", "1.3"},
      {"https://www.omg.org/spec/DMN/20211108/MODEL/", "1.4"},
      {"https://www.omg.org/spec/DMN/20230324/MODEL/", "1.5"},
      {"https://www.omg.org/spec/DMN/20240513/MODEL/", "1.6"},
  };

  for (const auto& row : table) {
    CAPTURE(row.version);
    const std::string space = row.space;
    const Definitions plain = read_definitions("<definitions xmlns=\"" + space + "\"/>", "x.dmn");
    const Definitions prefixed = read_definitions(
        "<dmn:definitions xmlns:dmn=\"" + space + "\"><dmn:decision id=\"a\"/></dmn:definitions>", "x.dmn");

    CHECK(plain.version == row.version);
    REQUIRE(prefixed.decisions.size() == 1);
    CHECK(prefixed.decisions[0].name == "a");
  }
}

TEST_CASE("what is no DMN of a known version is refused") {
  CHECK(faults("<definitions xmlns=\"urn:other\"/>") ==
        "x.dmn:1: xmlns: expected the namespace of DMN 1.1 to 1.6, such as "
        "\"https://www.omg.org/spec/DMN/20230324/MODEL/\", got \"urn:other\"");
  CHECK(faults("\n<html/>") == "x.dmn:2: expected a DMN document with the element definitions, got html");
  CHECK(faults(open_dmn + "<decision>\n</wrong>") == "x.dmn:3: not well-formed XML: Start-end tags mismatch");
  CHECK(faults("") == "x.dmn:1: not well-formed XML: No document element found");
}

TEST_CASE("diagrams, extensions and other namespaces are passed over") {
  const Definitions definitions = read(
      "<extensionElements><x:y xmlns:x=\"urn:x\"/></extensionElements><textAnnotation/>"
      "<z:decision xmlns:z=\"urn:z\" name=\"no\"/><decision name=\"d\"><z:q xmlns:z=\"urn:z\"/></decision>"
      "<dmndi:DMNDI xmlns:dmndi=\"https://www.omg.org/spec/DMN/20230324/DMNDI/\"/>");

  REQUIRE(definitions.decisions.size() == 1);
  CHECK(definitions.decisions[0].name == "d");
  CHECK_FALSE(definitions.decisions[0].logic);
}

TEST_CASE("a requirement graph is read with what each decision needs") {
  const Definitions definitions = read(
      "<inputData name=\"a  long\n name\" id=\"i\"><variable name=\"a long name\" "
      "typeRef=\"tA\"/></inputData>"
      "<decision name=\"d\" id=\"d\"><variable name=\"d\" typeRef=\"number\"/>"
      "<informationRequirement><requiredInput href=\"#i\"/></informationRequirement>"
      "<informationRequirement><requiredDecision href=\"urn:o#e\"/></informationRequirement>"
      "<knowledgeRequirement><requiredKnowledge href=\"#b\"/></knowledgeRequirement>" +
      literal("1") +
      "</decision>"
      "<businessKnowledgeModel name=\"b\" id=\"b\"><encapsulatedLogic typeRef=\"number\">"
      "<formalParameter name=\"p\" typeRef=\"string\"/>" +
      literal("p") +
      "</encapsulatedLogic></businessKnowledgeModel>"
      "<decisionService name=\"s\" id=\"s\"><outputDecision href=\"#d\"/><inputData href=\"#i\"/>"
      "</decisionService>"
      "<import name=\"o\" namespace=\"urn:o\" importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>");

  REQUIRE(definitions.inputs.size() == 1);
  CHECK(definitions.inputs[0].name == "a long name");
  CHECK(definitions.inputs[0].variable.type == "tA");
  const DecisionNode& decision = definitions.decisions.at(0);
  CHECK(decision.variable.type == "number");
  CHECK(decision.inputs.at(0).href == "#i");
  CHECK(decision.decisions.at(0).href == "urn:o#e");
  CHECK(decision.knowledge.at(0).href == "#b");
  const KnowledgeModel& model = definitions.knowledge.at(0);
  REQUIRE(model.logic);
  CHECK(model.type == "number");
  CHECK(model.logic->parameters.at(0).name == "p");
  CHECK(text_of(model.logic->body) == "p");
  CHECK(definitions.services.at(0).outputs.at(0).href == "#d");
  CHECK(definitions.imports.at(0).space == "urn:o");
}

TEST_CASE("types are read with their components and what they allow") {
  const Definitions definitions = read(
      "<itemDefinition name=\"tList\" isCollection=\"true\"><typeRef>number</typeRef>"
      "<allowedValues><text>&gt; 0</text></allowedValues>"
      "<typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>"
      "<itemDefinition name=\"tPair\"><itemComponent name=\"a\"><typeRef>string</typeRef></itemComponent>"
      "<itemComponent name=\"b\"><itemComponent name=\"c\"/></itemComponent></itemDefinition>"
      "<itemDefinition name=\"tF\"><functionItem outputTypeRef=\"number\"><parameters name=\"x\" "
      "typeRef=\"string\"/></functionItem></itemDefinition>");

  const ItemDefinition& list = definitions.types.at(0);
  CHECK(list.collection);
  CHECK(list.type == "number");
  CHECK(list.allowed->text == "> 0");
  CHECK(list.constraint->text == "count(?) < 3");
  CHECK(definitions.types.at(1).components.at(1).components.at(0).name == "c");
  CHECK(definitions.types.at(2).function->parameters.at(0).type == "string");
  CHECK(definitions.types.at(2).function->result == "number");
}

TEST_CASE("types of DMN 1.1 are qualified names") {
  const Definitions definitions = read_definitions(
      "<definitions xmlns=\"http://www.omg.org/spec/DMN/20151101/dmn.xsd\" "
      "xmlns:feel=\"http://www.omg.org/spec/FEEL/20140401\" xmlns:o=\"urn:o\">"
      "<inputData name=\"a\"><variable name=\"a\" typeRef=\"feel:number\"/></inputData>"
      "<inputData name=\"b\"><variable name=\"b\" typeRef=\"o:tB\"/></inputData></definitions>",
      "x.dmn");

  CHECK(definitions.inputs.at(0).variable.type == "number");
  CHECK(definitions.inputs.at(1).variable.type == "urn:o#tB");
}

TEST_CASE("a decision table is read with its rows, defaults and annotations") {
  const Definitions definitions = decision(
      "<decisionTable hitPolicy=\"COLLECT\" aggregation=\"SUM\"><input><inputExpression typeRef=\"number\">"
      "<text>n + 1</text></inputExpression><inputValues><text>1,2</text></inputValues></input>"
      "<output name=\"o\" typeRef=\"string\"><outputValues><text>3,4</text></outputValues>"
      "<defaultOutputEntry><text>4</text></defaultOutputEntry></output><annotation name=\"why\"/>"
      "<rule id=\"r\"><inputEntry><text> &lt;![CDATA[ "
      "</text></inputEntry><outputEntry><text><![CDATA[\"<\"]]>"
      "</text></outputEntry><annotationEntry><text>so</text></annotationEntry></rule></decisionTable>");

  const DecisionTable& table = logic_of<DecisionTable>(definitions);
  CHECK(table.hit_policy == HitPolicy::collect);
  CHECK(table.aggregation == Aggregation::sum);
  CHECK(table.inputs.at(0).expression.text == "n + 1");
  CHECK(table.inputs.at(0).type == "number");
  CHECK(table.inputs.at(0).allowed->text == "1,2");
  CHECK(table.outputs.at(0).variable.name == "o");
  CHECK(table.outputs.at(0).allowed->text == "3,4");
  CHECK(table.outputs.at(0).otherwise->text == "4");
  CHECK(table.rules.at(0).id == "r");
  CHECK(table.rules.at(0).conditions.at(0).text == "<![CDATA[");
  CHECK(table.rules.at(0).results.at(0).text == "\"<\"");
  CHECK(table.rules.at(0).annotations.at(0) == "so");
}

TEST_CASE("every form of a boxed expression is read") {
  const Definitions context =
      decision("<context><contextEntry><variable name=\"a\" typeRef=\"number\"/>" + literal("1") +
               "</contextEntry><contextEntry>" + literal("a") + "</contextEntry></context>");
  CHECK(logic_of<Context>(context).entries.at(0).variable.type == "number");
  CHECK(text_of(logic_of<Context>(context).entries.at(1).value) == "a");

  const Definitions relation = decision("<relation><column name=\"a\"/><column name=\"b\"/><row>" +
                                        literal("1") + literal("2") + "</row></relation>");
  CHECK(logic_of<Relation>(relation).columns.at(1).name == "b");
  CHECK(text_of(logic_of<Relation>(relation).rows.at(0).elements.at(1)) == "2");

  const Definitions list = decision("<list>" + literal("1") + literal("2") + "</list>");
  CHECK(logic_of<List>(list).elements.size() == 2);

  const Definitions call = decision("<invocation>" + literal("f") + "<binding><parameter name=\"p\"/>" +
                                    literal("1") + "</binding></invocation>");
  CHECK(text_of(logic_of<Invocation>(call).function) == "f");
  CHECK(logic_of<Invocation>(call).bindings.at(0).parameter.name == "p");

  const Definitions function = decision("<functionDefinition kind=\"Java\"><formalParameter name=\"p\"/>" +
                                        literal("1") + "</functionDefinition>");
  CHECK(logic_of<FunctionDefinition>(function).kind == FunctionDefinition::Kind::java);

  const Definitions conditional =
      decision("<conditional><if>" + literal("true") + "</if><then>" + literal("1") + "</then><else>" +
               literal("2") + "</else></conditional>");
  CHECK(text_of(logic_of<Conditional>(conditional).otherwise) == "2");

  const Definitions each = decision("<for iteratorVariable=\"i\"><in>" + literal("[1]") + "</in><return>" +
                                    literal("i") + "</return></for>");
  CHECK(logic_of<Iteration>(each).kind == Iteration::Kind::each);
  const Definitions every = decision("<every iteratorVariable=\"i\"><in>" + literal("[1]") +
                                     "</in><satisfies>" + literal("i") + "</satisfies></every>");
  CHECK(logic_of<Iteration>(every).kind == Iteration::Kind::every);

  const Definitions filter =
      decision("<filter><in>" + literal("[1]") + "</in><match>" + literal("item = 1") + "</match></filter>");
  CHECK(text_of(logic_of<Filter>(filter).match) == "item = 1");
}

TEST_CASE("every fault of a document is told at once, with line, decision and row") {
  const std::string xml = document(
      "<decision name=\"a\"><decisionTable hitPolicy=\"SOME\"><input><inputExpression/></input><input>"
      "<inputExpression><text>n</text></inputExpression></input>\n"
      "<rule>\n<inputEntry><text>1</text></inputEntry></rule><colour/></decisionTable></decision>\n"
      "<decision name=\"b\"><conditional><if>" +
      literal("true") + "</if></conditional></decision>\n<thing/>");

  CHECK(
      faults(xml) ==
      "x.dmn:2: decision 'a': expected the hit policy UNIQUE, ANY, PRIORITY, FIRST, RULE ORDER, OUTPUT ORDER "
      "or COLLECT, got 'SOME'\n"
      "x.dmn:2: decision 'a': input 1: expected an inputExpression with a text\n"
      "x.dmn:2: decision 'a': the table has no output\n"
      "x.dmn:3: decision 'a': row 1: expected 2 inputEntry, one per column, got 1\n"
      "x.dmn:4: decision 'a': element 'colour' is not known in decisionTable; remove it, or put it into "
      "extensionElements in a namespace of its own\n"
      "x.dmn:5: decision 'b': then: expected an expression\n"
      "x.dmn:5: decision 'b': else: expected an expression\n"
      "x.dmn:6: element 'thing' is not known in definitions; remove it");
}

TEST_CASE("expressions that are nested without end are refused") {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<list>";
  for (int i = 0; i < 100; ++i) deep += "</list>";

  CHECK(faults(document("<decision name=\"d\">" + deep + "</decision>"))
            .ends_with("expressions are nested deeper than 64"));
}
