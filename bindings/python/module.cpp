// SPDX-License-Identifier: Apache-2.0
#include <pybind11/pybind11.h>

#include "exceptions.hpp"
#include "flows.hpp"
#include "parts.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/version.hpp"

namespace py = pybind11;

namespace vcsr::python {

Exceptions& exceptions() {
  // Never destroyed: the interpreter may be gone by then.
  static auto* made = new Exceptions;
  return *made;
}

namespace {

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const Hangup& hangup) {
    PyErr_SetString(exceptions().hangup.ptr(), hangup.what());
  } catch (const Error& error) {
    py::object made = exceptions().error(error.what());
    made.attr("code") = to_string(error.code());
    PyErr_SetObject(exceptions().error.ptr(), made.ptr());
  }
}

void bind_exceptions(py::module_& module) {
  exceptions().error = py::exception<Error>(module, "Error");
  exceptions().hangup = py::exception<Hangup>(module, "Hangup");
  py::register_exception_translator(translate);
}

void bind_operation(py::module_& module) {
  // Its __await__ is a generator, which only Python can write: see __init__.py.
  py::class_<Operation>(module, "Operation",
                        "What is awaited inside a flow; nothing else can be done with it.");
}

}  // namespace

}  // namespace vcsr::python

PYBIND11_MODULE(_vcsr, module) {
  using namespace vcsr::python;
  module.attr("__version__") = VCSR_VERSION;
  bind_exceptions(module);
  bind_operation(module);
  bind_values(module);
  bind_world(module);
  bind_parties(module);
  bind_objects(module);
  bind_queues(module);
  bind_lists(module);
  bind_callbacks(module);
  bind_figures(module);
  bind_center(module);
}
