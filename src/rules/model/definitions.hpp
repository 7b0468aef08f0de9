// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/model/expression.hpp"

namespace vcsr::rules::model {

/// What every element of the requirement graph has.
struct Element {
  std::string id = {};
  std::string name = {};
  int line = 0;
};

struct FunctionItem {
  std::vector<Variable> parameters = {};
  std::string result = {};
};

/// A type: another one that is restricted, a structure of components, or that of functions.
struct ItemDefinition {
  std::string name = {};
  int line = 0;
  std::string type = {};  ///< "" of structures and functions
  std::optional<Text> allowed = {};
  std::optional<Text> constraint = {};  ///< of the whole, lists included
  bool collection = false;
  std::vector<ItemDefinition> components = {};
  std::optional<FunctionItem> function = {};
};

/// "#id" in the same document or "namespace#id".
struct Reference {
  std::string href = {};
  int line = 0;
};

struct InputData : Element {
  Variable variable = {};
};

struct DecisionNode : Element {
  Variable variable = {};
  std::vector<Reference> decisions = {};
  std::vector<Reference> inputs = {};
  std::vector<Reference> knowledge = {};
  ExpressionPtr logic = {};
};

struct KnowledgeModel : Element {
  Variable variable = {};
  std::vector<Reference> knowledge = {};
  std::optional<FunctionDefinition> logic = {};
  std::string type = {};  ///< of its results
};

struct DecisionService : Element {
  Variable variable = {};
  std::vector<Reference> outputs = {};
  std::vector<Reference> encapsulated = {};
  std::vector<Reference> input_decisions = {};
  std::vector<Reference> input_data = {};
};

struct KnowledgeSource : Element {};

/// Of another DMN document; PMML models and XML schemas are passed over.
struct Import {
  std::string name = {};
  std::string space = {};
  std::string location = {};
  int line = 0;
};

/// A DMN document.
struct Definitions {
  std::string document = {};
  std::string name = {};
  std::string space = {};    ///< its namespace
  std::string version = {};  ///< of DMN: "1.5"
  std::vector<Import> imports = {};
  std::vector<ItemDefinition> types = {};
  std::vector<InputData> inputs = {};
  std::vector<DecisionNode> decisions = {};
  std::vector<KnowledgeModel> knowledge = {};
  std::vector<DecisionService> services = {};
  std::vector<KnowledgeSource> sources = {};
};

}  // namespace vcsr::rules::model
