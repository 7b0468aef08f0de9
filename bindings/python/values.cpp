// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "duration_caster.hpp"
#include "parts.hpp"
#include "value_caster.hpp"
#include "vcsr/call.hpp"
#include "vcsr/contact.hpp"
#include "vcsr/journal.hpp"
#include "vcsr/media/prompt.hpp"
#include "vcsr/queue.hpp"
#include "vcsr/rule_set.hpp"

namespace py = pybind11;

namespace vcsr::python {

namespace {

Value map_value(const py::dict& dict) {
  Value::Map map;
  for (const auto& [key, item] : dict) {
    if (!py::isinstance<py::str>(key))
      throw py::type_error("keys are text, not " + std::string(py::repr(key)));
    map.emplace(key.cast<std::string>(), to_value(item));
  }
  return map;
}

Value list_value(const py::handle& sequence) {
  Value::List list;
  for (const py::handle item : sequence) list.push_back(to_value(item));
  return list;
}

}  // namespace

Value to_value(py::handle object) {
  if (object.is_none()) return {};
  if (py::isinstance<py::bool_>(object)) return object.cast<bool>();
  if (py::isinstance<py::int_>(object)) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
    if (overflow)
      throw std::overflow_error("whole numbers have at most 64 bits, got " + std::string(py::str(object)));
    return number;
  }
  if (py::isinstance<py::float_>(object)) return object.cast<double>();
  if (py::isinstance<py::str>(object)) return object.cast<std::string>();
  if (py::isinstance<py::dict>(object)) return map_value(object.cast<py::dict>());
  if (py::isinstance<py::list>(object) || py::isinstance<py::tuple>(object)) return list_value(object);
  throw py::type_error("expected None, bool, int, float, str, list or dict, got " +
                       std::string(py::repr(object)));
}

py::object from_value(const Value& value) {
  return std::visit(
      []<class T>(const T& held) -> py::object {
        if constexpr (std::is_same_v<T, std::monostate>) {
          return py::none();
        } else if constexpr (std::is_same_v<T, Value::List>) {
          py::list list;
          for (const Value& item : held) list.append(from_value(item));
          return list;
        } else if constexpr (std::is_same_v<T, Value::Map>) {
          py::dict dict;
          for (const auto& [key, item] : held) dict[py::str(key)] = from_value(item);
          return dict;
        } else {
          return py::cast(held);
        }
      },
      value.variant());
}

namespace {

template <class Enum>
void bind_enum(py::module_& module, const char* name, std::initializer_list<Enum> values) {
  py::enum_<Enum> made(module, name);
  for (const Enum value : values) made.value(to_string(value), value);
}

void bind_enums(py::module_& module) {
  bind_enum(
      module, "Cause",
      {Cause::normal, Cause::busy, Cause::no_answer, Cause::rejected, Cause::not_found, Cause::unreachable,
       Cause::congestion, Cause::incompatible, Cause::lost, Cause::failed, Cause::answered_elsewhere});
  bind_enum(module, "Reached",
            {Reached::answered, Reached::busy, Reached::no_answer, Reached::refused, Reached::unreachable});
  bind_enum(module, "Verification",
            {Verification::none, Verification::number, Verification::pin, Verification::document,
             Verification::voice});
  bind_enum(module, "Outcome",
            {Outcome::self_served, Outcome::served, Outcome::transferred, Outcome::abandoned,
             Outcome::unserved, Outcome::left, Outcome::refused, Outcome::failed, Outcome::interrupted,
             Outcome::unreached, Outcome::closed});
  bind_enum(module, "AgentState",
            {AgentState::logged_out, AgentState::not_ready, AgentState::ready, AgentState::reserved,
             AgentState::busy, AgentState::hold, AgentState::wrap_up});
  bind_enum(module, "AgentOrder",
            {AgentOrder::ready, AgentOrder::not_ready, AgentOrder::log_out, AgentOrder::free});
  bind_enum(module, "Channel",
            {Channel::voice, Channel::chat, Channel::email, Channel::sms, Channel::fax, Channel::web,
             Channel::callback, Channel::voicemail});
  bind_enum(
      module, "WrapUpMode",
      {WrapUpMode::timed, WrapUpMode::none, WrapUpMode::optional, WrapUpMode::mandatory, WrapUpMode::forced});
  bind_enum(module, "Fairness", {Fairness::weight, Fairness::service_level});
  bind_enum(module, "Strategy",
            {Strategy::longest_idle, Strategy::fewest_contacts, Strategy::least_talk_time,
             Strategy::least_occupied, Strategy::round_robin, Strategy::fixed_priority, Strategy::random,
             Strategy::ring_all, Strategy::best_skilled, Strategy::least_skilled, Strategy::custom});
  bind_enum(module, "Refusal",
            {Refusal::none, Refusal::lacks_skill, Refusal::logged_out, Refusal::not_ready, Refusal::wrap_up,
             Refusal::engaged, Refusal::reserved, Refusal::at_capacity});
}

void bind_results(py::module_& module) {
  py::class_<Heard> heard(module, "Heard");
  py::enum_<Heard::Kind>(heard, "Kind")
      .value("nothing", Heard::Kind::nothing)
      .value("digits", Heard::Kind::digits)
      .value("wrong", Heard::Kind::wrong)
      .value("speech", Heard::Kind::speech);
  heard.def_readonly("kind", &Heard::kind)
      .def_readonly("text", &Heard::text)
      .def_readonly("confidence", &Heard::confidence);

  py::class_<Served> served(module, "Served");
  py::enum_<Served::Result> result(served, "Result");
  for (int i = 0; i <= static_cast<int>(Served::Result::closed); ++i)
    result.value(to_string(static_cast<Served::Result>(i)), static_cast<Served::Result>(i));
  served.def_readonly("result", &Served::result)
      .def_readonly("agent", &Served::agent)
      .def_readonly("waited", &Served::waited)
      .def_readonly("talked", &Served::talked)
      .def_readonly("queue", &Served::queue);

  py::class_<Secret>(module, "Secret")
      .def(py::init<std::string>(), py::arg("text"))
      .def("matches", [](const Secret& secret, const std::string& text) { return secret.matches(text); })
      .def("reveal", &Secret::reveal)
      .def("__bool__", [](const Secret& secret) { return !secret.empty(); })
      .def("__repr__", [](const Secret&) { return "Secret(...)"; });

  py::class_<JournalEntry>(module, "JournalEntry")
      .def_readonly("number", &JournalEntry::number)
      .def_property_readonly("at", [](const JournalEntry& entry) { return to_string(entry.at); })
      .def_readonly("type", &JournalEntry::type)
      .def_readonly("subject", &JournalEntry::subject)
      .def_property_readonly("data", [](const JournalEntry& entry) { return Value(entry.data); })
      .def("__repr__", [](const JournalEntry& entry) {
        return "<" + std::to_string(entry.number) + " " + entry.type + " " + to_json(entry.data) + ">";
      });

  py::class_<ContactRecord>(module, "ContactRecord")
      .def_readonly("id", &ContactRecord::id)
      .def_readonly("customer", &ContactRecord::customer)
      .def_readonly("reason", &ContactRecord::reason)
      .def_readonly("outcome", &ContactRecord::outcome)
      .def_readonly("agent", &ContactRecord::agent)
      .def_readonly("length", &ContactRecord::length)
      .def_readonly("waited", &ContactRecord::waited)
      .def_readonly("talked", &ContactRecord::talked)
      .def_readonly("recordings", &ContactRecord::recordings)
      .def_property_readonly("began", [](const ContactRecord& record) { return to_string(record.began); })
      .def_property_readonly("attributes",
                             [](const ContactRecord& record) { return Value(record.attributes); });
}

void bind_prompts(py::module_& module) {
  py::class_<Spoken>(module, "Spoken")
      .def(py::init<std::string>(), py::arg("words"))
      .def_static("number", &Spoken::number, py::arg("number"))
      .def_static("digits", &Spoken::digits, py::arg("digits"))
      .def_static(
          "money",
          [](std::int64_t minor, std::string currency) {
            return Spoken::money(Money(minor, std::move(currency)));
          },
          py::arg("minor"), py::arg("currency") = "CNY")
      .def_static(
          "date",
          [](const py::object& date) {
            using namespace std::chrono;
            return Spoken::date(year_month_day(year(date.attr("year").cast<int>()),
                                               month(date.attr("month").cast<unsigned>()),
                                               day(date.attr("day").cast<unsigned>())));
          },
          py::arg("date"))
      .def(
          "text", [](const Spoken& spoken, const std::string& language) { return spoken.text(language); },
          py::arg("language"));
  py::implicitly_convertible<py::str, Spoken>();

  py::class_<Prompt>(module, "Prompt")
      .def(py::init<std::string>(), py::arg("name"))
      .def_static("words", &Prompt::words, py::arg("text"))
      .def("filled", &Prompt::with, py::arg("slot"), py::arg("value"))
      .def("in_", &Prompt::in, py::arg("language"))
      .def("__add__", [](const Prompt& left, const Prompt& right) { return left + right; });
  py::implicitly_convertible<py::str, Prompt>();
  module.def("words", &Prompt::words, py::arg("text"), "A prompt that is said as it stands.");
}

void bind_rules(py::module_& module) {
  py::enum_<RuleMode>(module, "RuleMode").value("strict", RuleMode::strict).value("spec", RuleMode::spec);

  py::class_<Decision>(module, "Decision")
      .def_readonly("value", &Decision::value)
      .def_property_readonly("outputs", [](const Decision& decision) { return Value(decision.outputs); })
      .def_readonly("rules", &Decision::rules)
      .def_readonly("reason", &Decision::reason)
      .def("text", [](const Decision& decision, const std::string& output) { return decision.text(output); })
      .def("__bool__", &Decision::matched);

  py::class_<RuleSet>(module, "RuleSet")
      .def_static(
          "load", [](const std::string& path, RuleMode mode) { return RuleSet::load(path, {.mode = mode}); },
          py::arg("path"), py::arg("mode") = RuleMode::strict)
      .def_static(
          "parse",
          [](const std::string& xml, const std::string& document, RuleMode mode,
             std::vector<std::string> imports) {
            return RuleSet::parse(xml, document, {.mode = mode, .imports = std::move(imports)});
          },
          py::arg("xml"), py::arg("document") = "rules", py::arg("mode") = RuleMode::strict,
          py::arg("imports") = std::vector<std::string>())
      .def(
          "decide",
          [](const RuleSet& rules, const std::string& decision, const std::map<std::string, Value>& inputs) {
            return rules.decide(decision, Facts(inputs.begin(), inputs.end()));
          },
          py::arg("decision"), py::arg("inputs"))
      .def(
          "explain",
          [](const RuleSet& rules, const std::string& decision, const std::map<std::string, Value>& inputs) {
            return rules.explain(decision, Facts(inputs.begin(), inputs.end()));
          },
          py::arg("decision"), py::arg("inputs"))
      .def("inputs", &RuleSet::inputs, py::arg("decision"))
      .def("decisions", &RuleSet::decisions)
      .def_property_readonly("hash", &RuleSet::hash);
}

}  // namespace

void bind_values(py::module_& module) {
  bind_enums(module);
  bind_results(module);
  bind_prompts(module);
  bind_rules(module);
}

}  // namespace vcsr::python
