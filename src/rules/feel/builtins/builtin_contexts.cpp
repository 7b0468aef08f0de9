// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;

Value made(Context context, Evaluation& evaluation) {
  evaluation.step(context.size());
  evaluation.charge(context.size() * sizeof(Context::Entry));
  return context;
}

/// Inside contexts along a path of names; nothing where an entry on it is not there or no context.
std::optional<Value> found(const Context& context, std::span<const Value> keys) {
  const auto* const key = keys.front().get_if<std::string>();
  const auto* const value = key != nullptr ? context.find(*key) : nullptr;
  if (value == nullptr || keys.size() == 1) return value != nullptr ? std::optional(*value) : std::nullopt;
  const auto* const inner = value->get_if<Context>();
  return inner != nullptr ? found(*inner, keys.subspan(1)) : std::nullopt;
}

Value get_value(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const context = arguments.context(0);
  const auto keys = arguments.list(1);
  if (context == nullptr || !keys) return arguments.wrong();
  if (!given[1].is(Value::Kind::list) && arguments.string(1) == nullptr) return arguments.wrong();
  if (keys->empty()) return arguments.wrong("no key");
  const auto value = found(*context, *keys);
  return value ? *value : evaluation.nothing("no entry " + to_string(given[1]));
}

Value get_entries(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const context = arguments.context(0);
  if (context == nullptr) return arguments.wrong();
  evaluation.step(context->size());
  evaluation.charge(context->size() * (sizeof(Value) + 2 * sizeof(Context::Entry)));
  List entries;
  for (const auto& [name, value] : context->entries()) {
    entries.emplace_back(Context{{"key", Value(name)}, {"value", value}});
  }
  return entries;
}

Value context_of(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto entries = arguments.list(0);
  if (!entries) return arguments.wrong();
  Context result;
  for (const auto& item : *entries) {
    const auto* const entry = item.get_if<Context>();
    if (entry == nullptr) return arguments.wrong_elements("contexts of key and value", item);
    const auto* const key = entry->find("key");
    const auto* const value = entry->find("value");
    const auto* const name = key != nullptr ? key->get_if<std::string>() : nullptr;
    if (name == nullptr || value == nullptr)
      return arguments.wrong("an entry has no key, a string, or no value");
    if (result.find(*name) != nullptr) return arguments.wrong("two entries of the key \"" + *name + "\"");
    result.put(*name, *value);
  }
  return made(std::move(result), evaluation);
}

/// Nothing where a key is no string or one but the last is not that of a context.
std::optional<Context> put(const Context& context, std::span<const Value> keys, const Value& value) {
  const auto* const key = keys.front().get_if<std::string>();
  if (key == nullptr) return std::nullopt;
  Context result = context;
  if (keys.size() == 1) {
    result.put(*key, value);
    return result;
  }
  const auto* const entry = context.find(*key);
  const auto* const inner = entry != nullptr ? entry->get_if<Context>() : nullptr;
  auto changed = inner != nullptr ? put(*inner, keys.subspan(1), value) : std::nullopt;
  if (!changed) return std::nullopt;
  result.put(*key, std::move(*changed));
  return result;
}

Value context_put(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const context = arguments.context(0);
  const auto keys = arguments.list(1);
  if (context == nullptr || !keys) return arguments.wrong();
  if (keys->empty()) return arguments.wrong("no key");
  auto result = put(*context, *keys, given[2]);
  if (!result) return arguments.wrong("no such path in the context: " + to_string(given[1]));
  return made(std::move(*result), evaluation);
}

Value context_merge(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto contexts = arguments.list(0);
  if (!contexts) return arguments.wrong();
  Context result;
  for (const auto& item : *contexts) {
    const auto* const context = item.get_if<Context>();
    if (context == nullptr) return arguments.wrong_elements("contexts", item);
    for (const auto& [name, value] : context->entries()) result.put(name, value);
  }
  return made(std::move(result), evaluation);
}

constexpr Builtin table[] = {
    {"context", "entries", context_of},
    {"context merge", "contexts", context_merge},
    {"context put", "context, key, value", context_put},
    {"context put", "context, keys, value", context_put},
    {"get entries", "m", get_entries},
    {"get value", "m, key", get_value},
    {"get value", "context, keys", get_value},
};

}  // namespace

std::span<const Builtin> context_builtins() { return table; }

}  // namespace vcsr::feel
