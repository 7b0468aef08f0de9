// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/builtins/builtin_call.hpp"
#include "rules/feel/language/parser.hpp"
#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;

template <class T>
bool read(std::string_view text, Value& value) {
  const std::optional<T> read = T::parse(text);
  if (read) value = Value(*read);
  return read.has_value();
}

const Type& element_of(const Type& type) { return type.is(Kind::list) ? type.element() : type; }

}  // namespace

Parser::Part Parser::primary() {
  const Position at = scanner_.position();
  if (scanner_.at_digit()) return constant(at, scanner_.take_number());
  if (scanner_.at("\"")) return constant(at, scanner_.take_string());
  if (scanner_.at("@")) return at_literal();
  if (scanner_.at("(")) return in_parentheses();
  if (scanner_.at("[")) return list_or_interval();
  if (scanner_.at("]")) return open_interval();
  if (scanner_.at("{")) return context();
  if (scanner_.at_name()) return name();
  scanner_.fail_expecting("a value");
}

Parser::Part Parser::at_literal() {
  const Position at = scanner_.position();
  scanner_.require("@", "here");
  if (!scanner_.at("\"")) scanner_.fail_expecting("a string after '@'");
  const std::string text = scanner_.take_string();
  Value value = Value::null("\"" + text + "\" is no date, time or duration", at);
  read<Date>(text, value) || read<DateAndTime>(text, value) || read<Time>(text, value) ||
      read<DaysAndTimeDuration>(text, value) || read<YearsAndMonthsDuration>(text, value);
  return constant(at, std::move(value));
}

Parser::Part Parser::in_parentheses() {
  const Position at = scanner_.position();
  scanner_.require("(", "here");
  Part part = any_expression();
  if (scanner_.at("..")) return interval_from(std::move(part), false, at);
  scanner_.require(")", "after the expression");
  return part;
}

Parser::Part Parser::list_or_interval() {
  const Nesting nesting(*this);
  const Position at = scanner_.position();
  scanner_.require("[", "here");
  std::vector<NodePointer> items;
  std::optional<Type> common;
  while (items.empty() ? !scanner_.at("]") : scanner_.take(",")) {
    Part item = any_expression();
    if (items.empty() && scanner_.at("..")) return interval_from(std::move(item), true, at);
    common = !common || *common == item.type ? item.type : Type();
    items.push_back(std::move(item.node));
  }
  scanner_.require("]", "after the elements of the list");
  return folded({make(NodeKind::list, at, std::move(items)), Type::list_of(common.value_or(Kind::null))});
}

Parser::Part Parser::open_interval() {
  const Position at = scanner_.position();
  scanner_.require("]", "here");
  return interval_from(any_expression(), false, at);
}

Parser::Part Parser::interval_from(Part start, bool start_included, Position at) {
  scanner_.require("..", "between the ends of the range");
  const bool outer = std::exchange(at_interval_end_, true);
  Part end = additive();
  at_interval_end_ = outer;
  const bool end_included = scanner_.take("]");
  if (!end_included && !scanner_.take(")") && !scanner_.take("["))
    scanner_.fail_expecting("']', ')' or '[' after the range");
  Type type = Type::range_of(start.type == end.type ? start.type : Type());
  NodePointer node = make(NodeKind::interval, at, parts_of(std::move(start.node), std::move(end.node)));
  node->start_included = start_included;
  node->end_included = end_included;
  return folded({std::move(node), std::move(type)});
}

Parser::Part Parser::context() {
  const Nesting nesting(*this);
  const Position at = scanner_.position();
  scanner_.require("{", "here");
  const std::size_t mark = names_.mark();
  std::vector<NodePointer> parts;
  auto more = std::make_unique<NodeDetails>();
  std::vector<Type::Field> fields;
  while (parts.empty() ? !scanner_.at("}") : scanner_.take(",")) {
    const std::string key = context_key(*more);
    const std::uint32_t slot = names_.take_slot();
    Part entry = context_entry(key, slot);
    names_.add_entry_name(key);
    more->names.push_back(key);
    more->slots.push_back(slot);
    fields.push_back({key, std::move(entry.type)});
    parts.push_back(std::move(entry.node));
  }
  scanner_.require("}", "after the entries of the context");
  names_.forget_since(mark);
  NodePointer node = make(NodeKind::context, at, std::move(parts));
  node->more = std::move(more);
  return {std::move(node), Type::context_of(std::move(fields))};
}

std::string Parser::context_key(const NodeDetails& context) {
  const bool quoted = scanner_.at("\"");
  std::string key = quoted ? scanner_.take_string() : scanner_.take_new_name(":");
  if (key.empty() && !quoted) scanner_.fail_expecting("the name of an entry, or '}'");
  if (std::ranges::find(context.names, key) != context.names.end())
    scanner_.fail("the context has two entries '" + key + "'");
  scanner_.require(":", "after the name of the entry");
  return key;
}

/// A function knows the name of its entry already, so that it can call itself.
Parser::Part Parser::context_entry(const std::string& key, std::uint32_t slot) {
  if (!scanner_.at_word("function")) {
    Part entry = any_expression();
    names_.declare_at(slot, key, entry.type);
    return entry;
  }
  names_.declare_at(slot, key, Kind::function);
  Part entry = any_expression();
  if (entry.node->kind != NodeKind::function) return entry;
  Lambda& lambda = *entry.node->more->lambda;
  std::erase_if(lambda.captures, [&lambda, slot](const Lambda::Capture& capture) {
    if (capture.given || capture.from != slot) return false;
    lambda.self = capture.to;
    return true;
  });
  return entry;
}

Parser::Part Parser::postfix() { return postfix_of(primary()); }

Parser::Part Parser::postfix_of(Part part) {
  for (;;) {
    if (scanner_.at(".")) part = path_of(std::move(part));
    else if (scanner_.at("[") && (!at_interval_end_ || filter_begins())) part = filter_of(std::move(part));
    else if (scanner_.at("(")) part = call_of(std::move(part));
    else return part;
  }
}

/// Whether "[" behind the end of an interval begins a filter: after "[1..5[" stands what no filter begins
/// with.
bool Parser::filter_begins() const {
  Scanner behind = scanner_;
  behind.take("[");
  if (behind.at_end()) return false;
  for (const char* const sign :
       {"]", ")", "}", ",", ".", "..", "=", "!=", "<", "<=", ">", ">=", "*", "**", "/", "+", "["})
    if (behind.at(sign)) return false;
  for (const char* const word :
       {"and", "or", "then", "else", "return", "satisfies", "in", "between", "instance"})
    if (behind.at_word(word)) return false;
  return true;
}

Parser::Part Parser::path_of(Part part) {
  const Position at = scanner_.position();
  scanner_.require(".", "here");
  std::optional<std::string> name = names_.take_entry_name(scanner_, part.type);
  if (!name && !scanner_.at_name()) scanner_.fail_expecting("a name after '.'");
  if (!name) name = scanner_.take_name();
  const Type* const field = element_of(part.type).field(*name);
  Type type = field ? *field : Type();
  if (part.type.is(Kind::list)) type = Type::list_of(std::move(type));
  NodePointer node = make(NodeKind::path, at, parts_of(std::move(part.node)));
  node->more = std::make_unique<NodeDetails>(NodeDetails{.name = std::move(*name)});
  return {std::move(node), std::move(type)};
}

Parser::Part Parser::filter_of(Part part) {
  const Nesting nesting(*this);
  const Position at = scanner_.position();
  scanner_.require("[", "here");
  const Type element = element_of(part.type);
  const std::size_t mark = names_.mark();
  const std::uint32_t slot = names_.declare_item(element);
  Part match = any_expression();
  names_.forget_since(mark);
  scanner_.require("]", "after the filter");
  NodePointer node = make(NodeKind::filter, at, parts_of(std::move(part.node), std::move(match.node)));
  node->slot = slot;
  if (match.type.is(Kind::number)) return {std::move(node), element};
  return {std::move(node), part.type.is(Kind::list) ? part.type : Type()};
}

Parser::Part Parser::call_of(Part part) {
  const Position at = scanner_.position();
  auto more = std::make_unique<NodeDetails>();
  std::vector<NodePointer> parts = parts_of(std::move(part.node));
  for (NodePointer& argument : arguments(more->names)) parts.push_back(std::move(argument));
  NodePointer node = make(NodeKind::call, at, std::move(parts));
  node->more = std::move(more);
  return {std::move(node), part.type.result()};
}

std::vector<NodePointer> Parser::arguments(std::vector<std::string>& names) {
  const Nesting nesting(*this);
  scanner_.require("(", "here");
  std::vector<NodePointer> arguments;
  while (arguments.empty() ? !scanner_.at(")") : scanner_.take(",")) {
    std::string name = scanner_.take_new_name(":");
    if (name.empty() != names.empty() && !arguments.empty())
      scanner_.fail("either all arguments have names or none has");
    if (!name.empty()) {
      scanner_.require(":", "after the name of the argument");
      names.push_back(std::move(name));
    }
    arguments.push_back(any_expression().node);
  }
  scanner_.require(")", "after the arguments");
  return arguments;
}

/// Which forms fit is decided here, once.
Parser::Part Parser::builtin_call(std::span<const Builtin> forms, const std::string& name, Position at) {
  auto more = std::make_unique<NodeDetails>();
  more->name = name;
  std::vector<NodePointer> given = arguments(more->names);
  for (const Builtin& form : forms) {
    const Signature signature(form.parameters);
    if (more->names.empty()) {
      if (signature.takes(given.size())) more->builtin = &form;
    } else if (const auto order = signature.order(more->names)) {
      std::vector<NodePointer> ordered;
      for (const std::optional<std::size_t> place : *order)
        ordered.push_back(place ? std::move(given[*place]) : make(NodeKind::constant, at));
      given = std::move(ordered);
      more->builtin = &form;
    }
    if (more->builtin) break;
  }
  NodePointer node = make(NodeKind::builtin_call, at, std::move(given));
  node->more = std::move(more);
  return {std::move(node)};
}

}  // namespace vcsr::feel
