// SPDX-License-Identifier: Apache-2.0
#include "rules/tck/test_cases.hpp"

#include <algorithm>

#include "rules/engine/facts.hpp"
#include "rules/model/faults.hpp"
#include "rules/model/xml.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::rules::tck {

using feel::Value;
using model::Xml;

namespace {

constexpr int deepest = 64;

class Reader {
 public:
  Reader(std::string_view xml, const std::string& document) : xml_(xml, document), faults_(document) {}

  TestCases read() {
    const pugi::xml_node root = xml_.root();
    TestCases cases;
    if (Xml::local_name(root) != "testCases")
      faults_.add(xml_.line_of(root), "", "expected the element testCases, got " + std::string(root.name()));
    cases.model = model::trimmed(Xml::text_of(xml_.child(root, "modelName")));
    for (const pugi::xml_node node : xml_.children(root, "testCase")) cases.cases.push_back(read_case(node));
    faults_.refuse();
    return cases;
  }

 private:
  TestCase read_case(pugi::xml_node node) {
    TestCase test{.id = node.attribute("id").value(),
                  .line = xml_.line_of(node),
                  .invocable = model::name_of(node.attribute("invocableName").value())};
    where_ = "test case '" + test.id + "'";
    const std::string_view kind = node.attribute("type").as_string("decision");
    if (kind == "bkm") test.kind = TestCase::Kind::knowledge;
    else if (kind == "decisionService") test.kind = TestCase::Kind::service;
    else if (kind != "decision")
      fault(node, "expected the type decision, bkm or decisionService, got '" + std::string(kind) + "'");
    for (const pugi::xml_node input : xml_.children(node, "inputNode"))
      test.inputs.push_back({model::name_of(input.attribute("name").value()),
                             input.attribute("namespace").value(), read_value(input, 0)});
    for (const pugi::xml_node result : xml_.children(node, "resultNode")) {
      Expected expected{model::name_of(result.attribute("name").value()),
                        result.attribute("namespace").value()};
      const pugi::xml_node value = xml_.child(result, "expected");
      if (value && !result.attribute("errorResult").as_bool()) expected.value = read_value(value, 0);
      test.results.push_back(std::move(expected));
    }
    return test;
  }

  void fault(pugi::xml_node node, const std::string& what) { faults_.add(xml_.line_of(node), where_, what); }

  static std::string_view attribute(pugi::xml_node node, std::string_view name) {
    for (const pugi::xml_attribute each : node.attributes()) {
      const std::string_view full = each.name();
      if (full.substr(full.find(':') + 1) == name) return each.value();
    }
    return {};
  }

  Value read_value(pugi::xml_node node, int depth) {
    if (depth > deepest) {
      fault(node, "values are nested deeper than " + std::to_string(deepest));
      return {};
    }
    if (const pugi::xml_node simple = xml_.child(node, "value")) return read_simple(simple);
    if (const pugi::xml_node list = xml_.child(node, "list")) {
      if (attribute(list, "nil") == "true") return {};
      feel::List items;
      for (const pugi::xml_node item : xml_.children(list, "item"))
        items.push_back(read_value(item, depth + 1));
      return items;
    }
    const std::vector<pugi::xml_node> components = xml_.children(node, "component");
    if (components.empty()) return {};
    feel::Context context;
    for (const pugi::xml_node component : components)
      context.put(model::name_of(component.attribute("name").value()),
                  attribute(component, "nil") == "true" ? Value() : read_value(component, depth + 1));
    return context;
  }

  Value read_simple(pugi::xml_node node) {
    if (attribute(node, "nil") == "true") return {};
    const std::string text = Xml::text_of(node);
    const std::string_view full = attribute(node, "type");
    const std::string_view type = full.substr(full.find(':') + 1);
    if (type.empty() || type == "string") return text;
    const std::string word = model::trimmed(text);
    if (type == "boolean") return word == "true" || word == "1";
    using Kind = feel::Type::Kind;
    if (type == "date") return temporal(word, Kind::date, evaluation_);
    if (type == "time") return temporal(word, Kind::time, evaluation_);
    if (type == "dateTime") return temporal(word, Kind::date_and_time, evaluation_);
    if (type.ends_with("uration")) return temporal(word, Kind::days_and_time_duration, evaluation_);
    if (const auto number = feel::Number::parse(word)) return *number;
    fault(node, "'" + word + "' is no value of the type '" + std::string(type) + "'");
    return {};
  }

  Xml xml_;
  model::Faults faults_;
  feel::Evaluation evaluation_;
  std::string where_;
};

bool within_tolerance(feel::Number left, feel::Number right) {
  static const feel::Number tolerance = *feel::Number::parse("1e-8");
  return (left - right).abs() <= tolerance;
}

bool same_entries(const feel::Context& expected, const feel::Context& got) {
  return expected.size() == got.size() && std::all_of(expected.entries().begin(), expected.entries().end(),
                                                      [&got](const feel::Context::Entry& entry) {
                                                        const Value* const other = got.find(entry.name);
                                                        return other && as_expected(entry.value, *other);
                                                      });
}

}  // namespace

bool as_expected(const Value& expected, const Value& got) {
  if (expected.kind() != got.kind()) return false;
  if (const auto* const number = expected.get_if<feel::Number>())
    return within_tolerance(*number, *got.get_if<feel::Number>());
  if (const auto* const list = expected.get_if<feel::List>()) {
    const auto& other = *got.get_if<feel::List>();
    return std::equal(list->begin(), list->end(), other.begin(), other.end(), as_expected);
  }
  if (const auto* const context = expected.get_if<feel::Context>())
    return same_entries(*context, *got.get_if<feel::Context>());
  return expected.is_null() || feel::equal(expected, got) == true;
}

TestCases read_test_cases(std::string_view xml, const std::string& document) {
  return Reader(xml, document).read();
}

}  // namespace vcsr::rules::tck
