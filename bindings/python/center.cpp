// SPDX-License-Identifier: Apache-2.0
#include "vcsr/center.hpp"

#include <memory>
#include <set>
#include <string>
#include <utility>

#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "flows.hpp"
#include "named_options.hpp"
#include "parts.hpp"
#include "value_caster.hpp"
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

/// A conversion that fails inside a cast would not say why.
Requirement requirement_of(py::handle value) {
  if (py::isinstance<py::str>(value)) return Requirement::parse(value.cast<std::string>());
  return value.cast<Requirement>();
}

void set_requirement(QueueOptions& options, py::handle value) { options.requirement = requirement_of(value); }

/// [(after, requirement)], as RequirementStep has them.
void set_relaxed(QueueOptions& options, py::handle steps) {
  for (const auto& [after, requirement] : steps.cast<std::vector<std::pair<Duration, py::object>>>())
    options.relaxed.push_back({after, requirement_of(requirement)});
}

void set_hours(QueueOptions& options, py::handle value) {
  options.open = [hours = value.cast<OpeningHours>()](WallTime time) { return hours.open_at(time); };
}

void set_callback(QueueOptions& options, py::handle value) { options.callback = value.cast<CallbackTerms>(); }

const NamedFields<QueueOptions>& queue_fields() {
  using Of = QueueOptions;
  static const NamedFields<Of> fields = {{"offer_time", set_field<&Of::offer_time>},
                                         {"misses_allowed", set_field<&Of::misses_allowed>},
                                         {"wrap_up", set_field<&Of::wrap_up>},
                                         {"wrap_up_mode", set_field<&Of::wrap_up_mode>},
                                         {"wrap_up_extension", set_field<&Of::wrap_up_extension>},
                                         {"dispositions", set_field<&Of::dispositions>},
                                         {"disposition_mandatory", set_field<&Of::disposition_mandatory>},
                                         {"disposition_default", set_field<&Of::disposition_default>},
                                         {"priority_worth", set_field<&Of::priority_worth>},
                                         {"limit", set_field<&Of::limit>},
                                         {"service_level", set_field<&Of::service_level>},
                                         {"music", set_field<&Of::music>},
                                         {"position", set_field<&Of::position>},
                                         {"wait", set_field<&Of::wait>},
                                         {"handling_time", set_field<&Of::handling_time>},
                                         {"announce_every", set_field<&Of::announce_every>},
                                         {"record", set_field<&Of::record>},
                                         {"overflows", set_field<&Of::overflows>},
                                         {"strategy", set_field<&Of::strategy>},
                                         {"score", set_field<&Of::score>},
                                         {"weight", set_field<&Of::weight>},
                                         {"fairness", set_field<&Of::fairness>},
                                         {"service_level_goal", set_field<&Of::service_level_goal>},
                                         {"hours", set_hours},
                                         {"callback", set_callback},
                                         {"resume_within", set_field<&Of::resume_within>},
                                         {"requirement", set_requirement},
                                         {"relaxed", set_relaxed}};
  return fields;
}

const NamedFields<AgentOptions>& agent_fields() {
  using Of = AgentOptions;
  static const NamedFields<Of> fields = {{"follows_phone", set_field<&Of::follows_phone>},
                                         {"agrees_to_recording", set_field<&Of::agrees_to_recording>},
                                         {"picks_up", set_field<&Of::picks_up>},
                                         {"skills", set_field<&Of::skills>},
                                         {"capacity", set_field<&Of::capacity>},
                                         {"heartbeat_limit", set_field<&Of::heartbeat_limit>},
                                         {"heartbeat_grace", set_field<&Of::heartbeat_grace>}};
  return fields;
}

CallerList add_caller_list(OpenCenter& self, std::string name, const std::string& kind, Cause cause,
                           std::string prompt, int priority, std::vector<CallerEntry> entries) {
  using Kind = CallerListOptions::Kind;
  if (kind != "blocked" && kind != "favored")
    throw py::value_error("kind is 'blocked' or 'favored', got '" + kind + "'");
  return self.center().add_caller_list({.name = std::move(name),
                                        .kind = kind == "blocked" ? Kind::blocked : Kind::favored,
                                        .cause = cause,
                                        .prompt = std::move(prompt),
                                        .priority = priority,
                                        .entries = std::move(entries)});
}

void bind_people(Class& center) {
  center
      .def(
          "add_queue",
          [](OpenCenter& self, std::string name, const py::kwargs& named) {
            QueueOptions options{.name = std::move(name)};
            apply(options, named, queue_fields());
            return self.center().add_queue(std::move(options));
          },
          "name"_a)
      .def(
          "add_agent",
          [](OpenCenter& self, std::string id, std::string name, std::string address,
             const py::kwargs& named) {
            AgentOptions options{
                .id = std::move(id), .name = std::move(name), .address = Address(std::move(address))};
            apply(options, named, agent_fields());
            return self.center().add_agent(std::move(options));
          },
          "id"_a, "name"_a, "address"_a)
      .def("add_caller_list", &add_caller_list, "name"_a, py::kw_only(), "kind"_a = "blocked",
           "cause"_a = Cause::rejected, "prompt"_a = "", "priority"_a = 1,
           "entries"_a = std::vector<CallerEntry>())
      .def(
          "caller_list",
          [](OpenCenter& self, const std::string& name) { return self.center().caller_list(name); }, "name"_a)
      .def_property_readonly("caller_lists", [](OpenCenter& self) { return self.center().caller_lists(); })
      .def_property_readonly("queues", [](OpenCenter& self) { return self.center().queues(); })
      .def_property_readonly("agents", [](OpenCenter& self) { return self.center().agents(); });
}

Contact open_contact(OpenCenter& self, Channel channel, std::string from, std::string to, std::string reason,
                     std::string language, const std::map<std::string, Value>& collected) {
  return self.center().open({.channel = channel,
                             .from = Address(std::move(from)),
                             .to = Address(std::move(to)),
                             .reason = std::move(reason),
                             .language = std::move(language),
                             .collected = Facts(collected.begin(), collected.end())});
}

void bind_contacts(Class& center) {
  center
      .def("open", &open_contact, "channel"_a = Channel::chat, py::kw_only(), "from_"_a = "", "to"_a = "",
           "reason"_a = "", "language"_a = "", "collected"_a = std::map<std::string, Value>())
      .def(
          "find_contact",
          [](OpenCenter& self, const std::string& id) { return self.center().find_contact(id); }, "id"_a);
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
  bind_contacts(center);
  bind_calls(center);
  module.attr("_close_centers") = py::cpp_function(close_all);
}

}  // namespace vcsr::python
