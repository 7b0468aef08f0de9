// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/row_index.hpp"

#include <algorithm>

namespace vcsr::rules {

namespace {

/// More make the index larger, not faster: what a bucket lets through is looked at once more.
constexpr std::size_t most_points = 256;
constexpr std::size_t most_text_buckets = 512;

void set(RowBits& bits, std::size_t row) { bits[row / 64] |= std::uint64_t{1} << (row % 64); }

}  // namespace

std::optional<ColumnIndex> ColumnIndex::build(const std::vector<std::optional<SimpleCell>>& cells,
                                              const std::vector<bool>& anything) {
  std::size_t simple = 0;
  ColumnIndex index;
  for (const std::optional<SimpleCell>& cell : cells) {
    if (!cell) continue;
    if (simple++ == 0) index.kind_ = cell->kind;
    if (cell->kind != index.kind_) return {};
  }
  if (simple * 8 < cells.size()) return {};
  index.cells_ = cells;
  index.anything_ = anything;
  if (index.kind_ == SimpleCell::Kind::numbers) index.build_numbers();
  else index.build_texts();
  return index;
}

void ColumnIndex::build_numbers() {
  for (const std::optional<SimpleCell>& cell : cells_) {
    if (!cell) continue;
    for (const SimpleCell::Interval& interval : cell->intervals)
      for (const auto& end : {interval.low, interval.high})
        if (end) points_.push_back(*end);
  }
  std::sort(points_.begin(), points_.end());
  points_.erase(std::unique(points_.begin(), points_.end()), points_.end());
  if (points_.size() > most_points) {
    std::vector<SimpleCell::Key> chosen;
    for (std::size_t i = 0; i < most_points; ++i) chosen.push_back(points_[i * points_.size() / most_points]);
    points_ = std::move(chosen);
  }
  // Bucket i holds what is before point i and not before point i - 1.
  buckets_.assign(points_.size() + 1, RowBits((cells_.size() + 63) / 64));
  for (std::size_t row = 0; row < cells_.size(); ++row) {
    const bool always = !cells_[row] || cells_[row]->negated;
    if (always) {
      for (RowBits& bits : buckets_) set(bits, row);
      continue;
    }
    for (const SimpleCell::Interval& interval : cells_[row]->intervals) {
      const std::size_t first = interval.low ? bucket_of(*interval.low) : 0;
      const std::size_t last = interval.high ? bucket_of(*interval.high) : points_.size();
      for (std::size_t bucket = first; bucket <= last; ++bucket) set(buckets_[bucket], row);
    }
  }
}

void ColumnIndex::build_texts() {
  for (const std::optional<SimpleCell>& cell : cells_)
    if (cell)
      for (const std::string& text : cell->texts) symbols_.emplace(text, symbols_.size());
  text_buckets_ = std::min(symbols_.size(), most_text_buckets);
  // The last bucket is that of texts that no cell names.
  buckets_.assign(text_buckets_ + 1, RowBits((cells_.size() + 63) / 64));
  for (std::size_t row = 0; row < cells_.size(); ++row) {
    const bool always = !cells_[row] || cells_[row]->negated;
    if (always) {
      for (RowBits& bits : buckets_) set(bits, row);
      continue;
    }
    for (const std::string& text : cells_[row]->texts) set(buckets_[bucket_of(text)], row);
  }
}

std::size_t ColumnIndex::bucket_of(SimpleCell::Key key) const {
  return static_cast<std::size_t>(std::upper_bound(points_.begin(), points_.end(), key) - points_.begin());
}

std::size_t ColumnIndex::bucket_of(std::string_view text) const {
  const auto known = symbols_.find(std::string(text));
  return known == symbols_.end() ? text_buckets_ : known->second % text_buckets_;
}

std::string_view ColumnIndex::text_of(const feel::Value& input) {
  if (const auto* const text = input.get_if<std::string>()) return *text;
  return input.is_true() ? "true" : "false";
}

const RowBits* ColumnIndex::rows(const feel::Value& input) const {
  using Kind = feel::Type::Kind;
  switch (kind_) {
    case SimpleCell::Kind::numbers: {
      const auto* const number = input.get_if<feel::Number>();
      return number ? &buckets_[bucket_of(number->key())] : nullptr;
    }
    case SimpleCell::Kind::texts:
      return input.is(Kind::string) ? &buckets_[bucket_of(text_of(input))] : nullptr;
    case SimpleCell::Kind::booleans:
      return input.is(Kind::boolean) ? &buckets_[bucket_of(text_of(input))] : nullptr;
  }
  return nullptr;
}

std::optional<bool> ColumnIndex::matches(std::size_t row, const feel::Value& input) const {
  if (anything_[row]) return true;
  if (!cells_[row]) return {};
  if (kind_ == SimpleCell::Kind::numbers) return cells_[row]->matches(input.get_if<feel::Number>()->key());
  return cells_[row]->matches(text_of(input));
}

bool RowIndex::candidates(const std::vector<feel::Value>& inputs, std::vector<const RowBits*>& bits) const {
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (!columns_[column]) continue;
    const RowBits* const rows = columns_[column]->rows(inputs[column]);
    if (!rows) return false;
    bits.push_back(rows);
  }
  return !bits.empty();
}

}  // namespace vcsr::rules
