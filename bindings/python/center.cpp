// SPDX-License-Identifier: Apache-2.0
#include "vcsr/center.hpp"

#include <memory>
#include <set>
#include <string>
#include <utility>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "flows.hpp"
#include "parts.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/loop.hpp"
#include "world.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

/// A center that Python made. Its loop keeps it alive, so that no collector ends a call; it goes by close(),
/// or when the interpreter does.
class OpenCenter {
 public:
  OpenCenter(Loop& loop, Journal& journal, CustomerStore& customers, CenterOptions options)
      : center_(std::make_unique<Center>(loop, journal, customers, std::move(options))) {
    all().insert(this);
  }
  ~OpenCenter() { all().erase(this); }
  OpenCenter(const OpenCenter&) = delete;

  Center& center() {
    if (!center_) throw Error(Error::Code::refused, "the center is closed");
    return *center_;
  }
  void close() { center_.reset(); }

  static std::set<OpenCenter*>& all() {
    static std::set<OpenCenter*> centers;
    return centers;
  }

 private:
  std::unique_ptr<Center> center_;
};

void close_all() {
  for (OpenCenter* open : OpenCenter::all()) open->close();
}

using Class = py::class_<OpenCenter>;

void bind_people(Class& center) {
  center
      .def(
          "add_queue",
          [](OpenCenter& self, std::string name, Duration offer_time, Duration wrap_up, std::string music,
             std::string position, std::size_t limit, bool record) {
            QueueOptions options{
                .name = std::move(name), .offer_time = offer_time, .wrap_up = wrap_up, .limit = limit};
            options.music = std::move(music);
            options.position = std::move(position);
            options.record = record;
            return self.center().add_queue(std::move(options));
          },
          "name"_a, py::kw_only(), "offer_time"_a = QueueOptions().offer_time,
          "wrap_up"_a = QueueOptions().wrap_up, "music"_a = "", "position"_a = "",
          "limit"_a = QueueOptions().limit, "record"_a = false)
      .def(
          "add_agent",
          [](OpenCenter& self, std::string id, std::string name, std::string address, bool follows_phone,
             std::vector<std::string> picks_up) {
            return self.center().add_agent({.id = std::move(id),
                                            .name = std::move(name),
                                            .address = Address(std::move(address)),
                                            .follows_phone = follows_phone,
                                            .picks_up = std::move(picks_up)});
          },
          "id"_a, "name"_a, "address"_a, py::kw_only(), "follows_phone"_a = false,
          "picks_up"_a = std::vector<std::string>());
}

void bind_calls(Class& center) {
  center
      .def(
          "queue", [](OpenCenter& self, const std::string& name) { return self.center().queue(name); },
          "name"_a)
      .def(
          "agent", [](OpenCenter& self, const std::string& id) { return self.center().agent(id); }, "id"_a)
      .def(
          "call",
          [](OpenCenter& self, std::string to, py::object flow, Duration ring_time) {
            OutgoingOptions options;
            options.ring_time = ring_time;
            return operation(
                self.center().call(Address(std::move(to)), flow_of<Call>(std::move(flow)), options));
          },
          "to"_a, "flow"_a, "ring_time"_a = OutgoingOptions().ring_time)
      .def_property_readonly("parked", [](OpenCenter& self) { return self.center().parked(); })
      .def(
          "parked_call",
          [](OpenCenter& self, const std::string& slot) { return self.center().parked_call(slot); }, "slot"_a)
      .def(
          "ringing_call", [](OpenCenter& self, const Agent& at) { return self.center().ringing_call(at); },
          "at"_a)
      .def_property_readonly("calls", [](OpenCenter& self) { return self.center().calls(); })
      .def("recover", [](OpenCenter& self) { return operation(self.center().recover()); })
      .def("stop", [](OpenCenter& self) { return operation(self.center().stop()); })
      .def("close", &OpenCenter::close);
}

}  // namespace

void bind_center(py::module_& module) {
  Class center(module, "Center");
  center
      .def(py::init([](Loop& loop, Journal& journal, CustomerStore& customers, std::string language,
                       std::string recordings, const std::string& log_level, std::string music,
                       std::vector<std::string> parking_slots) {
             const Log log(loop, {.level = parse_log_level(log_level)});
             return std::make_unique<OpenCenter>(
                 loop, journal, customers,
                 CenterOptions{.language = std::move(language),
                               .recordings = std::move(recordings),
                               .log = log,
                               .music = std::move(music),
                               .parking = {.slots = std::move(parking_slots)}});
           }),
           "loop"_a, "journal"_a, "customers"_a, py::kw_only(), "language"_a = "en", "recordings"_a = "",
           "log_level"_a = "warning", "music"_a = "", "parking_slots"_a = std::vector<std::string>(),
           py::keep_alive<1, 2>(), py::keep_alive<1, 3>(), py::keep_alive<1, 4>(), py::keep_alive<2, 1>())
      .def(
          "add", [](OpenCenter& self, DriverPart& driver) { self.center().add(driver.give()); }, "driver"_a,
          py::keep_alive<1, 2>(), py::keep_alive<2, 1>())
      .def(
          "serve",
          [](OpenCenter& self, std::string number, py::object flow) {
            self.center().serve(std::move(number), flow_of<Call>(std::move(flow)));
          },
          "number"_a, "flow"_a);
  bind_people(center);
  bind_calls(center);
  module.attr("_close_centers") = py::cpp_function(close_all);
}

}  // namespace vcsr::python
