// SPDX-License-Identifier: Apache-2.0
#include "settings.hpp"

#include <algorithm>
#include <filesystem>

#include <vcsr/base/error.hpp>

using namespace vcsr;

namespace {

Error expected(const std::string& name, const std::string& what, const std::string& got) {
  return Error(Error::Code::invalid, name + ": expected " + what + ", got " + got);
}

}  // namespace

void Settings::require_known(std::vector<std::string> names) const {
  names.push_back("folder");
  std::string known;
  for (const std::string& name : names) known += (known.empty() ? "" : ", ") + name;
  for (const auto& [name, value] : facts_)
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw Error(Error::Code::invalid, "unknown setting " + name + "; there are: " + known);
}

std::string Settings::text(const std::string& name) const {
  if (!facts_.contains(name)) throw expected(name, "text", "nothing");
  return text(name, "");
}

std::string Settings::text(const std::string& name, const std::string& otherwise) const {
  const auto found = facts_.find(name);
  if (found == facts_.end()) return otherwise;
  if (const auto* text = found->second.get_if<std::string>()) return *text;
  throw expected(name, "text", to_json(found->second));
}

bool Settings::flag(const std::string& name) const {
  const auto found = facts_.find(name);
  if (found == facts_.end()) return false;
  if (const bool* flag = found->second.get_if<bool>()) return *flag;
  throw expected(name, "true or false", to_json(found->second));
}

std::string Settings::path(const std::string& file) const {
  return (std::filesystem::path(text("folder")) / file).lexically_normal().string();
}
