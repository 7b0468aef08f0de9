// SPDX-License-Identifier: Apache-2.0
#include "rules/model/faults.hpp"

#include <algorithm>

#include "vcsr/base/error.hpp"

namespace vcsr::rules::model {

void Faults::add(int line, const std::string& where, const std::string& what) {
  const Place place{.document = document_, .line = line, .field = where};
  found_.push_back({line, Error(Error::Code::invalid, place, what).what()});
}

std::vector<std::string> Faults::found() const {
  std::vector<Fault> ordered = found_;
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Fault& left, const Fault& right) { return left.line < right.line; });
  std::vector<std::string> lines;
  for (Fault& fault : ordered) lines.push_back(std::move(fault.text));
  return lines;
}

void Faults::refuse() const {
  if (found_.empty()) return;
  std::string all;
  for (const std::string& fault : found()) all += (all.empty() ? "" : "\n") + fault;
  throw Error(Error::Code::invalid, all);
}

}  // namespace vcsr::rules::model
