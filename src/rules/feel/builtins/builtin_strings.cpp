// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/builtin_arguments.hpp"
#include "rules/feel/builtins/builtin_tables.hpp"
#include "rules/feel/builtins/text.hpp"

namespace vcsr::feel {

namespace {

using Given = std::span<const Value>;

Value made(std::string text, Evaluation& evaluation) {
  evaluation.charge(text.size());
  return text;
}

/// Both strings of a function that looks for one in the other.
struct Search {
  Search(Given given, Evaluation& evaluation)
      : arguments(given, evaluation), text(arguments.string(0)), match(arguments.string(1)) {}

  bool valid() const { return text != nullptr && match != nullptr; }

  Arguments arguments;
  const std::string* text;
  const std::string* match;
};

Value contains(Given given, Evaluation& evaluation) {
  const Search search(given, evaluation);
  if (!search.valid()) return search.arguments.wrong();
  return search.text->find(*search.match) != std::string::npos;
}

Value starts_with(Given given, Evaluation& evaluation) {
  const Search search(given, evaluation);
  return search.valid() ? Value(search.text->starts_with(*search.match)) : search.arguments.wrong();
}

Value ends_with(Given given, Evaluation& evaluation) {
  const Search search(given, evaluation);
  return search.valid() ? Value(search.text->ends_with(*search.match)) : search.arguments.wrong();
}

Value substring_before(Given given, Evaluation& evaluation) {
  const Search search(given, evaluation);
  if (!search.valid()) return search.arguments.wrong();
  const auto at = search.text->find(*search.match);
  return at == std::string::npos ? Value("") : made(search.text->substr(0, at), evaluation);
}

Value substring_after(Given given, Evaluation& evaluation) {
  const Search search(given, evaluation);
  if (!search.valid()) return search.arguments.wrong();
  const auto at = search.text->find(*search.match);
  return at == std::string::npos ? Value("")
                                 : made(search.text->substr(at + search.match->size()), evaluation);
}

Value substring(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  const auto position = arguments.whole(1);
  if (text == nullptr || !position) return arguments.wrong();
  const auto count = static_cast<std::int64_t>(character_count(*text));
  if (*position == 0 || *position > count || *position < -count) {
    return arguments.wrong("no position " + std::to_string(*position) + " in a string of " +
                           std::to_string(count));
  }
  const auto first = *position > 0 ? *position - 1 : count + *position;
  auto length = count - first;
  if (arguments.has(2)) {
    const auto wanted = arguments.whole(2);
    if (!wanted) return arguments.wrong();
    if (*wanted < 1 || *wanted > length) {
      return arguments.wrong("no " + std::to_string(*wanted) + " characters from there on, but " +
                             std::to_string(length));
    }
    length = *wanted;
  }
  const auto from = character_offset(*text, static_cast<std::size_t>(first));
  const auto rest = std::string_view(*text).substr(from);
  return made(std::string(rest.substr(0, character_offset(rest, static_cast<std::size_t>(length)))),
              evaluation);
}

Value string_length(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  return text != nullptr ? Value(static_cast<std::int64_t>(character_count(*text))) : arguments.wrong();
}

Value upper(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  return text != nullptr ? made(upper_case(*text), evaluation) : arguments.wrong();
}

Value lower(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto* const text = arguments.string(0);
  return text != nullptr ? made(lower_case(*text), evaluation) : arguments.wrong();
}

Value string_join(Given given, Evaluation& evaluation) {
  Arguments arguments(given, evaluation);
  const auto list = arguments.list(0);
  const std::string none;
  const auto* const delimiter = arguments.has(1) ? arguments.string(1) : &none;
  if (!list || delimiter == nullptr) return arguments.wrong();
  std::string joined;
  bool first = true;
  for (const auto& item : *list) {
    if (item.is_null()) continue;
    const auto* const text = item.get_if<std::string>();
    if (text == nullptr) return arguments.wrong_elements("strings", item);
    evaluation.charge(text->size() + delimiter->size());
    if (!first) joined += *delimiter;
    joined += *text;
    first = false;
  }
  return joined;
}

constexpr Builtin table[] = {
    {"contains", "string, match", contains},
    {"ends with", "string, match", ends_with},
    {"lower case", "string", lower},
    {"starts with", "string, match", starts_with},
    {"string join", "list, [delimiter]", string_join},
    {"string length", "string", string_length},
    {"substring", "string, start position, [length]", substring},
    {"substring after", "string, match", substring_after},
    {"substring before", "string, match", substring_before},
    {"upper case", "string", upper},
};

}  // namespace

std::span<const Builtin> string_builtins() { return table; }

}  // namespace vcsr::feel
