// SPDX-License-Identifier: Apache-2.0
#include "rules/feel/builtins/builtin_call.hpp"

#include <algorithm>
#include <map>

namespace vcsr::feel {

namespace {

class BuiltinFunction final : public Function {
 public:
  explicit BuiltinFunction(std::span<const Builtin> forms) : forms_(forms) {}

  std::vector<Parameter> parameters() const override {
    std::vector<Parameter> parameters;
    for (const std::string_view name : Signature(forms_.front().parameters).names)
      parameters.push_back({std::string(name), {}});
    return parameters;
  }

  bool takes(std::size_t arguments) const override { return form(arguments) != nullptr; }

  Value call(std::vector<Value> arguments, Evaluation& evaluation) const override {
    return form(arguments.size())->call(arguments, evaluation);
  }

 private:
  const Builtin* form(std::size_t arguments) const {
    const auto found = std::ranges::find_if(
        forms_, [arguments](const Builtin& form) { return Signature(form.parameters).takes(arguments); });
    return found == forms_.end() ? nullptr : &*found;
  }

  std::span<const Builtin> forms_;
};

}  // namespace

Signature::Signature(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::size_t comma = std::min(parameters.find(','), parameters.size());
    std::string_view name = parameters.substr(0, comma);
    parameters.remove_prefix(std::min(comma + 1, parameters.size()));
    name.remove_prefix(std::min(name.find_first_not_of(' '), name.size()));
    const bool optional = name.starts_with('[');
    if (optional) name = name.substr(1, name.size() - 2);
    if (name.ends_with("...")) {
      name.remove_suffix(3);
      variadic = true;
    }
    if (!optional) ++required;
    names.push_back(name);
  }
}

bool Signature::takes(std::size_t arguments) const {
  return arguments >= required && (variadic || arguments <= names.size());
}

std::optional<std::vector<std::optional<std::size_t>>> Signature::order(
    const std::vector<std::string>& arguments) const {
  std::vector<std::optional<std::size_t>> order(names.size());
  std::size_t last = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto place = static_cast<std::size_t>(std::ranges::find(names, arguments[i]) - names.begin());
    if (place == names.size() || order[place]) return std::nullopt;
    order[place] = i;
    last = std::max(last, place + 1);
  }
  for (std::size_t i = 0; i < required; ++i)
    if (!order[i]) return std::nullopt;
  order.resize(last);
  return order;
}

std::span<const Builtin> builtins_named(std::string_view name) {
  const std::span<const Builtin> all = builtins();
  const auto found = std::ranges::find(all, name, &Builtin::name);
  const auto end =
      std::find_if(found, all.end(), [name](const Builtin& other) { return other.name != name; });
  return {found, end};
}

std::shared_ptr<const Function> builtin_function(std::span<const Builtin> forms) {
  static const auto functions = [] {
    std::map<std::string_view, std::shared_ptr<const Function>> functions;
    for (const Builtin& builtin : builtins())
      functions.try_emplace(builtin.name, std::make_shared<BuiltinFunction>(builtins_named(builtin.name)));
    return functions;
  }();
  return functions.at(forms.front().name);
}

}  // namespace vcsr::feel
