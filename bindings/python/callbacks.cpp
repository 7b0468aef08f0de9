// SPDX-License-Identifier: Apache-2.0
#include "vcsr/callback.hpp"

#include <optional>
#include <string>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "moments.hpp"
#include "named_options.hpp"
#include "parts.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

OpeningHours opening_hours(const std::vector<std::string>& times, const std::string& zone,
                           const std::vector<std::string>& closed,
                           const std::vector<std::string>& exceptions) {
  OpeningHours hours;
  hours.set_zone(zone);
  for (const std::string& time : times) hours.open(time);
  for (const std::string& days : closed) hours.close(days);
  for (const std::string& exception : exceptions) hours.except(exception);
  return hours;
}

const NamedFields<CallbackTerms>& terms_fields() {
  using Of = CallbackTerms;
  static const NamedFields<Of> fields = {
      {"first", set_field<&Of::first>},
      {"tries", set_field<&Of::tries>},
      {"retry_after", set_field<&Of::retry_after>},
      {"ring_time", set_field<&Of::ring_time>},
      {"from_", [](Of& terms, py::handle value) { terms.from = Address(value.cast<std::string>()); }},
      {"numbers", set_field<&Of::numbers>},
      {"confirm", set_field<&Of::confirm>},
      {"limit", set_field<&Of::limit>},
      {"hours", [](Of& terms, py::handle value) { terms.hours = value.cast<OpeningHours>(); }},
      {"preference", set_field<&Of::preference>},
      {"after_crash", set_field<&Of::after_crash>}};
  return fields;
}

CallbackTerms terms(const py::kwargs& named) {
  CallbackTerms made;
  apply(made, named, terms_fields());
  return made;
}

}  // namespace

void bind_callbacks(py::module_& module) {
  py::class_<OpeningHours>(module, "OpeningHours")
      .def(py::init(&opening_hours), "times"_a, py::kw_only(), "zone"_a = "",
           "closed"_a = std::vector<std::string>(), "exceptions"_a = std::vector<std::string>())
      .def(
          "open_at",
          [](const OpeningHours& self, const std::string& time) {
            return self.open_at(parse_wall_time(time));
          },
          "time"_a)
      .def(
          "next_opening",
          [](const OpeningHours& self, const std::string& time) {
            return text_of(self.next_opening(parse_wall_time(time)));
          },
          "time"_a)
      .def(
          "next_closing",
          [](const OpeningHours& self, const std::string& time) {
            return text_of(self.next_closing(parse_wall_time(time)));
          },
          "time"_a);

  py::class_<CallbackTerms> made(module, "CallbackTerms");
  py::enum_<CallbackTerms::First>(made, "First")
      .value("agent", CallbackTerms::First::agent)
      .value("customer", CallbackTerms::First::customer);
  made.def(py::init(&terms))
      .def_readonly("first", &CallbackTerms::first)
      .def_readonly("tries", &CallbackTerms::tries)
      .def_readonly("retry_after", &CallbackTerms::retry_after)
      .def_readonly("ring_time", &CallbackTerms::ring_time)
      .def_property_readonly("from_", [](const CallbackTerms& self) { return self.from.uri; })
      .def_readonly("numbers", &CallbackTerms::numbers)
      .def_readonly("confirm", &CallbackTerms::confirm)
      .def_readonly("limit", &CallbackTerms::limit)
      .def_readonly("hours", &CallbackTerms::hours)
      .def_readonly("preference", &CallbackTerms::preference)
      .def_readonly("after_crash", &CallbackTerms::after_crash);
}

}  // namespace vcsr::python
