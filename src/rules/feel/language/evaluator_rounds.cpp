// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/language/evaluator.hpp"
#include "rules/feel/values/date_and_time.hpp"

namespace vcsr::feel {

namespace {

using Kind = Type::Kind;

/// What a range steps through: whole numbers or days, upwards or downwards.
struct Steps {
  std::int64_t first = 0;
  std::int64_t last = 0;
  bool days = false;

  Value at(std::int64_t place) const {
    const std::int64_t here = first <= last ? first + place : first - place;
    if (!days) return here;
    const std::optional<Date> date = Date::of_days(here);
    return date ? Value(*date) : Value();
  }
  /// May be more than 63 bits hold.
  std::uint64_t count() const {
    const auto low = static_cast<std::uint64_t>(std::min(first, last));
    const std::uint64_t rest = static_cast<std::uint64_t>(std::max(first, last)) - low;
    return rest == UINT64_MAX ? rest : rest + 1;
  }
};

std::optional<std::int64_t> step_of(const Value& end) {
  if (const auto* const number = end.get_if<Number>()) return number->to_int64();
  if (const auto* const date = end.get_if<Date>()) return date->days();
  return std::nullopt;
}

std::optional<Steps> steps_of(const Range& range) {
  if (range.start.kind() != range.end.kind()) return std::nullopt;
  const std::optional<std::int64_t> first = step_of(range.start);
  const std::optional<std::int64_t> last = step_of(range.end);
  if (!first || !last) return std::nullopt;
  Steps steps{*first, *last, range.start.is(Kind::date)};
  const bool up = steps.first <= steps.last;
  if (!range.start_included && steps.first != steps.last) steps.first += up ? 1 : -1;
  if (!range.end_included && steps.first != steps.last) steps.last -= up ? 1 : -1;
  return steps;
}

}  // namespace

/// Goes through all combinations of the elements of the lists of "for", "some" and "every".
class Evaluator::Rounds {
 public:
  /// `round` returns false when there need not be another one.
  Rounds(Evaluator& evaluator, const Node& node) : evaluator_(evaluator), node_(node) {}

  template <class Round>
  bool go(const Round& round, std::size_t list = 0) {
    if (list + 1 == node_.parts.size()) {
      evaluator_.evaluation_.step();
      return round();
    }
    const Node& part = *node_.parts[list];
    const Value domain = evaluator_.evaluate(part);
    if (domain.is_null()) return fail(part, "null", domain);
    if (const auto* const items = domain.get_if<List>()) {
      for (const Value& item : *items)
        if (!enter(list, item, round)) return false;
      return true;
    }
    const auto* const range = domain.get_if<Range>();
    if (!range) return enter(list, domain, round);
    const std::optional<Steps> steps = steps_of(*range);
    const bool down = steps && steps->first > steps->last;
    if (down && part.kind != NodeKind::span) return fail(part, "a range that ends before it starts", {});
    if (!steps) return fail(part, "a range of neither whole numbers nor dates", {});
    const std::uint64_t count = steps->count();
    for (std::uint64_t i = 0; i < count; ++i)
      if (!enter(list, steps->at(static_cast<std::int64_t>(i)), round)) return false;
    return true;
  }

  /// Set when one of the lists was none.
  const std::optional<Value>& failure() const { return failure_; }

 private:
  template <class Round>
  bool enter(std::size_t list, const Value& item, const Round& round) {
    evaluator_.locals_[node_.more->slots[list]] = item;
    return go(round, list + 1);
  }

  bool fail(const Node& part, const std::string& what, const Value& value) {
    failure_ = value.reason() && !evaluator_.evaluation_.strict()
                   ? value
                   : evaluator_.mistake(part, "expected a list or a range to go through, got " + what);
    return false;
  }

  Evaluator& evaluator_;
  const Node& node_;
  std::optional<Value> failure_;
};

Value Evaluator::iteration(const Node& node) {
  const bool partial = node.more->slots.size() == node.parts.size();
  auto results = std::make_shared<Items>();
  const auto round = [&] {
    evaluation_.charge(sizeof(Value));
    if (partial) locals_[node.more->slots.back()] = std::shared_ptr<const Items>(results);
    Value result = evaluate(*node.parts.back());
    if (partial) {
      locals_[node.more->slots.back()] = {};
      if (results.use_count() > 1) {  // somebody keeps what there was so far
        evaluation_.charge(results->list.size() * sizeof(Value));
        results = std::make_shared<Items>(*results);
      }
    }
    results->add(std::move(result));
    return true;
  };
  Rounds rounds(*this, node);
  rounds.go(round);
  if (rounds.failure()) return *rounds.failure();
  return std::shared_ptr<const Items>(results);
}

Value Evaluator::quantified(const Node& node) {
  const bool decisive = node.kind == NodeKind::some;
  std::optional<bool> all = !decisive;
  Value unknown;
  const auto round = [&] {
    Value match = evaluate(*node.parts.back());
    const std::optional<bool> truth = feel::truth(match);
    if (truth == decisive) all = decisive;
    if (truth) return truth != decisive;
    unknown = match.is_null()
                  ? std::move(match)
                  : mistake(*node.parts.back(), "expected true or false, got " + described(match));
    all = std::nullopt;
    return true;
  };
  Rounds rounds(*this, node);
  rounds.go(round);
  if (rounds.failure()) return *rounds.failure();
  return all ? Value(*all) : unknown;
}

Value element_at(const List& list, Number place, Evaluation& evaluation) {
  const std::optional<std::int64_t> index = place.to_int64();
  const auto size = static_cast<std::int64_t>(list.size());
  if (index && *index >= 1 && *index <= size) return list[static_cast<std::size_t>(*index - 1)];
  if (index && *index <= -1 && *index >= -size) return list[static_cast<std::size_t>(size + *index)];
  return evaluation.nothing("there is no element " + place.to_string() + " in a list of " +
                            std::to_string(size));
}

Value Evaluator::filter(const Node& node) {
  const Value value = evaluate(*node.parts[0]);
  if (const auto* const list = value.get_if<List>()) return filtered(*list, node);
  if (value.is_null()) return filtered({}, node);
  return filtered({value}, node);
}

Value Evaluator::filtered(const List& list, const Node& node) {
  const Node& match = *node.parts[1];
  const bool sign = match.kind == NodeKind::negation && match.parts[0]->kind == NodeKind::constant;
  if (list.empty() && match.kind != NodeKind::constant && !sign) return List{};
  List matching;
  for (std::size_t i = 0; i < std::max<std::size_t>(list.size(), 1); ++i) {
    evaluation_.step();
    if (i < list.size()) locals_[node.slot] = list[i];
    const Value matched = evaluate(match);
    if (const auto* const place = matched.get_if<Number>(); place && i == 0) {
      evaluation_.set_position(match.at);
      return element_at(list, *place, evaluation_);
    }
    if (matched.is_true() && i < list.size()) matching.push_back(list[i]);
    if (!matched.is(Kind::boolean) && (evaluation_.strict() || !matched.is_null()) && i < list.size())
      return mistake(match, "expected true or false from the filter, got " + described(matched));
  }
  evaluation_.charge(matching.size() * sizeof(Value));
  return matching;
}

}  // namespace vcsr::feel
