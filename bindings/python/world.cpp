// SPDX-License-Identifier: Apache-2.0
// What a center stands on: loops, stores, voices and drivers.
#include "world.hpp"

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "flows.hpp"
#include "parts.hpp"
#include "value_caster.hpp"
#include "vcsr/base/asio_loop.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/drivers/sim.hpp"
#include "vcsr/drivers/sip.hpp"
#include "vcsr/sim/sim_loop.hpp"
#include "vcsr/store/memory.hpp"
#include "vcsr/store/sqlite/sqlite.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

Task<> sleep_on(Loop& loop, Duration duration) { co_await loop.sleep(duration); }

/// Python notices Ctrl-C only when it is asked.
void run_until_stopped(AsioLoop& loop) {
  constexpr Duration every = std::chrono::milliseconds(200);
  bool interrupted = false;
  Loop::TimerId timer{};
  std::function<void()> look = [&] {
    const py::gil_scoped_acquire gil;
    interrupted = PyErr_CheckSignals() != 0;
    if (interrupted) loop.stop();
    timer = loop.at(loop.now() + every, look);
  };
  {
    const py::gil_scoped_release released;
    timer = loop.at(loop.now() + every, look);
    loop.run();
    loop.cancel(timer);
  }
  if (interrupted) throw py::error_already_set();
}

void bind_loops(py::module_& module) {
  py::class_<Loop>(module, "Loop")
      .def_property_readonly("now", [](const Loop& loop) { return loop.now().time_since_epoch(); })
      .def_property_readonly("wall_time", [](const Loop& loop) { return to_string(loop.wall_time()); })
      .def(
          "sleep", [](Loop& loop, Duration duration) { return operation(sleep_on(loop, duration)); },
          "duration"_a, py::keep_alive<0, 1>())
      .def(
          "post",
          [](Loop& loop, py::object function) {
            loop.post([held = Held(std::move(function))] {
              const py::gil_scoped_acquire gil;
              held.get()();
            });
          },
          "function"_a);

  py::class_<SimLoop, Loop>(module, "SimLoop")
      .def(py::init<std::uint64_t>(), "seed"_a = 1)
      .def("run", &SimLoop::run, py::call_guard<py::gil_scoped_release>())
      .def("run_for", &SimLoop::run_for, "duration"_a, py::call_guard<py::gil_scoped_release>())
      .def("step", &SimLoop::step, py::call_guard<py::gil_scoped_release>())
      .def_property_readonly("steps", &SimLoop::steps);

  py::class_<AsioLoop, Loop>(module, "AsioLoop")
      .def(py::init([] { return std::make_unique<AsioLoop>(); }))
      .def("run", &run_until_stopped)
      .def("stop", &AsioLoop::stop);
}

void bind_stores(py::module_& module) {
  py::class_<Journal::Subscription>(module, "Subscription");

  py::class_<Journal>(module, "Journal")
      .def(
          "read",
          [](Journal& journal, std::uint64_t first, std::size_t limit) {
            return operation(journal.read(first, limit));
          },
          "first"_a = 1, "limit"_a = SIZE_MAX)
      .def(
          "follow",
          [](Journal& journal, std::uint64_t first, py::object follower) {
            return journal.follow(first, [held = Held(std::move(follower))](const JournalEntry& entry) {
              const py::gil_scoped_acquire gil;
              held.get()(entry);
            });
          },
          "first"_a, "follower"_a)
      .def("durable", [](Journal& journal) { return operation(journal.durable()); })
      .def_property_readonly("last", &Journal::last)
      .def_property_readonly("trouble", &Journal::trouble);

  py::class_<CustomerStore>(module, "CustomerStore")
      .def(
          "save",
          [](CustomerStore& store, std::string name, const std::map<std::string, std::string>& identities,
             std::string language, const std::map<std::string, Value>& indicators) {
            Customer customer;
            customer.name = std::move(name);
            customer.language = std::move(language);
            for (const auto& [kind, value] : identities) customer.identities.emplace_back(kind, value);
            customer.indicators = Facts(indicators.begin(), indicators.end());
            return operation(store.save(std::move(customer)));
          },
          "name"_a, "identities"_a, "language"_a = "", "indicators"_a = std::map<std::string, Value>())
      .def(
          "contact",
          [](CustomerStore& store, std::string id) { return operation(store.contact(std::move(id))); },
          "id"_a);

  module.def(
      "memory_journal", [](Loop& loop) { return make_memory_journal(loop); }, "loop"_a,
      py::keep_alive<0, 1>());
  module.def(
      "memory_customers",
      [](Loop& loop, std::string region) {
        return make_memory_customers(loop, {.region = std::move(region)});
      },
      "loop"_a, py::kw_only(), "region"_a = "", py::keep_alive<0, 1>());
  module.def(
      "sqlite_journal", [](Loop& loop, const std::string& path) { return open_sqlite_journal(loop, path); },
      "loop"_a, "path"_a, py::keep_alive<0, 1>());
  module.def(
      "sqlite_customers",
      [](Loop& loop, const std::string& path, std::string region) {
        return open_sqlite_customers(loop, path, {}, {.region = std::move(region)});
      },
      "loop"_a, "path"_a, py::kw_only(), "region"_a = "", py::keep_alive<0, 1>());
}

PromptCatalog catalog_of(const std::vector<std::string>& folders) {
  PromptCatalog catalog;
  for (const std::string& folder : folders) catalog.load(folder);
  return catalog;
}

/// Virtual lines; the same object goes on serving Python once a center owns the driver.
class Lines final : public DriverPart {
 public:
  explicit Lines(const std::vector<std::string>& prompts)
      : owned_(std::make_unique<SimDriver>(SimOptions{.catalog = catalog_of(prompts)})),
        driver_(owned_.get()) {}

  std::unique_ptr<Driver> give() override {
    if (!owned_) throw Error(Error::Code::refused, "this driver belongs to a center already");
    return std::move(owned_);
  }
  SimDriver& driver() { return *driver_; }

 private:
  std::unique_ptr<SimDriver> owned_;
  SimDriver* driver_;
};

class Telephones final : public DriverPart {
 public:
  Telephones(SipOptions options, Voice& voice)
      : owned_(make_sip_driver(std::move(options), voice)), driver_(owned_.get()) {}

  std::unique_ptr<Driver> give() override {
    if (!owned_) throw Error(Error::Code::refused, "this driver belongs to a center already");
    return std::move(owned_);
  }
  SipDriver& driver() { return *driver_; }

 private:
  std::unique_ptr<SipDriver> owned_;
  SipDriver* driver_;
};

void bind_sim(py::module_& module) {
  py::class_<SimParty>(module, "SimParty")
      .def("answered", [](SimParty& self) { return operation(self.answered()); })
      .def(
          "hears", [](SimParty& self, std::string what) { return operation(self.hears(std::move(what))); },
          "name_or_words"_a)
      .def("hears_out", [](SimParty& self) { return operation(self.hears_out()); })
      .def("connected", [](SimParty& self) { return operation(self.connected()); })
      .def(
          "wait", [](SimParty& self, Duration duration) { return operation(self.wait(duration)); },
          "duration"_a)
      .def("ended", [](SimParty& self) { return operation(self.ended()); })
      .def("press", &SimParty::press, "digits"_a)
      .def("hang_up", &SimParty::hang_up, "cause"_a = Cause::normal)
      .def("vanish", &SimParty::vanish)
      .def_property_readonly("live", &SimParty::live)
      .def_property_readonly("heard", &SimParty::heard)
      .def_property_readonly("digits", &SimParty::digits);

  py::class_<Lines, DriverPart> lines(module, "SimDriver");
  lines.def(py::init<const std::vector<std::string>&>(), "prompts"_a = std::vector<std::string>())
      .def(
          "call",
          [](Lines& self, std::string from, std::string to, py::object behavior) {
            return self.driver().call(Address(std::move(from)), Address(std::move(to)),
                                      flow_of<SimParty>(std::move(behavior)));
          },
          "from_"_a, "to"_a, "behavior"_a)
      .def(
          "set_phone",
          [](Lines& self, const std::string& user, py::object behavior, Duration rings,
             SimPhone::Reaction reaction) {
            SimPhone phone{.reaction = reaction, .rings = rings};
            if (!behavior.is_none()) phone.behavior = flow_of<SimParty>(std::move(behavior));
            self.driver().set_phone(user, std::move(phone));
          },
          "user"_a, "behavior"_a = py::none(), "rings"_a = SimPhone().rings,
          "reaction"_a = SimPhone::Reaction::answers)
      .def(
          "remove_phone", [](Lines& self, const std::string& user) { self.driver().remove_phone(user); },
          "user"_a);
}

void bind_sip(py::module_& module) {
  py::class_<Voice>(module, "Voice")
      .def(py::init([](Loop& loop, const std::vector<std::string>& prompts, const std::string& synthesizer,
                       std::string cache) {
             return std::make_unique<Voice>(
                 loop, catalog_of(prompts),
                 synthesizer.empty() ? nullptr : make_espeak_synthesizer(synthesizer),
                 VoiceOptions{.cache_folder = std::move(cache)});
           }),
           "loop"_a, "prompts"_a = std::vector<std::string>(), "synthesizer"_a = "espeak-ng", "cache"_a = "",
           py::keep_alive<1, 2>());

  py::class_<Telephones, DriverPart>(module, "SipDriver")
      .def(py::init([](Voice& voice, std::string address, std::uint16_t port,
                       const std::map<std::string, std::string>& accounts) {
             SipOptions options{.address = std::move(address), .port = port};
             for (const auto& [user, password] : accounts)
               options.accounts.push_back({user, Secret(password)});
             return std::make_unique<Telephones>(std::move(options), voice);
           }),
           "voice"_a, "address"_a = "127.0.0.1", "port"_a = 5060,
           "accounts"_a = std::map<std::string, std::string>(), py::keep_alive<1, 2>())
      .def_property_readonly("port", [](Telephones& self) { return self.driver().port(); })
      .def(
          "registered",
          [](Telephones& self, const std::string& user) { return self.driver().registered(user); }, "user"_a);
}

}  // namespace

void bind_world(py::module_& module) {
  bind_loops(module);
  bind_stores(module);
  py::class_<DriverPart>(module, "Driver");
  py::enum_<SimPhone::Reaction>(module, "Reaction")
      .value("answers", SimPhone::Reaction::answers)
      .value("busy", SimPhone::Reaction::busy)
      .value("rejects", SimPhone::Reaction::rejects)
      .value("rings_on", SimPhone::Reaction::rings_on)
      .value("unreachable", SimPhone::Reaction::unreachable);
  bind_sim(module);
  bind_sip(module);
}

}  // namespace vcsr::python
