// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"
#include "rules/feel/builtins/range_text.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;
using Order = std::partial_ordering;

/// An end of a range, or a point: both ends of the range that holds it alone.
struct End {
  const Value* value;
  bool included;
  /// What lies beyond all values, where the range has no such end: -1 before, 1 after.
  int beyond;
};

struct Interval {
  End start;
  End end;
};

/// (!= 5) is no interval: its ends have no order.
Interval interval(const Value& value) {
  using Form = Range::Form;
  const auto* const range = value.get_if<Range>();
  if (range == nullptr || range->form == Form::not_equal) return {{&value, true, 0}, {&value, true, 0}};
  const bool without_start = range->form == Form::less || range->form == Form::less_or_equal;
  const bool without_end = range->form == Form::greater || range->form == Form::greater_or_equal;
  return {{&range->start, range->start_included, without_start ? -1 : 0},
          {&range->end, range->end_included, without_end ? 1 : 0}};
}

/// Compares the values of ends; remembers if any two had no order, which makes the result null.
class Comparison {
 public:
  Comparison(Given given, Evaluation& evaluation)
      : evaluation_(evaluation), left(interval(given[0])), right(interval(given[1])) {}

  bool less(const End& a, const End& b) { return order(a, b) == Order::less; }
  bool equal(const End& a, const End& b) { return order(a, b) == Order::equivalent; }

  Value result(bool value) const {
    return valid_ ? Value(value) : evaluation_.mistake("ranges and points of values that have no order");
  }

 private:
  Order order(const End& a, const End& b) {
    if (a.beyond != 0 || b.beyond != 0) return a.beyond <=> b.beyond;
    const auto compared = compare(*a.value, *b.value);
    if (compared && *compared != Order::unordered) return *compared;
    valid_ = false;
    return Order::unordered;
  }

  Evaluation& evaluation_;
  bool valid_ = true;

 public:
  const Interval left;
  const Interval right;
};

bool is_range(const Value& value) { return value.is(Value::Kind::range); }

/// All of `a` lies before all of `b`.
bool precedes(Comparison& c, const Interval& a, const Interval& b) {
  return c.less(a.end, b.start) || (c.equal(a.end, b.start) && !(a.end.included && b.start.included));
}

Value before(Given given, Evaluation& evaluation) {
  Comparison c(given, evaluation);
  return c.result(precedes(c, c.left, c.right));
}

Value after(Given given, Evaluation& evaluation) {
  Comparison c(given, evaluation);
  return c.result(precedes(c, c.right, c.left));
}

Value of_ranges(Given given, Evaluation& evaluation,
                bool (*relation)(Comparison&, const Interval&, const Interval&), bool swapped = false) {
  Arguments arguments(given, evaluation);
  if (arguments.range(0) == nullptr || arguments.range(1) == nullptr) return arguments.wrong();
  Comparison c(given, evaluation);
  return c.result(swapped ? relation(c, c.right, c.left) : relation(c, c.left, c.right));
}

bool meet(Comparison& c, const Interval& a, const Interval& b) {
  return c.equal(a.end, b.start) && a.end.included && b.start.included;
}

bool reaches(Comparison& c, const Interval& a, const Interval& b) {
  return c.less(b.start, a.end) || (c.equal(a.end, b.start) && a.end.included && b.start.included);
}

bool overlap(Comparison& c, const Interval& a, const Interval& b) {
  return reaches(c, a, b) && reaches(c, b, a);
}

bool overlap_before(Comparison& c, const Interval& a, const Interval& b) {
  const bool begins =
      c.less(a.start, b.start) || (c.equal(a.start, b.start) && a.start.included && !b.start.included);
  const bool ends = c.less(a.end, b.end) || (c.equal(a.end, b.end) && (!a.end.included || b.end.included));
  return begins && ends && reaches(c, a, b);
}

Value meets(Given given, Evaluation& evaluation) { return of_ranges(given, evaluation, meet); }
Value met_by(Given given, Evaluation& evaluation) { return of_ranges(given, evaluation, meet, true); }
Value overlaps(Given given, Evaluation& evaluation) { return of_ranges(given, evaluation, overlap); }
Value overlaps_before(Given given, Evaluation& evaluation) {
  return of_ranges(given, evaluation, overlap_before);
}
Value overlaps_after(Given given, Evaluation& evaluation) {
  return of_ranges(given, evaluation, overlap_before, true);
}

bool starts_no_later(Comparison& c, const Interval& a, const Interval& b) {
  return c.less(a.start, b.start) || (c.equal(a.start, b.start) && (a.start.included || !b.start.included));
}

bool ends_no_earlier(Comparison& c, const Interval& a, const Interval& b) {
  return c.less(b.end, a.end) || (c.equal(a.end, b.end) && (a.end.included || !b.end.included));
}

bool inside(Comparison& c, const Interval& inner, const Interval& outer) {
  return starts_no_later(c, outer, inner) && ends_no_earlier(c, outer, inner);
}

bool finish(Comparison& c, const Interval& inner, const Interval& outer) {
  return c.equal(inner.end, outer.end) && inner.end.included == outer.end.included &&
         starts_no_later(c, outer, inner);
}

bool start(Comparison& c, const Interval& inner, const Interval& outer) {
  return c.equal(inner.start, outer.start) && inner.start.included == outer.start.included &&
         ends_no_earlier(c, outer, inner);
}

/// The outer argument, `outer`, is a range, the inner one a range or a point.
Value within(Given given, Evaluation& evaluation, std::size_t outer,
             bool (*relation)(Comparison&, const Interval&, const Interval&)) {
  Arguments arguments(given, evaluation);
  if (arguments.range(outer) == nullptr) return arguments.wrong();
  Comparison c(given, evaluation);
  return c.result(outer == 1 ? relation(c, c.left, c.right) : relation(c, c.right, c.left));
}

Value during(Given given, Evaluation& evaluation) { return within(given, evaluation, 1, inside); }
Value includes(Given given, Evaluation& evaluation) { return within(given, evaluation, 0, inside); }
Value finishes(Given given, Evaluation& evaluation) { return within(given, evaluation, 1, finish); }
Value finished_by(Given given, Evaluation& evaluation) { return within(given, evaluation, 0, finish); }
Value starts(Given given, Evaluation& evaluation) { return within(given, evaluation, 1, start); }
Value started_by(Given given, Evaluation& evaluation) { return within(given, evaluation, 0, start); }

Value coincides(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  if (is_range(given[0]) != is_range(given[1])) {
    arguments.expected(1, is_range(given[0]) ? "a range" : "a point");
    return arguments.wrong();
  }
  Comparison c(given, evaluation);
  return c.result(c.equal(c.left.start, c.right.start) && c.equal(c.left.end, c.right.end) &&
                  c.left.start.included == c.right.start.included &&
                  c.left.end.included == c.right.end.included);
}

Value range_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const from = arguments.string(0);
  if (from == nullptr) return arguments.wrong();
  auto range = range_from_text(*from, evaluation);
  if (range) return std::move(*range);
  return arguments.wrong("'" + *from + "' is no range");
}

constexpr Builtin table[] = {
    {"after", "point1, point2", after},
    {"after", "range, point", after},
    {"after", "point, range", after},
    {"after", "range1, range2", after},
    {"before", "point1, point2", before},
    {"before", "range, point", before},
    {"before", "point, range", before},
    {"before", "range1, range2", before},
    {"coincides", "point1, point2", coincides},
    {"coincides", "range1, range2", coincides},
    {"during", "point, range", during},
    {"during", "range1, range2", during},
    {"finished by", "range, point", finished_by},
    {"finished by", "range1, range2", finished_by},
    {"finishes", "point, range", finishes},
    {"finishes", "range1, range2", finishes},
    {"includes", "range, point", includes},
    {"includes", "range1, range2", includes},
    {"meets", "range1, range2", meets},
    {"met by", "range1, range2", met_by},
    {"overlaps", "range1, range2", overlaps},
    {"overlaps after", "range1, range2", overlaps_after},
    {"overlaps before", "range1, range2", overlaps_before},
    {"range", "from", range_of},
    {"started by", "range, point", started_by},
    {"started by", "range1, range2", started_by},
    {"starts", "point, range", starts},
    {"starts", "range1, range2", starts},
};

}  // namespace

std::span<const Builtin> range_builtins() { return table; }

}  // namespace vcsr::feel
