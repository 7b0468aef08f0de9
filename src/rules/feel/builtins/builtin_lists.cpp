// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;

Value made(List items, Evaluation& evaluation) {
  evaluation.charge(items.size() * sizeof(Value));
  return items;
}

bool same(const Value& left, const Value& right, Evaluation& evaluation) {
  evaluation.step(std::min(left.weight(), right.weight()));
  return equal(left, right) == true;
}

bool holds(std::span<const Value> list, const Value& element, Evaluation& evaluation) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Value& item) { return same(item, element, evaluation); });
}

/// From 0; nothing, with a reason, for a position that the list does not have.
std::optional<std::size_t> place(Arguments& arguments, std::size_t index, std::size_t size) {
  const auto position = arguments.whole(index);
  if (!position) return std::nullopt;
  const auto count = static_cast<std::int64_t>(size);
  if (*position == 0 || *position > count || *position < -count) {
    arguments.expected(index, "a position in a list of " + std::to_string(size));
    return std::nullopt;
  }
  return static_cast<std::size_t>(*position > 0 ? *position - 1 : count + *position);
}

Value list_contains(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  return list ? Value(holds(*list, given[1], evaluation)) : arguments.wrong();
}

Value count(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  return list ? Value(static_cast<std::int64_t>(list->size())) : arguments.wrong();
}

Value sublist(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  const auto first = place(arguments, 1, list->size());
  if (!first) return arguments.wrong();
  auto length = list->size() - *first;
  if (arguments.has(2)) {
    const auto wanted = arguments.whole(2);
    if (!wanted) return arguments.wrong();
    if (*wanted < 0 || static_cast<std::size_t>(*wanted) > length) {
      return arguments.wrong("no " + std::to_string(*wanted) + " elements from there on, but " +
                             std::to_string(length));
    }
    length = static_cast<std::size_t>(*wanted);
  }
  const auto part = list->subspan(*first, length);
  return made(List(part.begin(), part.end()), evaluation);
}

Value append(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  List items(list->begin(), list->end());
  items.insert(items.end(), given.begin() + 1, given.end());
  return made(std::move(items), evaluation);
}

Value concatenate(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  List items;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto list = arguments.list(i);
    if (!list) return arguments.wrong();
    evaluation.charge(list->size() * sizeof(Value));
    items.insert(items.end(), list->begin(), list->end());
  }
  return items;
}

Value insert_before(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  const auto at = place(arguments, 1, list->size());
  if (!at) return arguments.wrong();
  List items(list->begin(), list->end());
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(*at), given[2]);
  return made(std::move(items), evaluation);
}

Value remove(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  const auto at = place(arguments, 1, list->size());
  if (!at) return arguments.wrong();
  List items(list->begin(), list->end());
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(*at));
  return made(std::move(items), evaluation);
}

/// Replaces what `match`, a function of an element and the new one, says true of.
Value replace_matching(Arguments& arguments, List items) {
  auto& evaluation = arguments.evaluation();
  for (auto& item : items) {
    const auto chosen = evaluation.call(arguments[1], {item, arguments[2]});
    const auto* const boolean = chosen.get_if<bool>();
    if (boolean == nullptr) return arguments.wrong("expected a boolean of match, got " + described(chosen));
    if (*boolean) item = arguments[2];
  }
  return made(std::move(items), evaluation);
}

Value list_replace(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  List items(list->begin(), list->end());
  if (given[1].is(Value::Kind::function)) return replace_matching(arguments, std::move(items));
  const auto at = place(arguments, 1, list->size());
  if (!at) return arguments.wrong();
  items[*at] = given[2];
  return made(std::move(items), evaluation);
}

Value reverse(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  return made(List(list->rbegin(), list->rend()), evaluation);
}

Value index_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  List places;
  for (std::size_t i = 0; i < list->size(); ++i) {
    if (same((*list)[i], given[1], evaluation)) places.emplace_back(static_cast<std::int64_t>(i) + 1);
  }
  return made(std::move(places), evaluation);
}

void add_distinct(List& items, std::span<const Value> list, Evaluation& evaluation) {
  for (const auto& item : list) {
    if (!holds(items, item, evaluation)) items.push_back(item);
  }
}

Value union_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  List items;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const auto list = arguments.list(i);
    if (!list) return arguments.wrong();
    add_distinct(items, *list, evaluation);
  }
  return made(std::move(items), evaluation);
}

void add_flat(List& items, std::span<const Value> list, Evaluation& evaluation) {
  const Evaluation::Level level(evaluation);
  evaluation.step(list.size());
  evaluation.charge(list.size() * sizeof(Value));
  for (const auto& item : list) {
    const auto* const inner = item.get_if<List>();
    if (inner != nullptr) {
      add_flat(items, *inner, evaluation);
    } else {
      items.push_back(item);
    }
  }
}

Value flatten(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  List items;
  add_flat(items, *list, evaluation);
  return items;
}

/// Merges sorted halves by what a function of the model says, which need not be an order.
class Sorting {
 public:
  Sorting(const Value& precedes, Evaluation& evaluation) : precedes_(precedes), evaluation_(evaluation) {}

  /// False where the function did not say true or false.
  bool sort(std::span<Value> items) {
    if (items.size() < 2) return true;
    const auto left = items.first(items.size() / 2);
    const auto right = items.subspan(left.size());
    return sort(left) && sort(right) && merge(items, left.size());
  }

 private:
  bool merge(std::span<Value> items, std::size_t middle) {
    const List given(items.begin(), items.end());
    std::size_t left = 0;
    std::size_t right = middle;
    for (auto& item : items) {
      if (left == middle || right == given.size()) {
        item = given[left == middle ? right++ : left++];
        continue;
      }
      const auto swap = evaluation_.call(precedes_, {given[right], given[left]});
      if (!swap.is(Value::Kind::boolean)) return false;
      item = given[swap.is_true() ? right++ : left++];
    }
    return true;
  }

  const Value& precedes_;
  Evaluation& evaluation_;
};

Value sort(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  if (!list) return arguments.wrong();
  if (!given[1].is(Value::Kind::function)) {
    arguments.expected(1, "a function");
    return arguments.wrong();
  }
  List items(list->begin(), list->end());
  if (!Sorting(given[1], evaluation).sort(items))
    return arguments.wrong("the function did not say true or false");
  return made(std::move(items), evaluation);
}

constexpr Builtin table[] = {
    {"append", "list, item...", append},
    {"concatenate", "list...", concatenate},
    {"count", "list", count},
    {"distinct values", "list", union_of},
    {"flatten", "list", flatten},
    {"index of", "list, match", index_of},
    {"insert before", "list, position, newItem", insert_before},
    {"list contains", "list, element", list_contains},
    {"list replace", "list, position, newItem", list_replace},
    {"list replace", "list, match, newItem", list_replace},
    {"remove", "list, position", remove},
    {"reverse", "list", reverse},
    {"sort", "list, precedes", sort},
    {"sublist", "list, start position, [length]", sublist},
    {"union", "list...", union_of},
};

}  // namespace

std::span<const Builtin> list_builtins() { return table; }

}  // namespace vcsr::feel
