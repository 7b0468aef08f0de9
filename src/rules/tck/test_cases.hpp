// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/feel/language/evaluation.hpp"

namespace vcsr::rules::tck {

struct Given {
  std::string name = {};
  std::string space = {};  ///< of the input's document; may be ""
  feel::Value value = {};
};

struct Expected {
  std::string name = {};
  std::string space = {};
  feel::Value value = {};  ///< null too where an error is expected
};

struct TestCase {
  enum class Kind { decision, knowledge, service };

  std::string id = {};
  int line = 0;
  Kind kind = Kind::decision;
  std::string invocable = {};  ///< of knowledge models and services: what is called
  std::vector<Given> inputs = {};
  std::vector<Expected> results = {};
};

/// A file of test cases as the DMN TCK has them.
struct TestCases {
  std::string model = {};  ///< file name of the DMN document
  std::vector<TestCase> cases = {};
};

/// Throws Error(invalid) with one line per fault.
TestCases read_test_cases(std::string_view xml, const std::string& document);

/// Whether a result is what a case expects: numbers within 1e-8, texts exactly, lists and contexts by their
/// parts.
bool as_expected(const feel::Value& expected, const feel::Value& got);

}  // namespace vcsr::rules::tck
