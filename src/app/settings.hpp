// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vcsr/base/error.hpp"
#include "vcsr/base/time.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

/// The settings of one number, checked as they are read; `facts` outlives them.
class Settings {
 public:
  /// Throws Error(invalid) for a setting that is not `known`.
  Settings(const Facts& facts, std::vector<std::string> known);

  template <class T>
  T get(std::string_view name, T otherwise, const char* expected) const {
    const auto found = facts_.find(name);
    if (found == facts_.end()) return otherwise;
    if (const T* value = found->second.get_if<T>()) return *value;
    throw Error(Error::Code::invalid,
                std::string(name) + ": expected " + expected + ", got " + to_json(found->second));
  }
  std::string text(std::string_view name, std::string otherwise = "") const {
    return get<std::string>(name, std::move(otherwise), "text in quotes");
  }
  /// Nothing when it is absent or "".
  std::optional<Duration> duration(std::string_view name) const;

 private:
  const Facts& facts_;
};

}  // namespace vcsr
