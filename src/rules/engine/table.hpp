// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/engine/node.hpp"
#include "rules/engine/row_index.hpp"
#include "rules/model/expression.hpp"

namespace vcsr::rules {

/// A decision table (DMN 1.5 §8), ready to be evaluated.
class Table : public Node {
 public:
  struct Column {
    feel::Expression expression;
    std::string name;  ///< the expression as it is written
    ItemTypePtr type = any_type();
    std::optional<feel::UnaryTests> allowed = {};
    std::string allowed_text = {};
    int line = 0;
  };

  struct Output {
    std::string name;
    ItemTypePtr type = any_type();
    feel::List order = {};  ///< of PRIORITY and OUTPUT ORDER: the values that are allowed, best first
    std::optional<feel::Expression> otherwise = {};
  };

  struct Cell {
    std::optional<feel::UnaryTests> tests = {};  ///< none: anything
    std::string text = {};
    int line = 0;
  };

  struct Row {
    std::string id;
    std::vector<Cell> conditions = {};
    std::vector<feel::Expression> results = {};
    int line = 0;
  };

  struct Parts {
    model::HitPolicy hit_policy = model::HitPolicy::unique;
    model::Aggregation aggregation = model::Aggregation::none;
    std::vector<Column> columns = {};
    std::vector<Output> outputs = {};
    std::vector<Row> rows = {};
    Spot spot = {};
  };

  /// Tables with more rows than `linear` get an index.
  explicit Table(Parts parts, std::size_t linear = 16);

  const Parts& parts() const { return parts_; }
  /// The rows that match, in their order; of FIRST the first one only.
  std::vector<std::size_t> matching(const std::vector<feel::Value>& inputs, Frame& frame) const;
  feel::Value evaluate(Frame& frame) const override;
  /// One line per rule: that it matched, or which cell did not.
  std::vector<std::string> explain(const TableRecord& record, Frame& frame) const;

 private:
  using Rows = std::vector<std::size_t>;

  std::optional<feel::Value> read_inputs(Frame& frame, std::vector<feel::Value>& inputs) const;
  bool matches(const Row& row, std::size_t column, const feel::Value& input, Frame& frame) const;
  Rows scanned(const std::vector<feel::Value>& inputs, Frame& frame) const;
  Rows looked_up(const std::vector<feel::Value>& inputs, const std::vector<const RowBits*>& bits,
                 Frame& frame) const;
  bool holds(std::size_t row, const std::vector<feel::Value>& inputs, Frame& frame) const;
  feel::Value decide(Rows& rows, Frame& frame) const;
  feel::Value without_match(Frame& frame) const;
  feel::Value output(std::size_t row, Frame& frame) const;
  feel::Value output_cell(std::size_t row, std::size_t column, Frame& frame) const;
  feel::List outputs(const Rows& rows, Frame& frame) const;
  feel::Value any(const Rows& rows, Frame& frame) const;
  void order_by_priority(Rows& rows, Frame& frame) const;
  feel::Value aggregated(const feel::List& values, feel::Evaluation& evaluation) const;
  std::string named(std::size_t row) const;
  Spot spot_of(const Row& row, int line, const std::string& column) const;

  Parts parts_;
  std::optional<RowIndex> index_;
};

}  // namespace vcsr::rules
