// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <vcsr/base/value.hpp>

/// What a dialogue is told by whoever makes it. All throw vcsr::Error(invalid) that names the setting.
class Settings {
 public:
  explicit Settings(vcsr::Facts facts) : facts_(std::move(facts)) {}

  /// Refuses settings that are none of these; "folder" always is one.
  void require_known(std::vector<std::string> names) const;

  std::string text(const std::string& name) const;
  std::string text(const std::string& name, const std::string& otherwise) const;
  bool flag(const std::string& name) const;
  /// Starts at "folder" unless it is absolute.
  std::string path(const std::string& file) const;

 private:
  vcsr::Facts facts_;
};
