// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "rules/engine/node.hpp"

namespace vcsr::rules {

// The boxed expressions, ready to be evaluated. Each says by its members what it is made of.

/// A literal expression.
class LiteralNode : public Node {
 public:
  LiteralNode(feel::Expression expression, Spot spot)
      : expression_(std::move(expression)), spot_(std::move(spot)) {}
  feel::Value evaluate(Frame& frame) const override;
  const feel::Expression& expression() const { return expression_; }
  const Spot& spot() const { return spot_; }

 private:
  feel::Expression expression_;
  Spot spot_;
};

/// What could not be compiled, or has no logic: null, and why.
class NullNode : public Node {
 public:
  NullNode(std::string reason, Spot spot) : reason_(std::move(reason)), spot_(std::move(spot)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::string reason_;
  Spot spot_;
};

/// A value that must be of a type.
class TypedNode : public Node {
 public:
  TypedNode(NodePtr value, ItemTypePtr type, Spot spot)
      : value_(std::move(value)), type_(std::move(type)), spot_(std::move(spot)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr value_;
  ItemTypePtr type_;
  Spot spot_;
};

/// Each entry is a variable of those after it.
class ContextNode : public Node {
 public:
  struct Entry {
    std::string name;
    NodePtr value;
  };

  ContextNode(std::vector<Entry> entries, NodePtr result)
      : entries_(std::move(entries)), result_(std::move(result)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::vector<Entry> entries_;
  NodePtr result_;  // null: the context itself
};

class ListNode : public Node {
 public:
  explicit ListNode(std::vector<NodePtr> elements) : elements_(std::move(elements)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::vector<NodePtr> elements_;
};

/// A list of contexts with the same entries.
class RelationNode : public Node {
 public:
  RelationNode(std::vector<std::string> columns, std::vector<std::vector<NodePtr>> rows)
      : columns_(std::move(columns)), rows_(std::move(rows)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<NodePtr>> rows_;
};

class InvocationNode : public Node {
 public:
  struct Argument {
    std::string name;
    NodePtr value;  // null: nothing is bound
  };

  InvocationNode(NodePtr function, std::vector<Argument> arguments, Spot spot)
      : function_(std::move(function)), arguments_(std::move(arguments)), spot_(std::move(spot)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  feel::Value invoke(const feel::Value& callee, Frame& frame) const;

  NodePtr function_;
  std::vector<Argument> arguments_;
  Spot spot_;
};

class ConditionalNode : public Node {
 public:
  ConditionalNode(NodePtr condition, NodePtr then, NodePtr otherwise)
      : condition_(std::move(condition)), then_(std::move(then)), otherwise_(std::move(otherwise)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr condition_, then_, otherwise_;
};

/// for, some and every. How elements are gone through is said by `loop`, a FEEL expression over two
/// variables: what is gone through and a function of an element and, for `for`, of the results before it.
class IterationNode : public Node {
 public:
  IterationNode(NodePtr in, NodePtr body, std::vector<std::string> parameters, LiteralNode loop)
      : in_(std::move(in)),
        body_(std::move(body)),
        parameters_(std::move(parameters)),
        loop_(std::move(loop)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr in_, body_;
  std::vector<std::string> parameters_;
  LiteralNode loop_;
};

/// A filter whose condition is FEEL.
class FilterNode : public Node {
 public:
  FilterNode(NodePtr in, LiteralNode match) : in_(std::move(in)), match_(std::move(match)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr in_;
  LiteralNode match_;
};

/// A filter whose condition is another boxed expression.
class BoxedFilterNode : public Node {
 public:
  BoxedFilterNode(NodePtr in, NodePtr match) : in_(std::move(in)), match_(std::move(match)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr in_, match_;
};

/// The body of a function in Java, of as many arguments as the last of its variables.
class ExternalNode : public Node {
 public:
  ExternalNode(NodePtr mapping, std::size_t arguments, Spot spot)
      : mapping_(std::move(mapping)), arguments_(arguments), spot_(std::move(spot)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  NodePtr mapping_;  // a context with the class and the method's signature
  std::size_t arguments_;
  Spot spot_;
};

}  // namespace vcsr::rules
