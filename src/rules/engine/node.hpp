// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rules/engine/types.hpp"
#include "rules/feel/language/evaluation.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::rules {

class Table;

/// What a decision's own table did: for who asks which rules matched and why.
struct TableRecord {
  const Table* table = nullptr;
  std::vector<feel::Value> inputs = {};
  std::vector<std::size_t> rows = {};  ///< that matched, from 0
};

/// What an expression is evaluated with.
struct Frame {
  std::vector<feel::Value>& variables;
  feel::Evaluation& evaluation;
  TableRecord* record = nullptr;  ///< null where nobody asks
};

/// A boxed expression whose names are places in the frame's variables. Immutable.
class Node {
 public:
  virtual ~Node() = default;
  virtual feel::Value evaluate(Frame& frame) const = 0;
};

using NodePtr = std::unique_ptr<const Node>;

/// Where something stands in a document, as errors tell it.
struct Spot {
  std::string document = {};
  int line = 0;
  std::string where = {};
};

/// An error of an evaluation that says where in a document it arose.
class PlacedError : public Error {
 public:
  PlacedError(const Error& error, const Spot& spot);
};

/// `error` as a PlacedError; as it is where it is one.
[[noreturn]] void throw_placed(const Error& error, const Spot& spot);

}  // namespace vcsr::rules
