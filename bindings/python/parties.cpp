// SPDX-License-Identifier: Apache-2.0
#include "vcsr/parties.hpp"

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "flows.hpp"
#include "parts.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

Supervision supervision_of(const std::string& name) {
  for (const Supervision mode : {Supervision::listen, Supervision::whisper, Supervision::barge})
    if (name == to_string(mode)) return mode;
  throw py::value_error("mode: expected 'listen', 'whisper' or 'barge', got '" + name + "'");
}

void bind_connection(py::module_& module) {
  py::class_<Connection>(module, "Connection")
      .def_readonly("leg", &Connection::leg)
      .def_property_readonly("role", [](const Connection& self) { return to_string(self.role); })
      .def_property_readonly("state", [](const Connection& self) { return to_string(self.state); })
      .def_property_readonly("address", [](const Connection& self) { return self.address.uri; })
      .def_readonly("agent", &Connection::agent)
      .def_readonly("in_charge", &Connection::in_charge)
      .def_readonly("muted", &Connection::muted)
      .def_property_readonly("supervision",
                             [](const Connection& self) { return to_string(self.supervision); });
}

void bind_parked_call(py::module_& module) {
  py::class_<ParkedCall>(module, "ParkedCall")
      .def_readonly("slot", &ParkedCall::slot)
      .def_readonly("contact", &ParkedCall::contact)
      .def_property_readonly("by", [](const ParkedCall& self) { return self.by.uri; })
      .def_readonly("agent", &ParkedCall::agent);
}

using Bring = Task<Reached> (Parties::*)(Address, DialPartyOptions);

/// An operation that calls somebody.
auto calling(Bring bring) {
  return [bring](Parties& self, std::string to, Duration ring_time) {
    return operation((self.*bring)(Address(std::move(to)), {.ring_time = ring_time}));
  };
}

}  // namespace

void bind_parties(py::module_& module) {
  bind_connection(module);
  bind_parked_call(module);
  const Duration ring_time = DialPartyOptions().ring_time;
  py::class_<Parties>(module, "Parties")
      .def("all", &Parties::all)
      .def("hold", &Parties::hold, "leg"_a = Parties::customer)
      .def("retrieve", &Parties::retrieve, "leg"_a = Parties::customer)
      .def("mute", &Parties::mute, "leg"_a, "on"_a = true)
      .def(
          "send_digits",
          [](Parties& self, int leg, std::string digits) {
            return operation(self.send_digits(leg, std::move(digits)));
          },
          "leg"_a, "digits"_a)
      .def("consult", calling(&Parties::consult), "to"_a, "ring_time"_a = ring_time)
      .def("alternate", &Parties::alternate)
      .def("complete", &Parties::complete)
      .def("reconnect", &Parties::reconnect)
      .def("join", &Parties::join)
      .def("add", calling(&Parties::add), "to"_a, "ring_time"_a = ring_time)
      .def("drop", &Parties::drop, "leg"_a)
      .def("pass_on", calling(&Parties::pass_on), "to"_a, "ring_time"_a = ring_time)
      .def(
          "park",
          [](Parties& self, std::string slot, std::optional<Duration> limit, std::string queue) {
            return self.park({.slot = std::move(slot), .limit = limit, .queue = std::move(queue)});
          },
          "slot"_a = "", py::kw_only(), "limit"_a = py::none(), "queue"_a = "")
      .def_property_readonly("parked", &Parties::parked)
      .def(
          "pick_up",
          [](Parties& self, Agent by, Duration ring_time) {
            return operation(self.pick_up(std::move(by), {.ring_time = ring_time}));
          },
          "by"_a, "ring_time"_a = ring_time)
      .def(
          "supervise",
          [](Parties& self, std::string supervisor, const std::string& mode, Duration ring_time) {
            return operation(self.supervise(Address(std::move(supervisor)), supervision_of(mode),
                                            {.ring_time = ring_time}));
          },
          "supervisor"_a, "mode"_a = "listen", "ring_time"_a = ring_time)
      .def(
          "set_supervision",
          [](Parties& self, int leg, const std::string& mode) { self.supervise(leg, supervision_of(mode)); },
          "leg"_a, "mode"_a)
      .def("take_over", &Parties::take_over, "leg"_a);
}

}  // namespace vcsr::python
