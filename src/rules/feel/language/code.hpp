// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rules/feel/builtins/builtin.hpp"
#include "rules/feel/language/expression.hpp"

namespace vcsr::feel {

/// What a part of an expression is. Parts are named in the order in which they stand in Node::parts.
enum class NodeKind : std::uint8_t {
  constant,
  given,       ///< a variable of the scope
  local,       ///< a variable of the frame: slot
  unknown,     ///< a name that nobody knows: more->name
  item_entry,  ///< item, what else the name is; more->name
  list,
  context,     ///< entries more->names, kept in more->slots for those behind them
  interval,    ///< start, end
  span,        ///< first, last of "for": both included, upwards or downwards
  half_range,  ///< sign, end: "> 5" as a value
  negation,
  arithmetic,  ///< sign
  comparison,  ///< sign
  conjunction,
  disjunction,
  between,          ///< value, start, end
  in,               ///< value, tests; the value is kept in slot
  tests,            ///< any of them; sign `not_equal` means none of them
  test_value,       ///< value, list or range, of what is in slot; sign `equal`: or a condition without "?"
  test_condition,   ///< uses "?" itself
  test_comparison,  ///< sign, end
  test_anything,
  condition,  ///< if, then, else
  iteration,  ///< for: lists (an interval is a range of numbers or dates), result; more->slots, one more
              ///< where `partial` is used
  some,
  every,
  instance_of,
  path,          ///< value; more->name
  filter,        ///< list, match; the item is in slot
  call,          ///< function, arguments; more->names where they are named
  builtin_call,  ///< arguments; more->builtin is null where no form takes them
  function,
};

enum class Sign : std::uint8_t {
  none,
  add,
  subtract,
  multiply,
  divide,
  power,
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal
};

struct Node;
using NodePointer = std::unique_ptr<Node>;

/// A function's text: its frame begins with the parameters.
struct Lambda {
  struct Capture {
    bool given = false;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
  };

  std::vector<Parameter> parameters;
  std::vector<Capture> captures;
  /// Where the function itself is kept, when it has a name by which it may call itself.
  std::optional<std::uint32_t> self;
  std::uint32_t frame_size = 0;
  bool external = false;
  Type result;
  NodePointer body;
};

/// What few kinds of nodes have.
struct NodeDetails {
  std::string name = {};
  std::vector<std::string> names = {};
  std::vector<std::uint32_t> slots = {};
  Type type = {};
  std::shared_ptr<Lambda> lambda = {};
  const Builtin* builtin = nullptr;
};

struct Node {
  NodeKind kind = NodeKind::constant;
  Sign sign = Sign::none;
  bool start_included = false;
  bool end_included = false;
  std::uint16_t height = 1;
  std::uint32_t slot = 0;
  Position at;
  std::vector<NodePointer> parts = {};
  Value value = {};
  std::unique_ptr<NodeDetails> more = {};
};

/// An expression or unary tests, ready to be evaluated.
struct Code {
  NodePointer root;
  std::uint32_t frame_size = 0;
  std::vector<Expression::Unknown> unknown = {};
};

}  // namespace vcsr::feel
