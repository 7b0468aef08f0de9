// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vcsr::feel {

class Value;

/// What an item definition admits beyond its structure: its allowed values.
class Constraint {
 public:
  virtual ~Constraint() = default;
  /// Called with values of the type that is constrained, never with null; from any thread.
  virtual bool allows(const Value& value) const = 0;
};

/// A type of FEEL (DMN 1.5 §10.3.2.9): what a variable, an element or a result may be. A value; cheap to
/// copy.
class Type {
 public:
  enum class Kind {
    any,
    null,
    boolean,
    number,
    string,
    date,
    time,
    date_and_time,
    days_and_time_duration,
    years_and_months_duration,
    list,
    range,
    context,
    function
  };

  struct Field;

  /// Any.
  Type() = default;
  /// Of lists, ranges and functions: of anything; of contexts: with any entries.
  Type(Kind kind) : kind_(kind) {}

  static Type list_of(Type element);
  static Type range_of(Type element);
  static Type context_of(std::vector<Field> fields);
  static Type function_of(std::vector<Type> parameters, Type result);

  static Type constrained(Type type, std::shared_ptr<const Constraint> constraint);

  /// "number", "date and time", "Any"…: the types that need no more than their name; nothing for another.
  static std::optional<Type> named(std::string_view name);

  /// Those names.
  static std::span<const std::string_view> names();

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  /// What a list or a range is made of; Any where that is not said.
  const Type& element() const;
  const std::vector<Field>& fields() const;
  /// Null when a context of this type need not have such an entry.
  const Type* field(std::string_view name) const;
  /// Nothing where a function of this type may take any.
  std::optional<std::vector<Type>> parameters() const;
  const Type& result() const;
  /// Null where all values of the structure are admitted.
  const Constraint* constraint() const { return constraint_.get(); }

  /// As FEEL writes it: "list<number>".
  std::string text() const;
  bool operator==(const Type& other) const;

 private:
  struct Parts;

  Kind kind_ = Kind::any;
  std::shared_ptr<const Parts> parts_;
  std::shared_ptr<const Constraint> constraint_;
};

struct Type::Field {
  std::string name;
  Type type;

  bool operator==(const Field&) const = default;
};

/// Whether everything of type `special` is also of type `general` (DMN 1.5 table 40).
bool conforms(const Type& special, const Type& general);

}  // namespace vcsr::feel
