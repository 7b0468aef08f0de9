// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "rules/engine/simple_cell.hpp"
#include "rules/feel/values/value.hpp"

namespace vcsr::rules {

/// Rows of a table as bits, 64 to a word.
using RowBits = std::vector<std::uint64_t>;

/// Which rows of a large table may match an input, by one column. Rows whose cell cannot be looked up may
/// always.
class ColumnIndex {
 public:
  /// Nothing where too few cells can be looked up, or they are of several kinds.
  static std::optional<ColumnIndex> build(const std::vector<std::optional<SimpleCell>>& cells,
                                          const std::vector<bool>& anything);

  /// Null where the input is of another kind than the cells: then each cell is to be asked.
  const RowBits* rows(const feel::Value& input) const;
  /// Whether a row's cell holds for an input that rows() took; nothing where the cell is to be asked.
  std::optional<bool> matches(std::size_t row, const feel::Value& input) const;

 private:
  ColumnIndex() = default;
  void build_numbers();
  void build_texts();
  std::size_t bucket_of(SimpleCell::Key key) const;
  std::size_t bucket_of(std::string_view text) const;
  static std::string_view text_of(const feel::Value& input);

  SimpleCell::Kind kind_ = SimpleCell::Kind::numbers;
  std::vector<std::optional<SimpleCell>> cells_;
  std::vector<bool> anything_;
  std::vector<SimpleCell::Key> points_;  ///< of numbers, sorted: each is a bucket, and what is before it
  std::unordered_map<std::string, std::size_t> symbols_;
  std::size_t text_buckets_ = 0;
  std::vector<RowBits> buckets_;
};

/// The columns of a large table that have an index: a row may match where its bit is set in all of them.
class RowIndex {
 public:
  RowIndex(std::size_t rows, std::vector<std::optional<ColumnIndex>> columns)
      : rows_(rows), columns_(std::move(columns)) {}

  /// The bits to be joined; false where an input is to be asked of each cell.
  bool candidates(const std::vector<feel::Value>& inputs, std::vector<const RowBits*>& bits) const;
  const std::optional<ColumnIndex>& column(std::size_t column) const { return columns_[column]; }
  std::size_t words() const { return (rows_ + 63) / 64; }
  std::size_t rows() const { return rows_; }

 private:
  std::size_t rows_;
  std::vector<std::optional<ColumnIndex>> columns_;
};

}  // namespace vcsr::rules
