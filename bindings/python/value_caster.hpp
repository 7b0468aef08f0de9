// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

#include "vcsr/base/value.hpp"

namespace vcsr::python {

/// None, bool, int, float, str, list and dict. Throws TypeError naming what else it was given, and
/// OverflowError for a whole number beyond 64 bits.
Value to_value(pybind11::handle object);
pybind11::object from_value(const Value& value);

}  // namespace vcsr::python

namespace pybind11::detail {

template <>
struct type_caster<vcsr::Value> {
  PYBIND11_TYPE_CASTER(vcsr::Value, const_name("object"));

  bool load(handle source, bool) {
    value = vcsr::python::to_value(source);
    return true;
  }
  static handle cast(const vcsr::Value& source, return_value_policy, handle) {
    return vcsr::python::from_value(source).release();
  }
};

}  // namespace pybind11::detail
