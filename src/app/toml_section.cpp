// SPDX-License-Identifier: Apache-2.0
#include "app/toml_section.hpp"

#include <algorithm>
#include <sstream>

#include "app/duration.hpp"
#include "app/nearest.hpp"

namespace vcsr {

namespace {

/// A value as an operator recognizes it in the file.
std::string shown(const toml::node& node) {
  if (node.is_table()) return "a table";
  if (node.is_array()) return "a list";
  if (const auto* text = node.as_string()) return "\"" + text->get() + "\"";
  std::ostringstream text;
  node.visit([&text](const auto& value) {
    if constexpr (toml::is_value<decltype(value)>) text << value;
  });
  return text.str();
}

Value to_value(const toml::node& node) {
  if (const auto* table = node.as_table()) {
    Value::Map map;
    for (const auto& [key, value] : *table) map.emplace(std::string(key.str()), to_value(value));
    return map;
  }
  if (const auto* array = node.as_array()) {
    Value::List list;
    for (const toml::node& element : *array) list.push_back(to_value(element));
    return list;
  }
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* number = node.as_floating_point()) return number->get();
  if (const auto* flag = node.as_boolean()) return flag->get();
  return shown(node);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

void Faults::add(int line, const std::string& field, const std::string& message) {
  found_.emplace_back(line, Error(Error::Code::invalid, Place{document_, line, field}, message).what());
}

void Faults::throw_if_any() const {
  if (found_.empty()) return;
  auto sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text;
  for (const auto& [line, fault] : sorted) text += (text.empty() ? "" : "\n") + fault;
  throw Error(Error::Code::invalid, text);
}

TomlSection::TomlSection(const toml::table& table, std::string name, Faults& faults)
    : table_(table), name_(std::move(name)), faults_(faults) {}

std::string TomlSection::field(std::string_view key) const {
  return name_.empty() ? std::string(key) : name_ + "." + std::string(key);
}

int TomlSection::line(std::string_view key) const {
  for (const auto& [name, node] : table_)
    if (name.str() == key) return static_cast<int>(name.source().begin.line);
  return line();
}

void TomlSection::fault(std::string_view key, const std::string& message) {
  faults_.add(line(key), field(key), message);
}

void TomlSection::wrong(std::string_view key, const std::string& expected) {
  const toml::node* node = table_.get(key);
  fault(key, "expected " + expected + (node ? ", got " + shown(*node) : ", but it is missing"));
}

const toml::node* TomlSection::take(std::string_view key) {
  known_.emplace_back(key);
  return table_.get(key);
}

bool TomlSection::read(std::string_view key, std::string& value) {
  const toml::node* node = take(key);
  if (!node) return false;
  if (const auto* text = node->as_string()) return value = text->get(), true;
  wrong(key, "text in quotes");
  return false;
}

void TomlSection::require(std::string_view key, std::string& value) {
  if (read(key, value) && value.empty()) wrong(key, "text that is not empty");
  if (!table_.contains(key)) faults_.add(line(), field(key), "is missing");
}

bool TomlSection::read(std::string_view key, Secret& value) {
  const toml::node* node = take(key);
  if (!node) return false;
  if (const auto* text = node->as_string()) return value = Secret(text->get()), true;
  fault(key, "expected text in quotes, got something else");
  return false;
}

bool TomlSection::read(std::string_view key, bool& value) {
  const toml::node* node = take(key);
  if (!node) return false;
  if (const auto* flag = node->as_boolean()) return value = flag->get(), true;
  wrong(key, "true or false");
  return false;
}

bool TomlSection::read(std::string_view key, Duration& value, Duration least) {
  const toml::node* node = take(key);
  if (!node) return false;
  const auto* text = node->as_string();
  const std::optional<Duration> duration = text ? parse_duration(text->get()) : std::nullopt;
  if (duration && *duration >= least) return value = *duration, true;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(least).count();
  const std::string limit = least > Duration::zero() ? " of at least " + std::to_string(seconds) + "s" : "";
  wrong(key, "a duration" + limit + R"( such as "500ms", "20s", "2min" or "1h")");
  return false;
}

bool TomlSection::read(std::string_view key, std::vector<std::string>& value) {
  const toml::node* node = take(key);
  if (!node) return false;
  const toml::array* array = node->as_array();
  std::vector<std::string> texts;
  for (std::size_t i = 0; array && i < array->size(); ++i)
    if (const auto* text = array->get(i)->as_string()) texts.push_back(text->get());
  if (array && texts.size() == array->size()) return value = std::move(texts), true;
  wrong(key, R"(a list of texts such as ["one", "two"])");
  return false;
}

bool TomlSection::read_number(std::string_view key, std::int64_t& value, std::int64_t least,
                              std::int64_t most) {
  const toml::node* node = take(key);
  if (!node) return false;
  const auto* number = node->as_integer();
  if (number && number->get() >= least && number->get() <= most) return value = number->get(), true;
  wrong(key, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return false;
}

std::optional<TomlSection> TomlSection::section(std::string_view key) {
  const toml::node* node = take(key);
  if (!node) return {};
  if (const toml::table* table = node->as_table()) return TomlSection(*table, field(key), faults_);
  wrong(key, "a table: [" + field(key) + "]");
  return {};
}

std::vector<TomlSection> TomlSection::sections(std::string_view key) {
  const toml::node* node = take(key);
  std::vector<TomlSection> all;
  if (!node) return all;
  const toml::array* array = node->as_array();
  for (std::size_t i = 0; array && i < array->size(); ++i)
    if (const toml::table* table = array->get(i)->as_table()) all.emplace_back(*table, field(key), faults_);
  if (!array || all.size() != array->size()) wrong(key, "tables: [[" + field(key) + "]]");
  return all;
}

Facts TomlSection::rest() {
  Facts facts;
  for (const auto& [key, node] : table_) {
    const std::string name(key.str());
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    facts.emplace(name, to_value(node));
  }
  for (const auto& [name, value] : facts) known_.push_back(name);
  return facts;
}

void TomlSection::finish() {
  for (const auto& [key, node] : table_) {
    if (std::find(known_.begin(), known_.end(), key.str()) != known_.end()) continue;
    const std::string near = nearest(key.str(), known_);
    const std::string advice =
        near.empty() ? "; known here: " + joined(known_) : "; did you mean \"" + near + "\"?";
    fault(key.str(), "unknown key" + advice);
  }
}

std::string TomlSection::one_of(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += "\"" + std::string(names[i]) + "\"";
  }
  return text;
}

}  // namespace vcsr
