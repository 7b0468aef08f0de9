// SPDX-License-Identifier: Apache-2.0
#include "server/parties_order.hpp"

#include <map>
#include <optional>
#include <utility>

#include "server/begin.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"
#include "vcsr/parties.hpp"

namespace vcsr {

namespace {

struct Order {
  std::string action, to, digits, slot, agent, queue, mode = "listen";
  int leg = 0;
  bool on = true;
  std::optional<Agent> by;  ///< the agent that is named
};

[[noreturn]] void refuse(const std::string& why) { throw Error(Error::Code::invalid, why); }

void read(Order& order, const std::string& field, const Value& content) {
  if (field == "leg") {
    const auto* const number = content.get_if<std::int64_t>();
    if (!number || *number < 1 || *number > 1'000'000) refuse("leg: expected the number of a leg, such as 2");
    order.leg = static_cast<int>(*number);
  } else if (field == "on") {
    const bool* const on = content.get_if<bool>();
    if (!on) refuse("on: expected true or false");
    order.on = *on;
  } else if (field == "do") {
    order.action = content.text();
  } else if (field == "to") {
    order.to = content.text();
  } else if (field == "digits") {
    order.digits = content.text();
  } else if (field == "mode") {
    order.mode = content.text();
  } else if (field == "slot") {
    order.slot = content.text();
  } else if (field == "agent") {
    order.agent = content.text();
  } else if (field == "queue") {
    order.queue = content.text();
  } else {
    refuse(field + ": there is no such field; there are: do, leg, to, digits, mode, on, slot, queue, agent");
  }
}

Order parsed(std::string_view json) {
  Order order;
  if (json.empty()) return order;
  const Value value = from_json(json);
  const Facts* const fields = value.get_if<Facts>();
  if (!fields) refuse(R"(expected JSON: {"do": "consult", "to": "sip:1002"})");
  for (const auto& [field, content] : *fields) read(order, field, content);
  return order;
}

Address target(const Order& order) {
  if (order.to.empty()) refuse("to: expected an address, such as \"sip:1002\"");
  return Address(order.to);
}

int leg(const Order& order) {
  if (order.leg == 0) refuse("leg: expected the number of a leg; an empty order lists them");
  return order.leg;
}

Agent agent(const Order& order) {
  if (!order.by) refuse("agent: expected the id of the agent who picks up, such as \"1002\"");
  return *order.by;
}

Supervision mode(const Order& order) {
  for (const Supervision mode : {Supervision::listen, Supervision::whisper, Supervision::barge})
    if (order.mode == to_string(mode)) return mode;
  refuse("mode: expected \"listen\", \"whisper\" or \"barge\", got \"" + order.mode + "\"");
}

using Action = void (*)(Parties&, const Order&, Scope&);

const std::map<std::string, Action, std::less<>>& actions() {
  static const std::map<std::string, Action, std::less<>> all = {
      {"hold", [](Parties& p, const Order& o, Scope&) { p.hold(o.leg ? o.leg : Parties::customer); }},
      {"retrieve", [](Parties& p, const Order& o, Scope&) { p.retrieve(o.leg ? o.leg : Parties::customer); }},
      {"mute", [](Parties& p, const Order& o, Scope&) { p.mute(leg(o), o.on); }},
      {"digits", [](Parties& p, const Order& o, Scope& w) { begin(w, p.send_digits(leg(o), o.digits)); }},
      {"consult", [](Parties& p, const Order& o, Scope& w) { begin(w, p.consult(target(o))); }},
      {"alternate", [](Parties& p, const Order&, Scope&) { p.alternate(); }},
      {"complete", [](Parties& p, const Order&, Scope&) { p.complete(); }},
      {"reconnect", [](Parties& p, const Order&, Scope&) { p.reconnect(); }},
      {"join", [](Parties& p, const Order&, Scope&) { p.join(); }},
      {"add", [](Parties& p, const Order& o, Scope& w) { begin(w, p.add(target(o))); }},
      {"drop", [](Parties& p, const Order& o, Scope&) { p.drop(leg(o)); }},
      {"park", [](Parties& p, const Order& o, Scope&) { p.park({.slot = o.slot, .queue = o.queue}); }},
      {"pick_up", [](Parties& p, const Order& o, Scope& w) { begin(w, p.pick_up(agent(o))); }},
      {"pass_on", [](Parties& p, const Order& o, Scope& w) { begin(w, p.pass_on(target(o))); }},
      {"supervise",
       [](Parties& p, const Order& o, Scope& w) {
         if (o.leg) p.supervise(o.leg, mode(o));
         else begin(w, p.supervise(target(o), mode(o)));
       }},
      {"take_over", [](Parties& p, const Order& o, Scope&) { p.take_over(leg(o)); }}};
  return all;
}

void obey(Parties parties, const Order& order, Scope& work) {
  if (order.action.empty()) return;
  const auto action = actions().find(order.action);
  if (action != actions().end()) return action->second(parties, order, work);
  std::string names;
  for (const auto& [name, does] : actions()) names += (names.empty() ? "" : ", ") + name;
  refuse("do: there is no \"" + order.action + "\"; there are: " + names);
}

Value legs_of(const Call& call) {
  Value::List legs;
  for (const Connection& connection : call.parties().all()) {
    Value::Map leg{{"leg", connection.leg},
                   {"role", to_string(connection.role)},
                   {"state", to_string(connection.state)},
                   {"address", connection.address.uri},
                   {"agent", connection.agent},
                   {"in_charge", connection.in_charge},
                   {"muted", connection.muted}};
    if (connection.role == Role::supervisor) leg["mode"] = to_string(connection.supervision);
    legs.push_back(std::move(leg));
  }
  return legs;
}

}  // namespace

std::string order_parties(const Center& center, const std::string& contact, std::string_view json,
                          Scope& work) {
  Order order = parsed(json);
  if (!order.agent.empty()) order.by = center.agent(order.agent);
  const std::optional<Call> call = center.find_call(contact);
  if (!call || !call->live()) throw Error(Error::Code::not_found, "there is no open call " + contact);
  obey(call->parties(), order, work);
  Value::Map answer{{"legs", legs_of(*call)}};
  if (const std::optional<ParkedCall> parked = call->parties().parked()) answer["parked"] = parked->slot;
  return to_json(answer);
}

}  // namespace vcsr
