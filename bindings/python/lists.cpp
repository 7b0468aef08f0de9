// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "moments.hpp"
#include "parts.hpp"
#include "vcsr/caller_list.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

CallerEntry entry(std::string number, std::string reason, const std::optional<std::string>& until,
                  std::string by) {
  CallerEntry made{.number = std::move(number), .reason = std::move(reason)};
  made.until = moment_of(until);
  made.by = std::move(by);
  return made;
}

}  // namespace

void bind_lists(py::module_& module) {
  py::class_<CallerEntry>(module, "CallerEntry")
      .def(py::init(&entry), "number"_a, "reason"_a = "", "until"_a = py::none(), "by"_a = "")
      .def_readonly("number", &CallerEntry::number)
      .def_readonly("reason", &CallerEntry::reason)
      .def_property_readonly("until", [](const CallerEntry& self) { return text_of(self.until); })
      .def_readonly("by", &CallerEntry::by)
      .def_property_readonly("since", [](const CallerEntry& self) { return text_of(self.since); });

  py::class_<CallerList>(module, "CallerList")
      .def_property_readonly("name", &CallerList::name)
      .def_property_readonly(
          "blocks", [](const CallerList& self) { return self.kind() == CallerListOptions::Kind::blocked; })
      .def("add", &CallerList::add, "entry"_a)
      .def("remove", &CallerList::remove, "number"_a, "by"_a, "reason"_a = "")
      .def_property_readonly("entries", &CallerList::entries)
      .def(
          "find",
          [](const CallerList& self, std::string caller) { return self.find(Address(std::move(caller))); },
          "caller"_a);
}

}  // namespace vcsr::python
