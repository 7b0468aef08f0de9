// SPDX-License-Identifier: Apache-2.0
#include "server/pickup_order.hpp"

#include "server/begin.hpp"
#include "vcsr/base/error.hpp"
#include "vcsr/parties.hpp"

namespace vcsr {

namespace {

struct Order {
  std::string agent, slot, from;
};

[[noreturn]] void refuse(const std::string& why) { throw Error(Error::Code::invalid, why); }

Order parsed(std::string_view json) {
  const Value value = json.empty() ? Value() : from_json(json);
  const Facts* const fields = value.get_if<Facts>();
  if (!fields) refuse(R"(expected JSON: {"agent": "1002", "slot": "701"})");
  Order order;
  for (const auto& [field, content] : *fields) {
    if (field == "agent") order.agent = content.text();
    else if (field == "slot") order.slot = content.text();
    else if (field == "from") order.from = content.text();
    else refuse(field + ": there is no such field; there are: agent, slot, from");
  }
  if (order.agent.empty()) refuse("agent: expected the id of the agent who picks up, such as \"1002\"");
  if (order.slot.empty() == order.from.empty())
    refuse("expected either slot, where somebody is parked, or from, at whose telephone it rings");
  return order;
}

}  // namespace

std::string order_pickup(const Center& center, std::string_view json, Scope& work) {
  const Order order = parsed(json);
  const Agent by = center.agent(order.agent);
  const Call call =
      order.from.empty() ? center.parked_call(order.slot) : center.ringing_call(center.agent(order.from));
  begin(work, call.parties().pick_up(by));
  return to_json(Value::Map{{"contact", call.id()}});
}

Value list_parked(const Center& center) {
  Value::List all;
  for (const ParkedCall& parked : center.parked())
    all.push_back(Value::Map{{"slot", parked.slot},
                             {"contact", parked.contact},
                             {"by", parked.by.uri},
                             {"agent", parked.agent},
                             {"since", to_string(parked.since)}});
  return all;
}

}  // namespace vcsr
