// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "flows.hpp"
#include "parts.hpp"
#include "value_caster.hpp"
#include "vcsr/customer_folders.hpp"
#include "vcsr/parties.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/requirement.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

/// A string_view in AskOptions must outlive the question: the task keeps what it shows.
Task<Heard> ask(Call call, Prompt question, AskOptions options, std::string choices) {
  options.choices = choices;
  Task<Heard> asking = call.ask(std::move(question), options);
  Heard heard = co_await std::move(asking);
  co_return heard;
}

char terminator_of(const std::string& text) {
  if (text.size() > 1) throw py::value_error("terminator is one character or '', got '" + text + "'");
  return text.empty() ? '\0' : text[0];
}

void bind_contact(py::module_& module) {
  py::class_<CustomerContext>(module, "CustomerContext")
      .def_property_readonly("known", &CustomerContext::known)
      .def_property_readonly("id", &CustomerContext::id)
      .def_property_readonly("name", &CustomerContext::name)
      .def_property_readonly("indicators",
                             [](const CustomerContext& self) { return Value(self.indicators()); })
      .def_property_readonly("history", &CustomerContext::history)
      .def_property_readonly("collected", [](const CustomerContext& self) { return Value(self.collected()); })
      .def(
          "get", [](const CustomerContext& self, const std::string& key) { return self.get(key); }, "key"_a)
      .def(
          "set",
          [](CustomerContext& self, std::string key, Value value, std::string source, double confidence) {
            if (source.empty()) self.set(std::move(key), std::move(value));
            else self.set(std::move(key), std::move(value), std::move(source), confidence);
          },
          "key"_a, "value"_a, py::kw_only(), "source"_a = "", "confidence"_a = 1.0)
      .def_property_readonly("folder",
                             [](const CustomerContext& self) { return Value(folder_for(self.folder(), {})); })
      .def("suggest", &CustomerContext::suggest, "action"_a)
      .def_property_readonly("suggestion", &CustomerContext::suggestion)
      .def("facts", [](const CustomerContext& self) { return Value(self.facts()); })
      .def("identify", [](CustomerContext& self) { return operation(self.identify()); })
      .def(
          "identify",
          [](CustomerContext& self, std::string kind, std::string value) {
            return operation(self.identify(Identity(std::move(kind), std::move(value))));
          },
          "kind"_a, "value"_a);

  py::class_<Contact>(module, "Contact")
      .def_property_readonly("id", &Contact::id)
      .def_property_readonly("channel", &Contact::channel)
      .def_property_readonly("outgoing", &Contact::outgoing)
      .def_property_readonly("from_", [](const Contact& self) { return self.from().uri; })
      .def_property_readonly("to", [](const Contact& self) { return self.to().uri; })
      .def_property_readonly("customer", &Contact::customer)
      .def_property("reason", &Contact::reason,
                    [](Contact& self, std::string reason) { self.set_reason(Reason(std::move(reason))); })
      .def_property("language", &Contact::language, &Contact::set_language)
      .def_property("verification", &Contact::verification, &Contact::set_verification)
      .def(
          "settle", [](Contact& self, const std::string& what) { self.settle(what); }, "what"_a)
      .def("require", &Contact::require, "requirement"_a)
      .def(
          "require",
          [](Contact& self, const std::string& requirement) {
            self.require(Requirement::parse(requirement));
          },
          "requirement"_a)
      .def("prefer_agent", &Contact::prefer_agent, "id"_a, "for_so_long"_a)
      .def("close", &Contact::close)
      .def_property_readonly("closed", &Contact::closed)
      .def_property_readonly("outcome", [](const Contact& self) -> std::optional<Outcome> {
        if (!self.closed()) return std::nullopt;
        return self.outcome();
      });
}

void bind_call(py::module_& module) {
  py::class_<Call>(module, "Call")
      .def_property_readonly("id", &Call::id)
      .def_property_readonly("from_", [](const Call& self) { return self.from().uri; })
      .def_property_readonly("to", [](const Call& self) { return self.to().uri; })
      .def_property_readonly("live", &Call::live)
      .def_property_readonly("answered", &Call::answered)
      .def_property_readonly("contact", &Call::contact)
      .def_property_readonly("customer", &Call::customer)
      .def_property_readonly("parties", &Call::parties)
      .def("ring", &Call::ring)
      .def("answer", [](Call& self) { return operation(self.answer()); })
      .def("reject", &Call::reject, "cause"_a)
      .def(
          "say", [](Call& self, Prompt prompt) { return operation(self.say(std::move(prompt))); }, "prompt"_a)
      .def(
          "ask",
          [](Call& self, Prompt question, int max_digits, int tries, Duration first_digit,
             Duration next_digit, const std::string& terminator, bool barge_in, bool type_ahead,
             std::string choices) {
            const AskOptions options{
                max_digits, tries,      first_digit, next_digit, terminator_of(terminator),
                barge_in,   type_ahead, {}};
            return operation(ask(self, std::move(question), options, std::move(choices)));
          },
          "question"_a, py::kw_only(), "max_digits"_a = 1, "tries"_a = 1,
          "first_digit"_a = AskOptions().first_digit, "next_digit"_a = AskOptions().next_digit,
          "terminator"_a = "#", "barge_in"_a = true, "type_ahead"_a = true, "choices"_a = "")
      .def(
          "ask_secret",
          [](Call& self, Prompt question, int max_digits, int tries, Duration first_digit,
             Duration next_digit) {
            AskOptions options{.max_digits = max_digits, .tries = tries};
            options.first_digit = first_digit;
            options.next_digit = next_digit;
            return operation(self.ask_secret(std::move(question), options));
          },
          "question"_a, py::kw_only(), "max_digits"_a = 1, "tries"_a = 1,
          "first_digit"_a = AskOptions().first_digit, "next_digit"_a = AskOptions().next_digit)
      .def("play", &Call::play, "prompt"_a, "repeat"_a = false)
      .def("stop_playing", &Call::stop_playing)
      .def(
          "send_digits",
          [](Call& self, std::string digits) { return operation(self.send_digits(std::move(digits))); },
          "digits"_a)
      .def(
          "dial",
          [](Call& self, std::string to, Duration ring_time) {
            return operation(self.dial(Address(std::move(to)), {.ring_time = ring_time}));
          },
          "to"_a, "ring_time"_a = DialPartyOptions().ring_time)
      .def("talk", [](Call& self) { return operation(self.talk()); })
      .def("hang_up_party", &Call::hang_up_party)
      .def(
          "transfer",
          [](Call& self, std::string to) { return operation(self.transfer(Address(std::move(to)))); }, "to"_a)
      .def("record", &Call::record)
      .def("hang_up", &Call::hang_up, "cause"_a = Cause::normal)
      .def("ended", [](Call& self) { return operation(self.ended()); });
}

void bind_recorder(py::module_& module) {
  py::class_<RecordingResult>(module, "RecordingResult")
      .def_readonly("file", &RecordingResult::file)
      .def_readonly("length", &RecordingResult::length)
      .def_readonly("paused", &RecordingResult::paused)
      .def_readonly("lost", &RecordingResult::lost)
      .def_readonly("error", &RecordingResult::error);

  py::class_<Recorder>(module, "Recorder")
      .def_property_readonly("id", &Recorder::id)
      .def_property_readonly("file", &Recorder::file)
      .def_property_readonly("running", &Recorder::running)
      .def("stop", [](Recorder& self) { return operation(self.stop()); });
}

}  // namespace

void bind_objects(py::module_& module) {
  bind_contact(module);
  bind_call(module);
  bind_recorder(module);
}

}  // namespace vcsr::python
