// SPDX-License-Identifier: Apache-2.0
// Key figures and how many agents it takes to reach them.
#include "vcsr/figures.hpp"

#include <string>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "parts.hpp"
#include "vcsr/staffing.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

void bind_enums(py::module_& module) {
  py::enum_<ServiceLevel>(module, "ServiceLevel")
      .value("offered", ServiceLevel::offered)
      .value("answered", ServiceLevel::answered)
      .value("including_abandoned", ServiceLevel::including_abandoned)
      .value("plus_late_abandoned", ServiceLevel::plus_late_abandoned)
      .value("genesys", ServiceLevel::genesys);
  py::enum_<Attribution>(module, "Attribution")
      .value("by_enqueue", Attribution::by_enqueue)
      .value("by_end", Attribution::by_end);
  py::enum_<StaffingModel>(module, "StaffingModel")
      .value("erlang_b", StaffingModel::erlang_b)
      .value("erlang_c", StaffingModel::erlang_c)
      .value("erlang_a", StaffingModel::erlang_a);
}

void bind_queue_figures(py::module_& module) {
  using Of = QueueFigures;
  py::class_<Of>(module, "QueueFigures")
      .def_property_readonly("begins", [](const Of& self) { return to_string(self.begins); })
      .def_readonly("length", &Of::length)
      .def_readonly("waiting_at_start", &Of::waiting_at_start)
      .def_readonly("waiting_at_end", &Of::waiting_at_end)
      .def_readonly("offered", &Of::offered)
      .def_readonly("answered", &Of::answered)
      .def_readonly("answered_in_time", &Of::answered_in_time)
      .def_readonly("abandoned", &Of::abandoned)
      .def_readonly("abandoned_in_time", &Of::abandoned_in_time)
      .def_readonly("short_abandoned", &Of::short_abandoned)
      .def_readonly("flowed", &Of::flowed)
      .def_readonly("called_back", &Of::called_back)
      .def_readonly("offers", &Of::offers)
      .def_readonly("offers_missed", &Of::offers_missed)
      .def_readonly("offers_withdrawn", &Of::offers_withdrawn)
      .def_readonly("longest_wait", &Of::longest_wait)
      .def_readonly("waiting_time", &Of::waiting_time)
      .def_readonly("waits", &Of::waits)
      .def_readonly("handled", &Of::handled)
      .def_readonly("talked", &Of::talked)
      .def_readonly("held", &Of::held)
      .def_readonly("wrapped_up", &Of::wrapped_up)
      .def_readonly("transferred", &Of::transferred)
      .def_property_readonly("ended", &Of::ended)
      .def_property_readonly("conserved", &Of::conserved)
      .def(
          "service_level", [](const Of& self, ServiceLevel formula) { return self.service_level(formula); },
          "formula"_a = ServiceLevel::offered)
      .def_property_readonly("speed_of_answer", &Of::speed_of_answer)
      .def_property_readonly("mean_wait", &Of::mean_wait)
      .def_property_readonly("time_to_abandon", &Of::time_to_abandon)
      .def("wait_percentile", &Of::wait_percentile, "share"_a)
      .def_property_readonly("abandonment", &Of::abandonment)
      .def_property_readonly("abandonment_without_short", &Of::abandonment_without_short)
      .def_property_readonly("handling_time", &Of::handling_time)
      .def_property_readonly("handling_time_per_contact", &Of::handling_time_per_contact);
}

void bind_agent_figures(py::module_& module) {
  using Of = AgentFigures;
  py::class_<Of>(module, "AgentFigures")
      .def_property_readonly("begins", [](const Of& self) { return to_string(self.begins); })
      .def_readonly("length", &Of::length)
      .def_readonly("ready", &Of::ready)
      .def_readonly("reserved", &Of::reserved)
      .def_readonly("talked", &Of::talked)
      .def_readonly("held", &Of::held)
      .def_readonly("wrapped_up", &Of::wrapped_up)
      .def_readonly("not_ready", &Of::not_ready)
      .def_readonly("handled", &Of::handled)
      .def_readonly("offers", &Of::offers)
      .def_readonly("offers_accepted", &Of::offers_accepted)
      .def_property_readonly("logged_in", &Of::logged_in)
      .def("occupancy", &Of::occupancy, "with_ringing"_a = true)
      .def_property_readonly("utilization", &Of::utilization)
      .def_property_readonly("answer_rate", &Of::answer_rate);
}

void bind_key_figures(py::module_& module) {
  py::class_<KeyFigures>(module, "KeyFigures")
      .def(py::init([](Duration interval, Duration target, Duration short_abandon,
                       const std::map<std::string, Duration>& targets) {
             FigureOptions options{.interval = interval, .target = target, .short_abandon = short_abandon};
             options.targets.insert(targets.begin(), targets.end());
             return KeyFigures(std::move(options));
           }),
           py::kw_only(), "interval"_a = FigureOptions().interval, "target"_a = FigureOptions().target,
           "short_abandon"_a = FigureOptions().short_abandon, "targets"_a = std::map<std::string, Duration>())
      .def("apply", &KeyFigures::apply, "entry"_a)
      .def(
          "advance", [](KeyFigures& self, const std::string& now) { self.advance(parse_wall_time(now)); },
          "now"_a)
      .def_property_readonly("queues", &KeyFigures::queues)
      .def_property_readonly("agents", &KeyFigures::agents)
      .def("queue", &KeyFigures::queue, "name"_a, "by"_a = Attribution::by_end)
      .def("agent", &KeyFigures::agent, "id"_a)
      .def("agents_together", &KeyFigures::agents_together)
      .def("queue_total", &KeyFigures::queue_total, "name"_a)
      .def("agents_total", &KeyFigures::agents_total);
}

StaffingLoad load_of(double per_hour, Duration handling, Duration target, Duration patience) {
  return {.per_hour = per_hour, .handling = handling, .target = target, .patience = patience};
}

void bind_staffing(py::module_& module) {
  using Of = StaffingForecast;
  py::class_<Of>(module, "StaffingForecast")
      .def_readonly("waiting", &Of::waiting)
      .def_readonly("lost", &Of::lost)
      .def_readonly("answered_in_time", &Of::answered_in_time)
      .def_readonly("abandoned_in_time", &Of::abandoned_in_time)
      .def_readonly("occupancy", &Of::occupancy)
      .def_readonly("mean_wait", &Of::mean_wait)
      .def_readonly("speed_of_answer", &Of::speed_of_answer)
      .def_readonly("wait_if_any", &Of::wait_if_any)
      .def_property_readonly("sl_offered", &Of::sl_offered)
      .def_property_readonly("sl_answered", &Of::sl_answered)
      .def_property_readonly("sl_including_abandoned", &Of::sl_including_abandoned);
  module.def("erlang_b", &erlang_b, "erlangs"_a, "lines"_a);
  module.def("erlang_c", &erlang_c, "erlangs"_a, "agents"_a);
  module.def(
      "forecast",
      [](StaffingModel model, double per_hour, Duration handling, std::size_t agents, Duration target,
         Duration patience) {
        return forecast(model, load_of(per_hour, handling, target, patience), agents);
      },
      "model"_a, py::kw_only(), "per_hour"_a, "handling"_a, "agents"_a, "target"_a = StaffingLoad().target,
      "patience"_a = Duration());
  module.def(
      "agents_needed",
      [](StaffingModel model, double per_hour, Duration handling, Duration target, Duration patience,
         double service_level, double occupancy, double lost) {
        return agents_needed(model, load_of(per_hour, handling, target, patience),
                             {.service_level = service_level, .occupancy = occupancy, .lost = lost});
      },
      "model"_a, py::kw_only(), "per_hour"_a, "handling"_a, "target"_a = StaffingLoad().target,
      "patience"_a = Duration(), "service_level"_a = StaffingGoal().service_level,
      "occupancy"_a = StaffingGoal().occupancy, "lost"_a = StaffingGoal().lost);
  module.def("agents_scheduled", &agents_scheduled, "agents"_a, "shrinkage"_a);
}

}  // namespace

void bind_figures(py::module_& module) {
  bind_enums(module);
  bind_queue_figures(module);
  bind_agent_figures(module);
  bind_key_figures(module);
  bind_staffing(module);
}

}  // namespace vcsr::python
