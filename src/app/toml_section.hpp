// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toml++/toml.h>

#include "vcsr/base/error.hpp"
#include "vcsr/base/secret.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// Everything that is wrong with a document, collected so that it can be told at once.
class Faults {
 public:
  explicit Faults(std::string document) : document_(std::move(document)) {}

  void add(int line, const std::string& field, const std::string& message);
  /// Throws Error(invalid), one line per fault in the order of the document.
  void throw_if_any() const;
  const std::string& document() const { return document_; }

 private:
  std::string document_;
  std::vector<std::pair<int, std::string>> found_;
};

/// A table of a TOML document while it is read: each read() leaves its target alone when the key
/// is absent and notes a fault when its value cannot be taken; finish() notes the keys nobody read.
/// The document outlives it.
class TomlSection {
 public:
  TomlSection(const toml::table& table, std::string name, Faults& faults);

  bool read(std::string_view key, std::string& value);
  bool read(std::string_view key, bool& value);
  bool read(std::string_view key, Duration& value, Duration least = Duration::zero());
  bool read(std::string_view key, std::vector<std::string>& value);
  /// Its value is never repeated in a fault.
  bool read(std::string_view key, Secret& value);
  template <std::integral Integer>
  bool read(std::string_view key, Integer& value, std::int64_t least, std::int64_t most) {
    std::int64_t number = 0;
    if (!read_number(key, number, least, most)) return false;
    value = static_cast<Integer>(number);
    return true;
  }
  /// One of the names of `choices`.
  template <class Choice>
  bool read(std::string_view key, Choice& value,
            const std::vector<std::pair<std::string_view, Choice>>& choices) {
    std::string text;
    if (!read(key, text)) return false;
    std::vector<std::string_view> names;
    for (const auto& [name, choice] : choices) {
      if (name == text) return value = choice, true;
      names.push_back(name);
    }
    wrong(key, one_of(names));
    return false;
  }

  /// Like read() of a text, but absent or empty is a fault.
  void require(std::string_view key, std::string& value);

  /// The table under this key; nothing when it is absent.
  std::optional<TomlSection> section(std::string_view key);
  /// The tables of [[key]].
  std::vector<TomlSection> sections(std::string_view key);

  /// Takes every key that was not read.
  Facts rest();
  /// Notes the keys that were not read, each with the known one it resembles.
  void finish();

  bool has(std::string_view key) const { return table_.contains(key); }
  /// "expected …, got …" for a key that is there.
  void wrong(std::string_view key, const std::string& expected);
  void fault(std::string_view key, const std::string& message);
  /// Where the section begins; where the key stands.
  int line() const { return static_cast<int>(table_.source().begin.line); }
  int line(std::string_view key) const;
  std::string field(std::string_view key) const;
  const std::string& name() const { return name_; }
  Faults& faults() const { return faults_; }

 private:
  const toml::node* take(std::string_view key);
  bool read_number(std::string_view key, std::int64_t& value, std::int64_t least, std::int64_t most);
  static std::string one_of(const std::vector<std::string_view>& names);

  const toml::table& table_;
  std::string name_;
  Faults& faults_;
  std::vector<std::string> known_;
};

}  // namespace vcsr
