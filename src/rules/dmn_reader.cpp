// SPDX-License-Identifier: Apache-2.0
#include "rules/dmn_reader.hpp"

#include <algorithm>
#include <array>

#include <pugixml.hpp>

#include "rules/cell_parser.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::rules {

namespace {

constexpr std::array<std::string_view, 3> namespaces = {
    "https://www.omg.org/spec/DMN/20191111/MODEL/",
    "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
};

std::string trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(spaces) - first + 1));
}

/// One space for each run of them, as FEEL compares names.
std::string name_of(std::string_view text) {
  std::string name;
  for (const char c : trimmed(text)) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!space) name += c;
    else if (name.back() != ' ') name += ' ';
  }
  return name;
}

bool is_name(const std::string& text) {
  return !text.empty() && text.find_first_of("\"()[]{}<>=,+*") == std::string::npos;
}

class Reader {
 public:
  Reader(std::string_view xml, const std::string& document) : xml_(xml), document_(document) {}

  std::vector<DecisionTable> read() {
    pugi::xml_document tree;
    const pugi::xml_parse_result result = tree.load_buffer(xml_.data(), xml_.size());
    if (!result) {
      fault(result.offset, "", std::string("not well-formed XML: ") + result.description());
      return finish();
    }
    const pugi::xml_node root = tree.document_element();
    const std::string_view root_name = root.name();
    const std::size_t colon = root_name.find(':');
    prefix_ = colon == std::string_view::npos ? "" : std::string(root_name.substr(0, colon + 1));
    if (root_name != prefix_ + "definitions")
      fault(root, "", "expected a DMN document with the element definitions, got " + std::string(root_name));
    else if (known_namespace(root))
      for (const pugi::xml_node node : children(root, "decision")) read_decision(node);
    return finish();
  }

 private:
  std::vector<pugi::xml_node> children(pugi::xml_node node, const char* name) const {
    const std::string full_name = prefix_ + name;
    const auto range = node.children(full_name.c_str());
    return {range.begin(), range.end()};
  }
  pugi::xml_node child(pugi::xml_node node, const char* name) const {
    return node.child((prefix_ + name).c_str());
  }
  pugi::xml_node text_of(pugi::xml_node node) const { return child(node, "text"); }

  void fault(std::ptrdiff_t offset, const std::string& where, const std::string& what) {
    const auto end =
        xml_.begin() + std::clamp<std::ptrdiff_t>(offset, 0, static_cast<std::ptrdiff_t>(xml_.size()));
    const int line = 1 + static_cast<int>(std::count(xml_.begin(), end, '\n'));
    const Place place{.document = document_, .line = line, .field = where};
    faults_ += (faults_.empty() ? "" : "\n") + std::string(Error(Error::Code::invalid, place, what).what());
  }
  void fault(pugi::xml_node node, const std::string& where, const std::string& what) {
    const pugi::xml_node inside = node.first_child();
    fault((inside.type() == pugi::node_pcdata ? inside : node).offset_debug(), where, what);
  }

  std::vector<DecisionTable> finish() {
    if (!faults_.empty()) throw Error(Error::Code::invalid, faults_);
    return std::move(tables_);
  }

  bool known_namespace(pugi::xml_node root) {
    const std::string attribute =
        prefix_.empty() ? "xmlns" : "xmlns:" + prefix_.substr(0, prefix_.size() - 1);
    const std::string_view name = root.attribute(attribute.c_str()).value();
    if (std::find(namespaces.begin(), namespaces.end(), name) != namespaces.end()) return true;
    fault(root, attribute,
          "expected DMN 1.3, 1.4 or 1.5 (\"" + std::string(namespaces[0]) +
              "\", …20211108…, …20230324…), got \"" + std::string(name) + "\"");
    return false;
  }

  void read_decision(pugi::xml_node node) {
    DecisionTable table{.id = node.attribute("id").value(), .name = name_of(node.attribute("name").value())};
    if (table.name.empty()) table.name = table.id;
    where_ = "decision '" + table.name + "'";
    const bool known = std::any_of(tables_.begin(), tables_.end(), [&table](const DecisionTable& other) {
      return other.name == table.name || (!table.id.empty() && other.id == table.id);
    });
    if (known) fault(node, where_, "there is another of this name or id");
    const pugi::xml_node logic = child(node, "decisionTable");
    if (!logic) {
      fault(node, where_, "it has no decisionTable; other kinds of decision are not supported");
      return;
    }
    read_hit_policy(logic, table);
    for (const pugi::xml_node input : children(logic, "input")) read_input(input, table);
    for (const pugi::xml_node output : children(logic, "output")) read_output(output, table);
    if (table.outputs.empty()) fault(logic, where_, "it has no output");
    for (const pugi::xml_node rule : children(logic, "rule")) read_rule(rule, table);
    tables_.push_back(std::move(table));
  }

  void read_hit_policy(pugi::xml_node node, DecisionTable& table) {
    const std::string policy = node.attribute("hitPolicy").as_string("UNIQUE");
    if (policy == "FIRST") table.hit_policy = HitPolicy::first;
    else if (policy != "UNIQUE")
      fault(node, where_, "hit policy '" + policy + "' is not supported; use FIRST or UNIQUE");
  }

  void read_input(pugi::xml_node node, DecisionTable& table) {
    const pugi::xml_node expression = child(node, "inputExpression");
    Column column{.name = name_of(text_of(expression).text().get())};
    const std::string where = where_ + ": input " + std::to_string(table.inputs.size() + 1);
    if (!is_name(column.name))
      fault(expression ? expression : node, where, "expected the name of a fact, got '" + column.name + "'");
    column.type = read_type(expression, where);
    read_allowed(child(node, "inputValues"), where, column);
    table.inputs.push_back(std::move(column));
  }

  void read_output(pugi::xml_node node, DecisionTable& table) {
    Column column{.name = name_of(node.attribute("name").value())};
    // The only output of a table may go without a name: it is the decision itself.
    if (column.name.empty()) column.name = table.name;
    const std::string where = where_ + ": output '" + column.name + "'";
    for (const Column& other : table.outputs)
      if (other.name == column.name) fault(node, where, "there is another of this name");
    column.type = read_type(node, where);
    read_allowed(child(node, "outputValues"), where, column);
    table.outputs.push_back(std::move(column));
  }

  Type read_type(pugi::xml_node node, const std::string& where) {
    const std::string name = node.attribute("typeRef").value();
    if (name == "string") return Type::string;
    if (name == "number") return Type::number;
    if (name == "boolean") return Type::boolean;
    if (!name.empty() && name != "Any")
      fault(node, where, "type '" + name + "' is not supported; use string, number or boolean");
    return Type::any;
  }

  void read_allowed(pugi::xml_node node, const std::string& where, Column& column) {
    if (!node) return;
    const pugi::xml_node text = text_of(node);
    try {
      column.allowed = parse_cell(trimmed(text.text().get()), column.type);
    } catch (const Error& error) {
      fault(text ? text : node, where + ": allowed values", error.what());
    }
  }

  void read_rule(pugi::xml_node node, DecisionTable& table) {
    Rule rule{.id = node.attribute("id").value(), .row = static_cast<int>(table.rules.size()) + 1};
    if (rule.id.empty()) rule.id = std::to_string(rule.row);
    const std::string where = where_ + ": row " + std::to_string(rule.row);
    read_cells(node, "inputEntry", where, table.inputs,
               [&rule](const std::string& text, const Column& column) {
                 rule.conditions.push_back(parse_cell(text, column.type));
               });
    read_cells(
        node, "outputEntry", where, table.outputs, [&rule](const std::string& text, const Column& column) {
          rule.results.push_back(parse_output(text, column.type));
          if (!rule.results.back().is_null() && !column.allowed.matches(rule.results.back()))
            throw Error(Error::Code::invalid, "expected one of " + column.allowed.text + ", got " + text);
        });
    table.rules.push_back(std::move(rule));
  }

  template <class Keep>
  void read_cells(pugi::xml_node rule, const char* kind, const std::string& where,
                  const std::vector<Column>& columns, const Keep& keep) {
    std::size_t count = 0;
    for (const pugi::xml_node entry : children(rule, kind)) {
      if (count++ >= columns.size()) continue;
      const Column& column = columns[count - 1];
      const pugi::xml_node text = text_of(entry);
      try {
        keep(trimmed(text.text().get()), column);
      } catch (const Error& error) {
        fault(text ? text : entry, where + ", column '" + column.name + "'", error.what());
      }
    }
    if (count != columns.size())
      fault(rule, where,
            "expected " + std::to_string(columns.size()) + " " + kind + ", one per column, got " +
                std::to_string(count));
  }

  std::string_view xml_;
  const std::string& document_;
  std::string prefix_;  // of the DMN elements: "" or "dmn:"
  std::string where_;   // the decision being read
  std::string faults_;
  std::vector<DecisionTable> tables_;
};

}  // namespace

std::vector<DecisionTable> read_dmn(std::string_view xml, const std::string& document) {
  return Reader(xml, document).read();
}

}  // namespace vcsr::rules
