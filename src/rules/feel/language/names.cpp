// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/language/names.hpp"

#include <algorithm>
#include <array>

#include "rules/feel/builtins/builtin_call.hpp"

namespace vcsr::feel {

namespace {

constexpr std::array property_names{"time offset", "start included", "end included"};

constexpr std::array<std::string_view, 20> reserved{
    "for", "return",   "if",       "then", "else", "some",    "every", "satisfies", "instance", "of",
    "in",  "function", "external", "or",   "and",  "between", "true",  "false",     "null",     ""};

bool is_reserved(std::string_view name) { return std::ranges::find(reserved, name) != reserved.end(); }

bool is_simple(std::string_view name) { return name.find_first_of(" ./-'+*") == name.npos; }

/// Entries of a context, or of the contexts of a list.
const Type& entries_of(const Type& type) {
  return type.is(Type::Kind::list) ? entries_of(type.element()) : type;
}

bool may_have_entry(const Type& type, std::string_view name) {
  if (type.is(Type::Kind::any)) return true;
  if (!type.is(Type::Kind::context)) return false;
  return type.fields().empty() || type.field(name);
}

}  // namespace

/// Names that stand where the scanner is: an exact one rather than one with other blanks around its signs, a
/// long one rather than a short one.
class Names::Longest {
 public:
  explicit Longest(const Scanner& scanner) : scanner_(scanner), first_(scanner.byte()) {}

  void offer(std::string_view name) {
    if (!name.empty() && name.front() == first_ && !is_reserved(name)) offer_word(name);
  }

  void offer_word(std::string_view name) {
    if (name.empty() || name.front() != first_ || name == name_) return;
    const std::size_t exact = scanner_.length_of(name, false);
    const std::size_t loose = exact == 0 && !is_simple(name) ? scanner_.length_of(name, true) : 0;
    if (exact == 0 && (loose == 0 || exact_)) return;
    if (exact_ == (exact > 0) && std::max(exact, loose) <= length_) return;
    exact_ = exact > 0;
    length_ = std::max(exact, loose);
    name_ = name;
  }

  std::optional<std::string> take(Scanner& scanner) const {
    if (length_ == 0) return std::nullopt;
    std::string name(name_);
    scanner.take_bytes(length_);
    return name;
  }

 private:
  const Scanner& scanner_;
  char first_;
  std::string_view name_;
  std::size_t length_ = 0;
  bool exact_ = false;
};

std::uint32_t Names::declare(std::string_view name, Type type) {
  const std::uint32_t slot = take_slot();
  declare_at(slot, name, std::move(type));
  return slot;
}

void Names::declare_at(std::uint32_t slot, std::string_view name, Type type) {
  variables_.push_back({std::string(name), std::move(type), false, functions_.size() - 1, slot});
}

std::uint32_t Names::declare_item(Type type) {
  const std::uint32_t slot = declare("item", std::move(type));
  variables_.back().item = true;
  return slot;
}

void Names::end_function(Lambda& lambda) {
  lambda.captures = std::move(functions_.back().captures);
  lambda.frame_size = functions_.back().frame_size;
  functions_.pop_back();
}

void Names::add_entry_name(const std::string& name) {
  if (!is_simple(name)) entry_names_.insert(name);
}

void Names::offer_entries(Longest& longest, const Type& type) const {
  const Type& of = entries_of(type);
  for (const Type::Field& field : of.fields()) longest.offer(field.name);
  if (!of.is(Type::Kind::any) && !of.fields().empty()) return;
  for (const std::string& name : scope_.entry_names()) longest.offer(name);
  for (const std::string& name : entry_names_) longest.offer(name);
  for (const char* name : property_names) longest.offer(name);
}

std::optional<std::string> Names::take_known(Scanner& scanner) const {
  Longest longest(scanner);
  for (const Variable& variable : variables_) {
    longest.offer(variable.name);
    if (variable.item) offer_entries(longest, variable.type);
  }
  for (const Scope::Variable& variable : scope_.variables()) {
    longest.offer(variable.name);
    if (variable.item) offer_entries(longest, variable.type);
  }
  for (const Builtin& builtin : builtins()) longest.offer(builtin.name);
  return longest.take(scanner);
}

std::optional<std::string> Names::take_entry_name(Scanner& scanner, const Type& type) const {
  Longest longest(scanner);
  offer_entries(longest, type);
  return longest.take(scanner);
}

std::optional<Type> Names::take_type(Scanner& scanner) const {
  Longest longest(scanner);
  for (const Type::Field& type : scope_.types()) longest.offer(type.name);
  longest.offer_word("function");
  for (const std::string_view own : Type::names()) longest.offer(own);
  const std::optional<std::string> name = longest.take(scanner);
  if (!name) return std::nullopt;
  const auto found = std::ranges::find(scope_.types(), *name, &Type::Field::name);
  return found == scope_.types().end() ? Type::named(*name) : found->type;
}

/// A function takes what it uses of the outer ones when it is made: it may outlive them.
Names::Reference Names::from_function(std::size_t function, std::size_t owner, bool given,
                                      std::uint32_t slot) {
  if (function == owner) return {given, slot};
  const Reference outside = from_function(function - 1, owner, given, slot);
  Function& own = functions_[function];
  for (const Lambda::Capture& capture : own.captures)
    if (capture.given == outside.given && capture.from == outside.slot) return {false, capture.to};
  own.captures.push_back({outside.given, outside.slot, own.frame_size});
  return {false, own.frame_size++};
}

Names::Meaning Names::meaning(std::string_view name) {
  Meaning meaning;
  meaning.builtins = builtins_named(name);
  const std::size_t here = functions_.size() - 1;
  const auto found = [&](std::string_view own, const Type& type, bool item, std::size_t owner, bool given,
                         std::size_t slot) {
    if (item && may_have_entry(type, name))
      meaning.items.push_back(from_function(here, owner, given, static_cast<std::uint32_t>(slot)));
    if (own != name) return false;
    meaning.variable = from_function(here, owner, given, static_cast<std::uint32_t>(slot));
    meaning.type = type;
    return true;
  };
  for (std::size_t i = variables_.size(); i-- > 0;) {
    const Variable variable = variables_[i];
    if (found(variable.name, variable.type, variable.item, variable.function, false, variable.slot))
      return meaning;
  }
  for (std::size_t i = scope_.variables().size(); i-- > 0;) {
    const Scope::Variable& variable = scope_.variables()[i];
    if (found(variable.name, variable.type, variable.item, 0, true, i)) return meaning;
  }
  return meaning;
}

}  // namespace vcsr::feel
