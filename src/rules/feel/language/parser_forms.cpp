// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/builtins/builtin_call.hpp"
#include "rules/feel/language/parser.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;

constexpr std::size_t max_iterators = 50;

}  // namespace

/// What begins with a letter: a known name, which may hold words of the language, a form of it, or an unknown
/// name.
Parser::Part Parser::name() {
  const Position at = scanner_.position();
  if (const std::optional<std::string> known = names_.take_known(scanner_)) return named(*known, at);
  if (scanner_.take_word("if")) return condition();
  if (scanner_.take_word("for")) return iteration();
  if (scanner_.take_word("some")) return quantified(NodeKind::some);
  if (scanner_.take_word("every")) return quantified(NodeKind::every);
  if (scanner_.take_word("function")) return function();
  if (scanner_.take_word("true")) return constant(at, true);
  if (scanner_.take_word("false")) return constant(at, false);
  if (scanner_.take_word("null")) return constant(at, {});
  for (const char* const word :
       {"and", "or", "in", "between", "instance", "then", "else", "return", "satisfies"})
    if (scanner_.at_word(word)) scanner_.fail_expecting("a value");
  return named(std::string(scanner_.take_name()), at);
}

NodePointer Parser::reference(Names::Reference to, Position at) const {
  NodePointer node = make(to.given ? NodeKind::given : NodeKind::local, at);
  node->slot = to.slot;
  return node;
}

Parser::Part Parser::named(const std::string& name, Position at) {
  Names::Meaning meaning = names_.meaning(name);
  if (name == "?") ++input_uses_;
  if (name == "partial") ++partial_uses_;
  const bool is_value = meaning.variable && !meaning.type.is(Kind::any) && !meaning.type.is(Kind::function);
  if (scanner_.at("(") && !meaning.builtins.empty() && (!meaning.variable || is_value))
    return builtin_call(meaning.builtins, name, at);
  Part part = meant(meaning, name, at);
  for (std::size_t i = meaning.items.size(); i-- > 0;) {
    part = {make(NodeKind::item_entry, at, parts_of(reference(meaning.items[i], at), std::move(part.node)))};
    part.node->more = std::make_unique<NodeDetails>(NodeDetails{.name = name});
  }
  return part;
}

Parser::Part Parser::meant(const Names::Meaning& meaning, const std::string& name, Position at) {
  if (meaning.variable) return {reference(*meaning.variable, at), meaning.type};
  if (!meaning.builtins.empty()) {
    Part part{make(NodeKind::constant, at), Kind::function};
    part.node->value = builtin_function(meaning.builtins);
    return part;
  }
  if (meaning.items.empty()) unknown_.push_back({name, at});
  Part part{make(NodeKind::unknown, at)};
  part.node->more = std::make_unique<NodeDetails>(NodeDetails{.name = name});
  return part;
}

Parser::Part Parser::condition() {
  const Position at = scanner_.position();
  Part condition = any_expression();
  scanner_.require_word("then", "after the condition of 'if'");
  Part yes = any_expression();
  scanner_.require_word("else", "after what 'then' says");
  Part no = any_expression();
  Type type = yes.type == no.type ? yes.type : Type();
  return {make(NodeKind::condition, at,
               parts_of(std::move(condition.node), std::move(yes.node), std::move(no.node))),
          std::move(type)};
}

/// The lists that are gone through, with their variables declared.
NodePointer Parser::iterators(NodeKind kind, Position at) {
  std::vector<NodePointer> parts;
  auto more = std::make_unique<NodeDetails>();
  do {
    const std::string name = scanner_.take_new_name("", true);
    if (name.empty()) scanner_.fail_expecting("a name and 'in'");
    scanner_.require_word("in", "after the name");
    Part domain = iterator_domain();
    const bool list = domain.type.is(Kind::list);
    more->slots.push_back(names_.declare(name, list ? domain.type.element() : Type()));
    parts.push_back(std::move(domain.node));
    if (parts.size() > max_iterators) scanner_.fail("more than 50 lists are gone through at once");
  } while (scanner_.take(","));
  NodePointer node = make(kind, at, std::move(parts));
  node->more = std::move(more);
  return node;
}

Parser::Part Parser::iterator_domain() {
  Part start = any_expression();
  const Position at = scanner_.position();
  if (!scanner_.take("..")) return start;
  NodePointer node = make(NodeKind::span, at, parts_of(std::move(start.node), additive().node));
  node->start_included = node->end_included = true;
  return {std::move(node), Kind::range};
}

Parser::Part Parser::iteration() {
  const std::size_t mark = names_.mark();
  NodePointer node = iterators(NodeKind::iteration, scanner_.position());
  node->more->slots.push_back(names_.declare("partial", Kind::list));
  scanner_.require_word("return", "after what 'for' goes through");
  const int uses_before = partial_uses_;
  Part result = any_expression();
  if (partial_uses_ == uses_before) node->more->slots.pop_back();
  names_.forget_since(mark);
  node->height = std::max<std::uint16_t>(node->height, result.node->height + 1);
  node->parts.push_back(std::move(result.node));
  return {std::move(node), Type::list_of(std::move(result.type))};
}

Parser::Part Parser::quantified(NodeKind kind) {
  const std::size_t mark = names_.mark();
  NodePointer node = iterators(kind, scanner_.position());
  scanner_.require_word("satisfies", "after what is gone through");
  Part match = any_expression();
  names_.forget_since(mark);
  node->height = std::max<std::uint16_t>(node->height, match.node->height + 1);
  node->parts.push_back(std::move(match.node));
  return {std::move(node), Kind::boolean};
}

Parser::Part Parser::function() {
  const Position at = scanner_.position();
  auto lambda = std::make_shared<Lambda>();
  names_.begin_function();
  const std::size_t mark = names_.mark();
  lambda->parameters = parameters();
  for (const Parameter& parameter : lambda->parameters) names_.declare(parameter.name, parameter.type);
  lambda->external = scanner_.take_word("external");
  Part body = any_expression();
  names_.forget_since(mark);
  names_.end_function(*lambda);
  lambda->result = lambda->external ? Type() : body.type;
  std::vector<Type> types;
  for (const Parameter& parameter : lambda->parameters) types.push_back(parameter.type);
  Type type = Type::function_of(std::move(types), lambda->result);
  NodePointer node = make(NodeKind::function, at);
  node->height = body.node->height;
  lambda->body = std::move(body.node);
  node->more = std::make_unique<NodeDetails>(NodeDetails{.lambda = std::move(lambda)});
  return {std::move(node), std::move(type)};
}

std::vector<Parameter> Parser::parameters() {
  scanner_.require("(", "after 'function'");
  std::vector<Parameter> parameters;
  while (parameters.empty() ? !scanner_.at(")") : scanner_.take(",")) {
    Parameter parameter{scanner_.take_new_name(":,)"), {}};
    if (parameter.name.empty()) scanner_.fail_expecting("the name of a parameter");
    if (scanner_.take(":")) parameter.type = type();
    parameters.push_back(std::move(parameter));
  }
  scanner_.require(")", "after the parameters");
  return parameters;
}

Type Parser::type() {
  const Nesting nesting(*this);
  if (const std::optional<Type> known = names_.take_type(scanner_)) {
    const bool listed = scanner_.at("<") && *known == Type(known->kind());
    return listed ? type_with_arguments(known->kind()) : *known;
  }
  scanner_.fail_expecting("a type");
}

Type Parser::type_with_arguments(Type::Kind kind) {
  if (kind == Kind::context) return context_type();
  if (kind == Kind::function) return function_type();
  if (kind != Kind::list && kind != Kind::range) return kind;
  scanner_.require("<", "after the type");
  Type element = type();
  scanner_.require(">", "after the type of the elements");
  return kind == Kind::list ? Type::list_of(std::move(element)) : Type::range_of(std::move(element));
}

Type Parser::context_type() {
  scanner_.require("<", "after 'context'");
  std::vector<Type::Field> fields;
  while (fields.empty() ? !scanner_.at(">") : scanner_.take(",")) {
    std::string name = scanner_.take_new_name(":");
    if (name.empty()) scanner_.fail_expecting("the name of an entry");
    scanner_.require(":", "after the name of the entry");
    fields.push_back({std::move(name), type()});
  }
  scanner_.require(">", "after the entries of the type");
  return Type::context_of(std::move(fields));
}

Type Parser::function_type() {
  scanner_.require("<", "after 'function'");
  std::vector<Type> parameters;
  while (parameters.empty() ? !scanner_.at(">") : scanner_.take(",")) parameters.push_back(type());
  scanner_.require(">", "after the types of the parameters");
  scanner_.require("->", "before the type of the result");
  return Type::function_of(std::move(parameters), type());
}

}  // namespace vcsr::feel
