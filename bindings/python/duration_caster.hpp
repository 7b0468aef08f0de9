// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include <pybind11/pybind11.h>

#include "vcsr/base/time.hpp"

namespace pybind11::detail {

/// Seconds as int or float, or a datetime.timedelta; back always a timedelta. What does not fit into
/// 64 bits of microseconds is refused.
template <>
struct type_caster<vcsr::Duration> {
  PYBIND11_TYPE_CASTER(vcsr::Duration, const_name("float | datetime.timedelta"));

  bool load(handle source, bool) {
    double seconds = 0;
    if (PyFloat_Check(source.ptr()) || (PyLong_Check(source.ptr()) && !PyBool_Check(source.ptr())))
      seconds = PyFloat_AsDouble(source.ptr());
    else if (hasattr(source, "total_seconds")) seconds = source.attr("total_seconds")().cast<double>();
    else return false;
    constexpr double limit = 9e12;
    if (PyErr_Occurred()) PyErr_Clear();
    if (!(std::abs(seconds) < limit)) return false;
    value = vcsr::Duration(std::llround(seconds * 1e6));
    return true;
  }

  static handle cast(vcsr::Duration source, return_value_policy, handle) {
    const object timedelta = module_::import("datetime").attr("timedelta");
    return timedelta(0, 0, source.count()).release();
  }
};

}  // namespace pybind11::detail
