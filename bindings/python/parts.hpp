// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/pybind11.h>

namespace vcsr::python {

void bind_values(pybind11::module_& module);     ///< outcomes, prompts, rules
void bind_world(pybind11::module_& module);      ///< loops, stores, voice, drivers
void bind_objects(pybind11::module_& module);    ///< Contact, Call, CustomerContext, Recorder
void bind_queues(pybind11::module_& module);     ///< Agent, Queue, Requirement, Overflow, Explanation
void bind_lists(pybind11::module_& module);      ///< CallerList
void bind_callbacks(pybind11::module_& module);  ///< OpeningHours, CallbackTerms
void bind_figures(pybind11::module_& module);    ///< KeyFigures, staffing
void bind_parties(pybind11::module_& module);    ///< who is in a call
void bind_center(pybind11::module_& module);

}  // namespace vcsr::python
