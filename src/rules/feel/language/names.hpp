// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/language/code.hpp"
#include "rules/feel/language/scanner.hpp"

namespace vcsr::feel {

/// The names that are known at a place of an expression while it is read, and the slots they stand for.
class Names {
 public:
  explicit Names(const Scope& scope) : scope_(scope) {}

  /// A variable of the frame of the function that is being read.
  std::uint32_t declare(std::string_view name, Type type = {});
  /// The same for a slot that was taken before.
  void declare_at(std::uint32_t slot, std::string_view name, Type type);
  /// The item of a filter: entries of it can be named alone.
  std::uint32_t declare_item(Type type);
  /// A slot without a name.
  std::uint32_t take_slot() { return functions_.back().frame_size++; }
  /// How many variables there are; back to as many.
  std::size_t mark() const { return variables_.size(); }
  void forget_since(std::size_t mark) { variables_.resize(mark); }

  void begin_function() { functions_.push_back({}); }
  /// What it takes from outside, and how large its frame is.
  void end_function(Lambda& lambda);
  std::uint32_t frame_size() const { return functions_.back().frame_size; }

  /// Names of entries with blanks or signs in them.
  void add_entry_name(const std::string& name);

  /// Takes the longest known name; nothing, and nothing taken, where none stands here.
  std::optional<std::string> take_known(Scanner& scanner) const;
  /// The same of what may follow "value.": entries of the value's type, or of any where its type is not
  /// known.
  std::optional<std::string> take_entry_name(Scanner& scanner, const Type& type) const;
  /// A type that the scope or the language knows.
  std::optional<Type> take_type(Scanner& scanner) const;

  struct Reference {
    bool given = false;
    std::uint32_t slot = 0;
  };
  struct Meaning {
    /// Innermost first: items that may have an entry of this name.
    std::vector<Reference> items;
    std::optional<Reference> variable;
    std::span<const Builtin> builtins;
    Type type;
  };
  Meaning meaning(std::string_view name);

 private:
  struct Variable {
    std::string name;
    Type type;
    bool item;
    std::size_t function;
    std::uint32_t slot;
  };
  struct Function {
    std::uint32_t frame_size = 0;
    std::vector<Lambda::Capture> captures = {};
  };
  class Longest;

  Reference from_function(std::size_t function, std::size_t owner, bool given, std::uint32_t slot);
  void offer_entries(Longest& longest, const Type& type) const;

  const Scope& scope_;
  std::vector<Variable> variables_;
  std::vector<Function> functions_{1};
  std::set<std::string, std::less<>> entry_names_;
};

}  // namespace vcsr::feel
