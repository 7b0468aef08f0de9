// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/language/expression.hpp"
#include "rules/model/definitions.hpp"
#include "rules/model/faults.hpp"

namespace vcsr::rules {

struct ItemType;
using ItemTypePtr = std::shared_ptr<const ItemType>;

/// A type of a model: one of FEEL's with what it allows.
struct ItemType {
  struct Component {
    std::string name;
    ItemTypePtr type;
  };

  feel::Type type = {};     ///< of the whole: list<…> of a collection
  bool collection = false;  ///< `base`, `components` and `allowed` are then of its elements
  ItemTypePtr base = {};
  std::vector<Component> components = {};
  std::string allowed_text = {};
  std::optional<feel::UnaryTests> allowed = {};
  std::string constraint_text = {};
  std::optional<feel::UnaryTests> constraint = {};
  bool restricted = false;  ///< something here or below is allowed only in part

  /// Null when there is no component of this name.
  const ItemType* component(std::string_view name) const;
};

/// A value for a message: texts in quotes.
std::string shown(const feel::Value& value);
/// "a number", "a string", "a value of type 'list<number>'": what a variable of the type may hold.
std::string wanted(const feel::Type& type);

/// What has no result for a reason that a document, not a text of FEEL, gives: null, in strict mode an
/// Error(invalid).
feel::Value mistake(const feel::Evaluation& evaluation, const std::string& reason);

/// The value as a variable of this type holds it (DMN 1.5 §10.3.2.9.4); a mistake where it can hold no such
/// value. Null is of every type.
feel::Value accepted(const feel::Value& value, const ItemType& type, feel::Evaluation& evaluation);
/// The same for what comes from outside: says what was expected.
feel::Value received(const feel::Value& value, const ItemType& type, feel::Evaluation& evaluation);
/// What is wrong with `value`, which is of the type but for what the type allows: "expected one of …, got …".
std::optional<std::string> breach(const feel::Value& value, const ItemType& type,
                                  feel::Evaluation& evaluation);

/// The types of a document and of those that it imports.
class Types {
 public:
  using Imported = std::map<std::string, const Types*>;  ///< by the import's name

  /// All of the referred must outlive this.
  Types(const model::Definitions& definitions, Imported imported, model::Faults& faults);

  /// Null when there is no such type; Any for "".
  ItemTypePtr find(std::string_view name) const;
  /// For feel::Scope: what "instance of" may name.
  const std::vector<feel::Type::Field>& named() const { return named_; }

 private:
  ItemTypePtr build(const model::ItemDefinition& item, const std::string& where, model::Faults& faults);
  ItemTypePtr resolve(const std::string& name, const std::string& where, int line, model::Faults& faults);
  ItemTypePtr foreign(std::string_view name) const;
  void restrict(const model::ItemDefinition& item, const std::string& where, ItemType& type,
                model::Faults& faults);

  const model::Definitions& definitions_;
  Imported imported_;
  std::map<std::string, ItemTypePtr, std::less<>> types_;
  std::vector<std::string> building_;
  std::vector<feel::Type::Field> named_;
};

/// Types as FEEL and older DMN name them; null for another name.
ItemTypePtr core_type(std::string_view name);
ItemTypePtr any_type();

}  // namespace vcsr::rules
