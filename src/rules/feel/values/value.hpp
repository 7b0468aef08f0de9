// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "rules/feel/values/number.hpp"
#include "rules/feel/values/position.hpp"
#include "rules/feel/values/type.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr::feel {

class Context;
class Date;
class DateAndTime;
class DaysAndTimeDuration;
class Function;
class Time;
class Value;
class YearsAndMonthsDuration;
struct Range;

using List = std::vector<Value>;
struct Items;

/// Why a null came to be, and where in its text.
struct Reason {
  std::string text;
  Position at;
};

/// A value of FEEL. Immutable, so that copies share what they hold; safe to share between threads.
class Value {
 public:
  using Kind = Type::Kind;
  static constexpr int max_depth = 200;
  static constexpr std::uint64_t max_weight = 50'000'000;

  /// Null, as it is written: without a reason.
  Value() = default;
  static Value null(std::string reason, Position at = {});

  /// Not for what merely converts to bool, such as pointers.
  template <std::same_as<bool> Bool>
  Value(Bool value) : held_(value) {}
  Value(int value) : held_(Number(value)) {}
  Value(std::int64_t value) : held_(Number(value)) {}
  /// Null, with a reason, where it is not finite.
  Value(Number value);
  Value(const char* text) : Value(std::string(text)) {}
  Value(std::string_view text) : Value(std::string(text)) {}
  Value(std::string text);
  Value(Date value);
  Value(Time value);
  Value(DateAndTime value);
  Value(DaysAndTimeDuration value);
  Value(YearsAndMonthsDuration value);
  /// Of these four: null, with a reason, where more than max_depth of them would stand inside one another, or
  /// the weight would be more than max_weight.
  Value(List items);
  Value(Context context);
  Value(Range range);
  Value(std::shared_ptr<const Function> function);
  /// A list that must not change any more while others see it.
  Value(const std::shared_ptr<const Items>& items);

  /// Never Kind::any.
  Kind kind() const;
  bool is_null() const { return held_.index() == 0; }
  bool is(Kind kind) const { return this->kind() == kind; }
  bool is_true() const;
  bool is_false() const;
  /// Of a null that was not written as such.
  const Reason* reason() const;

  /// bool, Number, std::string, Date, Time, DateAndTime, both durations, List, Context, Range or Function:
  /// null when the value is of another type. Valid as long as this value or a copy of it lives.
  template <class T>
  const T* get_if() const {
    if constexpr (std::same_as<T, bool> || std::same_as<T, Number>) {
      return std::get_if<T>(&held_);
    } else {
      const auto* const shared = std::get_if<std::shared_ptr<const T>>(&held_);
      return shared ? shared->get() : nullptr;
    }
  }
  /// How many lists, contexts, ranges and functions stand inside one another: 1 of [1].
  int depth() const;
  /// How many values it is made of, what is shared as often as it stands there: what it costs at most to go
  /// through it. A string counts by its length.
  std::uint64_t weight() const;
  /// To keep a function beyond the value.
  std::shared_ptr<const Function> function() const;

 private:
  struct Null {
    std::shared_ptr<const Reason> reason;
  };
  template <class T>
  using Shared = std::shared_ptr<const T>;

  std::variant<Null, bool, Number, Shared<std::string>, Shared<Date>, Shared<Time>, Shared<DateAndTime>,
               Shared<DaysAndTimeDuration>, Shared<YearsAndMonthsDuration>, Shared<List>, Shared<Range>,
               Shared<Context>, Shared<Function>>
      held_;
};

/// A list that is being made, how deep it is and its weight.
struct Items {
  List list;
  int depth = 1;
  std::uint64_t weight = 1;

  void add(Value item);
};

/// Named values in their order.
class Context {
 public:
  struct Entry {
    std::string name;
    Value value;
  };

  Context() = default;
  Context(std::initializer_list<Entry> entries);

  /// Null when there is none.
  const Value* find(std::string_view name) const;
  /// Replaces the value of an entry of this name, in its place.
  void put(std::string name, Value value);
  void reserve(std::size_t count) { entries_.reserve(count); }
  const std::vector<Entry>& entries() const { return entries_; }
  std::size_t size() const { return entries_.size(); }
  int depth() const { return depth_; }
  std::uint64_t weight() const { return weight_; }

 private:
  std::optional<std::size_t> place_of(std::string_view name) const;

  std::vector<Entry> entries_;
  /// Places by name, kept only where there are many.
  std::map<std::string, std::size_t, std::less<>> index_;
  int depth_ = 1;
  std::uint64_t weight_ = 1;
};

/// (> 5) has no end: it is null. An interval whose end was null contains nothing that could be said.
struct Range {
  /// As it was written: "(< 5)" is another value than "(null..5)".
  enum class Form { interval, equal, not_equal, less, less_or_equal, greater, greater_or_equal };

  bool start_included = true;
  Value start = {};
  Value end = {};
  bool end_included = true;
  Form form = Form::interval;
};

struct Parameter {
  std::string name;
  Type type;
};

class Evaluation;

/// What can be called: a built-in, "function(x) x + 1", or knowledge of a model.
class Function {
 public:
  virtual ~Function() = default;
  /// In their order. Arguments by name are brought into it before call().
  virtual std::vector<Parameter> parameters() const = 0;
  virtual Type result() const { return {}; }
  /// 1, or more where it keeps other values.
  virtual int depth() const { return 1; }
  /// A built-in takes other numbers of arguments than it has parameters.
  virtual bool takes(std::size_t arguments) const { return arguments == parameters().size(); }
  /// Arguments of the wrong number or type are null's reason.
  virtual Value call(std::vector<Value> arguments, Evaluation& evaluation) const = 0;
};

/// FEEL's "=" (DMN 1.5 table 42): nothing where the two cannot be compared, since they are of different
/// kinds. Null equals null alone.
std::optional<bool> equal(const Value& left, const Value& right);

/// Nothing where the two have no order: other than two numbers, strings, dates, times, dates and times, or
/// durations of one kind.
std::optional<std::partial_ordering> compare(const Value& left, const Value& right);

/// FEEL's "in" a range; nothing where `value` cannot be compared with its ends.
std::optional<bool> contains(const Range& range, const Value& value);

/// FEEL's and, or, not: of true, false and nothing (null or what is no boolean).
std::optional<bool> truth(const Value& value);
Value from_truth(std::optional<bool> truth);

/// The type of a value; of lists and contexts, of what is in them.
Type type_of(const Value& value);
/// "a string", "a list": for reasons and messages.
std::string described(const Value& value);

/// As FEEL's string(): "abc" of a string, "1.5", "[1, \"a\"]", "null".
std::string to_string(const Value& value);
/// The same as it stands in FEEL text: strings in quotes.
std::string to_literal(const Value& value);

/// Numbers, strings, booleans, lists and contexts as they are.
Value from_fact(const vcsr::Value& fact);
/// Temporal values, ranges and functions as text; a number as a whole number where it is one within 64 bits.
vcsr::Value to_fact(const Value& value);

}  // namespace vcsr::feel
