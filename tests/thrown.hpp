// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include <doctest/doctest.h>

#include "vcsr/base/error.hpp"

/// The words of the Error of this code that `work` throws.
template <class Work>
std::string thrown(vcsr::Error::Code code, Work work) {
  try {
    work();
  } catch (const vcsr::Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "nothing was thrown";
}
