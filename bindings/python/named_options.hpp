// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include <pybind11/pybind11.h>

namespace vcsr::python {

/// The named arguments that set the fields of a struct.
template <class Options>
using NamedFields = std::map<std::string, void (*)(Options& options, pybind11::handle value)>;

/// Sets one of them, of whatever type it is.
template <auto field, class Options>
void set_field(Options& options, pybind11::handle value) {
  options.*field = value.cast<std::remove_reference_t<decltype(options.*field)>>();
}

/// Throws TypeError for a name that is none of them, and for a value that is of another type, naming it.
template <class Options>
void apply(Options& options, const pybind11::kwargs& given, const NamedFields<Options>& fields) {
  for (const auto& [key, value] : given) {
    const std::string name = pybind11::str(key);
    const auto field = fields.find(name);
    if (field == fields.end()) throw pybind11::type_error("unexpected argument '" + name + "'");
    try {
      field->second(options, value);
    } catch (const pybind11::cast_error&) {
      throw pybind11::type_error("argument '" + name + "' cannot be " + std::string(pybind11::repr(value)));
    }
  }
}

}  // namespace vcsr::python
