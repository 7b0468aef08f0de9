// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

namespace vcsr::python {

/// vcsr.Error, with `code`, and vcsr.Hangup.
struct __attribute__((visibility("hidden"))) Exceptions {
  pybind11::object error;
  pybind11::object hangup;
};

/// Made when the module is imported; used only while the interpreter is held.
Exceptions& exceptions();

}  // namespace vcsr::python
