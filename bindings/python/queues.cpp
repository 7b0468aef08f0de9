// SPDX-License-Identifier: Apache-2.0
// Agents and queues: who takes what, and why.
#include "vcsr/queue.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>

#include <pybind11/operators.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "flows.hpp"
#include "moments.hpp"
#include "parts.hpp"
#include "value_caster.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/requirement.hpp"

namespace py = pybind11;
using namespace pybind11::literals;

namespace vcsr::python {

namespace {

void bind_requirement(py::module_& module) {
  py::class_<Requirement>(module, "Requirement")
      .def(py::init([](const std::string& text) { return Requirement::parse(text); }), "text"_a = "")
      .def_property_readonly("text", &Requirement::text)
      .def_property_readonly("skills", &Requirement::skills)
      .def_property_readonly("anybody", &Requirement::anybody)
      .def("met_by", &Requirement::met_by, "skills"_a)
      .def(
          "why_not",
          [](const Requirement& self, const Skills& skills, const std::string& language) {
            return self.why_not(skills, language);
          },
          "skills"_a, "language"_a = "en")
      .def("score", &Requirement::score, "skills"_a)
      .def("or_else", &Requirement::or_else, "other"_a)
      .def("and_also", &Requirement::and_also, "other"_a)
      .def(py::self == py::self)
      .def("__hash__", [](const Requirement& self) { return py::hash(py::str(self.text())); })
      .def("__repr__", [](const Requirement& self) { return "Requirement('" + self.text() + "')"; });
  py::implicitly_convertible<py::str, Requirement>();
}

void bind_work(py::module_& module) {
  py::class_<AgentChoice>(module, "AgentChoice")
      .def_readonly("state", &AgentChoice::state)
      .def_readonly("reason", &AgentChoice::reason);

  py::class_<ContactInHand>(module, "ContactInHand")
      .def_readonly("contact", &ContactInHand::contact)
      .def_readonly("channel", &ContactInHand::channel)
      .def_readonly("queue", &ContactInHand::queue)
      .def_readonly("state", &ContactInHand::state)
      .def_property_readonly("since", [](const ContactInHand& self) { return self.since.time_since_epoch(); })
      .def_property_readonly("ends",
                             [](const ContactInHand& self) -> std::optional<Duration> {
                               if (!self.ends) return std::nullopt;
                               return self.ends->time_since_epoch();
                             })
      .def_readonly("extension_left", &ContactInHand::extension_left)
      .def_readonly("needs_disposition", &ContactInHand::needs_disposition);

  py::class_<Capacity>(module, "Capacity")
      .def(py::init([](int units, std::map<Channel, int> takes, std::map<Channel, int> at_most) {
             return Capacity{units, std::move(takes), std::move(at_most)};
           }),
           "units"_a = 1, py::kw_only(), "takes"_a = std::map<Channel, int>(),
           "at_most"_a = std::map<Channel, int>())
      .def_readonly("units", &Capacity::units)
      .def_readonly("takes", &Capacity::takes)
      .def_readonly("at_most", &Capacity::at_most);
}

void bind_agent(py::module_& module) {
  py::class_<Agent>(module, "Agent")
      .def_property_readonly("id", &Agent::id)
      .def_property_readonly("name", &Agent::name)
      .def_property_readonly("state", &Agent::state)
      .def_property_readonly("reason", &Agent::reason)
      .def_property_readonly("since", [](const Agent& self) { return self.since().time_since_epoch(); })
      .def("log_in", &Agent::log_in)
      .def("log_out", &Agent::log_out)
      .def("set_ready", &Agent::set_ready)
      .def("set_not_ready", &Agent::set_not_ready, "reason"_a)
      .def_property_readonly("pending", &Agent::pending)
      .def("cancel_pending", &Agent::cancel_pending)
      .def("heartbeat", &Agent::heartbeat)
      .def_property_readonly("contacts", &Agent::contacts)
      .def("accept", &Agent::accept, "contact"_a)
      .def("decline", &Agent::decline, "contact"_a)
      .def("finish", &Agent::finish, "contact"_a)
      .def("finish_wrap_up", &Agent::finish_wrap_up)
      .def("want_wrap_up", &Agent::want_wrap_up)
      .def("extend_wrap_up", &Agent::extend_wrap_up, "by"_a)
      .def("dispose", &Agent::dispose, "contact"_a, "code"_a, "note"_a = "")
      .def("force", &Agent::force, "order"_a, "by"_a, "why"_a)
      .def_property("skills", &Agent::skills, &Agent::set_skills)
      .def(py::self == py::self)
      .def("__hash__", [](const Agent& self) { return py::hash(py::str(self.id())); });
}

Overflow overflow(Overflow::When when, Duration after, const std::string& key, const std::string& queue,
                  const std::string& mailbox, const std::string& prompt,
                  const std::optional<std::string>& closed, bool callback) {
  if (static_cast<int>(!queue.empty()) + !mailbox.empty() + !prompt.empty() + closed.has_value() + callback !=
      1)
    throw py::value_error("an overflow leads to one of queue, mailbox, prompt, closed and callback");
  if (key.size() > 1) throw py::value_error("key is one of 0-9, * and #, got '" + key + "'");
  Overflow made{.when = when, .after = after, .key = key.empty() ? '\0' : key[0]};
  made.to = !queue.empty()     ? Overflow::To::queue
            : !mailbox.empty() ? Overflow::To::mailbox
            : closed           ? Overflow::To::closed
            : callback         ? Overflow::To::callback
                               : Overflow::To::prompt;
  made.target = queue + mailbox + prompt + closed.value_or("");
  return made;
}

void bind_overflow(py::module_& module) {
  py::class_<Overflow> made(module, "Overflow");
  py::enum_<Overflow::When> when(made, "When");
  for (const auto one : {Overflow::When::full, Overflow::When::nobody, Overflow::When::long_wait,
                         Overflow::When::waited, Overflow::When::key, Overflow::When::closed})
    when.value(to_string(one), one);
  made.def(py::init(&overflow), "when"_a, py::kw_only(), "after"_a = Duration(), "key"_a = "", "queue"_a = "",
           "mailbox"_a = "", "prompt"_a = "", "closed"_a = py::none(), "callback"_a = false)
      .def_readonly("when", &Overflow::when)
      .def_readonly("after", &Overflow::after)
      .def_property_readonly("key",
                             [](const Overflow& self) { return self.key ? std::string(1, self.key) : ""; })
      .def_property_readonly("to", [](const Overflow& self) { return to_string(self.to); })
      .def_readonly("target", &Overflow::target);
}

void bind_explanation(py::module_& module) {
  py::class_<ConsideredAgent>(module, "ConsideredAgent")
      .def_readonly("agent", &ConsideredAgent::agent)
      .def_readonly("refusal", &ConsideredAgent::refusal)
      .def_readonly("detail", &ConsideredAgent::detail)
      .def_readonly("score", &ConsideredAgent::score);

  py::class_<Explanation> explanation(module, "Explanation");
  py::enum_<Explanation::State>(explanation, "State")
      .value("waiting", Explanation::State::waiting)
      .value("held", Explanation::State::held)
      .value("offered", Explanation::State::offered);
  explanation.def_readonly("contact", &Explanation::contact)
      .def_readonly("queue", &Explanation::queue)
      .def_readonly("state", &Explanation::state)
      .def_readonly("strategy", &Explanation::strategy)
      .def_readonly("requirement", &Explanation::requirement)
      .def_readonly("position", &Explanation::position)
      .def_readonly("waited", &Explanation::waited)
      .def_readonly("changes_in", &Explanation::changes_in)
      .def_readonly("preferred", &Explanation::preferred)
      .def_readonly("offered_to", &Explanation::offered_to)
      .def_readonly("agents", &Explanation::agents)
      .def(
          "in_words",
          [](const Explanation& self, const std::string& language) { return self.in_words(language); },
          "language"_a = "en");
}

void bind_report(py::module_& module) {
  py::class_<QueueReport>(module, "QueueReport")
      .def_readonly("entered", &QueueReport::entered)
      .def_readonly("answered", &QueueReport::answered)
      .def_readonly("abandoned", &QueueReport::abandoned)
      .def_readonly("timed_out", &QueueReport::timed_out)
      .def_readonly("waiting", &QueueReport::waiting)
      .def_readonly("left_by_key", &QueueReport::left_by_key)
      .def_readonly("callbacks", &QueueReport::callbacks)
      .def_readonly("unreached", &QueueReport::unreached)
      .def_readonly("deserted", &QueueReport::deserted)
      .def_readonly("refused", &QueueReport::refused)
      .def_readonly("flowed_out", &QueueReport::flowed_out)
      .def_readonly("answered_in_time", &QueueReport::answered_in_time)
      .def_readonly("offers", &QueueReport::offers)
      .def_readonly("misses", &QueueReport::misses)
      .def_readonly("longest_wait", &QueueReport::longest_wait)
      .def_readonly("estimates", &QueueReport::estimates)
      .def_readonly("close_estimates", &QueueReport::close_estimates)
      .def_readonly("estimate_error", &QueueReport::estimate_error);
}

ServeOptions serve_options(int priority, std::optional<Duration> patience) {
  ServeOptions options{.priority = priority};
  if (patience) options.patience = *patience;
  return options;
}

Contact call_back(Queue& queue, std::string to, std::string from, const std::optional<std::string>& at,
                  Duration waited, int priority, std::string reason, std::string language,
                  const std::map<std::string, Value>& collected) {
  return queue.call_back({.to = Address(std::move(to)),
                          .from = Address(std::move(from)),
                          .at = moment_of(at),
                          .waited = waited,
                          .priority = priority,
                          .reason = std::move(reason),
                          .language = std::move(language),
                          .collected = Facts(collected.begin(), collected.end())});
}

void bind_queue(py::module_& module) {
  py::class_<Queue>(module, "Queue")
      .def_property_readonly("name", &Queue::name)
      .def("add", &Queue::add, "agent"_a, "level"_a = 0)
      .def("remove", &Queue::remove, "agent"_a)
      .def(
          "serve",
          [](Queue& self, Call call, std::string reason, int priority, std::optional<Duration> patience) {
            return operation(
                self.serve(std::move(call), Reason(std::move(reason)), serve_options(priority, patience)));
          },
          "call"_a, "reason"_a, py::kw_only(), "priority"_a = 0, "patience"_a = py::none())
      .def(
          "serve",
          [](Queue& self, Contact contact, int priority, std::optional<Duration> patience) {
            return operation(self.serve(std::move(contact), serve_options(priority, patience)));
          },
          "contact"_a, py::kw_only(), "priority"_a = 0, "patience"_a = py::none())
      .def("call_back", &call_back, "to"_a, py::kw_only(), "from_"_a = "", "at"_a = py::none(),
           "waited"_a = Duration(), "priority"_a = 0, "reason"_a = "", "language"_a = "",
           "collected"_a = std::map<std::string, Value>())
      .def("estimated_wait", &Queue::estimated_wait, "priority"_a = 0)
      .def_property_readonly("waiting", &Queue::waiting)
      .def("report", &Queue::report)
      .def(
          "explain",
          [](const Queue& self, const std::string& contact, const std::string& language) {
            return self.explain(contact, language);
          },
          "contact"_a, "language"_a = "en");
}

}  // namespace

void bind_queues(py::module_& module) {
  bind_requirement(module);
  bind_work(module);
  bind_agent(module);
  bind_overflow(module);
  bind_explanation(module);
  bind_report(module);
  bind_queue(module);
}

}  // namespace vcsr::python
