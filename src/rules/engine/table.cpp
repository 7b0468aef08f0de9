// SPDX-License-Identifier: Apache-2.0
#include "rules/engine/table.hpp"

#include <algorithm>
#include <bit>

#include "rules/engine/aggregation.hpp"

namespace vcsr::rules {

using feel::Value;
using model::HitPolicy;

Table::Table(Parts parts, std::size_t linear) : parts_(std::move(parts)) {
  if (parts_.rows.size() <= linear) return;
  std::vector<std::optional<ColumnIndex>> columns;
  for (std::size_t column = 0; column < parts_.columns.size(); ++column) {
    std::vector<std::optional<SimpleCell>> cells;
    std::vector<bool> anything;
    for (const Row& row : parts_.rows) {
      const Cell& cell = row.conditions[column];
      anything.push_back(!cell.tests);
      cells.push_back(cell.tests ? simple_cell(cell.text) : std::nullopt);
    }
    columns.push_back(ColumnIndex::build(cells, anything));
  }
  index_.emplace(parts_.rows.size(), std::move(columns));
}

std::string Table::named(std::size_t row) const {
  return "rule '" + parts_.rows[row].id + "' (row " + std::to_string(row + 1) + ")";
}

Spot Table::spot_of(const Row& row, int line, const std::string& column) const {
  const auto number = static_cast<std::size_t>(&row - parts_.rows.data()) + 1;
  return {parts_.spot.document, line,
          parts_.spot.where + ": row " + std::to_string(number) + ", column '" + column + "'"};
}

std::optional<Value> Table::read_inputs(Frame& frame, std::vector<Value>& inputs) const {
  inputs.reserve(parts_.columns.size());
  for (const Column& column : parts_.columns) {
    try {
      const Value value = column.expression.evaluate(frame.variables, frame.evaluation);
      const Value held = received(value, *column.type, frame.evaluation);
      // Where a wrong type is no error, the cells say what they make of it.
      inputs.push_back(held.is_null() ? value : held);
      if (!column.allowed || inputs.back().is_null()) continue;
      if (!column.allowed->matches(inputs.back(), frame.variables, frame.evaluation))
        return mistake(frame.evaluation,
                       "expected one of " + column.allowed_text + ", got " + shown(inputs.back()));
    } catch (const Error& error) {
      throw_placed(error, {{}, 0, parts_.spot.where + ": input '" + column.name + "'"});
    }
  }
  return {};
}

bool Table::matches(const Row& row, std::size_t column, const Value& input, Frame& frame) const {
  const Cell& cell = row.conditions[column];
  if (!cell.tests) return true;
  try {
    return cell.tests->matches(input, frame.variables, frame.evaluation);
  } catch (const Error& error) {
    throw_placed(error, spot_of(row, cell.line, parts_.columns[column].name));
  }
}

Table::Rows Table::scanned(const std::vector<Value>& inputs, Frame& frame) const {
  Rows rows;
  for (std::size_t row = 0; row < parts_.rows.size(); ++row) {
    frame.evaluation.step();
    std::size_t column = 0;
    while (column < inputs.size() && matches(parts_.rows[row], column, inputs[column], frame)) ++column;
    if (column < inputs.size()) continue;
    rows.push_back(row);
    if (parts_.hit_policy == HitPolicy::first) break;
  }
  return rows;
}

bool Table::holds(std::size_t row, const std::vector<Value>& inputs, Frame& frame) const {
  for (std::size_t column = 0; column < inputs.size(); ++column) {
    const std::optional<ColumnIndex>& index = index_->column(column);
    const std::optional<bool> known = index ? index->matches(row, inputs[column]) : std::nullopt;
    if (!known.value_or(true)) return false;
    if (!known && !matches(parts_.rows[row], column, inputs[column], frame)) return false;
  }
  return true;
}

Table::Rows Table::looked_up(const std::vector<Value>& inputs, const std::vector<const RowBits*>& bits,
                             Frame& frame) const {
  Rows rows;
  frame.evaluation.step(index_->words());
  for (std::size_t word = 0; word < index_->words(); ++word) {
    std::uint64_t all = (*bits.front())[word];
    for (std::size_t i = 1; i < bits.size() && all != 0; ++i) all &= (*bits[i])[word];
    for (; all != 0; all &= all - 1) {
      const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(all));
      frame.evaluation.step();
      if (!holds(row, inputs, frame)) continue;
      rows.push_back(row);
      if (parts_.hit_policy == HitPolicy::first) return rows;
    }
  }
  return rows;
}

Table::Rows Table::matching(const std::vector<Value>& inputs, Frame& frame) const {
  std::vector<const RowBits*> bits;
  return index_ && index_->candidates(inputs, bits) ? looked_up(inputs, bits, frame) : scanned(inputs, frame);
}

Value Table::evaluate(Frame& frame) const {
  std::vector<Value> inputs;
  const std::optional<Value> refused = read_inputs(frame, inputs);
  if (refused) return *refused;
  Rows rows = matching(inputs, frame);
  if (frame.record) *frame.record = {this, std::move(inputs), rows};
  return decide(rows, frame);
}

Value Table::decide(Rows& rows, Frame& frame) const {
  if (rows.empty()) return without_match(frame);
  switch (parts_.hit_policy) {
    case HitPolicy::first: return output(rows.front(), frame);
    case HitPolicy::unique:
      if (rows.size() == 1) return output(rows.front(), frame);
      try {
        return mistake(frame.evaluation, named(rows[0]) + " and " + named(rows[1]) +
                                             " both match, but the hit policy is UNIQUE");
      } catch (const Error& error) {
        throw_placed(error, {{}, 0, parts_.spot.where});
      }
    case HitPolicy::any: return any(rows, frame);
    case HitPolicy::priority: order_by_priority(rows, frame); return output(rows.front(), frame);
    case HitPolicy::output_order: order_by_priority(rows, frame); return outputs(rows, frame);
    case HitPolicy::rule_order: return outputs(rows, frame);
    case HitPolicy::collect: return aggregated(outputs(rows, frame), frame.evaluation);
  }
  return {};
}

Value Table::without_match(Frame& frame) const {
  const bool given = std::any_of(parts_.outputs.begin(), parts_.outputs.end(),
                                 [](const Output& output) { return output.otherwise.has_value(); });
  if (!given) {
    if (parts_.aggregation == model::Aggregation::count) return Value(0);
    return frame.evaluation.nothing("no rule of the table matches");
  }
  feel::Context context;
  for (const Output& output : parts_.outputs) {
    Value value;
    if (output.otherwise) value = output.otherwise->evaluate(frame.variables, frame.evaluation);
    value = accepted(value, *output.type, frame.evaluation);
    if (parts_.outputs.size() == 1) return value;
    context.put(output.name, value);
  }
  return context;
}

Value Table::output_cell(std::size_t row, std::size_t column, Frame& frame) const {
  const Row& from = parts_.rows[row];
  const Output& output = parts_.outputs[column];
  try {
    const Value value = from.results[column].evaluate(frame.variables, frame.evaluation);
    return accepted(value, *output.type, frame.evaluation);
  } catch (const Error& error) {
    throw_placed(error, spot_of(from, from.line, output.name));
  }
}

Value Table::output(std::size_t row, Frame& frame) const {
  if (parts_.outputs.size() == 1) return output_cell(row, 0, frame);
  feel::Context context;
  context.reserve(parts_.outputs.size());
  for (std::size_t column = 0; column < parts_.outputs.size(); ++column)
    context.put(parts_.outputs[column].name, output_cell(row, column, frame));
  return context;
}

feel::List Table::outputs(const Rows& rows, Frame& frame) const {
  feel::List all;
  all.reserve(rows.size());
  for (const std::size_t row : rows) all.push_back(output(row, frame));
  return all;
}

Value Table::any(const Rows& rows, Frame& frame) const {
  const feel::List all = outputs(rows, frame);
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (feel::equal(all[0], all[i]) == true) continue;
    try {
      return mistake(frame.evaluation, named(rows[0]) + " and " + named(rows[i]) +
                                           " match with different results, but the hit policy is ANY");
    } catch (const Error& error) {
      throw_placed(error, {{}, 0, parts_.spot.where});
    }
  }
  return all[0];
}

void Table::order_by_priority(Rows& rows, Frame& frame) const {
  std::vector<std::vector<std::size_t>> places(parts_.rows.size());
  for (const std::size_t row : rows)
    for (std::size_t column = 0; column < parts_.outputs.size(); ++column)
      places[row].push_back(place_in(parts_.outputs[column].order, output_cell(row, column, frame)));
  std::stable_sort(rows.begin(), rows.end(),
                   [&places](std::size_t left, std::size_t right) { return places[left] < places[right]; });
}

Value Table::aggregated(const feel::List& values, feel::Evaluation& evaluation) const {
  switch (parts_.aggregation) {
    case model::Aggregation::none: return values;
    case model::Aggregation::count: return Value(static_cast<std::int64_t>(values.size()));
    case model::Aggregation::sum: return sum_of(values, evaluation);
    case model::Aggregation::min: return extreme_of(values, std::partial_ordering::less, evaluation);
    case model::Aggregation::max: return extreme_of(values, std::partial_ordering::greater, evaluation);
  }
  return {};
}

std::vector<std::string> Table::explain(const TableRecord& record, Frame& frame) const {
  std::vector<std::string> lines;
  bool decided = false;
  for (std::size_t row = 0; row < parts_.rows.size(); ++row) {
    std::size_t column = 0;
    while (column < parts_.columns.size() && matches(parts_.rows[row], column, record.inputs[column], frame))
      ++column;
    std::string line = named(row) + ": ";
    if (column < parts_.columns.size())
      line += parts_.columns[column].name + " is " + shown(record.inputs[column]) + ", not " +
              parts_.rows[row].conditions[column].text;
    else
      line += decided && parts_.hit_policy == HitPolicy::first ? "matches, but a rule above did before"
                                                               : "matches";
    decided = decided || column == parts_.columns.size();
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace vcsr::rules
