// SPDX-License-Identifier: Apache-2.0
// Steps `async def` flows on the loop; the only place that throws into Python and hears it throw.
#include "flows.hpp"

#include <exception>
#include <optional>
#include <stdexcept>
#include <string>

#include "exceptions.hpp"
#include "vcsr/base/error.hpp"

namespace vcsr::python {

Held::Object::~Object() {
  if (!Py_IsInitialized()) {
    held.release();
    return;
  }
  const py::gil_scoped_acquire gil;
  held = py::object();
}

namespace {

/// What is sent or thrown into the coroutine to make it go on.
struct Resumption {
  Made value;
  std::exception_ptr error;
};

/// The Python exception for what an operation threw.
py::object exception_of(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const Hangup& hangup) {
    return exceptions().hangup(hangup.what());
  } catch (const Error& failure) {
    py::object made = exceptions().error(failure.what());
    made.attr("code") = to_string(failure.code());
    return made;
  } catch (const std::exception& failure) {
    return py::reinterpret_borrow<py::object>(PyExc_RuntimeError)(failure.what());
  }
}

/// What the library makes of an exception that a flow let out.
[[noreturn]] void rethrow(py::error_already_set& error) {
  if (error.matches(exceptions().hangup)) throw Hangup();
  if (error.matches(exceptions().error)) throw Error(Error::Code::refused, py::str(error.value()));
  throw std::runtime_error(error.what());
}

/// Goes on until the next `await`; empty when the flow has returned.
std::optional<Task<Made>> step(const Held& coroutine, Resumption resumption) {
  const py::gil_scoped_acquire gil;
  try {
    const py::object yielded = resumption.error
                                   ? coroutine.get().attr("throw")(exception_of(resumption.error))
                                   : coroutine.get().attr("send")(resumption.value());
    if (!py::isinstance<Operation>(yielded))
      throw py::type_error("a flow can await what vcsr gives to await, not " +
                           std::string(py::repr(yielded)) +
                           "; what needs asyncio belongs on a thread of its own");
    return yielded.cast<Operation&>().take();
  } catch (py::error_already_set& error) {
    if (error.matches(PyExc_StopIteration)) return std::nullopt;
    rethrow(error);
  }
}

/// Closes the coroutine on every way out.
struct Closing {
  const Held& coroutine;
  ~Closing() {
    if (!Py_IsInitialized()) return;
    const py::gil_scoped_acquire gil;
    try {
      coroutine.get().attr("close")();
    } catch (py::error_already_set& error) {
      error.discard_as_unraisable("a flow that was cancelled");
    }
  }
};

}  // namespace

Task<> run_flow(Held coroutine) {
  const Closing closing{coroutine};
  Resumption next{[] { return py::none(); }, nullptr};
  for (;;) {
    std::optional<Task<Made>> awaited = step(coroutine, std::exchange(next, {}));
    if (!awaited) co_return;
    try {
      next.value = co_await std::move(*awaited);
    } catch (...) {
      next.error = std::current_exception();
    }
  }
}

}  // namespace vcsr::python
