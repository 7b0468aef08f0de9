// SPDX-License-Identifier: Apache-2.0
#include "server/recording_order.hpp"

#include <optional>

#include "vcsr/base/error.hpp"
#include "vcsr/base/value.hpp"

namespace vcsr {

namespace {

struct Order {
  std::string action, reason = "desktop";
};

Order parsed(std::string_view json) {
  Order order;
  if (json.empty()) return order;
  const Value value = from_json(json);
  const Facts* const fields = value.get_if<Facts>();
  if (!fields)
    throw Error(Error::Code::invalid, R"(expected JSON: {"do": "pause", "reason": "card payment"})");
  for (const auto& [field, content] : *fields) {
    if (field == "do") order.action = content.text();
    else if (field == "reason") order.reason = content.text();
    else throw Error(Error::Code::invalid, field + ": there is no such field; there are: do, reason");
  }
  return order;
}

Recorder running(const Call& call) {
  std::optional<Recorder> recorder = call.recorder();
  if (!recorder) throw Error(Error::Code::refused, "nothing is recorded of this call just now");
  return *recorder;
}

void obey(Call call, const Order& order) {
  if (order.action.empty()) return;
  if (order.action == "start") call.request_recording();
  else if (order.action == "stop") running(call).stop_soon();
  else if (order.action == "pause") running(call).suspend(order.reason);
  else if (order.action == "resume") running(call).resume();
  else if (order.action == "withdraw") call.contact().set_recording_consent(false, order.reason);
  else
    throw Error(Error::Code::invalid,
                "do: expected \"start\", \"stop\", \"pause\", \"resume\" or \"withdraw\"");
}

}  // namespace

std::string order_recording(const Center& center, const std::string& contact, std::string_view json) {
  const Order order = parsed(json);
  const std::optional<Call> call = center.find_call(contact);
  if (!call || !call->live()) throw Error(Error::Code::not_found, "there is no open call " + contact);
  obey(*call, order);
  const std::optional<Recorder> recorder = call->recorder();
  return to_json(Value::Map{{"recording", recorder ? recorder->id() : ""},
                            {"running", recorder.has_value()},
                            {"paused", recorder && recorder->paused()}});
}

}  // namespace vcsr
