// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "vcsr/rule_set.hpp"

/// DMN documents for tests, from their parts.
namespace dmn {

inline std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '&') out += "&amp;";
    else out += c;
  }
  return out;
}

inline std::string document(const std::string& inside, const std::string& space = "urn:test") {
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" name=\"m\" namespace=\"" +
         space + "\">\n" + inside + "</definitions>\n";
}

inline std::string text(const std::string& feel) { return "<text>" + escaped(feel) + "</text>"; }

inline std::string literal(const std::string& feel) {
  return "<literalExpression>" + text(feel) + "</literalExpression>";
}

inline std::string input(const std::string& name, const std::string& type) {
  return "<inputData name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\" typeRef=\"" +
         type + "\"/></inputData>\n";
}

inline std::string needs_input(const std::string& id) {
  return "<informationRequirement><requiredInput href=\"#" + id + "\"/></informationRequirement>";
}
inline std::string needs_decision(const std::string& id) {
  return "<informationRequirement><requiredDecision href=\"#" + id + "\"/></informationRequirement>";
}
inline std::string needs_knowledge(const std::string& id) {
  return "<knowledgeRequirement><requiredKnowledge href=\"#" + id + "\"/></knowledgeRequirement>";
}

inline std::string decision(const std::string& name, const std::string& inside,
                            const std::string& type = "") {
  return "<decision name=\"" + name + "\" id=\"" + name + "\"><variable name=\"" + name + "\" typeRef=\"" +
         type + "\"/>" + inside + "</decision>\n";
}

/// A table of one row per line; the first `inputs` cells are conditions. Rule ids are their numbers.
inline std::string rows(const std::vector<std::vector<std::string>>& cells, std::size_t inputs) {
  std::string xml;
  for (const std::vector<std::string>& row : cells) {
    xml += "<rule>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string kind = i < inputs ? "inputEntry" : "outputEntry";
      xml += "<" + kind + ">" + text(row[i]) + "</" + kind + ">";
    }
    xml += "</rule>\n";
  }
  return xml;
}

inline std::string column(const std::string& feel, const std::string& type = "") {
  return "<input><inputExpression typeRef=\"" + type + "\">" + text(feel) + "</inputExpression></input>";
}

inline vcsr::RuleSet parsed(const std::string& inside, vcsr::RuleMode mode = vcsr::RuleMode::strict) {
  return vcsr::RuleSet::parse(document(inside), "x.dmn", {.mode = mode});
}

}  // namespace dmn
