// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <doctest/doctest.h>

#include "app/config.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr {

/// What is said of a configuration that is refused.
inline std::string faults_of(const char* text) {
  try {
    parse_config(text, "bank.toml", "/srv/bank");
  } catch (const Error& error) {
    CHECK(error.code() == Error::Code::invalid);
    return error.what();
  }
  return "no fault";
}

}  // namespace vcsr
