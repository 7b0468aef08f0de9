// SPDX-License-Identifier: Apache-2.0
#include "acd/requirement_steps.hpp"

#include "vcsr/base/error.hpp"

namespace vcsr {

namespace {

std::string named(const Requirement& requirement) {
  return requirement.anybody() ? "anybody" : "\"" + requirement.text() + "\"";
}

}  // namespace

std::string contradiction_in(const Requirement& requirement) {
  try {
    if (requirement.example()) return {};
  } catch (const Error& entangled) {
    return entangled.what();
  }
  return "no skills can meet " + named(requirement) + "; leave out one of what contradicts itself";
}

std::string contradiction_in(const Requirement& step, const Requirement& before) {
  std::string own = contradiction_in(step);
  if (!own.empty()) return own;
  try {
    if (!step.implies(before)) return {};
  } catch (const Error& entangled) {
    return entangled.what();
  }
  return named(step) + " lets in nobody who would not do before; ask for less than " + named(before);
}

}  // namespace vcsr
